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
	Data          string    `yaml:"data"`           // folder of the journal; required
	PublicURL     string    `yaml:"public_url"`     // under which phones reach the hall, e.g. "http://layso.lan"; may be empty
	Hosts         []string  `yaml:"hosts"`          // host names that requests may name besides the PC's own addresses
	TrustLoopback string    `yaml:"trust_loopback"` // "none", or "kiosk": a browser on this PC is a kiosk without pairing; default "none"
	Metrics       string    `yaml:"metrics"`        // who may read /metrics: "admin" (default) or "open"
	Hall          string    `yaml:"hall"`           // file that seeds the hall; required; Load makes it absolute
	Printers      []Printer `yaml:"printers"`       // at most one in this version
	LogLevel      string    `yaml:"log_level"`      // debug, info (default), warn or error
}

// Printer is a ticket printer and how it is reached.
type Printer struct {
	Name   string `yaml:"name"`   // in the log and on the staff's pages
	Link   string `yaml:"link"`   // "tcp://host:9100" (the port may be left out), "file:///dev/usb/lp0", or "software"
	Paper  int    `yaml:"paper"`  // width in mm: 80 (default) or 58
	Status bool   `yaml:"status"` // whether it answers status requests (default true); one that does not is believed
	Cut    bool   `yaml:"cut"`    // whether it has a cutter (default true); without one the paper is moved to the tear-off edge
}

// Load reads and checks the installation's file. The error is a [Faults], or says why the file cannot
// be read. Relative paths in the file count from the folder that the file is in.
func Load(path string) (*Config, error) {
	c := &Config{}
	d, err := readFile(path, c)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	if err := d.finish(c); err != nil {
		return nil, err
	}
	return c, nil
}

// finish fills in the defaults and checks the values.
func (d *document) finish(c *Config) error {
	if d.broken {
		return d.faults.orNil()
	}
	c.defaults(d)
	c.check(d)
	folder, err := filepath.Abs(filepath.Dir(d.file))
	if err != nil {
		return err
	}
	for _, path := range []*string{&c.Data, &c.Hall} {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(folder, *path)
		}
	}
	return d.faults.orNil()
}

func (c *Config) defaults(d *document) {
	for _, x := range []struct {
		field *string
		value string
	}{{&c.Listen, "127.0.0.1:8080"}, {&c.TrustLoopback, "none"}, {&c.Metrics, "admin"}, {&c.LogLevel, "info"}} {
		if *x.field == "" {
			*x.field = x.value
		}
	}
	for i := range c.Printers {
		if c.Printers[i].Paper == 0 {
			c.Printers[i].Paper = 80
		}
		if !d.has(fmt.Sprintf("printers[%d].cut", i)) {
			c.Printers[i].Cut = true
		}
		if !d.has(fmt.Sprintf("printers[%d].status", i)) {
			c.Printers[i].Status = true
		}
	}
}

var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)

func (c *Config) check(d *document) {
	if _, port, err := net.SplitHostPort(c.Listen); err != nil || !isPort(port) {
		d.at("listen", "%q is no address and port such as 127.0.0.1:8080 or :80", c.Listen)
	}
	d.required("data", c.Data)
	d.required("hall", c.Hall)
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
	if len(c.Printers) > 1 {
		d.at("printers[1]", "this version of layso drives one printer; name one")
	}
	for i, p := range c.Printers {
		p.check(d, fmt.Sprintf("printers[%d]", i))
	}
}

func (p Printer) check(d *document, at string) {
	d.required(at+".name", p.Name)
	if !isLink(p.Link) {
		d.at(at+".link", `%q is not "tcp://HOST:PORT", "file:///PATH" or "software"`, p.Link)
	}
	if p.Paper != 80 && p.Paper != 58 {
		d.at(at+".paper", "must be 80 or 58")
	}
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

func isLink(s string) bool {
	if s == "software" {
		return true
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	switch u.Scheme {
	case "tcp":
		return u.Hostname() != "" && (u.Port() == "" && u.Host == u.Hostname() || isPort(u.Port())) && u.Path == ""
	case "file":
		return u.Host == "" && len(u.Path) > 1 && filepath.IsAbs(u.Path)
	}
	return false
}
