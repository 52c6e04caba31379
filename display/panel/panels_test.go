package panel_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"layso/display/panel"
	"layso/kiosk"
)

const aTick = 250 * time.Millisecond

var (
	dashes = panel.Draw("----", 4)
	dark   = panel.Draw("", 4)
	dot    = panel.Digits{0, 0, 0, 0x80}
)

// TestADayOnThePanels follows a counter from the opening to the closing.
func TestADayOnThePanels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t)
		one, two := panel.Draw("A001", 4), panel.Draw("A002", 4)
		h.wants(0, 0, dashes)
		h.wants(1, 0, dashes)
		h.do(kiosk.OpenCounter{Operator: at("1")})
		h.wants(0, aTick, dot)
		h.do(take())
		h.do(take())
		h.wants(0, aTick, dot)
		h.do(kiosk.Next{Operator: at("1")})
		h.wants(0, aTick, one)
		for range 4 { // dark and lit for half a second each
			h.wants(0, 2*aTick, dark)
			h.wants(0, 2*aTick, one)
		}
		h.wants(1, 0, dashes)
		h.wants(0, 3*time.Second, one)
		h.do(kiosk.PauseCounter{Operator: at("1")})
		h.wants(0, aTick, one) // whom it has called still comes
		h.do(kiosk.Finish{Operator: at("1")})
		h.wants(0, aTick, dashes)
		h.do(kiosk.Undo{Operator: at("1")})
		h.wants(0, aTick, one)
		h.wants(0, 2*aTick, one) // an undo is no call
		h.do(kiosk.ResumeCounter{Operator: at("1")})
		h.do(kiosk.Finish{Operator: at("1")})
		h.do(kiosk.Next{Operator: at("1")})
		h.wants(0, 10*time.Second, two)
		h.do(kiosk.Recall{Operator: at("1")})
		h.wants(0, aTick, two)
		h.wants(0, 2*aTick, dark)
		h.wants(0, 10*time.Second, two)
		h.do(kiosk.Finish{Operator: at("1")})
		h.do(kiosk.CloseCounter{Operator: at("1")})
		h.wants(0, aTick, dashes)
		h.stop()
		for i := range h.bus.chips {
			if h.bus.chips[i].shows(4) != string(dark) || h.bus.isOpen {
				t.Errorf("panel %d is lit after the end", i)
			}
		}
	})
}

// TestRecallsInARowBlinkOn: an impatient clerk makes the blinking longer, not faster, and does not stop it.
func TestRecallsInARowBlinkOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t, kiosk.OpenCounter{Operator: at("1")}, take(), kiosk.Next{Operator: at("1")})
		h.wants(0, 10*time.Millisecond, panel.Draw("A001", 4))
		before := len(h.bus.moments(0))
		for range 40 {
			h.do(kiosk.Recall{Operator: at("1")})
			time.Sleep(aTick)
		}
		if n := len(h.bus.moments(0)) - before; n < 18 || n > 20 {
			t.Errorf("%d changes in ten seconds, want one each half", n)
		}
	})
}

// TestWhatIsInHandAtTheStartDoesNotBlink: layso was restarted, nobody is called anew.
func TestWhatIsInHandAtTheStartDoesNotBlink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t, kiosk.OpenCounter{Operator: at("2")}, take(), kiosk.Next{Operator: at("2")})
		for range 20 {
			h.wants(1, aTick, panel.Draw("A001", 4))
		}
	})
}

// TestPowerLossOfAPanel: whatever a chip has forgotten or caught, it is right again within five seconds, without
// a flicker of the others.
func TestPowerLossOfAPanel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t)
		before := len(h.bus.moments(1))
		h.bus.with(func() { h.bus.chips[0] = chip{} })
		h.wants(0, 5*time.Second+aTick, dashes)
		h.bus.with(func() { h.bus.chips[0].registers = [16]byte{1: 0xFF, 9: 0xFF, 0x0B: 0, 0x0F: 1} })
		h.wants(0, 5*time.Second+aTick, dashes)
		if n := len(h.bus.moments(1)); n != before {
			t.Errorf("the other panel changed %d times", n-before)
		}
		h.bus.with(func() {
			if r := h.bus.chips[0].registers; r[0x0A] != 9 {
				t.Errorf("brightness %d", r[0x0A])
			}
		})
	})
}

