package display_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"
)

// A display is told its zone; no other screen is told any.
func TestADisplayIsToldItsZone(t *testing.T) {
	h := newHall(t, nil)
	for query, want := range map[string]string{
		"device=tv1&zone=2,3": `"zone":["2","3"]`, "device=tv1": `"zone":[]`, "view=clerk&zone=2": "", "view=kiosk&zone=2": "",
	} {
		f := h.dial(query).until("hello")
		if want != "" && !strings.Contains(f.raw, want) || want == "" && strings.Contains(f.raw, "zone") {
			t.Errorf("%s: %s", query, f.raw)
		}
	}
}

// Who is not any more who he was is dropped at once when the hub is asked to look, and not with the next
// heartbeat only.
func TestRecheckDropsWhoChanged(t *testing.T) {
	h := newHall(t, nil)
	var gone atomic.Bool
	h.still = func() bool { return !gone.Load() }
	changed := h.dial("device=tv1")
	h.still = nil
	stays := h.dial("device=tv2")
	for _, s := range []*screen{changed, stays} {
		s.until("snapshot")
	}
	h.hub.Recheck()
	h.take("k1")
	changed.until("ticket.taken") // still there
	gone.Store(true)
	h.hub.Recheck()
	for {
		f, err := changed.read()
		if err != nil {
			if !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
				t.Errorf("it was told %v", err)
			}
			break
		}
		if f.Type == "heartbeat" {
			t.Fatal("it is still there at the next heartbeat")
		}
	}
	stays.until("ticket.taken")
	h.take("k1")
	stays.until("ticket.taken")
}
