package configs

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Config is the installation: what belongs to this PC and not to the hall.
type Config struct {
	Listen        string    `yaml:"listen"`         // address and port, e.g. ":80"; default "127.0.0.1:8080"
	ListenTLS     string    `yaml:"listen_tls"`     // address and port for TLS, beside listen; default ":443" where tls is given
	TLS           *TLS      `yaml:"tls"`            // nil: no TLS
	Data          string    `yaml:"data"`           // folder of the journal; required
	PublicURL     string    `yaml:"public_url"`     // under which phones reach the hall, e.g. "http://layso.lan"; may be empty
	Hosts         []string  `yaml:"hosts"`          // host names that requests may name besides the PC's own addresses
	TrustLoopback string    `yaml:"trust_loopback"` // "none", or "kiosk": a browser on this PC is a kiosk without pairing; default "none"
	Metrics       string    `yaml:"metrics"`        // who may read /metrics: "admin" (default) or "open"
	Hall          string    `yaml:"hall"`           // file that seeds the hall; empty: it is set up at /setup; Load makes it absolute
	Printers      []Printer `yaml:"printers"`       // the first one takes what is asked of no particular one
	Expire        string    `yaml:"expire"`         // how old a print job may be, e.g. "5m", the default; see ExpireAfter
	Sound         []Sound   `yaml:"sound"`          // what speaks the calls out of this PC's own sound card; TVs speak by themselves
	Backups       Backups   `yaml:"backups"`        // where copies of the data go, and how many stay
	LogLevel      string    `yaml:"log_level"`      // debug, info (default), warn or error
	Hardware      `yaml:",inline"`
}

// Load reads and checks the installation's file. The error is a [Faults], or says why the file cannot
// be read. Relative paths in the file count from the folder that the file is in.
//
// What wires there are is package link's to say: link gets each printer's address but "software", and
// says what is wrong with it.
func Load(path string, link func(address string) error) (*Config, error) {
	c, _, err := load(path, link)
	return c, err
}

// load gives the document, too, where there is no fault.
func load(path string, link func(address string) error) (*Config, *document, error) {
	c := &Config{}
	d, err := readFile(path, c)
	if err != nil {
		return nil, nil, fmt.Errorf("configuration: %w", err)
	}
	d.link = link
	if err := d.finish(c); err != nil {
		return nil, nil, err
	}
	return c, d, nil
}

// finish fills in the defaults and checks the values.
func (d *document) finish(c *Config) error {
	if d.broken {
		return d.faults.orNil()
	}
	c.defaults()
	c.check(d)
	folder, err := filepath.Abs(filepath.Dir(d.file))
	if err != nil {
		return err
	}
	for _, path := range []*string{&c.Data, &c.Hall, &c.Backups.Folder} {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(folder, *path)
		}
	}
	if c.TLS != nil {
		c.TLS.absolute(folder)
	}
	return d.faults.orNil()
}

// Default gives the installation of a PC on which nobody has written a file yet: every address of the PC, port 8080,
// a browser on the PC is the kiosk, and one printer in software. Its data folder is the caller's to choose.
func Default() *Config {
	c := &Config{Listen: ":8080", TrustLoopback: "kiosk", Printers: []Printer{{Name: "Cửa chính", Link: "software", Profile: "epson-80"}}}
	c.defaults()
	return c
}

func (c *Config) defaults() {
	for _, x := range []struct {
		field *string
		value string
	}{{&c.Listen, "127.0.0.1:8080"}, {&c.TrustLoopback, "none"}, {&c.Metrics, "admin"}, {&c.LogLevel, "info"}, {&c.Expire, "5m"}} {
		if *x.field == "" {
			*x.field = x.value
		}
	}
}

var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)

func (c *Config) check(d *document) {
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		d.at("listen", "%q is no address and port such as 127.0.0.1:8080 or :80", c.Listen)
	}
	d.required("data", c.Data)
	d.oneOf("trust_loopback", c.TrustLoopback, "none", "kiosk")
	d.oneOf("metrics", c.Metrics, "admin", "open")
	d.oneOf("log_level", c.LogLevel, "debug", "info", "warn", "error")
	if c.PublicURL != "" && !isBase(c.PublicURL) {
		d.at("public_url", "%q is no address such as http://layso.lan, without a path", c.PublicURL)
	}
	for i, host := range c.Hosts {
		if !hostForm.MatchString(host) {
			d.at(fmt.Sprintf("hosts[%d]", i), "%q is no host name in small letters, without a port", host)
		}
	}
	c.checkTLS(d)
	c.checkPrinters(d)
	c.checkSound(d)
	c.checkBackups(d)
	c.checkHardware(d)
}

func (d *document) required(field, value string) {
	if strings.TrimSpace(value) == "" {
		d.at(field, "is required")
	}
}

func (d *document) oneOf(field, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		d.at(field, "%q is not one of %s", value, strings.Join(allowed, ", "))
	}
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		s == u.Scheme+"://"+u.Host
}
