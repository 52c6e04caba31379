package kiosk

import "sync/atomic"

// rivals are whom a ticket is ranked among: the tickets of these services, and those that are bound to one of these counters.
type rivals struct {
	services []int
	counters []string
}

// ranks keeps the rivals of each service's tickets for as long as a view stands: thousands of phones ask for them after
// each call, and they are the same for all who wait for a service.
type ranks []atomic.Pointer[rivals]

func newRanks(services int) ranks { return make(ranks, services) }

// Ahead is the number of waiting tickets that the counters able to serve t would call before it;
// 0 for a ticket that does not wait.
func (v *View) Ahead(t *Ticket) int {
	if t.State != Waiting {
		return 0
	}
	return v.aheadOf(t)
}

func (v *View) aheadOf(t *Ticket) int {
	r := v.rivalsOf(t)
	return v.pool.before(t, r.services, r.counters)
}

// rivalsOf gives whom t is ranked among, from the ranks where t is bound to no counter.
func (v *View) rivalsOf(t *Ticket) *rivals {
	s, ok := v.plan.service[t.Service]
	if !ok || s >= len(v.ranks) || t.Counter != "" {
		return v.findRivals(t)
	}
	if r := v.ranks[s].Load(); r != nil {
		return r
	}
	r := v.findRivals(t)
	v.ranks[s].Store(r) // who finds it at the same time finds the same
	return r
}

func (v *View) findRivals(t *Ticket) *rivals {
	seen := make([]bool, len(v.plan.setup.Services))
	r := &rivals{}
	for _, i := range v.serving(t) {
		reach := v.plan.reach[i]
		r.counters = append(r.counters, reach.counter)
		for _, s := range v.plan.called(reach, t) {
			if !seen[s] {
				seen[s] = true
				r.services = append(r.services, s)
			}
		}
	}
	return r
}
