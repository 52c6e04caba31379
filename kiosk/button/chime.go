package button

import (
	"context"
	"log/slog"
	"time"

	"periph.io/x/conn/v3/gpio"

	"layso/kiosk"
)

const (
	// pulse is how long the chime's pin is high for a call.
	pulse = 200 * time.Millisecond
	// between is the pause after it; calls in that time share one sound.
	between = 800 * time.Millisecond
)

// Calls is what a chime needs of the hall; [kiosk.Owner] is one.
type Calls interface {
	View() *kiosk.View
	Changed() <-chan struct{}                            // closed at the next change of the view
	Since(since uint64, limit int) ([]kiosk.Event, bool) // false: memory does not reach back
}

// Chime gives a short pulse on a pin for every call and recall: a gong, a bell behind a relay.
type Chime struct {
	Hall Calls
	Pin  gpio.PinOut
	Log  *slog.Logger // nil: slog.Default()
}

// Run sounds until ctx ends; the pin is low then.
func (c Chime) Run(ctx context.Context) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	defer c.Pin.Out(gpio.Low)
	c.out(gpio.Low)
	seq := c.Hall.View().Seq()
	for ctx.Err() == nil {
		changed := c.Hall.Changed()
		calls := false
		if seq, calls = c.heard(seq); calls {
			c.out(gpio.High)
			pause(ctx, pulse)
			c.out(gpio.Low)
			pause(ctx, between)
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

// heard reports whether somebody was called after seq, and up to where it looked. What memory does
// not reach back to is too old to sound for.
func (c Chime) heard(seq uint64) (uint64, bool) {
	const some = 256
	for calls := false; ; {
		events, ok := c.Hall.Since(seq, some)
		if !ok {
			return c.Hall.View().Seq(), calls
		}
		for _, e := range events {
			calls = calls || e.Type == kiosk.TicketCalled || e.Type == kiosk.TicketRecalled
			seq = e.Seq
		}
		if len(events) < some {
			return seq, calls
		}
	}
}

func (c Chime) out(l gpio.Level) {
	if err := c.Pin.Out(l); err != nil {
		c.Log.Warn("the chime's pin does not work", "pin", c.Pin.Name(), "err", err)
	}
}
