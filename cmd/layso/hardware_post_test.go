package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpiotest"
	"pgregory.net/rapid"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/button"
	"layso/kiosk/journal"
	"layso/printer"
	"layso/printer/emulator"
)

// post is a hall with one button and one printer: a real journal, a real spooler, no screen.
type post struct {
	t       *testing.T
	owner   *kiosk.Owner
	spooler *printer.Spooler
	printer *emulator.Printer
	board   *button.Board
	pin     *gpiotest.Pin
}

func openPost(t *testing.T, more ...func(*configs.Hardware)) *post {
	t.Helper()
	p := &post{t: t, printer: emulator.New(emulator.Options{Keep: 1000}), pin: solder(t, "TEST17")["TEST17"]}
	t.Cleanup(p.printer.Close)
	log, err := journal.Open(filepath.Join(t.TempDir(), dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	if p.owner, err = kiosk.Start(log, kiosk.Options{Seed: setup, Log: quiet}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.owner.Close)
	parts := configs.Hardware{Buttons: []configs.Button{{Pin: "TEST17", Service: "dat-dai"}}}
	for _, add := range more {
		add(&parts)
	}
	h := &hall{owner: p.owner, settings: settings{log: quiet, hardware: hardware{Hardware: parts}}}
	h.printers = []*printing{{Printer: printer.Printer{
		Name: "only", Profile: printer.Profiles()["epson-80"],
		Open: func(ctx context.Context) (printer.Link, error) { return p.printer.Dial(ctx) },
	}}}
	h.spooler = h.newSpooler()
	p.spooler = h.spooler
	ctx, stop := context.WithCancel(context.Background())
	h.read(ctx, h.spooler.Run)
	h.startHardware(ctx)
	p.board = h.hardware.board
	t.Cleanup(func() { stop(); h.readers.Wait() })
	p.ready(true)
	time.Sleep(time.Second) // of the bubble's time: until the button's contact is known
	return p
}

// press pushes the button, and waits until it may be pushed again.
func (p *post) press() {
	push(p.pin)
	time.Sleep(2 * button.LockOut) // of the bubble's time
}

// ready waits until the button would give a number, or would not.
func (p *post) ready(want bool) {
	p.t.Helper()
	for limit := time.Now().Add(time.Minute); p.spooler.Ready("") != want; {
		if time.Now().After(limit) {
			p.t.Fatalf("ready is not %v: %+v", want, p.spooler.Statuses())
		}
		time.Sleep(100 * time.Millisecond) // of the bubble's time
	}
}

// settled waits until every number's paper is out.
func (p *post) settled() {
	p.t.Helper()
	if fault := p.unsettled(); fault != "" {
		p.t.Fatal(fault)
	}
}

// unsettled waits like settled, and gives what is still missing after long enough, or nothing.
func (p *post) unsettled() (missing string) {
	for limit := time.Now().Add(4 * time.Minute); time.Now().Before(limit); {
		missing = ""
		for t := range p.owner.View().Tickets() {
			if t.Print != kiosk.Confirmed {
				missing += fmt.Sprintf("%s: %s %s, asked for %d times; ", t.Number, t.Print, t.PrintFault, t.Prints)
			}
		}
		if missing == "" && p.spooler.Ready("") {
			return ""
		}
		time.Sleep(100 * time.Millisecond) // of the bubble's time
	}
	return fmt.Sprintf("%s the printer: %+v", missing, p.spooler.Statuses()[0])
}

// TestButtonToPaper: a press gives paper, whatever has befallen the printer between; while it would print
// nothing, a press takes no number; and a ticket whose paper is lost on the way comes out again.
func TestButtonToPaper(t *testing.T) {
	for _, fault := range []emulator.Fault{emulator.PaperOut, emulator.CoverOpen, emulator.Cutter, emulator.Offline, emulator.Silent} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := openPost(t)
				p.press()
				p.settled()
				p.count(1)
				p.printer.SetFault(fault)
				p.ready(false)
				for range 3 {
					p.press()
				}
				p.count(1)
				if s := p.board.Statuses()[0]; s.State != "no_paper" || s.Refused != 3 || s.Taken != 1 {
					t.Errorf("%+v", s)
				}
				p.printer.SetFault(emulator.None)
				p.ready(true)
				p.press()
				p.settled()
				p.count(2)

				p.printer.FailAfter(fault, 200) // in the middle of the third ticket
				p.press()
				p.ready(false)
				p.press()
				time.Sleep(10 * time.Second)
				p.count(3)
				p.printer.SetFault(emulator.None)
				p.settled()
				p.count(3)
				whole := 0
				for _, x := range p.printer.Papers() {
					if !x.Torn {
						whole++
					}
				}
				if whole < 3 {
					t.Errorf("%d whole papers for 3 numbers", whole)
				}
			})
		})
	}
}

