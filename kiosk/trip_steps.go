package kiosk

import (
	"math"
	"slices"
	"time"
)

// called begins a stay at a counter. What was told of the wait is held against it where the policy chose the
// ticket, and not a clerk.
func (t *Trip) called(e *Event, suspect bool) {
	if !t.met {
		t.First = deskOf(e)
		if !t.since.IsZero() && !suspect {
			t.Wait = max(0, e.At.Sub(t.since))
		}
		if t.Wait < 0 || e.Reason != "" {
			t.Told = nil
		}
	}
	t.met, t.State, t.since = true, Called, time.Time{}
	t.hand = stay{service: e.Service, before: t.hand.before}
	if !suspect {
		t.hand.from = e.At
	}
}

// step ends what the ticket was in hand for.
func (t *Trip) step(e *Event, suspect bool) {
	t.Steps = append(t.Steps, Step{Service: t.hand.service, Desk: deskOf(e), Took: t.hand.until(e.At, suspect), Dossiers: e.Count})
	t.ended, t.hand = t.hand, stay{}
}

// reopen takes a finish, a step of the route or a no-show back, as if it had not been.
func (t *Trip) reopen(e *Event) {
	t.State, t.hand = Called, t.ended
	if n := len(t.Steps); n > 0 && e.From != NoShow {
		t.Steps = t.Steps[:n-1]
	}
}

// moved notes another credit: the ticket stands elsewhere in the order than it was told.
func (t *Trip) moved(e *Event) {
	if !t.met && e.CreditS != t.credit {
		t.Told = nil
	}
	t.credit = e.CreditS
}

// rate notes the citizen's opinion. Older logs do not say which counter it is about.
func (t *Trip) rate(e *Event) {
	t.Stars, t.Reasons, t.RatedAt = e.Stars, slices.Clip(e.Reasons), e.Counter
	if e.Counter == "" {
		t.RatedAt = t.Last.Counter
	}
}

// leap reports whether the hall's time leaps at this event, so that what was told before can't be held
// against the wait: when staff set it, or when the program started without knowing how long it had been off.
func leap(e *Event) bool {
	return e.Type == ClockSet && math.Abs(e.StepS) >= 2 || e.Type == ClockStepped && e.Reason != clockJumped
}
