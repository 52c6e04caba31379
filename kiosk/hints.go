package kiosk

import "time"

// hint is an idle counter and whom it would call.
type hint struct {
	choice
	seat  *CounterState
	reach *Reach
}

// Hints says which waiting ticket each idle counter should call at the time now, by the counter's id:
// the one that Next would give it once the counters before it have called theirs. Of several counters
// that would call the same ticket it is the one to whose own services it belongs, then the one with the
// fewest skills, then the one that has been idle longest; each counter and each ticket once.
func (v *View) Hints(now time.Time) map[string]*Ticket {
	out := map[string]*Ticket{}
	pool, idle := v.pool, v.idle()
	at := now.UnixMilli()
	for i := range idle {
		idle[i].choice = pool.first(idle[i].reach, at)
	}
	for {
		best := -1
		for i := range idle {
			if idle[i].ticket != nil && (best < 0 || idle[i].goes(&idle[best])) {
				best = i
			}
		}
		if best < 0 {
			return out
		}
		t := idle[best].ticket
		out[idle[best].seat.ID] = t
		idle[best].seat, idle[best].ticket = nil, nil
		pool = v.called(pool, t)
		for i := range idle {
			if idle[i].ticket == t {
				idle[i].choice = pool.first(idle[i].reach, at)
			}
		}
	}
}

// idle gives the open counters without a ticket in hand.
func (v *View) idle() []hint {
	var out []hint
	for i := range v.counters {
		if c := &v.counters[i]; c.State == CounterIsOpen && c.InHand == "" {
			out = append(out, hint{seat: c, reach: &v.plan.reach[i]})
		}
	}
	return out
}

// goes reports whether h is handed out before g.
func (h *hint) goes(g *hint) bool {
	switch {
	case h.ticket != g.ticket:
		return h.ticket.Before(g.ticket)
	case h.rank != g.rank:
		return h.rank < g.rank
	case h.reach.Skills() != g.reach.Skills():
		return h.reach.Skills() < g.reach.Skills()
	}
	return h.seat.idle.Before(g.seat.idle)
}

// called gives the pool without a ticket that can be called.
func (v *View) called(p Pool, t *Ticket) Pool {
	if t.State == NoShow {
		return p.unmiss(t)
	}
	return p.without(t, v.plan.service[t.Service])
}
