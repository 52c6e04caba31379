package kiosk

import (
	"slices"
	"time"
)

// applyTicket takes the old ticket off every list, changes the copy t, and puts that in its place.
func (h *Hall) applyTicket(t Ticket, old *Ticket, e Event) {
	change(&t, e)
	h.relist(old, &t)
	h.tickets = h.tickets.with(&t)
	switch e.Type {
	case TicketCalled:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand = t.Token
			if e.After != "" {
				c.nextFinish, c.nextResult = e.After, t.Token
			}
		})
		h.pool = h.pool.counted(h.Reach(e.Counter))
		h.remember(e)
	case TicketRecalled:
		h.remember(e)
	case TicketFinished, TicketNoShow, TicketContinued:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand, c.Ended = "", t.Token
			c.doneTicket, c.doneKind = t.Token, e.Type
			if e.After != "" { // a Next that found nobody else waiting
				c.nextFinish, c.nextResult = e.After, ""
			}
		})
	case TicketReopened:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand, c.Ended, c.nextFinish, c.nextResult, c.doneTicket = t.Token, "", "", "", ""
		})
	case TicketHeld, TicketTransferred:
		h.setCounter(e.Counter, func(c *CounterState) { c.InHand, c.doneTicket, c.doneKind = "", t.Token, e.Type })
	}
}

// change makes the ticket what the event says; lists and counters are the caller's business.
func change(t *Ticket, e Event) {
	switch e.Type {
	case TicketCalled:
		t.State, t.Counter, t.CalledAt, t.Reason, t.EndedAt = Called, e.Counter, e.At, "", time.Time{}
		t.Calls++
	case TicketRecalled:
		t.Calls++
	case TicketFinished:
		t.State, t.EndedAt = Finished, e.At
		t.countDossiers(e.Count)
	case TicketNoShow:
		t.State, t.EndedAt = NoShow, e.At
		t.Misses++
	case TicketReopened:
		t.reopen(e)
	case TicketContinued:
		t.State, t.Service, t.Route, t.Counter = Waiting, e.Service, e.Route, ""
		t.countDossiers(e.Count)
		t.since = e.At.UnixMilli()
	case TicketReturned:
		t.State, t.Counter, t.EndedAt, t.Reason, t.Base = Waiting, "", time.Time{}, "", *e.Base
		t.since = e.At.UnixMilli()
	case TicketHeld:
		t.State, t.Counter, t.Reason = Held, "", e.Reason
	case TicketTransferred:
		t.State, t.Service, t.Counter = Waiting, e.Service, e.ToCounter
		t.since = e.At.UnixMilli()
	case TicketCancelled:
		t.State, t.EndedAt, t.Counter, t.Reason = Cancelled, e.At, "", e.Reason
	case TicketRated:
		t.Stars = e.Stars
	case TicketPriority:
		t.Priority, t.CreditS, t.Confirmed = e.Priority, e.CreditS, e.Priority != ""
	case PrintQueued:
		t.Print, t.PrintFault = Queued, ""
		t.Prints++
	case PrintSending:
		t.Print = Sending
	case PrintDone, PrintFailed:
		t.Print, t.PrintFault = e.Outcome, e.Reason
	}
	t.seal()
}

// reopen takes a finish, a step of a route or a no-show back.
func (t *Ticket) reopen(e Event) {
	if e.From == NoShow {
		t.Misses--
	}
	if e.From == Waiting { // it had gone on to the next service of its route
		t.Route = append([]string{t.Service}, t.Route...)
		t.Service = e.Service
	}
	t.State, t.EndedAt, t.Counter = Called, time.Time{}, e.Counter
	t.countDossiers(-t.counted)
}

func (t *Ticket) countDossiers(n int) { t.Dossiers, t.counted = t.Dossiers+n, n }

// unlist takes t off the lists that its state puts it on.
func (h *Hall) unlist(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.without(t, h.plan.service[t.Service])
	case Held:
		h.held = dropped(h.held, t)
	case NoShow:
		h.pool = h.pool.unmiss(t)
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = dropped(h.jobs, t)
	}
}

// list puts t on the lists that its state asks for.
func (h *Hall) list(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.with(t, h.plan.service[t.Service])
	case Held:
		h.held = append(slices.Clip(h.held), t)
	case NoShow:
		if t.Misses == 1 {
			h.pool = h.pool.miss(t, h.plan.service[t.Service])
		}
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = append(slices.Clip(h.jobs), t)
		slices.SortFunc(h.jobs, func(a, b *Ticket) int { return a.Ord - b.Ord })
	}
}

// relist puts t on the lists in place of old. A ticket that stays on hold keeps its turn there, one
// that stays missed its count.
func (h *Hall) relist(old, t *Ticket) {
	held, lost := h.held, h.pool.missed
	h.unlist(old)
	h.list(t)
	switch {
	case old.State == Held && t.State == Held:
		h.held = slices.Clone(held)
		h.held[slices.Index(held, old)] = t
	case old.State == NoShow && t.State == NoShow:
		h.pool.missed = slices.Clone(lost)
		for i := range lost {
			if lost[i].Token == t.Token {
				h.pool.missed[i].Ticket = t
			}
		}
	}
}

func dropped(list []*Ticket, t *Ticket) []*Ticket {
	out := make([]*Ticket, 0, len(list))
	for _, x := range list {
		if x.Token != t.Token {
			out = append(out, x)
		}
	}
	return out
}

// recentCalls is how many calls a view remembers: twice what a TV shows.
const recentCalls = 12

func (h *Hall) remember(e Event) {
	out := make([]Call, 0, recentCalls)
	out = append(out, Call{e.Seq, e.Number, e.Service, e.Counter, e.At})
	for _, c := range h.recent {
		if c.Number != e.Number && len(out) < recentCalls {
			out = append(out, c)
		}
	}
	h.recent = out
}
