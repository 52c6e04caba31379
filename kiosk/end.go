package kiosk

import "time"

// maxDossiers is the most that a citizen may hand in with one ticket.
const maxDossiers = 1000

// Finish ends the service of the ticket in hand.
type Finish struct {
	Operator
	Dossiers int // handed in, 0-1000
}

func (c Finish) decide(h *Hall, _ time.Time) (Decision, error) {
	if d, ok := h.repeated(c.Operator, TicketFinished); ok {
		return d, nil
	}
	t, err := h.inHand(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if c.Dossiers < 0 || c.Dossiers > maxDossiers {
		return Decision{}, ErrInvalidField
	}
	e := c.event(t, TicketFinished)
	e.Count = c.Dossiers
	return one(e)
}

// MarkNoShow ends the ticket in hand because nobody came.
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

// Undo takes back the counter's last finish or no-show: the ticket is in hand again.
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
