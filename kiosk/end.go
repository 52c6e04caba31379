package kiosk

import "time"

// maxDossiers is the most that a citizen may hand in with one ticket.
const maxDossiers = 1000

// Finish ends the service of the ticket in hand. A ticket with a route goes on to its next service.
type Finish struct {
	Operator
	Dossiers int // handed in, 0-1000
}

func (c Finish) decide(h *Hall, _ time.Time) (Decision, error) {
	if d, ok := h.repeated(c.Operator, TicketFinished, TicketContinued); ok {
		return d, nil
	}
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if c.Dossiers < 0 || c.Dossiers > maxDossiers {
		return Decision{}, ErrInvalidField
	}
	return one(c.done(t, c.Dossiers))
}

// done is the end of the service of the ticket in hand: it is finished, or goes on to the next
// service of its route under the same number and with the same seniority.
func (o Operator) done(t *Ticket, dossiers int) Event {
	e := o.event(t, TicketFinished)
	if len(t.Route) > 0 {
		e.Type, e.FromService, e.Service, e.Route = TicketContinued, t.Service, t.Route[0], t.Route[1:]
	}
	e.Count = dossiers
	return e
}

// MarkNoShow notes that nobody came to the call. After the first time the ticket is called again by
// itself once three further calls have been made by counters that serve it; after the second it waits
// for [Return] or a [CallTicket].
type MarkNoShow struct{ Operator }

func (c MarkNoShow) decide(h *Hall, _ time.Time) (Decision, error) {
	if d, ok := h.repeated(c.Operator, TicketNoShow); ok {
		return d, nil
	}
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	return one(c.event(t, TicketNoShow))
}

// Undo takes back the counter's last finish or no-show: the ticket is in hand again. A ticket that
// went on to its next service comes back as long as nobody has called it there.
type Undo struct{ Operator }

func (c Undo) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if seat.InHand != "" {
		return Decision{}, ErrTicketInService
	}
	t := h.Undoable(seat)
	if t == nil {
		return Decision{}, ErrNothingToUndo
	}
	e := c.event(t, TicketReopened)
	e.From = t.State
	if t.State == Waiting {
		e.Service = t.left.service
	}
	return one(e)
}

// Hold puts the ticket in hand aside until a clerk calls it again, e.g. while a form is filled in.
type Hold struct {
	Operator
	Reason string
}

func (c Hold) decide(h *Hall, _ time.Time) (Decision, error) {
	if d, ok := h.repeated(c.Operator, TicketHeld); ok {
		return d, nil
	}
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	e := c.event(t, TicketHeld)
	e.Reason = c.Reason
	return one(e)
}

// Transfer sends the ticket in hand on, to another service, to one counter, or both. It keeps its
// number and its place by age: it neither jumps to the front nor goes to the end.
type Transfer struct {
	Operator
	Service   string // empty: stays
	ToCounter string // empty: any counter with the service
}

func (c Transfer) decide(h *Hall, _ time.Time) (Decision, error) {
	if d, ok := h.repeated(c.Operator, TicketTransferred); ok {
		return d, nil
	}
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if c.Service == "" && c.ToCounter == "" {
		return Decision{}, ErrInvalidField
	}
	e := c.event(t, TicketTransferred)
	e.FromService, e.ToCounter = t.Service, c.ToCounter
	if c.Service != "" {
		if h.Setup().Service(c.Service) == nil {
			return Decision{}, ErrUnknownService
		}
		e.Service = c.Service
	}
	if c.ToCounter != "" {
		to, ok := h.Counter(c.ToCounter)
		if !ok {
			return Decision{}, ErrUnknownCounter
		}
		if to.State == CounterIsClosed {
			return Decision{}, ErrCounterClosed
		}
	}
	return one(e)
}

// Return brings a ticket back into the queue that missed its call or is on hold, because the citizen
// is here. Its key is the later one of its old key and [ReturnCredit] ago. It is fulfilled already
// where the ticket waits or is being called.
type Return struct{ Token, By string }

// ReturnCredit is how far back a ticket that returns is counted at most.
const ReturnCredit = 10 * time.Minute

func (c Return) decide(h *Hall, at time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	if err != nil {
		return Decision{}, err
	}
	switch t.State {
	case Waiting, Called:
		return Decision{Token: t.Token, Repeat: true}, nil
	case NoShow, Held:
		e := about(t, TicketReturned, c.By)
		base := at.Add(-ReturnCredit)
		e.From, e.Base = t.State, &base
		return one(e)
	}
	return Decision{}, ErrTicketNotWaiting
}
