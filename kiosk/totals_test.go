package kiosk_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// dayOf is a day's log as a script: each line is a minute of the day, what happened, and to whom.
type dayOf struct {
	events []kiosk.Event
}

func (d *dayOf) add(minute int, kind kiosk.EventType, ticket string, more ...func(*kiosk.Event)) {
	e := kiosk.Event{Seq: uint64(len(d.events) + 1), At: morning(8, minute), Type: kind, Ticket: ticket, Service: "land"}
	for _, f := range more {
		f(&e)
	}
	d.events = append(d.events, e)
}

func forService(id string) func(*kiosk.Event) { return func(e *kiosk.Event) { e.Service = id } }
func because(why string) func(*kiosk.Event)   { return func(e *kiosk.Event) { e.Reason = why } }
func onPaper(e *kiosk.Event)                  { e.Print = kiosk.Queued }
func keeps(minute int) func(*kiosk.Event) {
	return func(e *kiosk.Event) {
		slot := morning(8, minute)
		e.Appointment, e.Slot = "x", &slot
	}
}

// What a closing slip says of a day, counted by hand.
func TestTotalsOfADay(t *testing.T) {
	d := &dayOf{}
	d.add(0, kiosk.DayOpened, "", func(e *kiosk.Event) { e.Day, e.Setup = "2026-11-24", slotSetup() })
	d.add(0, kiosk.TicketTaken, "a", onPaper)
	d.add(10, kiosk.TicketTaken, "b", forService("result")) // without paper
	d.add(11, kiosk.PrintQueued, "b")                       // which is its first
	d.add(15, kiosk.TicketCalled, "a")                      // after 15 minutes
	d.add(16, kiosk.PrintFailed, "a")
	d.add(17, kiosk.PrintQueued, "a")
	d.add(17, kiosk.PrintQueued, "a") // to another printer: no further paper
	d.add(18, kiosk.PrintSending, "a")
	d.add(18, kiosk.PrintDone, "a")
	d.add(18, kiosk.PrintQueued, "a")
	d.add(20, kiosk.TicketFinished, "a")
	d.add(26, kiosk.TicketCalled, "b") // after 16
	d.add(27, kiosk.TicketNoShow, "b")
	d.add(30, kiosk.TicketTaken, "early", keeps(60))
	d.add(40, kiosk.TicketTaken, "kept", keeps(30)) // nine minutes late at most: it still counts from the check-in
	d.add(40, kiosk.TicketTaken, "punctual", keeps(50))
	d.add(45, kiosk.TicketCalled, "early")    // before its slot: no wait
	d.add(46, kiosk.TicketFinished, "early")  // with a route: it goes on
	d.add(47, kiosk.TicketReopened, "early")  // a mistake
	d.add(48, kiosk.TicketContinued, "early") //
	d.add(99, kiosk.TicketCalled, "early")    // the second call is no wait
	d.add(100, kiosk.TicketFinished, "early") //
	d.add(104, kiosk.TicketCalled, "kept")    // after 64
	d.add(105, kiosk.TicketHeld, "kept")      //
	d.add(110, kiosk.TicketCalled, "punctual")
	d.add(111, kiosk.TicketTransferred, "punctual", forService("result")) // after 60 from its slot; still land's
	d.add(112, kiosk.TicketTaken, "phone")
	d.add(113, kiosk.TicketCancelled, "phone")
	d.add(114, kiosk.TicketTaken, "doubt")
	d.add(115, kiosk.ClockStepped, "", because("jumped"))
	d.add(116, kiosk.TicketCalled, "doubt") // nobody knows when
	d.add(117, kiosk.TicketFinished, "doubt")
	d.add(118, kiosk.TicketTaken, "undated")
	d.add(119, kiosk.ClockSet, "")
	d.add(200, kiosk.TicketCalled, "undated")
	d.add(201, kiosk.TicketNoShow, "undated")
	d.add(202, kiosk.TicketReturned, "undated")
	d.add(300, kiosk.TicketCancelled, "kept", because("closing"))
	d.add(300, kiosk.TicketCancelled, "punctual", because("closing"))
	d.add(300, kiosk.TicketCancelled, "undated", because("closing"))
	d.add(300, kiosk.DayClosed, "")
	minutes := func(m int) int { return m * 60 }
	result := kiosk.Sums{
		Taken: 1, NoShows: 1, Called: 1,
		MeanWaitS: minutes(16), MedianWaitS: minutes(16), P90WaitS: minutes(16), LongestS: minutes(16),
	}
	land := kiosk.Sums{
		Taken: 7, Served: 3, Cancelled: 4, SentHome: 3, Reprints: 2, Called: 4, // 0, 15, 60, 64
		MeanWaitS: 2085, MedianWaitS: minutes(15), P90WaitS: minutes(64), LongestS: minutes(64), Within15: 0.5,
	}
	all := land
	all.Taken, all.NoShows, all.Called = 8, 1, 5
	all.MeanWaitS, all.MedianWaitS, all.Within15 = minutes(31), minutes(16), 0.4
	got := kiosk.TotalsOf(d.events)
	if got.Day != "2026-11-24" || got.Sums != all {
		t.Errorf("%s came to\n%+v, want\n%+v", got.Day, got.Sums, all)
	}
	want := []kiosk.ServiceTotals{{Service: "land", Name: kiosk.Text{VI: "Đất đai"}, Sums: land}, {Service: "result", Name: kiosk.Text{VI: "Trả kết quả"}, Sums: result}}
	if !slices.Equal(got.Services, want) {
		t.Errorf("the services came to\n%+v, want\n%+v", got.Services, want)
	}
}

