package kiosk

import (
	"slices"
	"time"
)

// Operator is who works a counter. Any lets a manager act at a counter that a clerk has opened.
// InHand, where it is given, is the token of the ticket that he sees in hand: a command about the
// ticket in hand is refused when another one is there by now, and a repeated one gets its answer again.
type Operator struct {
	Counter string
	User    string
	Any     bool
	InHand  string
}

func (o Operator) by() string { return "user:" + o.User }

// seat gives the counter when the operator may call there.
func (h *Hall) seat(o Operator) (CounterState, error) {
	c, ok := h.Counter(o.Counter)
	switch {
	case !ok:
		return c, ErrUnknownCounter
	case c.State == CounterIsClosed:
		return c, ErrCounterClosed
	case c.User != o.User && !o.Any:
		return c, ErrCounterTaken
	}
	return c, nil
}

// inHand gives the ticket in hand at the operator's counter.
func (h *Hall) inHand(o Operator) (*Ticket, error) {
	c, err := h.seat(o)
	if err != nil {
		return nil, err
	}
	if c.InHand == "" || (o.InHand != "" && o.InHand != c.InHand) {
		return nil, ErrNoTicketInHand
	}
	return h.find(c.InHand)
}

// repeated gives the answer to a command that this counter has carried out on this ticket already.
func (h *Hall) repeated(o Operator, kind EventType) (Decision, bool) {
	c, err := h.seat(o)
	ok := err == nil && o.InHand != "" && c.InHand != o.InHand && c.doneTicket == o.InHand && c.doneKind == kind
	return Decision{Token: o.InHand, Repeat: true}, ok
}

// event is about the operator's ticket in hand.
func (o Operator) event(t *Ticket, kind EventType) Event {
	e := about(t, kind, o.by())
	e.Counter = o.Counter
	return e
}

// Next calls the ticket that the policy chooses. With Finish, the token of the ticket in hand, that
// one is finished in the same step, and a repeated request with the same Finish gets the same answer.
// The decision has no token when nobody waits.
type Next struct {
	Operator
	Finish   string
	Dossiers int // handed in with the finished ticket, 0-1000
}

func (c Next) decide(h *Hall, _ time.Time) (Decision, error) {
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
	next := h.pool.First(h.Reach(c.Counter))
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
