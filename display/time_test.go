package display_test

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

// pipes is a listener whose connections hold not one byte: a screen that does not read is noticed
// at once, and the time is the test's own.
type pipes struct{ conns chan net.Conn }

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p.conns; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (p pipes) Close() error   { return nil }
func (p pipes) Addr() net.Addr { return &net.UnixAddr{} }

// dial connects a screen, or a phone, and reads to the first frame that says how things stand.
func (p pipes) dial(t *testing.T, query string) *screen {
	t.Helper()
	d := websocket.Dialer{NetDialContext: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		p.conns <- there
		return here, nil
	}}
	conn, _, err := d.Dial("ws://hall/ws?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, first := &screen{t, conn}, "snapshot"
	if strings.HasPrefix(query, "ticket=") {
		first = "ticket.status"
	}
	s.until(first)
	return s
}

// inBubble gives a hall whose sockets are pipes.
func inBubble(t *testing.T, test func(h *hall, p pipes)) {
	synctest.Test(t, func(t *testing.T) {
		h := &hall{t: t, log: &memory{}}
		owner, err := kiosk.Start(h.log, kiosk.Options{Seed: testSetup()})
		if err != nil {
			t.Fatal(err)
		}
		h.owner = owner
		h.hub = display.New(display.Options{Hall: owner, Epoch: "e1", Build: "b1"})
		ctx, cancel := context.WithCancel(t.Context())
		done, p := make(chan struct{}), pipes{make(chan net.Conn)}
		go func() { h.hub.Run(ctx); close(done) }()
		srv := &http.Server{Handler: h.sockets(h.hub)}
		go srv.Serve(p)
		test(h, p)
		cancel()
		<-done
		close(p.conns)
		srv.Close()
		owner.Close()
	})
}

func TestASlowScreenDelaysNobody(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		good, _ := p.dial(t, ""), p.dial(t, "") // the second never reads again
		start := time.Now()
		for range 600 {
			number := h.take("k1").Number
			if f := good.until("ticket.taken"); f.Number != number {
				t.Fatalf("got %s, want %s", f.Number, number)
			}
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("the slow screen cost the others %v", d)
		}
		if n := len(h.hub.Clients()); n != 1 {
			t.Errorf("%d screens are connected, want the slow one dropped", n)
		}
		good.conn.Close()
	})
}

func TestHeartbeat(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		good, dead := p.dial(t, ""), p.dial(t, "")
		h.take("k1")
		good.until("hall.counts")
		start := time.Now()
		for i := range 5 {
			f := good.until("heartbeat")
			if f.Seq != 2 || f.Build != "b1" || f.Now == "" {
				t.Errorf("heartbeat: %s", f.raw)
			}
			if d := time.Since(start); d > time.Duration(i+1)*10*time.Second {
				t.Errorf("heartbeat %d came after %v", i, d)
			}
			// The first frame that nobody took ended the second screen, long before its silence would.
			if n := len(h.hub.Clients()); n != 1 {
				t.Errorf("%d screens are connected after %v", n, time.Since(start))
			}
		}
		good.conn.Close()
		dead.conn.Close()
	})
}

// TestASilentScreenIsGone: it takes every frame, as a dead one's buffers do, but answers no ping.
func TestASilentScreenIsGone(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		s := p.dial(t, "")
		s.conn.SetPingHandler(func(string) error { return nil })
		start := time.Now()
		for {
			if _, err := s.read(); err != nil {
				break
			}
		}
		if d := time.Since(start); d < 25*time.Second || d > 40*time.Second {
			t.Errorf("gone after %v", d)
		}
	})
}

// TestLostRights: who may no longer look is gone with the next heartbeat.
func TestLostRights(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		var signedOut atomic.Bool
		h.still = func() bool { return !signedOut.Load() }
		clerk := p.dial(t, "")
		clerk.until("heartbeat")
		signedOut.Store(true)
		start := time.Now()
		for {
			if f, err := clerk.read(); err != nil {
				break
			} else if f.Type == "heartbeat" {
				t.Error("a clerk who has signed out is still told what happens")
				break
			}
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("gone after %v", d)
		}
		clerk.conn.Close()
	})
}

// TestTheNewTimeIsToldAtOnce: when staff has said what time it is, no screen shows the old one until
// the next heartbeat is due.
func TestTheNewTimeIsToldAtOnce(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		s := p.dial(t, "")
		start := time.Now()
		h.do(kiosk.SetClock{Now: start.Add(time.Hour), By: "user:an"})
		s.until("heartbeat")
		if d := time.Since(start); d != 0 {
			t.Errorf("it was told after %v", d)
		}
		s.conn.Close()
	})
}
