package display_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

func (s *screen) ack(seq uint64, voice string) {
	s.t.Helper()
	text := fmt.Appendf(nil, `{"type":"ack","seq":%d,"sound":%t,"voice":%q}`, seq, voice == "on", voice)
	if err := s.conn.WriteMessage(websocket.TextMessage, text); err != nil {
		s.t.Fatal(err)
	}
}

// only gives the only screen that the hub knows.
func (h *hall) only() display.Client {
	h.t.Helper()
	synctest.Wait()
	all := h.hub.Clients()
	if len(all) != 1 {
		h.t.Fatalf("the hub knows %+v", all)
	}
	return all[0]
}

// What a display has shown, and for how long it has not shown what it was told; events that it may not see
// count for nothing.
func TestWhatADisplayOwes(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		tv := p.dial(t, "device=tv1")
		seq := h.owner.View().Seq()
		time.Sleep(time.Second)
		if c := h.only(); c.Owes < time.Second || c.Acked != 0 || c.Behind != 0 || !c.Connected {
			t.Errorf("it said nothing yet: %+v", c)
		}
		tv.ack(seq, "blocked")
		if c := h.only(); c.Owes != 0 || c.Acked != seq || c.Behind != 0 || c.Voice != "blocked" || c.Sound || c.Silent != 0 {
			t.Errorf("it has shown the snapshot: %+v", c)
		}
		ticket := h.take("k1")
		taken := tv.until("ticket.taken").Seq
		h.do(kiosk.ReportPrint{Token: ticket.Token, Printer: "p", Outcome: kiosk.Sending}) // not for displays
		time.Sleep(3 * time.Second)
		if c := h.only(); c.Owes != 3*time.Second || c.Acked != seq || c.Behind != 1 || c.Seq != taken {
			t.Errorf("it has not shown the ticket: %+v", c)
		}
		tv.ack(seq, "blocked") // once more what was shown before
		if c := h.only(); c.Owes != 3*time.Second || c.Behind != 1 {
			t.Errorf("it still has not shown the ticket: %+v", c)
		}
		tv.ack(taken+99, "on")
		if c := h.only(); c.Owes != 0 || c.Acked != taken || c.Behind != 0 || !c.Sound {
			t.Errorf("it has shown all: %+v", c)
		}
		tv.conn.Close()
	})
}

// A paired display that has gone is remembered with when it was heard last; a screen of nobody is not.
func TestAGoneDisplayIsRemembered(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		tv, nobody := p.dial(t, "device=tv1"), p.dial(t, "")
		time.Sleep(time.Second) // it has something to show, and does not say that it has
		tv.ack(0, "on")
		synctest.Wait()
		tv.conn.Close()
		nobody.conn.Close()
		time.Sleep(40 * time.Second)
		if c := h.only(); c.Connected || c.Device != "tv1" || c.Silent != 40*time.Second || c.Owes != 0 {
			t.Errorf("it has gone: %+v", c)
		}
		again := p.dial(t, "device=tv1")
		if c := h.only(); !c.Connected || c.Silent != 0 || c.Acked != 0 {
			t.Errorf("it has come back: %+v", c)
		}
		go func() { // as a page whose script hangs: the browser takes the frames and answers pings
			for {
				if _, err := again.read(); err != nil {
					return
				}
			}
		}()
		h.take("k1")
		time.Sleep(time.Minute)
		if c := h.only(); !c.Connected || c.Silent > 10*time.Second || c.Owes != time.Minute {
			t.Errorf("it hangs: %+v", c)
		}
		again.conn.Close()
	})
}
