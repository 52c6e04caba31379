package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"layso/configs"
	"layso/kiosk"
	"layso/printer/link"
)

// serve runs a real hall.
func serve(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var config, data, listen string
	err := flags("serve", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&config, "config", "", "the installation's YAML file (default: a PC of its own, with a printer in software)")
		f.StringVar(&data, "data", "", "data folder, in place of the file's")
		f.StringVar(&listen, "listen", "", "address to listen on, in place of the file's")
	})
	if err != nil {
		return err
	}
	c, seed, err := installation(config, data)
	if err != nil {
		return err
	}
	if listen != "" {
		c.Listen = listen
	}
	s, err := settingsOf(c, seed, stderr)
	if err != nil {
		return usageError{err}
	}
	s.config = config
	return keepOpen(ctx, s, func(h *hall, _ bool) error { return announce(stdout, h, config == "") })
}

// announce tells where the hall is served, and what somebody has to do about it; bare: without a configuration.
func announce(stdout io.Writer, h *hall, bare bool) error {
	if code := h.web.FirstCode(); code != "" {
		// Not the public URL: that may need a name server which is not set up yet.
		here, err := urlOf(h.listener.Addr())
		if err != nil {
			return err
		}
		if bare {
			fmt.Fprintf(stdout, "Data: %s\nPrinter: in software, see %s/printer\n", h.data, here)
		}
		fmt.Fprintf(stdout, "Nobody can sign in as admin yet. Open this link once to set the hall up:\n  %s/setup#%s\n", here, code)
	}
	warnOfClock(stdout, h.owner.View())
	warnOfHardware(stdout, h.hardware.faults)
	fmt.Fprintf(stdout, "layso serves %s at %s\n", h.owner.View().Setup().Name.VI, h.baseURL)
	tellOfTLS(stdout, h)
	return nil
}

// warnOfClock tells who starts layso that its PC's clock is in doubt.
func warnOfClock(w io.Writer, v *kiosk.View) {
	if v.ClockSuspect() {
		fmt.Fprintln(w, "This computer's clock is in doubt (date -u; is its battery dead?). Say what time it is on the counter page.")
	}
}

// installation gives what the file says, or what a PC gets for which nobody has written one. A data folder that is
// named goes before the file's.
func installation(config, data string) (*configs.Config, *kiosk.Setup, error) {
	if config != "" {
		c, seed, err := loadConfig(config)
		if err == nil && data != "" {
			c.Data = data
		}
		return c, seed, err
	}
	c := configs.Default()
	folder, err := dataFolder(data)
	if err != nil {
		return nil, nil, err
	}
	c.Data = folder
	seed, err := c.Seed()
	return c, seed, err
}

// dataFolder gives the folder that was named, or the standard one, as a path from the root.
func dataFolder(named string) (string, error) {
	if named != "" {
		return filepath.Abs(named)
	}
	return standardFolder()
}

// standardFolder is where a hall's data lies when nobody names a folder: /var/lib/layso for root, else layso in
// the user's folder for data.
func standardFolder() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/lib/layso", nil
	}
	if share := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(share) {
		return filepath.Join(share, "layso"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("looking for a folder for the data (choose one with --data): %w", err)
	}
	return filepath.Join(home, ".local", "share", "layso"), nil
}

// loadConfig reads the installation's file and the hall's seed that it names; their faults are the caller's.
func loadConfig(config string) (*configs.Config, *kiosk.Setup, error) {
	if err := required("config", config); err != nil {
		return nil, nil, err
	}
	c, err := configs.Load(config, link.Check)
	if err != nil {
		return nil, nil, usageError{err}
	}
	seed, err := c.Seed()
	if err != nil {
		return nil, nil, usageError{err}
	}
	return c, seed, nil
}

// settingsOf turns the installation's file into the hall's settings.
func settingsOf(c *configs.Config, seed *kiosk.Setup, stderr io.Writer) (settings, error) {
	level := slog.LevelInfo
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return settings{}, err
	}
	s := settings{
		data: c.Data, listen: c.Listen, listenAtTLS: c.ListenTLS, tls: c.TLS, seed: seed, baseURL: c.PublicURL, hosts: c.Hosts,
		loopbackIs: c.TrustLoopback, metricsOpen: c.Metrics == "open", expire: c.ExpireAfter(),
		hardware: hardware{Hardware: c.Hardware}, sound: c.Sound, backupsIn: c.Backups.Folder, keep: c.Backups.Keep,
		log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level})),
	}
	for _, p := range c.Printers {
		s.printers = append(s.printers, configuredPrinter(p))
	}
	return s, nil
}

// urlOf gives the URL by which the hall's devices reach the address that is listened on.
func urlOf(listen net.Addr) (string, error) {
	host, port, err := net.SplitHostPort(listen.String())
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		if ip, err := lanAddress(); err == nil {
			host = ip.String()
		} else {
			host = "127.0.0.1"
		}
	}
	if port == "80" {
		return "http://" + host, nil
	}
	return "http://" + net.JoinHostPort(host, port), nil
}

// check looks for faults in a configuration.
func check(_ context.Context, args []string, stdout, stderr io.Writer) error {
	var config string
	err := flags("check", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&config, "config", "", "the installation's YAML file")
	})
	if err != nil {
		return err
	}
	if err := required("config", config); err != nil {
		return err
	}
	if err := configs.Check(config, link.Check); err != nil {
		return usageError{err}
	}
	fmt.Fprintf(stdout, "%s: nothing wrong\n", config)
	return nil
}
