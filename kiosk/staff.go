package kiosk

import "time"

// OpenCounter seats a clerk at a counter. It is fulfilled already where he has it. Without an open
// business day it is refused with [ErrHallClosed], or [ErrClockSuspect] where nobody knows the day.
type OpenCounter struct{ Operator }

func (c OpenCounter) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, ok := h.Counter(c.Counter)
	switch {
	case !ok:
		return Decision{}, ErrUnknownCounter
	case h.noDay() != nil:
		return Decision{}, h.noDay()
	case seat.State == CounterIsClosed:
		return c.counterEvent(CounterOpened, "")
	case seat.User == c.User:
		return Decision{Repeat: true}, nil
	}
	return Decision{}, ErrCounterTaken
}

// CloseCounter ends the work at a counter; the ticket in hand must be ended first.
type CloseCounter struct{ Operator }

func (c CloseCounter) decide(h *Hall, _ time.Time) (Decision, error) {
	seat, err := h.seat(c.Operator)
	switch {
	case err == ErrCounterClosed:
		return Decision{Repeat: true}, nil
	case err != nil:
		return Decision{}, err
	case seat.InHand != "":
		return Decision{}, ErrTicketInService
	}
	return c.counterEvent(CounterClosed, "")
}

// PauseCounter is a break: the counter keeps its clerk and its ticket in hand but calls nobody.
type PauseCounter struct {
	Operator
	Reason string
}

func (c PauseCounter) decide(h *Hall, _ time.Time) (Decision, error) {
	return c.turn(h, CounterIsPaused, CounterPaused, c.Reason)
}

// ResumeCounter ends the break.
type ResumeCounter struct{ Operator }

func (c ResumeCounter) decide(h *Hall, _ time.Time) (Decision, error) {
	return c.turn(h, CounterIsOpen, CounterResumed, "")
}

func (o Operator) turn(h *Hall, to CounterMode, kind EventType, reason string) (Decision, error) {
	seat, err := h.seat(o)
	if err != nil {
		return Decision{}, err
	}
	if seat.State == to {
		return Decision{Repeat: true}, nil
	}
	d, err := o.counterEvent(kind, reason)
	d.Events[0].User = seat.User // a manager pauses for the clerk who sits there
	return d, err
}

func (o Operator) counterEvent(kind EventType, reason string) (Decision, error) {
	return Decision{Events: []Event{{Type: kind, By: o.by(), Counter: o.Counter, User: o.User, Reason: reason}}}, nil
}

// ErrSetupChanged says that somebody else changed the hall since the setup was read.
const ErrSetupChanged Error = "setup_changed"

// ChangeSetup replaces the hall's description. Seq is the version that the change is made from,
// [View.SetupSeq]. Refused with [Faults] when it is not valid, and with [ErrServiceInUse] or
// [ErrCounterInUse] when it would take something away that is at work or promised.
type ChangeSetup struct {
	Setup  *Setup
	Seq    uint64
	By     string
	Reason string // why; may be empty
	Of     uint64 // seq of the change that this one takes back, or 0
}

func (c ChangeSetup) decide(h *Hall, _ time.Time) (Decision, error) {
	if c.Seq != h.SetupSeq() {
		return Decision{}, ErrSetupChanged
	}
	if err := c.Setup.Validate(); err != nil {
		return Decision{}, err
	}
	for _, seat := range h.counters {
		if seat.State != CounterIsClosed && c.Setup.Counter(seat.ID) == nil {
			return Decision{}, ErrCounterInUse
		}
	}
	if h.needs(c.Setup) != "" {
		return Decision{}, ErrServiceInUse
	}
	return Decision{Events: []Event{{Type: HallChanged, By: c.By, Setup: c.Setup, Reason: c.Reason, Of: c.Of}}}, nil
}

// needs gives a service that tickets of today, what comes after on their routes and what they can be
// taken back to, or appointments are for and that the setup does not have; or nothing.
func (v *View) needs(s *Setup) string {
	for t := range v.Tickets() {
		for _, id := range append([]string{t.Service, t.left.service}, t.Route...) {
			if id != "" && s.Service(id) == nil {
				return id
			}
		}
	}
	for _, a := range v.booked {
		if s.Service(a.Service) == nil {
			return a.Service
		}
	}
	return ""
}

// Probe asks for nothing. It is answered like any other command, so it shows that the hall works.
type Probe struct{}

func (Probe) decide(*Hall, time.Time) (Decision, error) { return Decision{}, nil }
