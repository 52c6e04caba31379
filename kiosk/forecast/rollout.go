package forecast

import (
	"cmp"
	"math"
	"slices"
	"time"

	"layso/kiosk"
)

// nobody is the Ord of a ticket whose wait is not asked for: one that is still to come.
const nobody = -1

// part is one step of a waiting ticket's way: the service with this index, and the next step, -1
// after the last. Steps are tickets of their own, in [Simulation.tickets] at the same place.
type part struct{ service, next int32 }

// arrival is somebody who will come in one rollout.
type arrival struct {
	at, key int64
	service int
}

// play is one rollout, the k-th: the hall from now on until everybody that waits has been called.
func (s *Simulation) play(k int) {
	s.rng.Seed(s.seed, uint64(k)*0x9E3779B97F4A7C15)
	s.left, s.open, s.last = s.wanted, s.asked, 0
	s.waits = s.samples[k*s.cells : (k+1)*s.cells]
	s.pool.Copy(&s.base)
	copy(s.answered, s.unasked)
	for i := range s.missed {
		s.missed[i] = i >= s.waiting && i < s.pooled
	}
	s.beginDesks()
	s.drawArrivals()
	for s.left+s.open > 0 && s.step() {
	}
	if s.left+s.open > 0 {
		s.fill()
	}
}

// fill lets those that nobody has called, because no desk can, wait as long as the longest.
func (s *Simulation) fill() {
	for i, x := range s.waits {
		if x < 0 {
			s.waits[i] = s.last
		}
	}
}

// beginDesks draws when each desk is done with the ticket in hand.
func (s *Simulation) beginDesks() {
	for d := range s.desks {
		x := &s.desks[d]
		s.onward[d] = -1
		s.free.set(d, x.from)
		if x.hand == nil {
			continue
		}
		took, missed := x.rest.draw(&s.rng, s.missing[x.service])
		if missed && x.past < s.missTime {
			s.free.set(d, max(x.from, s.missTime-x.past+s.between))
			continue
		}
		s.free.set(d, max(x.from, took+s.between))
		s.onward[d] = x.next
	}
}

// step goes on to the next thing that happens; false when nothing does any more.
func (s *Simulation) step() bool {
	d, t := s.free.earliest()
	if s.next < len(s.arrivals) && s.arrivals[s.next].at <= t {
		s.arrive()
		return true
	}
	if t == never {
		return false
	}
	desk := &s.desks[d]
	if i := s.onward[d]; i >= 0 {
		s.onward[d] = -1
		s.goOn(i, t)
		return true
	}
	if back := desk.back(s.now+t) - s.now; back > t {
		s.free.set(d, back)
		return true
	}
	s.last = seconds(t)
	first, spot := s.pool.First(&desk.reach, s.now+t)
	s.answer(desk, t, first, spot)
	if first == nil {
		s.free.set(d, never)
		return true
	}
	s.call(d, t, first, spot)
	return true
}

// back gives when the desk calls that is free at t: at once, or after its break.
func (d *desk) back(t int64) int64 {
	for _, b := range d.breaks {
		if t >= b.From && t < b.To {
			return b.To
		}
	}
	return t
}

// call lets desk d call at t.
func (s *Simulation) call(d int, t int64, first *kiosk.Ticket, spot kiosk.Spot) {
	i, service, again := first.Ord, spot.Queue, false
	if i >= 0 {
		service, again = int(s.parts[i].service), s.missed[i]
		if i < s.wanted && s.waits[i] < 0 {
			s.waits[i] = seconds(t)
			s.left--
		}
	}
	s.pool.Call(&s.desks[d].reach, spot)
	p := s.missing[service]
	if again {
		p = s.missAgain
	}
	took, missed := s.urns[service].draw(&s.rng, p)
	if !missed {
		s.free.set(d, t+took+s.between)
		if i >= 0 {
			s.onward[d] = s.parts[i].next
		}
		return
	}
	s.free.set(d, t+s.missTime+s.between)
	if i >= 0 && !again {
		s.missed[i] = true
		s.pool.Miss(first, service)
	}
}

