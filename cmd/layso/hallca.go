package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"layso/web"
)

// The hall's CA lies in two files of the data folder, made at the first start that wants it. The certificate waits under another name
// until the key is on the disk.
const (
	caCertFile = "hall-ca.crt"
	caKeyFile  = "hall-ca.key"
	caWaiting  = ".hall-ca.crt.waiting"
)

// How long certificates live. The server's is good for a window around the time at which it is made, as wide as
// browsers allow (825 days), so that a clock which is a year off, here or there, does not make it useless; it is made anew long
// before it ends.
const (
	caBefore   = 2 * 365 * 24 * time.Hour
	caAfter    = 10 * 365 * 24 * time.Hour
	leafAround = 400 * 24 * time.Hour
	leafRenew  = 200 * 24 * time.Hour
)

// noClock is the time where neither the clock nor the program's build tells one.
var noClock = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// certClock is the time as far as it can be believed.
type certClock interface {
	// Time gives the time, and whether it is beyond doubt; in doubt it is a time that cannot be later than the true one by much.
	Time() (now time.Time, sure bool)
}

// hallClock believes the hall's clock unless that is in doubt: then the program's build is the last thing that is known.
type hallClock struct{ *hall }

func (c hallClock) Time() (time.Time, bool) {
	if !c.owner.View().ClockSuspect() {
		return c.owner.Now(), true
	}
	if built := buildTime(); !built.IsZero() {
		return built, false
	}
	return noClock, false
}

// ownNames gives what this PC is called and its addresses, as they are now.
func (h *hall) ownNames() func() ([]string, []net.IP) {
	return func() ([]string, []net.IP) {
		var ips []net.IP
		addresses, err := net.InterfaceAddrs()
		if err != nil {
			h.log.Warn("looking for this computer's addresses", "err", err)
		}
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok {
				ips = append(ips, n.IP)
			}
		}
		return web.HostNames(h.baseURL, h.hosts), ips
	}
}

// hallCA signs the certificate that the hall's own PC shows, and nothing else: its own certificate allows the names that the hall
// has and private addresses only, so that whoever steals its key cannot be a bank.
type hallCA struct {
	cert  *x509.Certificate
	key   *ecdsa.PrivateKey
	pem   []byte
	clock certClock
	names func() ([]string, []net.IP)
	log   *slog.Logger
	now   func() time.Time // for what lasts how long

	mu     sync.Mutex
	leaf   *tls.Certificate
	shown  string    // the names that leaf has
	made   time.Time // by clock
	looked time.Time
}

func openHallCA(folder, hallName string, clock certClock, names func() ([]string, []net.IP), log *slog.Logger) (*hallCA, error) {
	ca := &hallCA{clock: clock, names: names, log: log, now: time.Now}
	err := endCA(folder)
	if err == nil {
		err = ca.load(folder)
	}
	if errors.Is(err, fs.ErrNotExist) {
		if err = ca.create(folder, hallName); err == nil {
			err = ca.load(folder)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the hall's CA in %s: %w", folder, err)
	}
	return ca, nil
}

func (ca *hallCA) load(folder string) error {
	certFile, keyFile := filepath.Join(folder, caCertFile), filepath.Join(folder, caKeyFile)
	_, noCert := os.Stat(certFile)
	_, noKey := os.Stat(keyFile)
	if errors.Is(noCert, fs.ErrNotExist) != errors.Is(noKey, fs.ErrNotExist) {
		return fmt.Errorf("of %s and %s only one is there; take it away to have another CA made", caCertFile, caKeyFile)
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return err
	}
	key, ok := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !ok || !pair.Leaf.IsCA {
		return fmt.Errorf("%s is no CA of layso's", caCertFile)
	}
	ca.cert, ca.key = pair.Leaf, key
	ca.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Leaf.Raw})
	return os.Chmod(keyFile, 0o600)
}

