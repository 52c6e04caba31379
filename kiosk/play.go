package kiosk

import "slices"

// Play is a pool that a simulation of the hall changes in place. The zero value is empty; it is for
// one goroutine, and one Play serves any number of runs without giving its memory back.
type Play struct {
	lines
	rooms [][]*Ticket // the memory of the queues, from its beginning
}

// Reset makes the play what the pool is.
func (p *Play) Reset(from *Pool) { p.set(&from.lines) }

// Copy makes the play what the other is.
func (p *Play) Copy(from *Play) { p.set(&from.lines) }

func (p *Play) set(from *lines) {
	for len(p.rooms) < len(from.queues) {
		p.rooms = append(p.rooms, nil)
	}
	p.queues = append(p.queues[:0], p.rooms[:len(from.queues)]...)
	for i, q := range from.queues {
		p.rooms[i] = append(p.rooms[i][:0], q...)
		p.queues[i] = p.rooms[i]
	}
	p.bound = append(p.bound[:0], from.bound...)
	p.missed = append(p.missed[:0], from.missed...)
}

// Clear makes it a hall of n services in which nobody waits.
func (p *Play) Clear(n int) { p.Reset(&Pool{lines{queues: make([][]*Ticket, n)}}) }

// First gives the ticket that the counter calls next at the time now, in Unix milliseconds, and where
// it stands; nil when there is none. It is the same choice as [Pool.First].
func (p *Play) First(r *Reach, now int64) (*Ticket, Spot) {
	c := p.first(r, now)
	return c.ticket, c.spot
}

// Len is the number of waiting tickets.
func (p *Play) Len() int { return Pool{p.lines}.Len() }

// Queue gives who waits for the service with this index, in calling order; do not change the slice.
func (p *Play) Queue(service int) []*Ticket { return p.queues[service] }

// Call takes the ticket at the spot, which a counter with this reach calls.
func (p *Play) Call(r *Reach, at Spot) {
	switch at.Queue {
	case inBound:
		p.bound = slices.Delete(p.bound, at.At, at.At+1)
	case inMissed:
		p.missed = slices.Delete(p.missed, at.At, at.At+1)
	default:
		p.queues[at.Queue] = cut(p.queues[at.Queue], at.At)
	}
	p.count(r)
}

// cut takes the ticket at i out of q in place, moving the shorter side.
func cut(q []*Ticket, i int) []*Ticket {
	if i <= len(q)/2 {
		copy(q[1:i+1], q[:i])
		return q[1:]
	}
	copy(q[i:], q[i+1:])
	return q[:len(q)-1]
}

// Add puts the ticket into its place among those that wait for the service with this index.
func (p *Play) Add(t *Ticket, service int) {
	q := p.room(service)
	i := len(q)
	if i > 0 && !q[i-1].Before(t) {
		i = place(q, t)
	}
	q = append(q, t)
	copy(q[i+1:], q[i:])
	q[i] = t
	p.queues[service] = q
}

// room gives the queue with space for one more. Calls at its front leave space there: where the end
// is reached, the queue moves back, or into twice the memory when it fills more than half of it.
func (p *Play) room(service int) []*Ticket {
	q, room := p.queues[service], p.rooms[service]
	if len(q) < cap(q) {
		return q
	}
	if 2*len(q) >= cap(room) {
		room = make([]*Ticket, 0, max(16, 2*cap(room)))
		p.rooms[service] = room
	}
	return append(room[:0], q...)
}

// Miss notes that nobody came to the call of t for the service with this index: it is called again
// by itself, as a ticket of the hall is.
func (p *Play) Miss(t *Ticket, service int) {
	p.missed = append(p.missed, missed{t, service, recallAfter})
}

// Replace puts another ticket, one with the same place in the order, in the place of each. with gets
// the index of its service, or -1 for one that only a single counter may call; those that missed a call
// come last.
func (p *Play) Replace(with func(t *Ticket, service int) *Ticket) {
	for s, q := range p.queues {
		for i, t := range q {
			q[i] = with(t, s)
		}
	}
	for i, t := range p.bound {
		p.bound[i] = with(t, -1)
	}
	for i, m := range p.missed {
		p.missed[i].Ticket = with(m.Ticket, m.service)
	}
}

// Rank gives how willingly a counter with this reach calls t from the spot at the time now: of two
// tickets it calls that with the smaller rank, and of equal ranks the one before the other. It is 0
// for a ticket of its own services whose time has come. t need not stand there; it may come to.
func (p *Play) Rank(r *Reach, t *Ticket, at Spot, now int64) int {
	switch {
	case at.Queue == inMissed:
		return p.willing(r, p.missed[at.At].service, now)
	case at.Queue == inBound || slices.Contains(r.own, at.Queue):
		return early(t, now, rankOwn)
	case t.notBefore > now:
		return rankEarlyAssist
	case t.since <= now-AssistAfter.Milliseconds():
		return rankOwn
	}
	return p.willing(r, at.Queue, now)
}

// count notes a call of a counter with this reach for those who missed theirs.
func (l *lines) count(r *Reach) {
	for i, t := range l.missed {
		if t.left > 0 && r.Serves(t.service) {
			l.missed[i].left--
		}
	}
}
