package button

import (
	"log/slog"
	"time"

	"periph.io/x/conn/v3/gpio"
)

const (
	// half is half a blink, and the shortest time between two changes of any lamp: two flashes a second,
	// under the three that may hurt people with epilepsy (WCAG 2.3.1).
	half = 250 * time.Millisecond
	// tick is how often the lamps are looked after: a press has to show at once.
	tick = 50 * time.Millisecond
)

// lamp is a light or a relay on a pin; high is on. A nil pin is no lamp.
type lamp struct {
	pin     gpio.PinOut
	on      bool
	known   bool // the pin is set so
	changed time.Time
	failed  bool
	log     *slog.Logger
}

// show turns the lamp on or off, later if it changed just before.
func (l *lamp) show(on bool, now time.Time) {
	if l.pin == nil || l.known && l.on == on || now.Sub(l.changed) < half {
		return
	}
	err := l.pin.Out(gpio.Level(on))
	if failed := err != nil; failed != l.failed {
		l.failed = failed
		l.log.Warn("a lamp's pin", "pin", l.pin.Name(), "works", !failed, "err", err)
	}
	l.on, l.known, l.changed = on, err == nil, now
}

// blinking is on in every second half, beginning with the dark one.
func blinking(t time.Duration) bool { return t/half%2 == 1 }

// counted blinks n times and rests. It reports whether it is over.
func counted(t time.Duration, n int) (on, over bool) {
	const rest = 4 * half
	if t -= 2 * half; t < 0 { // dark for a moment, so that the first blink is seen
		return false, false
	}
	if end := time.Duration(2*n) * half; t >= end {
		return false, t >= end+rest
	}
	return t/half%2 == 0, false
}

// blinks gives the count for the reason why a press gave no number; see the package's comment.
func blinks(why string) int {
	switch why {
	case "hall_closed", "service_closed":
		return 2
	case "quota_reached", "no_time_left":
		return 3
	case "clock_suspect":
		return 4
	case NoPaper.Error():
		return 5
	}
	return 6
}
