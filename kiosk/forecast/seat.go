package forecast

import (
	"slices"
	"time"

	"layso/kiosk"
)

// A break is taken to last a quarter of an hour from the pause; one that lasts longer, five minutes more.
const (
	breakTime = 15 * time.Minute
	overtime  = 5 * time.Minute
)

// credits gives 0 and every credit of the hall's priorities once, largest first.
func credits(s *kiosk.Setup) []int {
	out := []int{0}
	for _, p := range s.Priorities {
		out = append(out, p.CreditS)
	}
	slices.Sort(out)
	slices.Reverse(out)
	return slices.Compact(out)
}

// seat puts the counters at their desks: those that work, and for services that none of these
// serves the planned ones (package comment, "Who works").
func (r *run) seat(v *kiosk.View, now time.Time) {
	covered := make([]bool, len(r.setup.Services))
	for _, c := range v.Counters() {
		if c.State == kiosk.CounterIsClosed {
			continue
		}
		services := r.indexes(r.setup.Counter(c.ID), nil)
		for _, s := range services {
			covered[s] = true
		}
		busy := r.occupied(v, c, now)
		r.add(c.ID, services, busy, busy)
	}
	wait := untilOpen(v, now)
	for _, c := range v.Counters() {
		if c.State == kiosk.CounterIsClosed {
			r.add(c.ID, r.indexes(r.setup.Counter(c.ID), covered), wait, 0)
		}
	}
	for s := range covered {
		if !covered[s] && r.spread[s].desks == 0 {
			r.add("", []int{s}, wait, 0)
		}
	}
	// Of several idle counters the one with the fewest skills calls first and keeps the others free.
	slices.SortStableFunc(r.desks, func(a, b *desk) int { return len(a.services) - len(b.services) })
}

// add seats a counter that serves anything.
func (r *run) add(counter string, services []int, free, busy time.Duration) {
	if len(services) == 0 {
		return
	}
	d := &desk{reach: kiosk.ReachOf(counter, services, nil), services: services, free: free, busy: busy}
	d.own.desks = 1
	r.desks = append(r.desks, d)
	for _, s := range services {
		r.spread[s].desks++
	}
}

// indexes gives the services of the counter without those in except.
func (r *run) indexes(c *kiosk.Counter, except []bool) []int {
	var out []int
	for _, id := range c.Services {
		if s, ok := r.service[id]; ok && (except == nil || !except[s]) {
			out = append(out, s)
		}
	}
	return out
}

// occupied gives how long an open or paused counter will be busy with what it does now.
func (r *run) occupied(v *kiosk.View, c kiosk.CounterState, now time.Time) time.Duration {
	var busy time.Duration
	if t := v.Ticket(c.InHand); t != nil {
		busy = remaining(r.mean(t.Service), now.Sub(t.CalledAt))
	}
	if c.State == kiosk.CounterIsPaused {
		back := breakTime - max(0, now.Sub(c.Since))
		busy = max(busy, back, overtime)
	}
	return busy
}

// untilOpen gives the time until the planned counters begin: none while the hall is open or when it
// does not open again today.
func untilOpen(v *kiosk.View, now time.Time) time.Duration {
	local := now.In(v.Location())
	hours := &v.Setup().Hours
	if hours.Open(local) {
		return 0
	}
	next, ok := hours.NextOpen(local)
	if !ok || next.Format(time.DateOnly) != local.Format(time.DateOnly) {
		return 0
	}
	return next.Sub(local).Truncate(time.Millisecond)
}
