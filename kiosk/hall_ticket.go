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
		h.remember(e)
	case TicketRecalled:
		h.remember(e)
	case TicketFinished, TicketNoShow:
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
		t.State, t.EndedAt, t.Dossiers = Finished, e.At, e.Count
	case TicketNoShow:
		t.State, t.EndedAt = NoShow, e.At
	case TicketReopened:
		t.State, t.EndedAt, t.Dossiers = Called, time.Time{}, 0
	case TicketHeld:
		t.State, t.Counter, t.Reason = Held, "", e.Reason
	case TicketTransferred:
		t.State, t.Service, t.Counter = Waiting, e.Service, e.ToCounter
	case TicketCancelled:
		t.State, t.EndedAt, t.Counter = Cancelled, e.At, ""
	case TicketRated:
		t.Stars = e.Stars
	case TicketPriority:
		t.Priority, t.CreditS = e.Priority, e.CreditS
	case PrintQueued:
		t.Print, t.PrintFault = Queued, ""
		t.Prints++
	case PrintSending:
		t.Print = Sending
	case PrintDone, PrintFailed:
		t.Print, t.PrintFault = e.Outcome, e.Reason
	}
}

// unlist takes t off the lists that its state puts it on.
func (h *Hall) unlist(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.without(t, h.plan.service[t.Service])
	case Held:
		h.held = dropped(h.held, t)
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
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = append(slices.Clip(h.jobs), t)
		slices.SortFunc(h.jobs, func(a, b *Ticket) int { return a.Ord - b.Ord })
	}
}

// relist puts t on the lists in place of old. A ticket that stays on hold keeps its turn there.
func (h *Hall) relist(old, t *Ticket) {
	held := h.held
	h.unlist(old)
	h.list(t)
	if old.State == Held && t.State == Held {
		h.held = slices.Clone(held)
		h.held[slices.Index(held, old)] = t
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
