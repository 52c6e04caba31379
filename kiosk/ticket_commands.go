package kiosk

import (
	"slices"
	"time"
)

// Cancel gives a ticket back that waits or is held, or that missed its call and is not to be called again.
type Cancel struct{ Token, By string }

func (c Cancel) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	if err != nil {
		return Decision{}, err
	}
	switch t.State {
	case Cancelled:
		return Decision{Token: t.Token, Repeat: true}, nil
	case Waiting, Held, NoShow:
		e := about(t, TicketCancelled, c.By)
		e.From = t.State
		return one(e)
	}
	return Decision{}, ErrTicketNotWaiting
}

// Rate gives the citizen's opinion of a finished service. A later one replaces it.
type Rate struct {
	Token, By string
	Stars     int // 1-5
	Reasons   []string
}

func (c Rate) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	switch {
	case err != nil:
		return Decision{}, err
	case c.Stars < 1 || c.Stars > 5:
		return Decision{}, ErrInvalidField
	case t.State != Finished:
		return Decision{}, ErrNotFinished
	}
	e := about(t, TicketRated, c.By)
	e.Counter = t.Counter
	e.Stars, e.Reasons = c.Stars, c.Reasons
	return one(e)
}

// SetPriority confirms, gives or revokes a priority, with the clerk's reason. The ticket moves to
// where it would stand had it been taken so, but an appointment keeps its credit. The priority that
// the ticket has is confirmed and moves nothing.
type SetPriority struct{ Token, Priority, Reason, By string }

func (c SetPriority) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	if err != nil {
		return Decision{}, err
	}
	credit := t.CreditS
	if c.Priority != t.Priority {
		if credit, err = h.credit(c.Priority); err != nil {
			return Decision{}, err
		}
		credit = max(credit, t.floor())
	}
	switch {
	case c.Reason == "":
		return Decision{}, ErrInvalidField
	case !slices.Contains([]State{Waiting, Held, Called}, t.State):
		return Decision{}, ErrTicketNotWaiting
	case c.Priority == t.Priority && t.Confirmed == (c.Priority != ""):
		return Decision{Token: t.Token, Repeat: true}, nil
	}
	e := about(t, TicketPriority, c.By)
	e.Priority, e.CreditS, e.Reason = c.Priority, credit, c.Reason
	return one(e)
}

func (h *Hall) find(token string) (*Ticket, error) {
	if t := h.Ticket(token); t != nil {
		return t, nil
	}
	return nil, ErrUnknownTicket
}
