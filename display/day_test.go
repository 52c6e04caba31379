package display_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/kiosk"
)

// wallClock is a clock that tests move.
type wallClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *wallClock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *wallClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// TestTheDayChangesUnderTheScreens: who is connected sees yesterday end and today begin without a gap,
// a phone of yesterday's ticket is let go, and an offset of yesterday gives a snapshot.
func TestTheDayChangesUnderTheScreens(t *testing.T) {
	h := newHall(t, nil)
	h.stop()
	clock := &wallClock{now: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)}
	h.log = &memory{}
	owner, err := kiosk.Start(h.log, kiosk.Options{Seed: testSetup(), Now: clock.read})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(owner.Close)
	h.owner, h.opts.Hall, h.opts.History = owner, owner, h.log
	h.start()
	token := h.take("k1").Token
	screen, phone := h.dial(""), h.dial("ticket="+token)
	seen := screen.until("snapshot").Seq
	phone.until("ticket.status")
	yesterday := seen

	clock.move(24 * time.Hour)
	if _, err := owner.Do(context.Background(), kiosk.Probe{}); err != nil {
		t.Fatal(err)
	}
	number := h.take("k1").Number
	for _, kind := range []string{"ticket.cancelled", "day.closed", "day.opened", "ticket.taken"} {
		f := screen.until(kind)
		if f.Prev != seen || f.Seq <= seen || kind == "ticket.taken" && f.Number != number {
			t.Errorf("%s after %d: %s", kind, seen, f.raw)
		}
		seen = f.Seq
	}
	if _, err := phone.read(); !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
		t.Errorf("a phone of yesterday: %v", err)
	}
	_, res, err := websocket.DefaultDialer.Dial(h.url+"/ws?ticket="+token, nil)
	if err == nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("it comes back: %v", err)
	}
	late := h.dial(fmt.Sprintf("epoch=e1&since=%d", yesterday))
	late.until("hello")
	if f, err := late.read(); err != nil || f.Type != "snapshot" || f.Hall.BusinessDay != "2026-11-25" {
		t.Errorf("an offset of yesterday gives %s %v", f.raw, err)
	}
}