// fingerprint is what whoever installs the CA compares: it came over an open line.
func (ca *hallCA) fingerprint() string {
	sum := sha256.Sum256(ca.cert.Raw)
	return strings.ToUpper(strings.ReplaceAll(fmt.Sprintf("% x", sum[:]), " ", ":"))
}

// private are the addresses that the CA may vouch for.
var private = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"}

func (ca *hallCA) create(folder, hallName string) error {
	now, _ := ca.clock.Time()
	names, _ := ca.names()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "layso CA – " + shortened(hallName, 40)},
		NotBefore: now.Add(-caBefore), NotAfter: now.Add(caAfter),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: append(names, "local", "lan", "internal"),
	}
	for _, network := range private {
		_, n, err := net.ParseCIDR(network)
		if err != nil {
			return err
		}
		template.PermittedIPRanges = append(template.PermittedIPRanges, n)
	}
	raw, err := signed(template, template, key, key)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		is   pem.Block
	}{{caWaiting, pem.Block{Type: "CERTIFICATE", Bytes: raw}}, {caKeyFile, pem.Block{Type: "PRIVATE KEY", Bytes: der}}} {
		if err := writeWhole(filepath.Join(folder, f.name), func(w io.Writer) error { return pem.Encode(w, &f.is) }); err != nil {
			return err
		}
	}
	return endCA(folder)
}

// endCA ends what was begun when the power went: with the key on the disk the certificate gets its name, without it nobody has
// seen either.
func endCA(folder string) error {
	waiting := filepath.Join(folder, caWaiting)
	switch {
	case !exists(waiting):
		return nil
	case !exists(filepath.Join(folder, caKeyFile)):
		return os.Remove(waiting)
	}
	return errors.Join(os.Rename(waiting, filepath.Join(folder, caCertFile)), syncFolder(folder))
}

func signed(template, parent *x509.Certificate, key, by *ecdsa.PrivateKey) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial
	return x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, by)
}

// certificate gives the server's own, made anew when it gets old or the PC got other names.
func (ca *hallCA) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	ca.mu.Lock()
	defer ca.mu.Unlock()
	if ca.leaf != nil && ca.now().Sub(ca.looked) < lookAgain {
		return ca.leaf, nil
	}
	ca.looked = ca.now()
	now, sure := ca.clock.Time()
	names, ips := ca.allowed()
	shown := fmt.Sprint(names, ips)
	if ca.leaf != nil && shown == ca.shown && !(sure && now.Sub(ca.made).Abs() > leafRenew) {
		return ca.leaf, nil
	}
	leaf, err := ca.sign(now, names, ips)
	if err != nil {
		return ca.leaf, err
	}
	ca.log.Info("TLS certificate of the hall's CA", "names", names, "addresses", ips, "until", leaf.Leaf.NotAfter)
	ca.leaf, ca.shown, ca.made = leaf, shown, now
	return leaf, nil
}

// allowed gives the names and addresses of this PC that the CA may vouch for.
func (ca *hallCA) allowed() (names []string, ips []net.IP) {
	all, addresses := ca.names()
	for _, name := range all {
		if slices.ContainsFunc(ca.cert.PermittedDNSDomains, func(domain string) bool { return name == domain || strings.HasSuffix(name, "."+domain) }) {
			names = append(names, name)
		} else {
			ca.log.Warn("the hall's CA may not vouch for a name that came after it; take its two files away to have another made", "name", name)
		}
	}
	for _, ip := range addresses {
		if slices.ContainsFunc(ca.cert.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip) }) {
			ips = append(ips, ip)
		}
	}
	return names, ips
}

func (ca *hallCA) sign(now time.Time, names []string, ips []net.IP) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	raw, err := signed(&x509.Certificate{
		Subject: pkix.Name{CommonName: "layso"}, NotBefore: now.Add(-leafAround), NotAfter: now.Add(leafAround),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
		DNSNames: names, IPAddresses: ips,
	}, ca.cert, key, ca.key)
	if err != nil {
		return nil, fmt.Errorf("signing the server's certificate: %w", err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key, Leaf: leaf}, nil
}

func shortened(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes])
	}
	return s
}
