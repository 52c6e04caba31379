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
		d.Events[i].At = at
	}
	return d, nil
}

// DecideDay gives the events that the calendar asks for at this time: the first day.opened, or the
// change of the business day. The day never goes backwards. It changes with the date when no
// counter has a ticket in hand, and at four in the morning in any case.
func (h *Hall) DecideDay(setup *Setup, at time.Time) []Event {
	local := at.In(h.Location())
	if h.day == "" {
		zone := newPlan(setup, 0).zone
		return []Event{{Type: DayOpened, At: at, By: bySystem, Day: at.In(zone).Format(time.DateOnly), Setup: setup}}
	}
	today := local.Format(time.DateOnly)
	if today <= h.day {
		return nil
	}
	next, err := time.ParseInLocation(time.DateOnly, h.day, h.Location())
	if err == nil && local.Before(next.AddDate(0, 0, 1).Add(4*time.Hour)) && h.busy() {
		return nil
	}
	return []Event{
		{Type: DayClosed, At: at, By: bySystem, Day: h.day, Count: h.tickets.n},
		{Type: DayOpened, At: at, By: bySystem, Day: today, Setup: h.Setup()},
	}
}

const bySystem = "system"

func (h *Hall) busy() bool {
	for _, c := range h.counters {
		if c.InHand != "" {
			return true
		}
	}
	return false
}

// about begins an event about a ticket.
func about(t *Ticket, kind EventType, by string) Event {
	return Event{Type: kind, By: by, Ticket: t.Token, Number: t.Number, Service: t.Service}
}

// one is the decision of a single event about a ticket.
func one(e Event) (Decision, error) {
	return Decision{Events: []Event{e}, Token: e.Ticket}, nil
}
