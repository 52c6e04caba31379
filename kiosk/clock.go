package kiosk

import "time"

// clock stamps events. Their times never go backwards, whatever the wall clock does.
type clock struct {
	last time.Time // newest stamp
	seen time.Time // newest reading, with its monotonic part
	jump time.Duration
}

// stepLimit is how far the wall clock may move against the monotonic one before it counts as a step
// (facts: Clock). The drift of a PC is far below it.
const stepLimit = 2 * time.Second

// stamp gives the time for the events of one batch: the wall clock in UTC and whole milliseconds,
// or the last stamp where the wall clock is behind it.
func (c *clock) stamp(now time.Time) time.Time {
	if !c.seen.IsZero() {
		wall := now.Round(0).Sub(c.seen.Round(0))
		if jump := wall - now.Sub(c.seen); jump.Abs() > stepLimit {
			c.jump += jump
		}
	}
	c.seen = now
	at := now.UTC().Truncate(time.Millisecond)
	if at.Before(c.last) {
		at = c.last
	}
	c.last = at
	return at
}

// step gives the event of a clock step that stamp noticed, once.
func (c *clock) step(at time.Time) []Event {
	if c.jump == 0 {
		return nil
	}
	e := Event{Type: ClockStepped, At: at, By: bySystem, StepS: c.jump.Seconds()}
	c.jump = 0
	return []Event{e}
}
