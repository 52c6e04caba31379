package forecast

import (
	"math"
	"slices"

	"layso/kiosk"
)

// prepare takes from the moment and the model what all rollouts share.
func (s *Simulation) prepare(m *Moment, model *Model, o Rollouts) {
	if s.prior == nil {
		s.prior = newUnit()
	}
	s.moment, s.seed, s.now, s.seq = m, o.Seed, m.Now, math.MaxUint64/2
	s.takeTickets(m)
	s.n = numberOf(o.N, s.waiting+len(m.Desks))
	s.missTime, s.missAgain, s.between = int64(model.MissMS), likely(missAgain), int64(model.BetweenMS)
	s.urns, s.missing = s.urns[:0], s.missing[:0]
	for _, x := range m.Services {
		l := model.of(x.ID)
		s.urns = append(s.urns, newUrn(l.Times, x.MeanS, s.prior))
		s.missing = append(s.missing, likely(l.Calls.or(missFirst)))
	}
	s.takeDesks(m)
	s.ask(m, o.Only)
	s.takeStreams(m, model)
	s.takeBookings(m)
}

// numberOf gives the number of rollouts for so many calls in each.
func numberOf(most, calls int) int {
	if most <= 0 {
		most = rollouts
	}
	return min(most, max(leastRollouts, mostCalls/max(1, calls)))
}

// takeTickets copies the pool, so that each ticket knows its place in what is counted of it.
func (s *Simulation) takeTickets(m *Moment) {
	s.base.Copy(m.Pool)
	n := 0
	s.base.Replace(func(t *kiosk.Ticket, _ int) *kiosk.Ticket {
		n += 1 + len(t.Route)
		return t
	})
	for i := range m.Desks {
		if m.Desks[i].Hand != nil {
			n += len(m.Desks[i].Hand.Route)
		}
	}
	s.tickets, s.parts, s.tokens = slices.Grow(s.tickets[:0], n), s.parts[:0], s.tokens[:0]
	s.base.Replace(func(t *kiosk.Ticket, service int) *kiosk.Ticket {
		if service < 0 {
			service = max(0, m.service(t.Service))
		}
		s.tokens = append(s.tokens, t.Token)
		return s.take(t, service)
	})
	s.waiting, s.pooled = s.base.Len(), len(s.tickets)
	for i := range s.pooled {
		s.parts[i].next = s.route(&s.tickets[i])
	}
}

// take adds one ticket to those that the rollouts know.
func (s *Simulation) take(t *kiosk.Ticket, service int) *kiosk.Ticket {
	s.tickets = append(s.tickets, *t) // there is room: the others stay where they are
	s.parts = append(s.parts, part{int32(service), -1})
	x := &s.tickets[len(s.tickets)-1]
	x.Ord = len(s.tickets) - 1
	return x
}

// route adds the further steps of a ticket and gives the first of them, -1 without.
func (s *Simulation) route(t *kiosk.Ticket) int32 {
	first, last := int32(-1), int32(-1)
	for _, id := range t.Route {
		service := s.moment.service(id)
		if service < 0 {
			continue
		}
		step := int32(s.take(t, service).Ord)
		if last < 0 {
			first = step
		} else {
			s.parts[last].next = step
		}
		last = step
	}
	return first
}

func (s *Simulation) takeDesks(m *Moment) {
	s.desks, s.rest = s.desks[:0], resized(s.rest, remembered*len(m.Desks))
	for i := range m.Desks {
		x := &m.Desks[i]
		d := desk{reach: x.Reach, breaks: x.Breaks, from: max(0, x.From-m.Now), hand: x.Hand, next: -1}
		if x.Hand != nil {
			d.service, d.past = x.Service, max(0, m.Now-x.Called)
			room := s.rest[i*remembered : i*remembered : (i+1)*remembered]
			d.rest = s.urns[x.Service].after(d.past, room)
			d.next = s.route(x.Hand)
		}
		s.desks = append(s.desks, d)
	}
	s.free.reset(len(s.desks))
	s.onward = resized(s.onward, len(s.desks))
	s.missed = resized(s.missed, len(s.tickets))
}

// ask says which tickets and cells of the table are asked for.
func (s *Simulation) ask(m *Moment, only *Ask) {
	s.ghosts = s.ghosts[:0]
	s.unasked = resized(s.unasked, len(m.Services))
	credits := m.Credits
	s.wanted = s.waiting
	if only != nil {
		credits = []int{only.CreditS}
		for i := range s.unasked {
			s.unasked[i] = 1
		}
		s.unasked[only.Service] = 0
		s.wanted = 0
	}
	s.asked = len(m.Services) * len(credits)
	if only != nil {
		s.asked = 1
	}
	for _, c := range credits {
		s.ghosts = append(s.ghosts, *kiosk.Imagined("", m.Now-int64(c)*1000, m.Now, m.Seq+1))
	}
	s.answered = resized(s.answered, len(m.Services))
	s.cells = s.wanted + len(m.Services)*len(credits)
	s.samples, s.column = slices.Grow(s.samples[:0], s.n*s.cells)[:s.n*s.cells], resized(s.column, s.n)
	for i := range s.samples {
		s.samples[i] = -1
	}
}

// takeStreams makes the streams of priority tickets: of each service and credit, while one that comes
// can still overtake a ticket without credit that is taken now.
func (s *Simulation) takeStreams(m *Moment, model *Model) {
	const half = 30 * 60 * 1000
	s.streams = s.streams[:0]
	minute := float64(m.Now-m.Midnight) / 60000
	for i, x := range m.Services {
		for _, credit := range m.Credits {
			p := model.of(x.ID).Priority[credit]
			if p == nil || credit <= 0 {
				continue
			}
			end := m.Now + int64(credit)*1000
			for h := (m.Now - m.Midnight) / half; m.Midnight+h*half < end && h >= 0 && h < halfHours; h++ {
				from, to := max(m.Now, m.Midnight+h*half), min(end, m.Midnight+(h+1)*half)
				if n := p.expected(int(h), minute); n > 0 {
					s.streams = append(s.streams, stream{i, int64(credit) * 1000, from - m.Now, to - m.Now, n / half})
				}
			}
		}
	}
}

// takeBookings makes arrivals of the appointments that can overtake a ticket that is taken now.
func (s *Simulation) takeBookings(m *Moment) {
	s.bookings = s.bookings[:0]
	lead, credit := kiosk.SlotLead.Milliseconds(), kiosk.SlotCredit.Milliseconds()
	for _, b := range m.Booked {
		if key := b.Slot - credit; key < m.Now {
			s.bookings = append(s.bookings, arrival{max(0, b.Slot-lead-m.Now), key, b.Service})
		}
	}
}
