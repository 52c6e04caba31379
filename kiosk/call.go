package kiosk

import (
	"slices"
	"time"
)

// Next calls the ticket that the policy chooses. With Finish, the token of the ticket in hand, that
// one is finished in the same step, and a repeated request with the same Finish gets the same answer.
// The decision has no token when nobody waits.
type Next struct {
	Operator
	Finish   string
	Dossiers int // handed in with the finished ticket, 0-1000
}

func (c Next) decide(h *Hall, at time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if c.Finish != "" && seat.InHand != c.Finish {
		if seat.nextFinish == c.Finish {
			return Decision{Token: seat.nextResult, Repeat: true}, nil
		}
		return Decision{}, ErrNoTicketInHand
	}
	if c.Finish == "" && seat.InHand != "" {
		return Decision{}, ErrTicketInService
	}
	if seat.State != CounterIsOpen {
		return Decision{}, ErrCounterClosed
	}
	if c.Dossiers < 0 || c.Dossiers > maxDossiers || (c.Dossiers > 0 && c.Finish == "") {
		return Decision{}, ErrInvalidField
	}
	var d Decision
	next := h.pool.First(h.Reach(c.Counter), at.UnixMilli())
	if c.Finish != "" {
		done := c.event(h.Ticket(c.Finish), TicketFinished)
		done.Count = c.Dossiers
		if next == nil {
			done.After = c.Finish
		}
		d.Events = append(d.Events, done)
	}
	if next != nil {
		call := c.event(next, TicketCalled)
		call.From, call.After, call.Lang = next.State, c.Finish, next.Lang
		d.Events = append(d.Events, call)
		d.Token = next.Token
	}
	return d, nil
}

// CallTicket calls one certain ticket out of the order: one that waits, one on hold, or one that
// did not come when it was called. It stands in the audit log with the reason.
type CallTicket struct {
	Operator
	Token, Reason string
}

func (c CallTicket) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	t, err := h.find(c.Token)
	switch {
	case err != nil:
		return Decision{}, err
	case seat.InHand == c.Token:
		return Decision{Token: c.Token, Repeat: true}, nil
	case seat.InHand != "":
		return Decision{}, ErrTicketInService
	case seat.State != CounterIsOpen:
		return Decision{}, ErrCounterClosed
	case !slices.Contains([]State{Waiting, Held, NoShow}, t.State):
		return Decision{}, ErrTicketNotWaiting
	}
	e := c.event(t, TicketCalled)
	e.From, e.Reason, e.Lang = t.State, c.Reason, t.Lang
	return one(e)
}

// Recall calls the ticket in hand once more.
type Recall struct{ Operator }

func (c Recall) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	e := c.event(t, TicketRecalled)
	e.Lang = t.Lang
	return one(e)
}
