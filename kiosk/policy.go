package kiosk

import (
	"slices"
	"time"
)

// AssistAfter is how long a ticket waits before a counter that only assists its service treats it
// like one of its own.
const AssistAfter = 10 * time.Minute

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
	rankOwn         = iota // its own service, or assisted where somebody has waited for AssistAfter
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
// serve. Services where it assists come after its own unless somebody there has waited for AssistAfter;
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
			c.offer(t.Ticket, l.willing(r, t.service, now), Spot{inMissed, i})
		}
	}
	return c
}

// willing gives the rank of the tickets of the service, which the counter serves.
func (l *lines) willing(r *Reach, s int, now int64) int {
	if slices.Contains(r.own, s) || l.ripe(s, now) {
		return rankOwn
	}
	return rankAssist
}

// early gives the rank of a ticket that has this one when its time has come.
func early(t *Ticket, now int64, rank int) int {
	if t.notBefore <= now {
		return rank
	}
	return rank + rankEarly
}

// offerOwn offers the first ticket of the service whose time has come, and the first of those before it.
func (l *lines) offerOwn(c *choice, s int, now int64) {
	l.offerQueue(c, s, now, rankOwn, rankEarly)
}

// offerAssist does so for a counter that assists. It takes the whole queue for its own once somebody
// in it has waited for AssistAfter, and not that ticket alone: a priority ticket that came later must
// not lose its place to those behind it.
func (l *lines) offerAssist(c *choice, s int, now int64) {
	rank := rankAssist
	if l.ripe(s, now) {
		rank = rankOwn
	}
	l.offerQueue(c, s, now, rank, rankEarlyAssist)
}

func (l *lines) offerQueue(c *choice, s int, now int64, rank, early int) {
	for i, t := range l.queues[s] {
		if t.notBefore <= now { // nobody behind it is before it
			c.offer(t, rank, Spot{s, i})
			return
		}
		c.offer(t, early, Spot{s, i})
		if c.rank == rankOwn && c.ticket.Before(t) {
			return
		}
	}
}

// ripe reports whether a ticket of the service that may be called has waited for AssistAfter. Nobody's
// key is later than the time since when he waits, so only those before that time need to be looked at.
func (l *lines) ripe(s int, now int64) bool {
	limit := now - AssistAfter.Milliseconds()
	for _, t := range l.queues[s] {
		if t.key > limit {
			break
		}
		if t.since <= limit && t.notBefore <= now {
			return true
		}
	}
	for _, t := range l.missed {
		if t.service == s && t.left == 0 && t.since <= limit {
			return true
		}
	}
	return false
}
