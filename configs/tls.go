package configs

import (
	"crypto/tls"
	"net"
	"path/filepath"
	"time"
)

// TLS says how the staff's pages are reached encrypted, beside the plain listener: with a certificate of the office's,
// or with one that the hall signs itself.
type TLS struct {
	Cert          string `yaml:"cert"`           // file: the certificate and those above it, PEM; Load makes it absolute
	Key           string `yaml:"key"`            // file: its private key, PEM; Load makes it absolute
	HallCA        bool   `yaml:"hall_ca"`        // in place of the two: a CA of the hall's own, made in the data folder
	RedirectStaff bool   `yaml:"redirect_staff"` // no signing in over plain HTTP but on this PC; the staff's pages lead to TLS
}

// defaultTLS is where TLS is listened for when the file does not say.
const defaultTLS = ":443"

func (c *Config) checkTLS(d *document) {
	if c.TLS == nil {
		if c.ListenTLS != "" {
			d.at("listen_tls", "needs tls: with cert and key, or with hall_ca: true")
		}
		return
	}
	if c.ListenTLS == "" {
		c.ListenTLS = defaultTLS
	}
	if _, port, err := net.SplitHostPort(c.ListenTLS); err != nil || !isPort(port) {
		d.at("listen_tls", "%q is no address and port such as :443", c.ListenTLS)
	} else if _, plain, _ := net.SplitHostPort(c.Listen); plain == port {
		d.at("listen_tls", "has the port of listen; TLS needs one of its own")
	}
	t := c.TLS
	switch {
	case t.HallCA && (t.Cert != "" || t.Key != ""):
		d.at("tls.hall_ca", "the hall's CA makes its own certificate: leave cert and key out, or hall_ca")
	case !t.HallCA && t.Cert == "" && t.Key == "":
		d.at("tls", "needs cert and key, or hall_ca: true")
	case !t.HallCA && t.Cert == "":
		d.at("tls.cert", "is required beside key")
	case !t.HallCA && t.Key == "":
		d.at("tls.key", "is required beside cert")
	}
}

// absolute makes the paths count from the folder.
func (t *TLS) absolute(folder string) {
	for _, path := range []*string{&t.Cert, &t.Key} {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(folder, *path)
		}
	}
}

// checkCertificate reads the certificate. A hall that is in use opens with a broken one, too, so this is for who checks.
func (c *Config) checkCertificate(d *document, now time.Time) {
	if c.TLS == nil || c.TLS.HallCA {
		return
	}
	pair, err := tls.LoadX509KeyPair(c.TLS.Cert, c.TLS.Key)
	switch {
	case err != nil:
		d.at("tls.cert", "%v", err)
	case now.After(pair.Leaf.NotAfter):
		d.at("tls.cert", "%s has expired on %s", c.TLS.Cert, pair.Leaf.NotAfter.Format(time.DateOnly))
	}
}
