package display_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
)

// A screen that could not take all that happened gets it afresh, once: every event that it missed in order,
// and a snapshot after them.
func TestASlowScreenGetsHowThingsStand(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		slow := p.dial(t, "")
		before := h.owner.View().Seq()
		for range 200 {
			h.take("k1")
			synctest.Wait() // so that each makes frames of its own
		}
		last, snapshots := before, 0
		for snapshots == 0 {
			f, err := slow.read()
			switch {
			case err != nil:
				t.Fatalf("after %d: %v", last, err)
			case f.isEvent():
				if f.Prev != last || f.Seq != last+1 {
					t.Fatalf("%s follows %d", f.raw, last)
				}
				last = f.Seq
			case f.Type == "snapshot":
				if snapshots++; f.Seq != last || last != before+200 {
					t.Fatalf("a snapshot of %d after %d, want all 200 events before it", f.Seq, last)
				}
			}
		}
		h.take("k1")
		if f := slow.until("ticket.taken"); f.Prev != last {
			t.Errorf("after it comes %s", f.raw)
		}
		for range 200 { // and it has another chance
			h.take("k1")
			synctest.Wait()
		}
		if f := slow.until("snapshot"); f.Seq != before+401 {
			t.Errorf("the second time: %s", f.raw)
		}
		slow.conn.Close()
	})
}

// A phone that could not take all its news gets the newest.
func TestASlowPhoneGetsTheNewest(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		h.do(kiosk.OpenCounter{Operator: at("1")})
		phone := p.dial(t, "ticket="+h.take("k1").Token)
		h.do(kiosk.Next{Operator: at("1")})
		synctest.Wait()
		const recalls = 50
		for range recalls {
			h.do(kiosk.Recall{Operator: at("1")})
			synctest.Wait()
		}
		frames := 1
		for phone.until("ticket.status").Ticket.Calls != recalls+1 {
			frames++
		}
		if frames > 12 {
			t.Errorf("the newest of its news came after %d others", frames)
		}
		phone.conn.Close()
	})
}

// Two hundred calls in ten seconds, and a screen beside that takes nothing at all.
func TestManyCallsAllArriveInOrder(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		h.do(kiosk.OpenCounter{Operator: at("1")})
		for range 200 {
			h.take("k1")
		}
		display := p.dial(t, "zone=1")
		p.dial(t, "zone=1") // never reads again
		start := time.Now()
		for i := range 200 {
			go func() {
				h.do(kiosk.Next{Operator: at("1")})
				h.do(kiosk.Finish{Operator: at("1")})
			}()
			f := display.until("ticket.called")
			if want := fmt.Sprintf("A%03d", i+1); f.Number != want {
				t.Fatalf("call %d is of %s, want %s", i, f.Number, want)
			}
			if late := time.Since(start) - time.Duration(i)*50*time.Millisecond; late != 0 {
				t.Fatalf("call %d came %v late", i, late)
			}
			display.until("ticket.finished")
			time.Sleep(50 * time.Millisecond) // of the bubble
		}
		display.conn.Close()
	})
}
