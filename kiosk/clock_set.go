package kiosk

import "time"

// saidToTheMinute is how exactly people say what time it is.
const saidToTheMinute = time.Minute

// SetClock is staff saying what time it is: from then on the clock is trusted. Refused with
// [ErrInvalidField] when that is before the last event, but for the minute to which people say the
// time, or beyond 2100, and with [ErrTimeFarAhead] when it is more than 45 days after it and not Sure.
// The owner takes the PC's clock, with its seconds, where that says the same to the minute.
type SetClock struct {
	Now  time.Time
	Sure bool // said twice
	By   string
	wall time.Time // what the PC's clock says; from the owner
}

func (c SetClock) decide(h *Hall, at time.Time) (Decision, error) {
	now := c.Now.UTC().Truncate(time.Millisecond)
	switch ahead := now.Sub(h.At()); {
	case now.After(newest):
		return Decision{}, ErrInvalidField
	case ahead <= -saidToTheMinute:
		return Decision{}, ErrInvalidField
	case ahead < 0:
		now = h.At()
	case ahead > farAhead && !c.Sure && h.day != "":
		return Decision{}, ErrTimeFarAhead
	}
	e := Event{Type: ClockSet, At: now, By: c.By, StepS: now.Sub(at).Seconds()}
	if !c.wall.IsZero() {
		e.OffsetS = now.Sub(c.wall.Truncate(time.Millisecond)).Seconds()
	}
	return Decision{Events: []Event{e}}, nil
}
