package printer_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/paper"
)

// A ticket that its printer has looked at in vain is the stand-in's at once, not when that looks up next.
func TestTheStandInTakesOverAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newPair(t, openHall(t, &memory{}))
		x.becomes(0, true)
		x.becomes(1, true)
		time.Sleep(500 * time.Millisecond) // of the bubble's time, as all here: both look up every five seconds
		x.p[0].SetFault(emulator.Silent)
		begun := time.Now()
		token := x.on(0)
		x.hall.printed(token)
		if took := time.Since(begun); took > 2*time.Second { // it asks for one second
			t.Errorf("the paper came out after %s", took)
		}
		if on := x.hall.View().Ticket(token).PrintedOn; on != "kiosk-2" {
			t.Errorf("on %s", on)
		}
	})
}

// onceWire loses every automatic status but the first ones: firmware that tells how it is when it is told
// to, and then no more.
type onceWire struct {
	printer.Link
	told int // that still get through
}

func (w *onceWire) Read(b []byte) (int, error) {
	for {
		n, err := w.Link.Read(b)
		if n == 4 && b[0]&0x93 == 0x10 {
			if w.told == 0 {
				continue
			}
			w.told--
		}
		return n, err
	}
}

// What a printer told by itself is not believed for ever: one that is asked says that it is off line.
func TestAnAutomaticStatusThatIsLost(t *testing.T) {
	for told := range 4 { // how it is, cover open, cover closed
		synctest.Test(t, func(t *testing.T) {
			p := emulator.New(emulator.Options{})
			t.Cleanup(p.Close)
			hall := openHall(t, &memory{})
			s, _ := spool(t, hall, printer.Profiles()["epson-80"], func(ctx context.Context) (printer.Link, error) {
				wire, err := p.Dial(ctx)
				return &onceWire{wire, told}, err
			})
			is := func(fault string) {
				t.Helper()
				time.Sleep(6 * time.Second) // of the bubble's time: it is looked after every five
				if got := s.Statuses()[0].Fault; got != fault {
					t.Errorf("%d told: the printer has %q, want %q", told, got, fault)
				}
			}
			is("")
			p.SetFault(emulator.CoverOpen)
			is(printer.FaultCoverOpen)
			p.SetFault(emulator.None)
			is("")
			hall.printed(hall.take())
		})
	}
}

// The day ends while a ticket is being printed: its number is history, but its paper came off the roll, and
// the spooler goes on.
func TestPaperOfADayThatEnds(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		var once sync.Once
		s, _ := spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if isJob(b) {
					once.Do(func() { hall.do(kiosk.CloseDay{By: "user:lan"}) })
				}
				return wire.Write(b)
			}}, nil
		})
		hall.take()
		waits := hall.take()
		for !hall.View().DayClosed() || p.Total() == 0 {
			time.Sleep(time.Second) // of the bubble's time
		}
		synctest.Wait()
		if roll, _ := hall.View().Roll("kiosk-1"); roll.UsedMM < 50 {
			t.Errorf("the roll is %+v", roll)
		}
		if e := hall.log.all()[len(hall.log.all())-1]; e.Type != kiosk.PagePrinted || e.Page != kiosk.LatePage || e.Outcome != kiosk.Processed {
			t.Errorf("the log ends with %+v", e)
		}
		if state := s.Statuses()[0]; state.Queued != 0 || !state.OK || p.Total() != 1 || hall.View().Ticket(waits) != nil {
			t.Errorf("%d papers, %+v", p.Total(), state)
		}
		if got, err := s.Page(t.Context(), "", printer.Page{Kind: kiosk.ClosingPage, Day: hall.View().Day(), By: "system", Draw: func(r *paper.Renderer) *paper.Bitmap {
			return r.Closing(paper.ClosingSlip{})
		}}); got != kiosk.Processed || err != nil {
			t.Errorf("the closing slip: %s, %v", got, err)
		}
	})
}

// Since when a printer is as it is, is told in the hall's time, also where staff set that later; and it does
// not change by itself.
func TestSinceWhenIsTheHallsTime(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, generic, to(p))
		becomes(s, "")
		p.SetFault(emulator.CoverOpen)
		becomes(s, printer.FaultCoverOpen)
		begun := hall.Now()
		time.Sleep(10 * time.Minute) // of the bubble's time
		if got := s.Statuses()[0].Since; got.Sub(begun).Abs() > time.Second {
			t.Errorf("since %s, want %s", got, begun)
		}
		hall.do(kiosk.SetClock{Now: hall.Now().Add(2 * time.Hour), By: "user:lan"})
		after := s.Statuses()[0].Since
		if want := begun.Add(2 * time.Hour); after.Sub(want).Abs() > time.Second {
			t.Errorf("once the clock was set: since %s, want %s", after, want)
		}
		time.Sleep(time.Minute + 123*time.Millisecond)
		if again := s.Statuses()[0].Since; !again.Equal(after) {
			t.Errorf("since %s, and then since %s", after, again)
		}
	})
}