// TestSwitchesAndChimeAreWired: what hangs on the other pins gets to where it belongs.
func TestSwitchesAndChimeAreWired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pins := solder(t, "TEST22", "TEST24", "TEST25")
		p := openPost(t, func(h *configs.Hardware) {
			h.Chime = &configs.Chime{Pin: "TEST22"}
			h.PaperSwitch = []configs.PaperSwitch{{Pin: "TEST24", Means: "low"}, {Pin: "TEST25", Printer: "only", Means: "out"}}
		})
		faults := func(want string) {
			t.Helper()
			time.Sleep(time.Second) // of the bubble's time
			if got := strings.Join(p.spooler.Statuses()[0].Faults, " "); got != want {
				t.Errorf("the printer has %q, want %q", got, want)
			}
		}
		faults("")
		pins["TEST24"].EdgesChan <- gpio.Low
		faults("paper_low")
		p.press()
		p.settled()
		p.count(1)
		pins["TEST25"].EdgesChan <- gpio.Low
		faults("paper_out")
		p.press()
		p.count(1)
		pins["TEST24"].EdgesChan <- gpio.High
		pins["TEST25"].EdgesChan <- gpio.High
		faults("")
		at := kiosk.Operator{Counter: "1", User: "clerk1"}
		for _, cmd := range []kiosk.Command{kiosk.OpenCounter{Operator: at}, kiosk.Next{Operator: at}} {
			if _, err := p.owner.Do(t.Context(), cmd); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(100 * time.Millisecond)
		during := pins["TEST22"].Read()
		time.Sleep(time.Second)
		if after := pins["TEST22"].Read(); during != gpio.High || after != gpio.Low {
			t.Errorf("the chime is %s during a call and %s after it", during, after)
		}
	})
}

// TestFaultLampIsWired: a hall without buttons has a lamp that calls somebody to the printer.
func TestFaultLampIsWired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lamp := solder(t, "TEST26")["TEST26"]
		p := openPost(t, func(h *configs.Hardware) { h.Buttons, h.Lamps = nil, &configs.Lamps{Fault: "TEST26"} })
		blinks := func(want bool) {
			t.Helper()
			seen := false
			time.Sleep(time.Second) // of the bubble's time
			for range 40 {
				seen = seen || lamp.Read() == gpio.High
				time.Sleep(50 * time.Millisecond)
			}
			if seen != want {
				t.Errorf("the lamp was lit: %v, want %v", seen, want)
			}
		}
		blinks(false)
		p.printer.SetFault(emulator.CoverOpen)
		p.ready(false)
		blinks(true)
		p.printer.SetFault(emulator.None)
		p.ready(true)
		blinks(false)
	})
}

func (p *post) count(n int) {
	p.t.Helper()
	if got := p.owner.View().Count(); got != n {
		p.t.Fatalf("%d numbers, want %d", got, n)
	}
}

// chance is something that happens to a hall with a button, and the rest after it.
type chance struct {
	what string
	ms   int
}

// TestNoNumberWithoutPaperWhateverHappens plays random presses and faults of the printer, at once and in the
// middle of a ticket. A press while nothing would print takes no number; and once the printer is mended, every
// number that was taken is on paper. (Silence is left out: what a silent printer has printed stays uncertain.)
func TestNoNumberWithoutPaperWhateverHappens(t *testing.T) {
	t.Parallel()
	faults := []string{"paper_out", "cover_open", "cutter", "offline", "fatal", "unreachable", "hang_up", "restart", ""}
	rapid.Check(t, func(r *rapid.T) {
		var plan []chance
		for range rapid.IntRange(1, 8).Draw(r, "chances") {
			what := rapid.SampledFrom([]string{"press", "press", "press", "now ", "later "}).Draw(r, "what")
			if what != "press" {
				what += rapid.SampledFrom(faults).Draw(r, "fault")
			}
			plan = append(plan, chance{what, rapid.SampledFrom([]int{10, 900, 4000, 20000}).Draw(r, "ms")})
		}
		wrong := ""
		synctest.Test(t, func(t *testing.T) { wrong = openPost(t).play(plan) })
		if wrong != "" {
			r.Fatal(wrong)
		}
	})
}

// play gives what went wrong in the course of the plan, or nothing.
func (p *post) play(plan []chance) string {
	for i, c := range plan {
		before, ready := p.owner.View().Count(), p.spooler.Ready("")
		later, isLater := strings.CutPrefix(c.what, "later ")
		switch {
		case c.what == "press":
			push(p.pin)
		case isLater && later != "":
			p.printer.FailAfter(emulator.Fault(later), 200)
		default:
			p.printer.SetFault(emulator.Fault(strings.TrimPrefix(strings.TrimPrefix(c.what, "now "), "later ")))
		}
		if taken := p.owner.View().Count() - before; taken > 1 || taken == 1 && !ready && !p.spooler.Ready("") {
			return fmt.Sprintf("step %d took %d numbers, ready was %v", i, taken, ready)
		}
		time.Sleep(time.Duration(c.ms) * time.Millisecond) // of the bubble's time
	}
	p.printer.SetFault(emulator.None)
	return p.unsettled()
}