// TestBusThatFails is opened again, more and more rarely, and shows the hall as it is then.
func TestBusThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t)
		if s := h.panels.Status(); !s.OK || s.Fault != "" {
			t.Errorf("%+v", s)
		}
		h.bus.with(func() { h.bus.broken, h.bus.opened = true, nil })
		h.do(kiosk.OpenCounter{Operator: at("1")})
		time.Sleep(3 * time.Minute)
		if s := h.panels.Status(); s.OK || s.Fault == "" {
			t.Errorf("%+v", s)
		}
		h.bus.with(func() {
			if n := len(h.bus.opened); n < 8 || n > 12 { // 1, 2, 4, 8, 16 s, then every 30 s
				t.Errorf("opened %d times in three minutes", n)
			}
			h.bus.broken = false
		})
		h.wants(0, 31*time.Second, dot)
		if s := h.panels.Status(); !s.OK {
			t.Errorf("%+v", s)
		}
	})
}

// TestNothingIsWrittenForNothing: a quiet hall's bus is quiet, but for the renewal.
func TestNothingIsWrittenForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := openHall(t)
		before := 0
		h.bus.with(func() { before = h.bus.writes })
		time.Sleep(time.Minute)
		h.bus.with(func() {
			if n := h.bus.writes - before; n > 13*13 { // 13 registers, every five seconds
				t.Errorf("%d writes in a quiet minute", n)
			}
		})
	})
}

// burst is a clerk's key and the pause after it, in milliseconds.
type burst struct{ key, ms int }

// TestNeverFasterThanThreeHertz plays any bursts of calls, recalls and undos: in no second does a panel
// change more than six times, which is three flashes.
func TestNeverFasterThanThreeHertz(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var plan []burst
		for range rapid.IntRange(1, 60).Draw(r, "keys") {
			plan = append(plan, burst{rapid.IntRange(0, 4).Draw(r, "key"), rapid.SampledFrom([]int{0, 1, 10, 60, 130, 240, 251, 700}).Draw(r, "ms")})
		}
		fault := ""
		synctest.Test(t, func(t *testing.T) { fault = flashes(t, plan) })
		if fault != "" {
			r.Fatal(fault)
		}
	})
}

// flashes gives what is too fast, or nothing.
func flashes(t *testing.T, plan []burst) string {
	h := openHall(t, kiosk.OpenCounter{Operator: at("1")})
	for range plan {
		h.do(take())
	}
	for _, b := range plan {
		hand := ""
		if c, _ := h.View().Counter("1"); true {
			hand = c.InHand
		}
		// What the hall refuses, such as a recall of nobody, changes nothing.
		h.Do(t.Context(), []kiosk.Command{
			kiosk.Next{Operator: at("1"), Finish: hand}, kiosk.Recall{Operator: at("1")}, kiosk.Finish{Operator: at("1")},
			kiosk.Undo{Operator: at("1")}, kiosk.PauseCounter{Operator: at("1")},
		}[b.key])
		if b.key == 4 {
			h.do(kiosk.ResumeCounter{Operator: at("1")})
		}
		time.Sleep(time.Duration(b.ms) * time.Millisecond)
	}
	time.Sleep(6 * time.Second)
	moments := h.bus.moments(0)
	for i := range moments {
		if i >= 6 && moments[i].Sub(moments[i-6]) < time.Second {
			return fmt.Sprintf("7 changes within %v", moments[i].Sub(moments[i-6]))
		}
	}
	want, c := dot, ""
	if s, _ := h.View().Counter("1"); s.InHand != "" {
		c = s.InHand
		want = panel.Draw(h.View().Ticket(c).Number, 4)
	}
	if got := h.bus.chips[0].shows(4); got != string(want) {
		return "at the end it shows\n" + art(panel.Digits(got))
	}
	return ""
}
