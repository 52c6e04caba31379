package main

import (
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// caClock is a clock that may be in doubt.
type caClock struct {
	now  time.Time
	sure bool
}

func (c *caClock) Time() (time.Time, bool) { return c.now, c.sure }

type testCA struct {
	*hallCA
	clock *caClock
	names []string
	ips   []net.IP
	dir   string
}

func newTestCA(t *testing.T, at time.Time, sure bool) *testCA {
	t.Helper()
	c := &testCA{clock: &caClock{at, sure}, names: []string{"localhost", "motcua", "motcua.lan"}, ips: []net.IP{net.ParseIP("192.168.1.5"), net.ParseIP("203.0.113.7")}, dir: t.TempDir()}
	var err error
	c.hallCA, err = openHallCA(c.dir, strings.Repeat("Trung tâm ", 20), c.clock, func() ([]string, []net.IP) { return c.names, c.ips }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	steady := time.Now()
	c.now = func() time.Time { steady = steady.Add(lookAgain); return steady } // each time looks again
	return c
}

func (c *testCA) leafNow(t *testing.T) *tls.Certificate {
	t.Helper()
	leaf, err := c.certificate(nil)
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}

func (c *testCA) trusts(leaf *x509.Certificate, name string, at time.Time) error {
	pool := x509.NewCertPool()
	pool.AddCert(c.cert)
	_, err := leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: name, CurrentTime: at})
	return err
}

var inOffice = time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC)

// The server's certificate names what the PC is called, its private addresses, and nothing else, and is made anew when that changes or long
// before it ends.
func TestHallCASigns(t *testing.T) {
	ca := newTestCA(t, inOffice, true)
	leaf := ca.leafNow(t)
	for name, good := range map[string]bool{"motcua": true, "motcua.lan": true, "192.168.1.5": true, "203.0.113.7": false, "example.com": false} {
		if err := ca.trusts(leaf.Leaf, name, inOffice); (err == nil) != good {
			t.Errorf("%s: %v", name, err)
		}
	}
	if leaf.Leaf.NotAfter.Sub(leaf.Leaf.NotBefore) > 825*24*time.Hour {
		t.Error("browsers refuse certificates that live for so long")
	}
	if ca.leafNow(t) != leaf {
		t.Error("another certificate without need")
	}
	ca.ips = append(ca.ips, net.ParseIP("10.0.0.9"))
	moved := ca.leafNow(t)
	if moved == leaf || ca.trusts(moved.Leaf, "10.0.0.9", inOffice) != nil {
		t.Error("a new address is not in the certificate")
	}
	for i := range 12 { // years, a look each tenth of one
		for range 10 {
			ca.clock.now = ca.clock.now.Add(36 * 24 * time.Hour)
			if i < 9 {
				if err := ca.trusts(ca.leafNow(t).Leaf, "motcua", ca.clock.now); err != nil {
					t.Fatalf("year %d: %v", i, err)
				}
			}
		}
	}
	ca.names = append(ca.names, "hall.example.com") // came after the CA
	if got := ca.leafNow(t).Leaf.DNSNames; len(got) != 3 {
		t.Errorf("vouches for %v", got)
	}
}

// Whoever steals the CA's key cannot be anybody else with it.
func TestHallCAIsGoodForTheHallOnly(t *testing.T) {
	ca := newTestCA(t, inOffice, true)
	for _, name := range []string{"example.com", "gov.vn", "notmotcua", "8.8.8.8"} {
		var names []string
		var ips []net.IP
		if ip := net.ParseIP(name); ip != nil {
			ips = append(ips, ip)
		} else {
			names = append(names, name)
		}
		stolen, err := ca.sign(inOffice, names, ips)
		if err != nil {
			t.Fatal(err)
		}
		if ca.trusts(stolen.Leaf, name, inOffice) == nil {
			t.Errorf("browsers would believe it to be %s", name)
		}
	}
}

// A clock that is wrong makes no certificate that browsers with a right one refuse.
func TestHallCAOfAWrongClock(t *testing.T) {
	for name, x := range map[string]struct {
		clock caClock
		truth time.Time
	}{
		"half a year behind, unnoticed": {caClock{inOffice.AddDate(0, -6, 0), true}, inOffice},
		"a year ahead, unnoticed":       {caClock{inOffice.AddDate(1, 0, 0), true}, inOffice},
		"in doubt: the build's time":    {caClock{inOffice.AddDate(-1, 0, 0), false}, inOffice},
	} {
		ca := newTestCA(t, x.clock.now, x.clock.sure)
		if err := ca.trusts(ca.leafNow(t).Leaf, "motcua", x.truth); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		ca.clock.now, ca.clock.sure = x.truth, true // staff say what time it is
		for range 9 {
			if err := ca.trusts(ca.leafNow(t).Leaf, "motcua", ca.clock.now); err != nil {
				t.Errorf("%s, then set right: %v", name, err)
			}
			ca.clock.now = ca.clock.now.AddDate(0, 11, 0)
		}
	}
	ca := newTestCA(t, inOffice, true)
	leaf := ca.leafNow(t)
	ca.clock.now, ca.clock.sure = inOffice.AddDate(70, 0, 0), false // the clock jumps
	if ca.leafNow(t) != leaf {
		t.Error("a clock in doubt has made another certificate")
	}
}

// TestPowerCutWhileTheHallCAIsMade: the power goes at each step of it. The next start has a CA, and it is the one that browsers
// may have been given.
func TestPowerCutWhileTheHallCAIsMade(t *testing.T) {
	for at, made := 1, false; !made; at++ {
		disk, data := mountCutDisk(t, uint64(at))
		begun := func() (*hallCA, error) {
			return openHallCA(data, "Một cửa", &caClock{inOffice, true}, func() ([]string, []net.IP) { return nil, nil }, slog.New(slog.DiscardHandler))
		}
		disk.dieIn(at)
		first, err := begun()
		made = err == nil
		disk.cut(t, data)
		next, err := begun()
		if err != nil {
			t.Fatalf("after a cut at step %d: %v", at, err)
		}
		if made && first.fingerprint() != next.fingerprint() {
			t.Error("browsers were given another one")
		}
		disk.server.Unmount()
	}
}

// Half a CA is not made whole by making another one: browsers would trust neither.
func TestHallCADamaged(t *testing.T) {
	for _, file := range []string{caKeyFile, caCertFile} {
		ca := newTestCA(t, inOffice, true)
		if err := os.Remove(filepath.Join(ca.dir, file)); err != nil {
			t.Fatal(err)
		}
		if err := ca.load(ca.dir); err == nil || !strings.Contains(err.Error(), "only one") {
			t.Errorf("without %s: %v", file, err)
		}
	}
}