// answer answers for the tickets taken now that would be called at t rather than first: those that
// the policy prefers to it. Of one service the larger credit goes first, so they are asked in order.
func (s *Simulation) answer(d *desk, t int64, first *kiosk.Ticket, spot kiosk.Spot) {
	rank := 0
	if first != nil {
		rank = s.pool.Rank(&d.reach, first, spot, s.now+t)
		if rank == 0 && !s.ghosts[0].Before(first) {
			return
		}
	}
	for _, service := range d.reach.Own() {
		s.answerFor(service, t, first, rank)
	}
	for _, service := range d.reach.Assist() {
		s.answerFor(service, t, first, rank-s.pool.Rank(&d.reach, &s.ghosts[0], kiosk.Spot{Queue: service}, s.now+t))
	}
}

// answerFor answers for one service; above says how much more willingly its tickets are called than
// first.
func (s *Simulation) answerFor(service int, t int64, first *kiosk.Ticket, above int) {
	for k := s.answered[service]; k < len(s.ghosts); k++ {
		if first != nil && (above < 0 || above == 0 && !s.ghosts[k].Before(first)) {
			return
		}
		s.waits[s.wanted+service*len(s.ghosts)+k] = seconds(t)
		s.answered[service] = k + 1
		s.open--
	}
}

// goOn puts a ticket whose service ended at t into the queue of the next one of its route.
func (s *Simulation) goOn(i int32, t int64) {
	x := &s.tickets[i]
	service := int(s.parts[i].service)
	*x = *kiosk.Imagined(s.moment.Services[service].ID, x.Key(), s.now+t, x.Seq)
	x.Ord = int(i)
	s.add(x, service, t)
}

// arrive lets the next one come.
func (s *Simulation) arrive() {
	a, x := s.arrivals[s.next], &s.comers[s.next]
	s.next++
	*x = *kiosk.Imagined(s.moment.Services[a.service].ID, a.key, s.now+a.at, s.seq+uint64(s.next))
	x.Ord = nobody
	s.add(x, a.service, a.at)
}

// add puts a ticket into its queue and wakes the desks that can serve it.
func (s *Simulation) add(x *kiosk.Ticket, service int, t int64) {
	s.pool.Add(x, service)
	for d := range s.desks {
		if s.free.at(d) == never && s.desks[d].reach.Serves(service) {
			s.free.set(d, t)
		}
	}
}

// drawArrivals draws who comes: those who can overtake somebody that is here.
func (s *Simulation) drawArrivals() {
	s.arrivals, s.next = s.arrivals[:0], 0
	for i := range s.streams {
		x := &s.streams[i]
		for t := float64(x.from) + gap(&s.rng, x.rate); t < float64(x.to); t += gap(&s.rng, x.rate) {
			at := int64(t)
			s.arrivals = append(s.arrivals, arrival{at, s.now + at - x.credit, x.service})
		}
	}
	for _, b := range s.bookings {
		if s.rng.Uint64() < likely(kept) {
			s.arrivals = append(s.arrivals, b)
		}
	}
	slices.SortFunc(s.arrivals, func(a, b arrival) int { return cmp.Compare(a.at, b.at) })
	if len(s.arrivals) > len(s.comers) {
		s.comers = make([]kiosk.Ticket, 2*len(s.arrivals))
	}
}

// seconds rounds ms to whole seconds.
func seconds(ms int64) int32 { return int32(min(math.MaxInt32, (ms+500)/1000)) }

// What is assumed where nothing is learned: the share of calls to which nobody comes, that share when
// a ticket is called for the second time, how long a clerk waits for nobody, and the share of
// appointments that are kept.
const (
	missFirst = 0.05
	missAgain = 0.5
	missTime  = time.Minute
	kept      = 0.85
)
