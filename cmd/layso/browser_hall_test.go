package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"sync"
	"testing"
)

// running is a layso inside the test.
type running struct {
	t    *testing.T
	base string
	data string // folder, of a demo
	code string // of the first set-up, or empty
	stop func() // ends it and waits; may be called twice
}

// startHere runs one of layso's commands and waits until it has told its address.
func startHere(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	var stderr bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, args, w, &stderr)
		w.Close()
	}()
	h := &running{t: t}
	h.stop = sync.OnceFunc(func() {
		cancel()
		if c := <-code; c != exitFine {
			t.Errorf("layso %v ended with %d:\n%s", args, c, &stderr)
		}
	})
	t.Cleanup(h.stop)
	ready := regexp.MustCompile(`(http://\S+)/kiosk|^layso serves .* at (http://\S+)`)
	for lines := bufio.NewScanner(r); lines.Scan(); {
		if m := setupLink.FindStringSubmatch(lines.Text()); m != nil {
			h.code = m[1]
		}
		if m := ready.FindStringSubmatch(lines.Text()); m != nil {
			h.base = m[1] + m[2]
			go io.Copy(io.Discard, r)
			return h
		}
	}
	h.stop()
	t.Fatalf("layso %v did not start:\n%s", args, &stderr)
	return nil
}

func startDemo(t *testing.T) *running {
	t.Helper()
	data := t.TempDir()
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	h.data = data
	return h
}

// client talks to the hall without a browser.
type client struct {
	t    *testing.T
	base string
	http http.Client
}

func (h *running) client(t *testing.T) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, base: h.base, http: http.Client{Jar: jar}}
}

// clerk gives a client who has signed in.
func (h *running) clerk(t *testing.T, user string) *client {
	t.Helper()
	c := h.client(t)
	c.must("POST", "/api/session", map[string]any{"user": user, "pin": demoPIN})
	return c
}

// call sends a request and gives the status and the answer.
func (c *client) call(method, path string, body any) (int, map[string]any) {
	c.t.Helper()
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			c.t.Fatal(err)
		}
	}
	r, err := http.NewRequest(method, c.base+path, bytes.NewReader(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil && err != io.EOF {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer.StatusCode, out
}

// must is call for a request that has to go well.
func (c *client) must(method, path string, body any) map[string]any {
	c.t.Helper()
	status, out := c.call(method, path, body)
	if status >= 300 {
		c.t.Fatalf("%s %s: %d %v", method, path, status, out)
	}
	return out
}

// take takes n tickets, without paper being looked at, and gives them.
func (c *client) take(service string, n int) (tickets []map[string]any) {
	c.t.Helper()
	for range n {
		tickets = append(tickets, c.must("POST", "/api/tickets", map[string]any{"service": service}))
	}
	return tickets
}

// hallNow is what the tests look at of GET /api/hall.
type hallNow struct {
	Services []struct {
		ID      string
		Waiting int
	}
	RecentCalls []struct{ Number, Counter string } `json:"recent_calls"`
}

func (c *client) hall() (h hallNow) {
	c.t.Helper()
	answer, err := c.http.Get(c.base + "/api/hall")
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&h); err != nil {
		c.t.Fatal(err)
	}
	return h
}

func (h hallNow) waiting() (n int) {
	for _, s := range h.Services {
		n += s.Waiting
	}
	return n
}

// cable is the network between a screen and the hall; it can be pulled out and put back.
type cable struct {
	base string
	to   string // host:port

	mu     sync.Mutex
	pulled bool
	conns  map[net.Conn]bool
}

func layCable(t *testing.T, base string) *cable {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{base: "http://" + l.Addr().String(), to: u.Host, conns: map[net.Conn]bool{}}
	var carriers sync.WaitGroup
	carriers.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			carriers.Go(func() { c.carry(near) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		c.pull()
		carriers.Wait()
	})
	return c
}

// carry hands bytes on, both ways, until one end closes.
func (c *cable) carry(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("tcp", c.to)
	if err != nil {
		return
	}
	defer far.Close()
	if !c.hold(near) {
		return
	}
	defer c.release(near)
	go func() {
		io.Copy(far, near)
		far.Close()
	}()
	io.Copy(near, far)
}

func (c *cable) hold(conn net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns[conn] = true
	return !c.pulled
}

func (c *cable) release(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.conns, conn)
}

// pull cuts every connection and refuses new ones.
func (c *cable) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = true
	for conn := range c.conns {
		conn.Close()
	}
}

// plug lets connections through again.
func (c *cable) plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = false
}
