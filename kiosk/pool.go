package kiosk

import (
	"slices"
	"sort"
)

// lines is who can be called: a list in calling order for each service, the tickets that a transfer
// has bound to a single counter, and those that missed their first call.
type lines struct {
	queues [][]*Ticket // by index of the service in the setup
	bound  []*Ticket
	missed []missed
}

// missed is a ticket to which nobody came; it is called again after left further calls by counters
// that serve it.
type missed struct {
	*Ticket
	service int // index in the setup
	left    int
}

// recallAfter is the number of those calls.
const recallAfter = 3

// Pool is who can be called. It is immutable: With and Without give a new one and share what did not
// change, so that a [View] can keep a pool at no cost. A simulation makes a [Play] of it.
type Pool struct{ lines }

// First gives the ticket that a counter with this reach calls next at the time now, in Unix
// milliseconds, or nil: the calling policy.
func (p Pool) First(r Reach, now int64) *Ticket { return p.first(&r, now).ticket }

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

// miss gives the pool with t, for the service with index s, among those who missed their call.
func (p Pool) miss(t *Ticket, s int) Pool {
	p.missed = append(slices.Clip(p.missed), missed{t, s, recallAfter})
	return p
}

// unmiss gives the pool without t among those who missed their call.
func (p Pool) unmiss(t *Ticket) Pool {
	p.missed = slices.DeleteFunc(slices.Clone(p.missed), func(m missed) bool { return m.Token == t.Token })
	return p
}

// counted gives the pool after a counter with this reach has called somebody.
func (p Pool) counted(r Reach) Pool {
	if len(p.missed) > 0 {
		p.missed = slices.Clone(p.missed)
		p.count(&r)
	}
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
