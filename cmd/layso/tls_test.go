package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/configs"
)

// serveTLS runs a whole hall with TLS and known PINs until the test ends, or stop.
func serveTLS(t *testing.T, data string, c configs.TLS) (h *hall, stop func()) {
	t.Helper()
	return runHall(t, settings{data: data, listenAtTLS: "127.0.0.1:0", tls: &c})
}

// runHall runs a hall with the demo's setup and clerk1's PIN until the test ends, or stop.
func runHall(t *testing.T, s settings) (h *hall, stop func()) {
	t.Helper()
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	s.listen, s.seed, s.demo = "127.0.0.1:0", setup, true
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if h, err = open(s); err != nil {
		t.Fatal(err)
	}
	if err := h.web.SetPIN(demoPIN, "clerk1"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return h, stop
}

// trusting gives a client that trusts these certificates alone.
func trusting(t *testing.T, file []byte) *http.Client {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(file) {
		t.Fatalf("no certificate in %q", file)
	}
	return &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func fetchOf(t *testing.T, c *http.Client, r *http.Request) (*http.Response, string) {
	t.Helper()
	res, err := c.Do(r)
	if err != nil {
		t.Fatalf("%s: %v", r.URL, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func request(t *testing.T, method, url, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// selfSigned writes a certificate for this PC into two files.
func selfSigned(t *testing.T, dir, name string) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	put(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}))
	put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	return cert, key
}

func put(t *testing.T, file string, content []byte) {
	t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// With the office's own certificate the staff signs in over TLS; plain HTTP goes on beside it, and knows nothing of that session.
func TestTLSByFiles(t *testing.T) {
	t.Parallel()
	cert, key := selfSigned(t, t.TempDir(), "localhost")
	h, _ := serveTLS(t, t.TempDir(), configs.TLS{Cert: cert, Key: key})
	secure, plain := "https://"+h.secure.Addr().String(), "http://"+h.listener.Addr().String()
	c := trusting(t, read(t, cert))
	res, body := fetchOf(t, c, request(t, "POST", secure+"/api/session", `{"user":"clerk1","pin":"`+demoPIN+`"}`, "Origin", secure))
	if res.StatusCode != 200 || res.TLS == nil || res.TLS.Version < tls.VersionTLS12 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	if res.Header.Get("Strict-Transport-Security") != "" {
		t.Error("HSTS would lock the browsers of the hall out of plain HTTP")
	}
	var session *http.Cookie
	for _, k := range res.Cookies() {
		if !k.Secure || !strings.HasPrefix(k.Name, "__Host-") {
			t.Errorf("cookie %v over TLS", k)
		}
		if k.Name == "__Host-layso_session" {
			session = k
		}
	}
	if session == nil {
		t.Fatal("no session")
	}
	for base, want := range map[string]int{secure: 200, plain: 401} {
		if res, _ := fetchOf(t, c, request(t, "GET", base+"/api/waiting", "", "Cookie", session.Name+"="+session.Value)); res.StatusCode != want {
			t.Errorf("%s with the cookie of TLS: %d, want %d", base, res.StatusCode, want)
		}
	}
	if res, _ := fetchOf(t, c, request(t, "GET", secure+"/ca.crt", "")); res.StatusCode != 404 {
		t.Errorf("a CA where there is none: %d", res.StatusCode)
	}
	dialer := websocket.Dialer{TLSClientConfig: c.Transport.(*http.Transport).TLSClientConfig}
	conn, _, err := dialer.Dial("wss"+strings.TrimPrefix(secure, "https")+"/ws", http.Header{"Origin": {secure}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, frame, err := conn.ReadMessage(); err != nil || !strings.Contains(string(frame), "hello") {
		t.Errorf("%s %v", frame, err)
	}
}

// Files that change are shown; broken ones are not.
func TestTLSFilesChange(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := selfSigned(t, dir, "one.lan")
	now := time.Now()
	files := newFileCertificate(cert, key, slog.New(slog.DiscardHandler))
	files.now = func() time.Time { return now }
	shown := func() string {
		t.Helper()
		now = now.Add(lookAgain)
		c, err := files.get(nil)
		if err != nil {
			return err.Error()
		}
		return c.Leaf.DNSNames[0]
	}
	if got := shown(); got != "one.lan" {
		t.Fatal(got)
	}
	selfSigned(t, dir, "two.lan")
	if got := shown(); got != "two.lan" {
		t.Errorf("after a change: %s", got)
	}
	put(t, cert, []byte("half a file"))
	if got := shown(); got != "two.lan" {
		t.Errorf("with a broken file: %s", got)
	}
	selfSigned(t, dir, "three.lan")
	if got := shown(); got != "three.lan" {
		t.Errorf("after it was mended: %s", got)
	}
	none := newFileCertificate(filepath.Join(dir, "no.pem"), key, slog.New(slog.DiscardHandler))
	if _, err := none.get(nil); err == nil {
		t.Error("a certificate out of nothing")
	}
}

// The hall's CA is made once; who trusts it reaches the hall by name and by address, and is told nothing about others.
func TestHallCA(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	h, stop := serveTLS(t, data, configs.TLS{HallCA: true})
	_, file := fetchOf(t, http.DefaultClient, request(t, "GET", "http://"+h.listener.Addr().String()+"/ca.crt", ""))
	c := trusting(t, []byte(file))
	_, port, _ := net.SplitHostPort(h.secure.Addr().String())
	for _, host := range []string{"127.0.0.1", "localhost"} {
		if res, body := fetchOf(t, c, request(t, "GET", "https://"+host+":"+port+"/healthz", "")); res.StatusCode != 200 {
			t.Errorf("%s: %d %s", host, res.StatusCode, body)
		}
	}
	if info, err := os.Stat(filepath.Join(data, caKeyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the CA's key: %v, %v", info.Mode(), err)
	}
	var out bytes.Buffer
	tellOfTLS(&out, h)
	if !strings.Contains(out.String(), "/ca.crt") || !strings.Contains(out.String(), h.ca.fingerprint()) || len(h.ca.fingerprint()) != 95 {
		t.Errorf("told: %s", out.String())
	}
	stop()
	again, _ := serveTLS(t, data, configs.TLS{HallCA: true})
	if string(again.ca.pem) != file {
		t.Error("another CA after a restart")
	}
	if _, body := fetchOf(t, c, request(t, "GET", "https://"+again.secure.Addr().String()+"/healthz", "")); !strings.Contains(body, "ok") {
		t.Error(body)
	}
}

// Where the installation wants it, PINs are typed over TLS alone; what citizens and TVs use stays open.
func TestStaffIsSentToTLS(t *testing.T) {
	t.Parallel()
	h, _ := serveTLS(t, t.TempDir(), configs.TLS{HallCA: true, RedirectStaff: true})
	_, port, _ := net.SplitHostPort(h.secure.Addr().String())
	plain := "http://" + h.listener.Addr().String()
	c := trusting(t, h.ca.pem)
	proxied := []string{"X-Forwarded-For", "192.168.1.20"} // so not this PC itself
	for path, want := range map[string]string{"/counter": "https://127.0.0.1:" + port + "/counter", "/admin?x=1": "https://127.0.0.1:" + port + "/admin?x=1", "/kiosk": "", "/display": "", "/": ""} {
		res, _ := fetchOf(t, c, request(t, "GET", plain+path, "", proxied...))
		if res.Header.Get("Location") != want {
			t.Errorf("%s leads to %q, want %q", path, res.Header.Get("Location"), want)
		}
	}
	in := `{"user":"clerk1","pin":"` + demoPIN + `"}`
	if res, body := fetchOf(t, c, request(t, "POST", plain+"/api/session", in, proxied...)); res.StatusCode != 403 || !strings.Contains(body, "tls_required") {
		t.Errorf("a PIN over an open line: %d %s", res.StatusCode, body)
	}
	for what, base := range map[string]string{"on this PC": plain, "over TLS": "https://127.0.0.1:" + port} {
		if res, body := fetchOf(t, c, request(t, "POST", base+"/api/session", in)); res.StatusCode != 200 {
			t.Errorf("%s: %d %s", what, res.StatusCode, body)
		}
	}
}
