package kiosk

import "time"

// CallHelp is a clerk at his counter who asks the manager to come. It is fulfilled already while he waits
// for one.
type CallHelp struct {
	Operator
	Reason string // may be empty
}

func (c CallHelp) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	if err != nil {
		return Decision{}, err
	}
	if !seat.Help.IsZero() {
		return Decision{Repeat: true}, nil
	}
	return c.counterEvent(CounterHelp, c.Reason)
}

// AnswerHelp ends a call for help: the manager has come, or the clerk needs him no more. It is fulfilled
// already where nobody asks for help.
type AnswerHelp struct{ Operator }

func (c AnswerHelp) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	switch {
	case err == ErrCounterClosed:
		return Decision{Repeat: true}, nil
	case err != nil:
		return Decision{}, err
	case seat.Help.IsZero():
		return Decision{Repeat: true}, nil
	}
	return c.counterEvent(CounterHelped, "")
}

// HandOver gives the counter to a colleague as it stands: with its ticket in hand, open or paused. It is
// fulfilled already where he has it. Refused with [ErrUnknownUser] where the hall has no such user.
type HandOver struct {
	Operator
	To string // user id
}

func (c HandOver) decide(h *Hall, _ time.Time) (Decision, error) {
	if h.Setup().User(c.To) == nil {
		return Decision{}, ErrUnknownUser
	}
	if seat, ok := h.Counter(c.Counter); ok && seat.State != CounterIsClosed && seat.User == c.To {
		return Decision{Repeat: true}, nil
	}
	if _, err := h.seat(c.Operator); err != nil {
		return Decision{}, err
	}
	d, err := c.counterEvent(CounterHandedOver, "")
	d.Events[0].User = c.To
	return d, err
}
