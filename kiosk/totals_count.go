package kiosk

import (
	"slices"
	"time"
)

// dayCount is the fold of a day's events that its [Totals] are made of.
type dayCount struct {
	day      string
	services []Service // of the last setup, and behind them those that it has no longer
	trips    []*trip   // in order of issue
	byToken  map[string]*trip
	suspect  bool // the clock is
}

// trip is a ticket's way through the day.
type trip struct {
	service string // that it was taken for
	state   State
	closed  bool // by the end of the day
	papers  int
	queued  bool          // its paper waits: sent elsewhere, it is still the same
	since   time.Time     // when its wait began; zero where nobody knows or it is over
	wait    time.Duration // until the first call; below 0 where that is not known
}

func newDayCount() *dayCount {
	return &dayCount{byToken: map[string]*trip{}}
}

func (d *dayCount) add(e *Event) {
	switch e.Type {
	case DayOpened:
		d.day = e.Day
		d.know(e.Setup)
	case HallChanged:
		d.know(e.Setup)
	case ClockStepped, ClockSet:
		d.suspect = e.Type == ClockStepped && e.Reason != "" // as in Apply
	case TicketTaken:
		d.take(e)
	default:
		if t := d.byToken[e.Ticket]; t != nil {
			t.follow(e, d.suspect)
		}
	}
}

func (d *dayCount) know(s *Setup) {
	gone := slices.DeleteFunc(d.services, func(x Service) bool { return s.Service(x.ID) != nil })
	d.services = slices.Concat(s.Services, gone)
}

func (d *dayCount) take(e *Event) {
	t := &trip{service: e.Service, state: Waiting, wait: -1}
	if !d.suspect {
		t.since = e.At
		switch {
		case e.Slot != nil:
			t.since = later(*e.Slot, e.At)
		case e.Written != nil:
			t.since = *e.Written
		}
	}
	if e.Print == Queued {
		t.papers, t.queued = 1, true
	}
	d.trips = append(d.trips, t)
	d.byToken[e.Ticket] = t
}

// follow goes on with the ticket.
func (t *trip) follow(e *Event, suspect bool) {
	switch e.Type {
	case TicketCalled:
		if !t.since.IsZero() && !suspect {
			t.wait = max(0, e.At.Sub(t.since))
		}
		t.state, t.since = Called, time.Time{}
	case TicketReopened:
		t.state = Called
	case TicketContinued, TicketTransferred, TicketReturned:
		t.state = Waiting
	case TicketHeld:
		t.state = Held
	case TicketFinished:
		t.state = Finished
	case TicketNoShow:
		t.state = NoShow
	case TicketCancelled:
		t.state, t.closed = Cancelled, e.Reason == byClosing
	case PrintQueued:
		if !t.queued {
			t.papers++
		}
		t.queued = true
	case PrintSending, PrintFailed:
		t.queued = false
	}
}

func (d *dayCount) totals() Totals {
	out := Totals{Day: d.day, Sums: sumsOf(d.trips), Services: []ServiceTotals{}}
	of := map[string][]*trip{}
	for _, t := range d.trips {
		of[t.service] = append(of[t.service], t)
	}
	for _, s := range d.services {
		out.Services = append(out.Services, ServiceTotals{Service: s.ID, Name: s.Name, Sums: sumsOf(of[s.ID])})
	}
	return out
}

func sumsOf(trips []*trip) Sums {
	s := Sums{Taken: len(trips)}
	var waits []time.Duration
	for _, t := range trips {
		switch t.state {
		case Finished:
			s.Served++
		case NoShow:
			s.NoShows++
		case Cancelled:
			s.Cancelled++
			if t.closed {
				s.SentHome++
			}
		}
		s.Reprints += max(0, t.papers-1)
		if t.wait >= 0 {
			waits = append(waits, t.wait)
		}
	}
	s.waited(waits)
	return s
}

// waited fills in what the waits came to.
func (s *Sums) waited(waits []time.Duration) {
	if s.Called = len(waits); s.Called == 0 {
		return
	}
	slices.Sort(waits)
	sum, short := time.Duration(0), 0
	for _, w := range waits {
		sum += w
		if w <= shortWait {
			short++
		}
	}
	rank := func(tenths int) int { return seconds(waits[(len(waits)*tenths+9)/10-1]) }
	s.MeanWaitS, s.MedianWaitS, s.P90WaitS = seconds(sum/time.Duration(len(waits))), rank(5), rank(9)
	s.LongestS, s.Within15 = seconds(waits[len(waits)-1]), float64(short)/float64(len(waits))
}

// seconds gives whole seconds, the nearest.
func seconds(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }
