package button

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"periph.io/x/conn/v3/gpio"
)

const (
	// idle is how long a contact is left alone when nothing happens: a driver that loses an edge costs
	// this much, and the end of the program waits no longer.
	idle = 100 * time.Millisecond
	// poll is how often a pin is read whose driver tells no edges.
	poll = 10 * time.Millisecond
	// calm is the pause after an edge, so that a wire which picks up a radio does not take a whole core.
	calm = time.Millisecond
)

// contact is a switch between a pin and ground.
type contact struct {
	pin   gpio.PinIn
	edges bool // the driver tells them; otherwise the pin is polled
	log   *slog.Logger
}

// prepare sets the pin up as well as its driver can. A pin without a pull-up of its own needs one outside.
func (c *contact) prepare() (err error) {
	for _, edge := range []gpio.Edge{gpio.BothEdges, gpio.NoEdge} {
		for _, pull := range []gpio.Pull{gpio.PullUp, gpio.PullNoChange} {
			if err = c.pin.In(pull, edge); err != nil {
				continue
			}
			c.edges = edge != gpio.NoEdge
			if pull != gpio.PullUp {
				c.log.Warn("the pin has no pull-up of its own: it needs a resistor of 10 kΩ to 3.3 V")
			}
			return nil
		}
	}
	return fmt.Errorf("pin %s can't be read: %w", c.pin.Name(), err)
}

// follow tells whether the contact is closed, first as it is found and then at every change, until ctx ends.
func (c *contact) follow(ctx context.Context, tell func(closed bool)) {
	var d debounce
	d.sample(c.closed(), false, time.Now())
	for ctx.Err() == nil {
		wait, under := d.pending(time.Now())
		if !under {
			wait = idle
		}
		moved := c.wait(ctx, max(wait, calm))
		if ctx.Err() == nil && d.sample(c.closed(), moved, time.Now()) {
			tell(d.settled)
		}
	}
}

func (c *contact) closed() bool { return c.pin.Read() == gpio.Low }

// wait gives true at an edge, and false when there was none for so long.
func (c *contact) wait(ctx context.Context, d time.Duration) bool {
	if !c.edges {
		pause(ctx, min(d, poll))
		return false
	}
	begun := time.Now()
	if c.pin.WaitForEdge(d) {
		pause(ctx, calm)
		return true
	}
	if time.Since(begun) < d/2 { // not a time-out: the driver failed, and would do so at once for ever
		c.log.Warn("the pin's driver tells no edges any more; it is read a hundred times a second")
		c.edges = false
	}
	return false
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
