package kiosk

import (
	"slices"
	"time"
)

// CounterMode is whether a counter works.
type CounterMode string

// The modes of a counter. A paused counter keeps its clerk and its ticket in hand but calls nobody.
const (
	CounterIsClosed CounterMode = "closed"
	CounterIsOpen   CounterMode = "open"
	CounterIsPaused CounterMode = "paused"
)

// CounterState is what a counter is doing.
type CounterState struct {
	ID     string
	State  CounterMode
	User   string    // the clerk, empty when closed
	Reason string    // of the pause
	Since  time.Time // of the last opening, closing, pause or resume
	Help   time.Time // since when the clerk asks for the manager; zero: he does not
	Ask    string    // what for
	InHand string    // token of the called ticket, or empty
	Ended  string    // token of the ticket that the counter finished or marked no-show last
	// The last Next that finished a ticket, so that a repeated request gets the same answer: which
	// one, what it was here for, and who was called.
	nextFinish, nextService, nextResult string
	// The last thing that ended a ticket's stay here, for the same reason.
	doneTicket, doneService string
	doneKind                EventType
	idle                    time.Time // since when it has no ticket in hand
}

// release notes that the ticket, which was here for the service, is in hand no more.
func (c *CounterState) release(token, service string, kind EventType, at time.Time) {
	c.InHand, c.idle = "", at
	c.doneTicket, c.doneService, c.doneKind = token, service, kind
}

// IdleSince is since when an open counter has had no ticket in hand; zero where it has one, or is not open.
func (c *CounterState) IdleSince() time.Time {
	if c.State != CounterIsOpen || c.InHand != "" {
		return time.Time{}
	}
	return later(c.idle, c.Since)
}

// repeats reports whether the operator's Next asks for what the counter's last Next has done. The
// ticket may be in hand again for the next service of its route: then only what he sees it for tells
// a new wish, and without that it is taken for the old one, which changes nothing.
func (c *CounterState) repeats(n Next) bool {
	if n.Finish != c.nextFinish || n.For != "" && n.For != c.nextService {
		return false
	}
	return c.InHand != n.Finish || c.nextResult == n.Finish
}

// Counter gives the state of the counter with this id, and false when there is none.
func (v *View) Counter(id string) (CounterState, bool) {
	i, ok := v.plan.counter[id]
	if !ok {
		return CounterState{}, false
	}
	return v.counters[i], true
}

// Counters gives the counters in the order of the setup; do not change the slice.
func (v *View) Counters() []CounterState { return v.counters }

// Reach gives what the counter with this id can serve.
func (v *View) Reach(id string) Reach {
	if i, ok := v.plan.counter[id]; ok {
		return v.plan.reach[i]
	}
	return Reach{}
}

// Undoable gives the ticket that the counter's undo would take back, or nil.
func (v *View) Undoable(c CounterState) *Ticket {
	if c.Ended == "" || c.InHand != "" {
		return nil
	}
	t := v.Ticket(c.Ended)
	switch {
	case t == nil:
		return nil
	case t.State == Waiting && t.left.counter == c.ID:
		return t
	case t.Counter == c.ID && (t.State == Finished || t.State == NoShow):
		return t
	}
	return nil
}

// setCounter changes one counter, in a copy of the list that no view has seen.
func (h *Hall) setCounter(id string, change func(*CounterState)) {
	i, ok := h.plan.counter[id]
	if !ok {
		return
	}
	if !h.own {
		h.counters, h.own = slices.Clone(h.counters), true
	}
	change(&h.counters[i])
}
