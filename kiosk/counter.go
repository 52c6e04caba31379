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
	InHand string    // token of the called ticket, or empty
	Ended  string    // token of the ticket that the counter finished or marked no-show last
	// The last Next that finished a ticket, so that a repeated request gets the same answer.
	nextFinish, nextResult string
	// The last thing that ended a ticket's stay here, for the same reason.
	doneTicket string
	doneKind   EventType
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
	if t == nil || t.Counter != c.ID || (t.State != Finished && t.State != NoShow) {
		return nil
	}
	return t
}

// setCounter changes one counter of the view, copying the list that older views share.
func (v *View) setCounter(id string, change func(*CounterState)) {
	if i, ok := v.plan.counter[id]; ok {
		v.counters = slices.Clone(v.counters)
		change(&v.counters[i])
	}
}