func TestTotalsOfNothing(t *testing.T) {
	if got := kiosk.TotalsOf(nil); got.Day != "" || got.Sums != (kiosk.Sums{}) || got.Services == nil {
		t.Errorf("%+v", got)
	}
}

// naive sums the tickets of a service, or of all, with one scan of the log for each ticket.
func naive(events []kiosk.Event, service string) (s kiosk.Sums) {
	var waits []int64 // ms
	doubtful := false
	for i, e := range events {
		if e.Type == kiosk.ClockStepped || e.Type == kiosk.ClockSet {
			doubtful = e.Type == kiosk.ClockStepped
		}
		if e.Type != kiosk.TicketTaken || service != "" && e.Service != service {
			continue
		}
		state, papers, called, closing := "waiting", 0, false, false
		var paper kiosk.EventType // the last that was said of it
		if e.Print == kiosk.Queued {
			papers, paper = 1, kiosk.PrintQueued
		}
		doubt, known := doubtful, !doubtful
		for _, f := range events[i+1:] {
			if f.Type == kiosk.ClockStepped || f.Type == kiosk.ClockSet {
				doubt = f.Type == kiosk.ClockStepped
			}
			if f.Ticket != e.Ticket {
				continue
			}
			if f.Type == kiosk.TicketCalled && !called {
				called = true
				from := e.At
				if e.Written != nil {
					from = *e.Written
				}
				if e.Slot != nil && e.Slot.After(from) {
					from = *e.Slot
				}
				if known && !doubt {
					waits = append(waits, max(0, f.At.Sub(from).Milliseconds()))
				}
			}
			switch f.Type {
			case kiosk.PrintQueued:
				papers += btoi(paper != kiosk.PrintQueued) // else it only goes to another printer
				paper = kiosk.PrintQueued
			case kiosk.PrintSending, kiosk.PrintFailed:
				paper = f.Type
			case kiosk.TicketFinished, kiosk.TicketNoShow, kiosk.TicketCancelled, kiosk.TicketReopened, kiosk.TicketReturned, kiosk.TicketContinued, kiosk.TicketCalled:
				state, closing = string(f.Type), f.Reason == "closing"
			}
		}
		s.Taken++
		s.Reprints += max(0, papers-1)
		s.Served += btoi(state == "ticket.finished")
		s.NoShows += btoi(state == "ticket.no_show")
		s.Cancelled += btoi(state == "ticket.cancelled")
		s.SentHome += btoi(state == "ticket.cancelled" && closing)
	}
	s.Called = len(waits)
	if s.Called == 0 {
		return s
	}
	sum, short := int64(0), 0
	for _, w := range waits {
		sum += w
		short += btoi(w <= 900_000)
		s.LongestS = max(s.LongestS, rounded(float64(w)))
	}
	s.MeanWaitS, s.Within15 = rounded(float64(sum)/float64(len(waits))), float64(short)/float64(len(waits))
	s.MedianWaitS, s.P90WaitS = least(waits, 5), least(waits, 9)
	return s
}

func rounded(ms float64) int { return int(math.Round(ms / 1000)) }

// least is the smallest wait that so many tenths of all do not exceed, in seconds.
func least(waits []int64, tenths int) int {
	best := int64(math.MaxInt64)
	for _, w := range waits {
		n := 0
		for _, x := range waits {
			n += btoi(x <= w)
		}
		if n*10 >= len(waits)*tenths {
			best = min(best, w)
		}
	}
	return rounded(float64(best))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestTotalsOfRandomDays compares the totals of every day of random histories with the naive ones, those
// of the services with those of the day, and the open day with its view.
func TestTotalsOfRandomDays(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(r, drawSetup(r))
		for range pick(r, "steps", 20, 100, 200) {
			h.step()
		}
		view := h.owner.View()
		h.owner.Close()
		var days [][]kiosk.Event
		for _, e := range h.log.all() {
			if e.Type == kiosk.DayOpened {
				days = append(days, nil)
			}
			if n := len(days); n > 0 {
				days[n-1] = append(days[n-1], e)
			}
		}
		for _, events := range days {
			got := kiosk.TotalsOf(events)
			if want := naive(events, ""); got.Sums != want || got.Day != events[0].Day {
				r.Fatalf("%s came to\n%+v, want\n%+v", got.Day, got.Sums, want)
			}
			taken := 0
			for _, s := range got.Services {
				if want := naive(events, s.Service); s.Sums != want {
					r.Fatalf("%s of %s came to\n%+v, want\n%+v", s.Service, got.Day, s.Sums, want)
				}
				taken += s.Taken
			}
			if taken != got.Taken {
				r.Fatalf("the services have %d tickets of %d", taken, got.Taken)
			}
		}
		if !view.DayClosed() {
			agree(r, kiosk.TotalsOf(days[len(days)-1]), view)
		}
	})
}

// agree checks the totals of the open day against what the hall itself says of its tickets.
func agree(t *rapid.T, got kiosk.Totals, view *kiosk.View) {
	var want kiosk.Sums
	for x := range view.Tickets() {
		want.Taken++
		want.Reprints += max(0, x.Prints-1)
		want.Served += btoi(x.State == kiosk.Finished)
		want.NoShows += btoi(x.State == kiosk.NoShow)
		want.Cancelled += btoi(x.State == kiosk.Cancelled)
	}
	is := kiosk.Sums{Taken: got.Taken, Reprints: got.Reprints, Served: got.Served, NoShows: got.NoShows, Cancelled: got.Cancelled}
	if is != want {
		t.Fatalf("the day came to %+v, the hall says %+v", is, want)
	}
}
