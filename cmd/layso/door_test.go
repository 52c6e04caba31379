package main

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// The door lets in as many as it can bear, from one address and in all, and another one when one has left.
func TestDoorCounts(t *testing.T) {
	d := &door{log: slog.New(slog.DiscardHandler), all: 10, from: 6, of: map[netip.Addr]int{}}
	a, b, here := netip.MustParseAddr("192.168.1.7"), netip.MustParseAddr("192.168.1.8"), netip.MustParseAddr("127.0.0.1")
	in := func(from netip.Addr) (n int) {
		for d.enter(from) {
			n++
		}
		return n
	}
	if n := in(a); n != 6 {
		t.Errorf("%d from one address", n)
	}
	if n := in(b); n != 4 {
		t.Errorf("%d from another", n)
	}
	if in(here) != 0 {
		t.Error("more than all")
	}
	d.leave(a)
	if !d.enter(here) || d.enter(a) {
		t.Error("a place that was left")
	}
	for range 5 {
		d.leave(a)
	}
	if n := in(here); n != 5 || len(d.of) != 2 {
		t.Errorf("%d from this PC, which has no limit of its own; kept %v", n, d.of)
	}
}

// The real door: who comes when it is full is closed, a WebSocket counts until it ends, and a place is free again.
func TestDoorOfTheHall(t *testing.T) {
	l, err := listenTCP("127.0.0.1:0", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l.all = 2
	upgrader, gone := websocket.Upgrader{}, make(chan bool, 9)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		go func() { conn.ReadMessage(); conn.Close(); gone <- true }()
	})}
	go server.Serve(l)
	defer server.Close()
	dial := func() (*websocket.Conn, error) {
		conn, _, err := websocket.DefaultDialer.Dial("ws://"+l.Addr().String(), nil)
		return conn, err
	}
	first, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	second, err := dial()
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if conn, err := dial(); err == nil {
		conn.Close()
		t.Error("a third one came in")
	}
	first.Close()
	<-gone
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); { // the server closes its side a moment after
		if conn, err := dial(); err == nil {
			conn.Close()
			return
		}
	}
	t.Error("the place that was left is not free")
}

// Who is slow on purpose is cut off: with a head that does not end, with a body that does not, with an answer that he does
// not take. The real server over pipes, on a clock of its own.
func TestSlowClientsAreCutOff(t *testing.T) {
	for name, x := range map[string]struct {
		send  string
		every time.Duration // one byte more of it
		most  time.Duration
	}{
		"a head":              {"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ", time.Second, 6 * time.Second},
		"a head at once":      {"", time.Second, 6 * time.Second},
		"a body":              {"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n", time.Second, 21 * time.Second},
		"a body in chunks":    {"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 4 * time.Second, 21 * time.Second},
		"nothing after all":   {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 0, 3 * time.Minute},
		"an endless head":     {"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 40<<10), 0, time.Second},
		"an answer not taken": {"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n", -1, 3 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { slowly(t, x.send, x.every, x.most) })
		})
	}
}

func slowly(t *testing.T, send string, every, most time.Duration) {
	h := &hall{settings: settings{log: slog.New(slog.DiscardHandler)}}
	server := h.httpServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if r.URL.Path == "/long" {
			w.Write(make([]byte, 1<<20))
		}
	}))
	l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	go server.Serve(l)
	defer server.Close()
	ours, theirs := net.Pipe()
	l.conns <- theirs
	begun := time.Now()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ours.Write([]byte(send))
		for every > 0 {
			time.Sleep(every)
			if _, err := ours.Write([]byte("x")); err != nil {
				return
			}
		}
	}()
	if every >= 0 {
		io.Copy(io.Discard, ours) // until it is closed
	} else {
		<-ended
		time.Sleep(most)
		n, _ := io.Copy(io.Discard, ours)
		if n >= 1<<20 {
			t.Error("the whole answer came after all")
		}
	}
	if took := time.Since(begun); every >= 0 && took > most+every {
		t.Errorf("cut off after %v, want %v at most", took, most)
	}
	ours.Close()
	<-ended
}

// pipes is a listener whose connections are made by the test.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	select {
	case <-l.closed:
	default:
		close(l.closed)
	}
	return nil
}

func (l *pipes) Addr() net.Addr { return &net.TCPAddr{} }
