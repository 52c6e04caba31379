package button_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3/gpio"
	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/button"
)

func TestAPressTakesANumberOnPaper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"}, button.Button{Service: "land", Priority: "elderly", Printer: "hall-2"})
		r.press(0, short)
		r.press(1, short)
		r.wants(2, "two buttons")
		tickets := slices.Collect(r.View().Tickets())
		a, b := tickets[0], tickets[1]
		if a.Number != "A001" || a.Device != "button-GPIO1" || a.Print != kiosk.Queued || a.Printer != "" || a.Priority != "" || a.Lang != kiosk.Vietnamese {
			t.Errorf("%+v", a)
		}
		if b.Device != "button-GPIO2" || b.Printer != "hall-2" || b.Priority != "elderly" || b.CreditS != 1800 {
			t.Errorf("%+v", b)
		}
		keys := map[string]bool{}
		for _, e := range r.log.events {
			if e.Type == kiosk.TicketTaken {
				if keys[e.Key] = true; e.By != "device:"+e.Device {
					t.Errorf("%+v", e)
				}
			}
		}
		if len(keys) != 2 || keys[""] {
			t.Errorf("keys %v", keys)
		}
		if s := r.board.Statuses()[0]; s.Taken != 1 || s.Refused != 0 || s.Name != "button-GPIO1" || s.Service != "land" {
			t.Errorf("%+v", s)
		}
	})
}

// TestLockOut: a press after a number was given counts again when its paper is out and the lock-out over,
// and at the latest after five seconds.
func TestLockOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"})
		r.press(0, short)
		r.wants(1, "a press")
		for range 4 {
			r.press(0, short)
		}
		r.wants(1, "presses right after")
		r.printed()
		time.Sleep(button.LockOut)
		r.press(0, short)
		r.wants(2, "a press after the paper")
		time.Sleep(2 * button.LockOut)
		r.press(0, short)
		r.wants(2, "a press while the paper is on its way")
		time.Sleep(5 * time.Second)
		r.press(0, short)
		r.wants(3, "a press although the paper never comes")
	})
}

// TestHeldDown: a button that is held gives one number, and one that is held for long is told to the staff.
func TestHeldDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"})
		r.pins[0].EdgesChan <- gpio.Low
		time.Sleep(8 * time.Second)
		r.wants(1, "held")
		r.state(0, button.Ready)
		time.Sleep(3 * time.Second)
		r.state(0, button.Stuck)
		if r.lamps[0].lit() || r.lit.lit() || r.fault.count(4*time.Second) != 4 {
			t.Error("the lamps do not say that a button is stuck")
		}
		r.wants(1, "stuck")
		r.pins[0].EdgesChan <- gpio.High
		time.Sleep(time.Second)
		r.state(0, button.Ready)
		if !r.lamps[0].lit() || !r.lit.lit() || r.fault.count(4*time.Second) != 0 {
			t.Error("the lamps do not say that the button works again")
		}
		r.press(0, short)
		r.wants(2, "let go and pressed again")
	})
}

// TestHeldAtTheStart: something leans on the button while layso starts. That is no press.
func TestHeldAtTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pin := &leaned{}
		r := open(t, &memory{}, button.Button{Pin: pin, Service: "land"})
		time.Sleep(15 * time.Second)
		r.state(0, button.Stuck)
		r.wants(0, "leaned on from the start")
	})
}

// leaned is a pin that is low from the start and for ever.
type leaned struct{ output }

func (l *leaned) Name() string                     { return "GPIO9" }
func (l *leaned) In(gpio.Pull, gpio.Edge) error    { return nil }
func (l *leaned) Read() gpio.Level                 { return gpio.Low }
func (l *leaned) Pull() gpio.Pull                  { return gpio.PullUp }
func (l *leaned) DefaultPull() gpio.Pull           { return gpio.PullUp }
func (l *leaned) WaitForEdge(d time.Duration) bool { time.Sleep(d); return false }

// TestRefusals: each reason why a press gives no number has its count of blinks, and no number is taken.
func TestRefusals(t *testing.T) {
	for name, x := range map[string]struct {
		service string
		ready   bool
		before  int // numbers of the service that are gone already
		blinks  int
		why     string
	}{
		"closed":    {"shut", true, 0, 2, "service_closed"},
		"quota":     {"civil", true, 1, 3, "quota_reached"},
		"no paper":  {"land", false, 0, 5, "no_paper"},
		"no such":   {"gone", true, 0, 6, "unknown_service"},
		"shut & no": {"shut", false, 0, 2, "service_closed"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := open(t, &memory{}, button.Button{Service: x.service})
				r.setReady(x.ready)
				for range x.before {
					if _, err := r.Do(t.Context(), kiosk.Take{Service: x.service, Token: kiosk.NewToken()}); err != nil {
						t.Fatal(err)
					}
				}
				r.state(0, x.why)
				if r.lamps[0].lit() {
					t.Error("the lamp promises a number")
				}
				r.press(0, short)
				if n := r.lamps[0].count(5 * time.Second); n != x.blinks {
					t.Errorf("%d blinks, want %d", n, x.blinks)
				}
				r.wants(x.before, "refused")
				if s := r.board.Statuses()[0]; s.Refused != 1 || s.Taken != 0 {
					t.Errorf("%+v", s)
				}
				if n := r.fault.count(4 * time.Second); (n > 0) != (x.why == "no_paper" || x.why == "unknown_service") {
					t.Errorf("the fault lamp blinked %d times", n)
				}
			})
		})
	}
}

