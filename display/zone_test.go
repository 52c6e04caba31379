package display_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"

	"layso/kiosk"
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

// A snapshot of a display with a zone has the calls of that zone, however many there were elsewhere since; also
// the one that comes when names have changed.
func TestASnapshotHasTheCallsOfTheZone(t *testing.T) {
	h := newHall(t, nil)
	call := func(counter string) string {
		number := h.take("k1").Number
		h.do(kiosk.Next{Operator: at(counter)})
		h.do(kiosk.Finish{Operator: at(counter)})
		return number
	}
	h.do(kiosk.OpenCounter{Operator: at("1")})
	h.do(kiosk.OpenCounter{Operator: at("2")})
	mine := call("2")
	for range 20 {
		call("1")
	}
	zoned, whole := h.dial("zone=2,3"), h.dial("")
	check := func() {
		t.Helper()
		if calls := zoned.until("snapshot").Hall.RecentCalls; len(calls) != 1 || calls[0].Number != mine || calls[0].Counter != "2" {
			t.Errorf("the zone's calls: %+v, want %s", calls, mine)
		}
		if calls := whole.until("snapshot").Hall.RecentCalls; len(calls) != 12 || calls[0].Counter != "1" {
			t.Errorf("the hall's calls: %+v", calls)
		}
	}
	check()
	setup := testSetup()
	setup.Name.VI = "Trung tâm"
	h.do(kiosk.ChangeSetup{Setup: setup, Seq: h.owner.View().SetupSeq(), By: "user:an"})
	check()
}
