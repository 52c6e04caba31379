package forecast

import (
	"cmp"
	"slices"
	"time"

	"layso/kiosk"
)

// A break is taken to last a quarter of an hour from the pause; one that lasts longer, five minutes
// more. A counter that closed less than half an hour before lunch, or in it, comes back after it. Who
// is late for an opening, by a quarter of an hour at most, comes in five minutes.
const (
	breakTime  = 15 * time.Minute
	overtime   = 5 * time.Minute
	lunchClose = 30 * time.Minute
	lateness   = 15 * time.Minute
	soon       = 5 * time.Minute
)

// floor are the counters of a hall, as the forecast seats them.
type floor struct {
	view    *kiosk.View
	model   *Model // nil: nothing is known of other days
	now     int64
	local   time.Time
	covered []bool // services that a counter at work serves
	desks   []seat
}

type seat struct {
	Desk
	idle int64 // since when it has had nobody
}

// desksOf gives the counters that work, and for services that none of these serves the planned ones
// (package comment, "Who works").
func desksOf(v *kiosk.View, m *Moment, local time.Time, model *Model) []Desk {
	f := &floor{view: v, model: model, now: m.Now, local: local, covered: make([]bool, len(m.Services))}
	for _, c := range v.Counters() {
		f.seatWorking(c)
	}
	opening := f.opening(f.hall())
	served := slices.Clone(f.covered)
	for _, c := range v.Counters() {
		if c.State == kiosk.CounterIsClosed {
			f.seatPlanned(c.ID, served, opening)
		}
	}
	for s, ok := range f.covered {
		if !ok {
			f.seat(kiosk.ReachOf("", []int{s}, nil), seat{Desk: Desk{From: opening}})
		}
	}
	// Of several idle counters the one with the fewest skills calls first and keeps the others free,
	// then the one that has been idle longest (facts: "The order").
	slices.SortStableFunc(f.desks, func(a, b seat) int {
		return cmp.Or(a.Reach.Skills()-b.Reach.Skills(), cmp.Compare(a.idle, b.idle))
	})
	out := make([]Desk, len(f.desks))
	for i, s := range f.desks {
		out[i] = s.Desk
	}
	return out
}

// seat puts a counter that serves anything at its desk.
func (f *floor) seat(r kiosk.Reach, s seat) {
	if r.Skills() == 0 {
		return
	}
	s.Reach = r
	f.desks = append(f.desks, s)
	for _, list := range [][]int{r.Own(), r.Assist()} {
		for _, i := range list {
			f.covered[i] = true
		}
	}
}

// seatWorking seats an open or paused counter, and a closed one that is expected.
func (f *floor) seatWorking(c kiosk.CounterState) {
	s := seat{Desk: Desk{Breaks: f.breaks(c)}, idle: c.Since.UnixMilli()}
	switch c.State {
	case kiosk.CounterIsPaused:
		s.From = max(c.Since.Add(breakTime).UnixMilli(), f.now+overtime.Milliseconds())
	case kiosk.CounterIsClosed:
		from, expected := f.expected(c)
		if !expected {
			return
		}
		s.From = from
	}
	if t := f.view.Ticket(c.InHand); t != nil {
		s.Hand, s.Service, s.Called = t, max(0, f.index(t.Service)), t.CalledAt.UnixMilli()
	} else if t := f.view.Ticket(c.Ended); t != nil {
		s.idle = max(s.idle, t.EndedAt.UnixMilli())
	}
	f.seat(f.view.Reach(c.ID), s)
}

// seatPlanned seats a closed counter for those of its services that are not served.
func (f *floor) seatPlanned(id string, served []bool, opening int64) {
	r := f.view.Reach(id)
	left := func(list []int) (out []int) {
		for _, s := range list {
			if !served[s] {
				out = append(out, s)
			}
		}
		return out
	}
	f.seat(kiosk.ReachOf(id, left(r.Own()), left(r.Assist())), seat{Desk: Desk{From: opening, Breaks: f.gaps(f.hall())}})
}

func (f *floor) index(service string) int {
	return slices.IndexFunc(f.view.Setup().Services, func(s kiosk.Service) bool { return s.ID == service })
}
