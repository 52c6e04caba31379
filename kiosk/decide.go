package kiosk

import "time"

// Command is a wish to change the hall: a touch, a key, a report of a device. The commands are the
// types of this package that say so in their comments.
type Command interface {
	decide(h *Hall, at time.Time) (Decision, error)
}

// Decision is what a command comes to: the events that make it so, still without Seq, and what the
// one who asked is told. No events: the wish was fulfilled already.
type Decision struct {
	Events []Event
	Token  string // of the ticket that the command is about, or empty
	Repeat bool   // an answer given before, to the same request
}

// Decide checks the command against the state and gives the events that it comes to, or an [Error]
// or [Faults] that refuses it. It changes nothing.
func (h *Hall) Decide(cmd Command, at time.Time) (Decision, error) {
	d, err := cmd.decide(h, at)
	if err != nil {
		return Decision{}, err
	}
	for i := range d.Events {
		if d.Events[i].At.IsZero() { // a set clock has its own
			d.Events[i].At = at
		}
	}
	return d, nil
}

const bySystem = "system"

// about begins an event about a ticket.
func about(t *Ticket, kind EventType, by string) Event {
	return Event{Type: kind, By: by, Ticket: t.Token, Number: t.Number, Service: t.Service}
}

// one is the decision of a single event about a ticket.
func one(e Event) (Decision, error) {
	return Decision{Events: []Event{e}, Token: e.Ticket}, nil
}
