package kiosk

import "slices"

// Operator is who works a counter. Any lets a manager act at a counter that a clerk has opened.
// InHand, where it is given, is the token of the ticket that he sees in hand: a command about the
// ticket in hand is refused when another one is there by now, and a repeated one gets its answer again.
// For, where it is given, is the service that he sees it for: a route may bring one ticket into the
// same hand twice in a row.
type Operator struct {
	Counter string
	User    string
	Any     bool
	InHand  string
	For     string
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
	t, err := h.find(c.InHand)
	if err == nil && o.For != "" && o.For != t.Service {
		return nil, ErrNoTicketInHand
	}
	return t, err
}

// repeated gives the answer to a command that this counter has carried out on this ticket already,
// with an event of one of these kinds.
func (h *Hall) repeated(o Operator, kinds ...EventType) (Decision, bool) {
	c, err := h.seat(o)
	if err != nil || o.InHand == "" || c.doneTicket != o.InHand || !slices.Contains(kinds, c.doneKind) {
		return Decision{}, false
	}
	if o.For != "" && o.For != c.doneService {
		return Decision{}, false
	}
	again := c.InHand == o.InHand && (o.For == "" || h.Ticket(c.InHand).Service == o.For)
	return Decision{Token: o.InHand, Repeat: true}, !again
}

// event is about the operator's ticket in hand.
func (o Operator) event(t *Ticket, kind EventType) Event {
	e := about(t, kind, o.by())
	e.Counter = o.Counter
	return e
}
