package kiosk

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
