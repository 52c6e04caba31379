package kiosk

import (
	"slices"
	"sort"
	"time"
)

// AssistAfter is how long a ticket waits before a counter that only assists its service treats it
// like one of its own.
const AssistAfter = 10 * time.Minute

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

// Reach is what one counter can serve: the indexes of its own services, of those where it assists,
// and its id.
type Reach struct {
	counter     string
	own, assist []int
}

// ReachOf gives the reach of a counter with these services, by their indexes in the setup.
func ReachOf(counter string, own, assist []int) Reach {
	return Reach{counter: counter, own: own, assist: assist}
}

// Own gives the indexes of the counter's own services; do not change the slice.
func (r Reach) Own() []int { return r.own }

// Assist gives the indexes of the services where the counter assists; do not change the slice.
func (r Reach) Assist() []int { return r.assist }

// Skills is the number of services that the counter can serve at all.
func (r Reach) Skills() int { return len(r.own) + len(r.assist) }

// Serves reports whether the counter can serve the service with this index at all.
func (r Reach) Serves(service int) bool {
	return slices.Contains(r.own, service) || slices.Contains(r.assist, service)
}

// Spot is where a ticket stands among those who can be called: in the queue of the service with
// index Queue, or in one of the other lists; At is its place there.
type Spot struct{ Queue, At int }

const (
	inBound  = -1
	inMissed = -2
)

// How willingly a counter calls a ticket; within a rank the smallest key goes first.
const (
	rankOwn         = iota // its own service, or assisted and waiting for AssistAfter
	rankAssist             // assisted
	rankEarly              // its own, an appointment whose time has not come
	rankEarlyAssist        // both
	noRank
)

// choice is the best ticket found so far.
type choice struct {
	ticket *Ticket
	rank   int
	spot   Spot
}

func (c *choice) offer(t *Ticket, rank int, spot Spot) {
	if rank < c.rank || rank == c.rank && t.Before(c.ticket) {
		c.ticket, c.rank, c.spot = t, rank, spot
	}
}

// first is the calling policy (facts: "The order"): the smallest key of all that the counter can
// serve. Services where it assists come after its own unless the ticket has waited for AssistAfter;
// an appointment before its time comes after everybody else, so that only a counter that would idle
// calls it. The hall, the forecast and the simulator all ask here. now is in Unix milliseconds.
func (l *lines) first(r *Reach, now int64) choice {
	c := choice{rank: noRank}
	for _, s := range r.own {
		l.offerOwn(&c, s, now)
	}
	for _, s := range r.assist {
		l.offerAssist(&c, s, now)
	}
	for i, t := range l.bound {
		if t.Counter == r.counter {
			c.offer(t, early(t, now, rankOwn), Spot{inBound, i})
		}
	}
	for i, t := range l.missed {
		if t.left == 0 && r.Serves(t.service) {
			c.offer(t.Ticket, rankOwn, Spot{inMissed, i})
		}
	}
	return c
}

// early gives the rank of a ticket that has this one when its time has come.
func early(t *Ticket, now int64, rank int) int {
	if t.notBefore <= now {
		return rank
	}
	return rank + rankEarly
}

func (l *lines) offerOwn(c *choice, s int, now int64) {
	for i, t := range l.queues[s] {
		rank := early(t, now, rankOwn)
		if rank <= c.rank {
			c.offer(t, rank, Spot{s, i})
		}
		if rank == rankOwn { // nobody behind it is before it
			return
		}
	}
}

func (l *lines) offerAssist(c *choice, s int, now int64) {
	ripe := now - AssistAfter.Milliseconds()
	for i, t := range l.queues[s] {
		rank := early(t, now, rankAssist)
		if rank == rankAssist && t.since <= ripe {
			rank = rankOwn
		}
		if rank <= c.rank {
			c.offer(t, rank, Spot{s, i})
		}
		if rank == rankOwn || c.rank == rankOwn && c.ticket.Before(t) {
			return
		}
	}
}

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
