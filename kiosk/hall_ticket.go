package kiosk

import (
	"slices"
	"time"
)

// applyTicket takes the old ticket off every list, changes the copy t, and puts that in its place.
func (h *Hall) applyTicket(t Ticket, old *Ticket, e Event) {
	change(&t, e)
	t.trail = append(t.trail, e.Seq) // behind what older views see of it
	h.relist(old, &t)
	h.tickets = h.tickets.with(&t)
	switch e.Type {
	case TicketCalled:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand = t.Token
			if e.After != "" {
				c.nextFinish, c.nextService, c.nextResult = e.After, c.doneService, t.Token
			} else if c.nextFinish == t.Token { // it is here again: to finish it is a new wish
				c.nextFinish, c.nextService, c.nextResult = "", "", ""
			}
		})
		h.pool = h.pool.counted(h.Reach(e.Counter))
		h.remember(e)
	case TicketRecalled:
		h.remember(e)
	case TicketFinished, TicketNoShow, TicketContinued:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.release(t.Token, old.Service, e.Type, e.At)
			c.Ended = t.Token
			if e.After != "" { // a Next that found nobody else waiting
				c.nextFinish, c.nextService, c.nextResult = e.After, old.Service, ""
			}
		})
	case TicketReopened:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand, c.Ended, c.nextFinish, c.nextService, c.nextResult, c.doneTicket = t.Token, "", "", "", "", ""
		})
	case TicketHeld, TicketTransferred:
		h.setCounter(e.Counter, func(c *CounterState) { c.release(t.Token, old.Service, e.Type, e.At) })
	}
}

// change makes the ticket what the event says; lists and counters are the caller's business.
func change(t *Ticket, e Event) {
	left := t.left
	if moves[e.Type] {
		t.left = step{}
	}
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
		t.reopen(e, left.service)
	case TicketContinued:
		t.left = step{e.Counter, t.Service}
		t.State, t.Service, t.Route, t.Counter = Waiting, e.Service, e.Route, ""
		t.countDossiers(e.Count)
		t.since = e.At.UnixMilli()
	case TicketReturned:
		t.State, t.Counter, t.EndedAt, t.Reason = Waiting, "", time.Time{}, ""
		t.since, t.behind = e.At.UnixMilli(), e.Base.UnixMilli()
	case TicketHeld:
		t.State, t.Counter, t.Reason = Held, "", e.Reason
	case TicketTransferred:
		t.State, t.Service, t.Counter = Waiting, e.Service, e.ToCounter
		t.Route = t.routeWithout(e.Service)
		t.since = e.At.UnixMilli()
	case TicketCancelled:
		t.State, t.EndedAt, t.Counter, t.Reason = Cancelled, e.At, "", e.Reason
	case TicketRated:
		t.Stars = e.Stars
	case TicketPriority:
		t.Priority, t.CreditS, t.Confirmed = e.Priority, e.CreditS, e.Priority != ""
	case PrintQueued:
		t.wantPaper(e)
	case PrintSending:
		t.Print, t.PrintedOn = Sending, e.Printer
	case PrintDone, PrintFailed:
		t.Print, t.PrintFault = e.Outcome, e.Reason
	}
	t.seal()
}

// wantPaper notes that the paper is asked for again. One that still waits only goes to another printer.
func (t *Ticket) wantPaper(e Event) {
	if t.Print != Queued {
		t.Prints++
	}
	if t.Print, t.PrintFault = Queued, ""; e.Printer != "" {
		t.Printer = e.Printer
	}
	t.PrintBy, t.PrintAsked, t.PrintedOn = e.By, e.At, ""
}

// moves are the events after which a step of the route can't be taken back any more.
var moves = map[EventType]bool{
	TicketCalled: true, TicketReopened: true, TicketContinued: true, TicketReturned: true, TicketTransferred: true, TicketCancelled: true,
}

// reopen takes a finish, a step of a route or a no-show back; before is the service of that step.
func (t *Ticket) reopen(e Event, before string) {
	if e.From == NoShow {
		t.Misses--
	} else {
		t.Dossiers, t.counted = t.Dossiers-t.counted, 0
	}
	if e.From == Waiting { // it had gone on to the next service of its route
		t.Route = append([]string{t.Service}, t.Route...)
		t.Service = before
	}
	t.State, t.EndedAt, t.Counter = Called, time.Time{}, e.Counter
}

// routeWithout gives the route without the service, which the ticket is for now.
func (t *Ticket) routeWithout(service string) []string {
	if !slices.Contains(t.Route, service) {
		return t.Route
	}
	return slices.DeleteFunc(slices.Clone(t.Route), func(id string) bool { return id == service })
}

func (t *Ticket) countDossiers(n int) { t.Dossiers, t.counted = t.Dossiers+n, n }
