package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

// lookAgain is how often it is looked whether a certificate is still the right one: at most this often, and
// only when a browser comes.
const lookAgain = 10 * time.Second

// tlsConfig is what both kinds of certificates are shown with. HTTP/1.1 alone: the WebSockets need it, and one protocol
// has one set of limits.
func tlsConfig(certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: certificate}
}

// listenTLS opens the encrypted door where the installation wants one.
func (h *hall) listenTLS() error {
	if h.tls == nil {
		return nil
	}
	certificate := newFileCertificate(h.tls.Cert, h.tls.Key, h.log).get
	if h.tls.HallCA {
		ca, err := openHallCA(h.data, h.owner.View().Setup().Name.VI, hallClock{h}, h.ownNames(), h.log)
		if err != nil {
			return err
		}
		h.ca, certificate = ca, ca.certificate
	}
	l, err := listenTCP(h.listenAtTLS, h.log)
	if err != nil {
		return fmt.Errorf("listening for TLS: %w", err)
	}
	h.secure = tls.NewListener(l, tlsConfig(certificate))
	return nil
}

// staffTLS gives the port that the staff's pages are sent to; empty: they may stay where they are.
func (h *hall) staffTLS() string {
	if h.secure == nil || !h.tls.RedirectStaff {
		return ""
	}
	_, port, err := net.SplitHostPort(h.secure.Addr().String())
	if err != nil {
		return ""
	}
	return port
}

// caFile gives the hall's CA for who installs it; nil where there is none.
func (h *hall) caFile() []byte {
	if h.ca == nil {
		return nil
	}
	return h.ca.pem
}

// fileCertificate shows the certificate in two files, and another one when they have changed. Where the new ones are broken the
// old one stays, and the log says why.
type fileCertificate struct {
	cert, key string
	log       *slog.Logger
	now       func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	stamp   string
	looked  time.Time
}

func newFileCertificate(cert, key string, log *slog.Logger) *fileCertificate {
	return &fileCertificate{cert: cert, key: key, log: log, now: time.Now}
}

func (f *fileCertificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.current == nil || f.now().Sub(f.looked) >= lookAgain {
		f.looked = f.now()
		f.look()
	}
	if f.current == nil {
		return nil, fmt.Errorf("there is no usable certificate in %s and %s", f.cert, f.key)
	}
	return f.current, nil
}

func (f *fileCertificate) look() {
	stamp := stampOf(f.cert) + stampOf(f.key)
	if stamp == f.stamp {
		return
	}
	f.stamp = stamp
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		f.log.Error("the TLS certificate can't be used", "cert", f.cert, "key", f.key, "err", err)
		return
	}
	f.current = &pair
	f.log.Info("TLS certificate", "cert", f.cert, "until", pair.Leaf.NotAfter)
}

func stampOf(file string) string {
	info, err := os.Stat(file)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}

// tellOfTLS says where the encrypted pages are, and what to compare before the hall's CA is installed.
func tellOfTLS(w io.Writer, h *hall) {
	if h.secure == nil {
		return
	}
	here, err := urlOf(h.secure.Addr())
	if err != nil {
		return
	}
	fmt.Fprintf(w, "TLS at %s\n", strings.TrimSuffix("https"+strings.TrimPrefix(here, "http"), ":443"))
	if h.ca != nil {
		fmt.Fprintf(w, "The hall's CA is at %s/ca.crt; before you install it, compare its SHA-256 fingerprint:\n  %s\n", h.baseURL, h.ca.fingerprint())
	}
}
