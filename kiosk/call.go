package kiosk

import (
	"slices"
	"time"
)

// Next calls the ticket that the policy chooses. With Finish, the token of the ticket in hand, that
// one is finished in the same step, and a repeated request with the same Finish gets the same answer.
// A ticket with a route goes on to its next service and may be the one that is called; what it was in
// hand for before, Operator.For, then tells a new wish from a repeated one. The decision has no token
// when nobody waits.
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
	if c.Finish != "" && seat.repeats(c) {
		return Decision{Token: seat.nextResult, Repeat: true}, nil
	}
	if err := c.refusal(h, seat); err != nil {
		return Decision{}, err
	}
	var d Decision
	pool := h.pool
	if c.Finish != "" {
		d.Events = append(d.Events, c.done(h.Ticket(c.Finish), c.Dossiers))
		pool = h.after(d.Events[0], at)
	}
	next := pool.First(h.Reach(c.Counter), at.UnixMilli())
	if next != nil {
		call := c.event(next, TicketCalled)
		call.From, call.After, call.Lang = next.State, c.Finish, next.Lang
		d.Events = append(d.Events, call)
		d.Token = next.Token
	} else if c.Finish != "" {
		d.Events[0].After = c.Finish
	}
	return d, nil
}

// refusal says why the counter can't do this now.
func (c Next) refusal(h *Hall, seat CounterState) error {
	switch {
	case c.Finish == "" && seat.InHand != "":
		return ErrTicketInService
	case c.Finish != seat.InHand:
		return ErrNoTicketInHand
	case c.Finish != "" && c.For != "" && c.For != h.Ticket(c.Finish).Service:
		return ErrNoTicketInHand
	case seat.State != CounterIsOpen:
		return ErrCounterClosed
	case c.Dossiers < 0 || c.Dossiers > maxDossiers || c.Dossiers > 0 && c.Finish == "":
		return ErrInvalidField
	}
	return nil
}

// after gives who can be called once the ticket in hand is done.
func (h *Hall) after(done Event, at time.Time) Pool {
	if done.Type != TicketContinued {
		return h.pool
	}
	t := *h.Ticket(done.Ticket)
	done.At = at
	change(&t, done)
	return h.pool.with(&t, h.plan.service[t.Service])
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
