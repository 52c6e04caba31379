package kiosk

import (
	"slices"
	"sort"
)

// Pool is the waiting tickets: a list in calling order for each service, and one of those that a
// transfer has bound to a single counter. It is immutable: With and Without give a new one and
// share what did not change, so that a [View] and the forecast's simulation can keep a pool at no cost.
type Pool struct {
	queues [][]*Ticket // by index of the service in the setup
	bound  []*Ticket
}

// Reach is what one counter can serve: the indexes of its services, and its id.
type Reach struct {
	counter  string
	services []int
}

// First gives the ticket that a counter with this reach calls next, or nil: the smallest key of
// all it can serve (facts: seniority credit). This is the calling policy; the hall and the
// forecast's simulation both ask here.
func (p Pool) First(r Reach) *Ticket {
	var best *Ticket
	for _, s := range r.services {
		if q := p.queues[s]; len(q) > 0 && (best == nil || q[0].Before(best)) {
			best = q[0]
		}
	}
	for _, t := range p.bound {
		if t.Counter == r.counter && (best == nil || t.Before(best)) {
			best = t
		}
	}
	return best
}

// Len is the number of waiting tickets.
func (p Pool) Len() int {
	n := len(p.bound)
	for _, q := range p.queues {
		n += len(q)
	}
	return n
}

// with gives the pool with t in its place among the tickets of the service with index s.
func (p Pool) with(t *Ticket, s int) Pool {
	if t.Counter != "" {
		p.bound = inserted(p.bound, t)
		return p
	}
	p.queues = slices.Clone(p.queues)
	p.queues[s] = inserted(p.queues[s], t)
	return p
}

// without gives the pool without t, found by its token under the service with index s.
func (p Pool) without(t *Ticket, s int) Pool {
	if t.Counter != "" {
		p.bound = removed(p.bound, t)
		return p
	}
	p.queues = slices.Clone(p.queues)
	p.queues[s] = removed(p.queues[s], t)
	return p
}

// before counts the tickets that a counter with one of these reaches would call before t.
func (p Pool) before(t *Ticket, services []int, counters []string) int {
	n := 0
	for _, s := range services {
		n += place(p.queues[s], t)
	}
	for _, b := range p.bound {
		if b.Before(t) && slices.Contains(counters, b.Counter) {
			n++
		}
	}
	return n
}

// place is the number of tickets in q that come before t.
func place(q []*Ticket, t *Ticket) int {
	return sort.Search(len(q), func(i int) bool { return !q[i].Before(t) })
}

// inserted puts t in its place. In the middle it copies, for q is shared with views. At the end it
// appends into q's spare room: nobody sees that who has a shorter q, and there is one history only,
// because a list is never shortened at its end but by a copy.
func inserted(q []*Ticket, t *Ticket) []*Ticket {
	i := place(q, t)
	if i == len(q) {
		return append(q, t)
	}
	out := make([]*Ticket, len(q)+1)
	copy(out, q[:i])
	out[i] = t
	copy(out[i+1:], q[i:])
	return out
}

func removed(q []*Ticket, t *Ticket) []*Ticket {
	i := place(q, t)
	if i >= len(q) || q[i].Token != t.Token {
		return q
	}
	if i == 0 {
		return q[1:]
	}
	out := make([]*Ticket, 0, len(q)-1)
	return append(append(out, q[:i]...), q[i+1:]...)
}
