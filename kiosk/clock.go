package kiosk

import (
	"sync"
	"time"
)

// The limits of a trusted clock (facts: "Clock").
const (
	// stepLimit is how far the wall clock may move against the monotonic one before it counts as a
	// step. The drift of a PC is far below it.
	stepLimit = 2 * time.Second
	// farAhead is how long after the last event a start is believed: a longer holiday than Tết.
	farAhead = 45 * 24 * time.Hour
	// farOff is by how much staff may have corrected the PC's clock for a start still to believe it.
	farOff = 10 * time.Minute
)

// oldest is before any layso: no clock before it is right, even where the build time is not known.
var oldest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// newest is what staff can't mean: a year with a digit too many would stay in the log for good.
var newest = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

// Why the clock is suspect: the Reason of a clock.stepped.
const (
	clockBehind = "behind" // at the start: before the build or the last event, e.g. 1970 of a dead battery; or as staff found it before
	clockAhead  = "ahead"  // at the start: too long after the last event; or as staff found it before
	clockJumped = "jumped" // while running: the wall clock moved against the monotonic one
)

// clock makes the hall's time out of readings of the PC's clock. The hall's time is the wall clock
// plus what staff corrected while that is trusted, and goes on by the monotonic clock while it is
// not; so a wrong wall clock never gets into an event. It never runs back, except that staff may set
// it back to the last event. Safe for concurrent use; it never asks for the time itself.
type clock struct {
	mu      sync.Mutex
	seen    time.Time     // newest reading, with its monotonic part
	at      time.Time     // the hall's time at that reading
	offset  time.Duration // what staff corrected
	suspect bool
	steps   []Event // clock.stepped that are not on record yet
}

// start takes up the time after the last event, which is zero for an empty log. Where that of the build
// tells that the clock is wrong, it is still no time to begin with: a build made on a PC whose own clock
// was ahead would leave a time in the log before which staff could not set the hall's. suspect says that
// the log left the clock in doubt; only staff end that. offset is what staff corrected of the PC's clock
// when they set it last: where that clock may be as wrong as then, nobody knows whether it is, and a day
// that opens too early can't be taken back.
func (c *clock) start(now, last, built time.Time, suspect bool, offset time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	floor := latest(oldest, built, last)
	wall := now.Round(0)
	c.seen, c.at, c.suspect = now, latest(oldest, last), suspect
	switch ahead := wall.Sub(floor); {
	case suspect:
	case ahead < -stepLimit:
		c.doubt(clockBehind, ahead)
		if last.IsZero() {
			c.at = latest(oldest, wall)
		}
	case !last.IsZero() && wall.Sub(last) > farAhead:
		c.doubt(clockAhead, ahead)
	case offset.Abs() > farOff && wall.Add(offset).After(floor.Add(-stepLimit)):
		reason := clockAhead
		if offset > 0 {
			reason = clockBehind
		}
		c.doubt(reason, -offset)
	default:
		c.at = latest(floor, wall)
	}
}

// doubt notes a step for the log.
func (c *clock) doubt(reason string, step time.Duration) {
	c.suspect = true
	c.steps = append(c.steps, Event{Type: ClockStepped, By: bySystem, StepS: step.Seconds(), Reason: reason})
}

// read gives the hall's time at a new reading.
func (c *clock) read(now time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.advance(now)
}

func (c *clock) advance(now time.Time) time.Time {
	passed := now.Sub(c.seen)
	if passed < 0 { // another goroutine's reading came first
		return c.at
	}
	if jump := now.Round(0).Sub(c.seen.Round(0)) - passed; jump.Abs() > stepLimit {
		c.doubt(clockJumped, jump)
	}
	next := c.at.Add(passed)
	if !c.suspect {
		next = now.Round(0).Add(c.offset)
	}
	c.seen, c.at = now, latest(c.at, next)
	return c.at
}

// stamp gives the time for the events of one batch, in UTC and whole milliseconds, and the steps
// that have to go on record first.
func (c *clock) stamp(now time.Time) (at time.Time, steps []Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at = c.advance(now).UTC().Truncate(time.Millisecond)
	for _, e := range c.steps {
		e.At = at
		steps = append(steps, e)
	}
	return at, steps
}

// recorded forgets the n oldest steps: they are in the log.
func (c *clock) recorded(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps = c.steps[n:]
}

// set makes the hall's time at the reading now what staff said. A step that was noticed since then
// leaves it in doubt.
func (c *clock) set(now, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset = at.Sub(now.Round(0))
	c.suspect = len(c.steps) > 0
	c.at = at.Add(max(0, c.seen.Sub(now)))
}

func latest(times ...time.Time) time.Time {
	out := times[0]
	for _, t := range times[1:] {
		if t.After(out) {
			out = t
		}
	}
	return out.Round(0)
}
