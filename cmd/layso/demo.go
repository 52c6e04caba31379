package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"layso/configs"
	"layso/kiosk"
	"layso/printer"
	"layso/web"
)

// demoPIN is everybody's PIN in a demo that only this computer can reach.
const demoPIN = "000000"

// demo runs a whole hall at once.
func demo(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var listen, data string
	var lan bool
	err := flags("demo", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&listen, "listen", "127.0.0.1:8080", "address to listen on")
		f.StringVar(&data, "data", "", "data folder (default: layso/demo in the user's cache folder)")
		f.BoolVar(&lan, "lan", false, "listen on the local network too, with random PINs, for phones and TVs")
	})
	if err != nil {
		return err
	}
	setup, err := configs.Demo()
	if err != nil {
		return err
	}
	if data == "" {
		data = demoFolder()
	}
	s := settings{
		data: data, listen: listen, seed: setup, demo: true, loopbackIs: "kiosk", metricsOpen: true,
		printers: []*printing{softwarePrinter("demo", printer.Profiles()[printer.DefaultProfile])}, log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	if lan {
		if s.listen, s.baseURL, err = onTheLAN(listen); err != nil {
			return err
		}
	} else if err := loopbackOnly(listen); err != nil {
		return err
	}
	return keepOpen(ctx, s, func(h *hall, again bool) error {
		if err := reachPhones(ctx, h.owner, lan); err != nil {
			return err
		}
		pins, err := setPINs(h.web, h.owner.View().Setup(), lan)
		if err != nil {
			return err
		}
		if !again || lan { // with new PINs
			greet(stdout, h, pins, lan)
		}
		warnOfClock(stdout, h.owner.View())
		return nil
	})
}

func demoFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "layso", "demo")
}

func loopbackOnly(listen string) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return usageError{err}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usageError{fmt.Errorf("a demo with known PINs listens on this computer only; use --lan for others")}
	}
	return nil
}

// onTheLAN gives the address to listen on for the whole network, and this computer's URL there.
func onTheLAN(listen string) (all, base string, err error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", "", usageError{err}
	}
	if ip := net.ParseIP(host); ip != nil && !ip.IsLoopback() && !ip.IsUnspecified() {
		return listen, "http://" + listen, nil
	}
	ip, err := lanAddress()
	if err != nil {
		return "", "", err
	}
	return net.JoinHostPort("", port), "http://" + net.JoinHostPort(ip.String(), port), nil
}

// lanAddress gives this computer's first private IPv4 address.
func lanAddress() (net.IP, error) {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return nil, fmt.Errorf("looking for the network: %w", err)
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
			return n.IP, nil
		}
	}
	return nil, fmt.Errorf("this computer is on no local network; run without --lan, or name its address with --listen")
}

// reachPhones makes the tickets say what their QR code is good for: on the LAN phones reach it.
func reachPhones(ctx context.Context, owner *kiosk.Owner, lan bool) error {
	v := owner.View()
	setup := *v.Setup()
	setup.Phone = kiosk.Phone{Mode: kiosk.PhoneOff}
	if lan {
		setup.Phone.Mode = kiosk.PhonePublic
	}
	if setup.Phone == v.Setup().Phone {
		return nil
	}
	_, err := owner.Do(ctx, kiosk.ChangeSetup{Setup: &setup, Seq: v.SetupSeq(), By: "system"})
	return err
}

type userPIN struct{ user, pin string }

// setPINs gives every user of the demo a PIN at each start: the known one, or random ones where
// others can reach this computer.
func setPINs(server *web.Server, setup *kiosk.Setup, random bool) ([]userPIN, error) {
	pins, names := make([]userPIN, len(setup.Users)), make([]string, len(setup.Users))
	for i, u := range setup.Users {
		pins[i], names[i] = userPIN{u.ID, demoPIN}, u.ID
	}
	if !random {
		return pins, server.SetPIN(demoPIN, names...)
	}
	var work errgroup.Group
	work.SetLimit(2) // each takes 19 MiB for a moment
	for i, user := range names {
		n, err := rand.Int(rand.Reader, big.NewInt(1e6))
		if err != nil {
			return nil, err
		}
		pins[i].pin = fmt.Sprintf("%06d", n)
		work.Go(func() error { return server.SetPIN(pins[i].pin, user) })
	}
	return pins, work.Wait()
}

func greet(w io.Writer, h *hall, pins []userPIN, lan bool) {
	fmt.Fprintf(w, "layso demo: %s\ndata in %s (business day %s)\n\n", h.owner.View().Setup().Name.VI, h.data, h.owner.View().Day())
	for _, page := range []struct{ path, what string }{
		{"/", "where is what"}, {"/kiosk", "take a number"}, {"/printer", "the paper"},
		{"/counter", "call the next one"}, {"/display", "the TV"}, {"/admin", "the hall's settings"},
		{"/appointments", "book an appointment"}, {"/manager", "the live hall, the log"}, {"/check", "the morning check"}, {"/rate", "what a counter's second screen asks"}, {"/reports", "figures, to print and sign"}, {"/forecast", "does the forecast come true?"},
		{"/account", "one's own PIN and sessions"}, {"/help", "how to use all of it"},
	} {
		fmt.Fprintf(w, "  %-40s %s\n", h.baseURL+page.path, page.what)
	}
	if lan {
		fmt.Fprintln(w, "\nPhones and TVs in this network can open these pages; the QR codes work for them.\nPINs, new at each start:")
		for _, p := range pins {
			fmt.Fprintf(w, "  %-10s %s\n", p.user, p.pin)
		}
	} else {
		fmt.Fprintf(w, "\nUsers clerk1…clerk4, manager and admin, all with PIN %s.\nThe QR codes work on this computer only; with --lan they work for phones.\n", demoPIN)
	}
	fmt.Fprintln(w, "\nCtrl+C ends it.")
}
