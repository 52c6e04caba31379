package kiosk

import (
	"slices"
	"time"
)

// Why a business day ended: the Reason of its day.closed, unless a manager gave one.
const (
	closedByHours = "hours" // its last closing time is over and nobody is left
	closedByDate  = "date"  // a later date has begun
	closedByHand  = "hand"  // a manager closed it and said no more
)

// byClosing is the Reason of the ticket.cancelled and ticket.held of the end of a day.
const byClosing = "closing"

const (
	// closingRest is how long nothing happens before a day closes itself, so that a clerk can still take
	// back his last step and a citizen rate it.
	closingRest = 5 * time.Minute
	// lastEnd is when the day ends in any case, after the midnight that ended its date: a counter may still
	// be busy, or open and forgotten with somebody waiting for it.
	lastEnd = 4 * time.Hour
)

// DecideDay gives the events that the calendar asks for at this time. While the clock is suspect there
// are none, except the hall's description where the log has none yet: then nobody knows the day. The
// business day opens with its date and never goes backwards. It closes itself when its last closing
// time is over or a later date has begun, as soon as nobody is in hand, nor waits for a counter that is
// open; and at four in the morning of the later date in any case.
func (h *Hall) DecideDay(seed *Setup, at time.Time) []Event {
	if h.plan.seq == 0 && h.suspect {
		return []Event{{Type: HallChanged, At: at, By: bySystem, Setup: seed}}
	}
	setup, zone := h.Setup(), h.Location()
	if h.plan.seq == 0 {
		setup, zone = seed, newPlan(seed, 0).zone
	}
	var events []Event
	today := at.In(zone).Format(time.DateOnly)
	switch {
	case h.suspect:
		return nil
	case h.day != "" && !h.closed:
		if events = h.closeInTime(today, at); events == nil {
			return nil
		}
	}
	if today > h.day {
		events = append(events, Event{Type: DayOpened, At: at, By: bySystem, Day: today, Setup: setup, Appointments: h.toCome(today), Rolls: h.rolls, OffsetS: h.offset.Seconds()})
	}
	return events
}

// closeInTime closes the open day when it is time.
func (h *Hall) closeInTime(today string, at time.Time) []Event {
	local := at.In(h.Location())
	if today > h.day {
		midnight, err := time.ParseInLocation(time.DateOnly, h.day, h.Location())
		if err == nil && local.Before(midnight.AddDate(0, 0, 1).Add(lastEnd)) && h.atWork() {
			return nil
		}
		return h.endDay(at, bySystem, closedByDate)
	}
	end, ok := h.Setup().Closing("", local)
	if !ok || today < h.day || local.Before(end) || at.Sub(h.at) < closingRest || h.atWork() {
		return nil
	}
	return h.endDay(at, bySystem, closedByHours)
}

// atWork reports whether somebody is being served or can still be: the day does not end under a clerk who
// finishes one ticket before he calls the next.
func (h *Hall) atWork() bool { return h.busy() || h.awaited() }

// busy reports whether a counter has a ticket in hand.
func (h *Hall) busy() bool {
	return slices.ContainsFunc(h.counters, func(c CounterState) bool { return c.InHand != "" })
}

// awaited reports whether somebody waits, or is on hold, whom a counter that works can still call.
func (h *Hall) awaited() bool {
	left := append(h.Waiting(), h.held...)
	for i, c := range h.counters {
		if c.State == CounterIsClosed {
			continue
		}
		for _, t := range left {
			if t.Counter == c.ID || t.Counter == "" && h.plan.reach[i].Serves(h.plan.service[t.Service]) {
				return true
			}
		}
	}
	return false
}

// endDay ends everything that is still going on, and then the day: who waits, is on hold or, at the
// last end, in hand, is cancelled with a reason, and the counters close.
func (h *Hall) endDay(at time.Time, by, reason string) []Event {
	var events []Event
	add := func(e Event) {
		e.At = at
		events = append(events, e)
	}
	cancel := func(t *Ticket, from State) {
		e := about(t, TicketCancelled, bySystem)
		e.From, e.Reason = from, byClosing
		add(e)
	}
	for _, c := range h.counters {
		if t := h.Ticket(c.InHand); t != nil {
			e := about(t, TicketHeld, bySystem)
			e.Counter, e.Reason = c.ID, byClosing
			add(e)
			cancel(t, Held)
		}
	}
	for _, t := range slices.Concat(h.Waiting(), h.held) {
		cancel(t, t.State)
	}
	for _, c := range h.counters {
		if c.State != CounterIsClosed {
			add(Event{Type: CounterClosed, By: bySystem, Counter: c.ID, User: c.User})
		}
	}
	add(Event{Type: DayClosed, By: by, Day: h.day, Count: h.tickets.n, Reason: reason})
	return events
}

// CloseDay is a manager closing the business day; the next one opens with the next date. Refused with
// [ErrTicketInService] while a counter has a ticket in hand, and with [ErrClockSuspect] while nobody
// knows the day. It is fulfilled already where no day is open.
type CloseDay struct{ By, Reason string }

func (c CloseDay) decide(h *Hall, at time.Time) (Decision, error) {
	switch {
	case h.day == "" || h.closed:
		return Decision{Repeat: true}, nil
	case h.suspect:
		return Decision{}, ErrClockSuspect
	case h.busy():
		return Decision{}, ErrTicketInService
	}
	if c.Reason == "" {
		c.Reason = closedByHand
	}
	return Decision{Events: h.endDay(at, c.By, c.Reason)}, nil
}