// TestPaperComesBack: the button is in order again as soon as the printer is.
func TestPaperComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"})
		r.setReady(false)
		r.state(0, "no_paper")
		r.press(0, short)
		r.wants(0, "no paper")
		r.setReady(true)
		time.Sleep(2 * time.Second)
		r.state(0, button.Ready)
		r.press(0, short)
		r.wants(1, "paper again")
	})
}

// TestCommitOfUnknownOutcome: the hall is asked again under the same key, so a press stays one number.
func TestCommitOfUnknownOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"})
		r.log.mu.Lock()
		r.log.fail = 1
		r.log.mu.Unlock()
		r.press(0, short)
		time.Sleep(5 * time.Second)
		r.wants(1, "a commit whose outcome is unknown")
		if s := r.board.Statuses()[0]; s.Taken != 1 || s.Refused != 0 {
			t.Errorf("%+v", s)
		}
	})
}

func TestBrokenPinLeavesTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Pin: gpio.INVALID, Service: "land"}, button.Button{Service: "land"})
		r.state(0, button.Broken)
		r.press(1, short)
		r.wants(1, "the other button")
		if r.fault.count(4*time.Second) == 0 {
			t.Error("the fault lamp is dark")
		}
	})
}

// act is something that happens to a board, and the rest after it.
type act struct{ what, ms, rest int }

func acts(r *rapid.T) (all []act) {
	for range rapid.IntRange(1, 12).Draw(r, "acts") {
		all = append(all, act{rapid.IntRange(0, 5).Draw(r, "what"), rapid.IntRange(1, 400).Draw(r, "ms"), rapid.IntRange(0, 900).Draw(r, "rest")})
	}
	return all
}

// TestTheFaultLampIsAboutPrinters: it blinks while a printer needs somebody, also where there is no button.
func TestTheFaultLampIsAboutPrinters(t *testing.T) {
	for _, buttons := range [][]button.Button{nil, {{Service: "land"}}} {
		synctest.Test(t, func(t *testing.T) {
			r := open(t, &memory{}, buttons...)
			for _, needs := range []bool{false, true, false} {
				r.setNeeds(needs)
				time.Sleep(2 * time.Second)
				if n := r.fault.count(4 * time.Second); (n == 4) != needs || (n == 0) == needs {
					t.Errorf("%d buttons, a printer needs somebody: %v, and the lamp blinked %d times", len(buttons), needs, n)
				}
			}
			if r.lit.lit() != (len(buttons) > 0) {
				t.Error("the lamp that promises numbers")
			}
		})
	}
}

// TestLampsNeverFlicker plays random presses, closings and paper faults: no lamp changes twice within a quarter
// of a second, so none flashes more than twice in one; and at the end all are dark.
func TestLampsNeverFlicker(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		fault := ""
		plan := acts(rt)
		synctest.Test(t, func(t *testing.T) { fault = flickers(t, plan) })
		if fault != "" {
			rt.Fatal(fault)
		}
	})
}

// flickers gives what is wrong with the lamps in the course of the acts, or nothing.
func flickers(t *testing.T, plan []act) string {
	r := open(t, &memory{}, button.Button{Service: "land"}, button.Button{Service: "civil"})
	for _, a := range plan {
		switch a.what {
		case 0, 1:
			r.setReady(a.what == 1)
		case 2:
			r.printed()
		default:
			r.press(a.what%2, time.Duration(a.ms)*time.Millisecond)
		}
		time.Sleep(time.Duration(a.rest) * time.Millisecond)
	}
	lamps := []*output{r.lamps[0], r.lamps[1], r.lit, r.fault}
	for _, o := range lamps {
		for i, at := range o.times() {
			if i > 0 && at.Sub(o.times()[i-1]) < 250*time.Millisecond {
				return fmt.Sprintf("%s changed %v after it had changed", o.Name(), at.Sub(o.times()[i-1]))
			}
		}
	}
	r.stop()
	for _, o := range lamps {
		if o.lit() {
			return o.Name() + " is lit after the end"
		}
	}
	return ""
}
