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
	// again is how long a pin that can't be read is left alone.
	again = 5 * time.Second
)

// contact is a switch between a pin and ground.
type contact struct {
	pin   gpio.PinIn
	edges bool // the driver tells them; otherwise the pin is polled
	deaf  bool // the driver said that it would, and does not
	bare  bool // there is no pull-up on the PC's side, and the log was told
	log   *slog.Logger
}

// prepare sets the pin up as well as its driver can. A pin without a pull-up of its own needs one outside.
func (c *contact) prepare() (err error) {
	for _, edge := range []gpio.Edge{gpio.BothEdges, gpio.NoEdge} {
		if c.deaf && edge != gpio.NoEdge {
			continue
		}
		for _, pull := range []gpio.Pull{gpio.PullUp, gpio.PullNoChange} {
			if err = c.pin.In(pull, edge); err != nil {
				continue
			}
			c.edges = edge != gpio.NoEdge
			if pull != gpio.PullUp && !c.bare {
				c.bare = true
				c.log.Warn("the pin has no pull-up of its own: it needs a resistor of 10 kΩ to 3.3 V")
			}
			return nil
		}
	}
	return fmt.Errorf("pin %s can't be read: %w", c.pin.Name(), err)
}

// keep follows the contact until ctx ends. A pin that can't be read, or can't any more because its adapter was
// pulled out, is told of once, and tried again now and then; what it is found at then is told as at the start.
func (c *contact) keep(ctx context.Context, tell func(closed, found bool), broke func(error)) {
	for told := false; ctx.Err() == nil; pause(ctx, again) {
		c.deaf = false
		err := c.prepare()
		if err == nil {
			told = false
			err = c.follow(ctx, tell)
		}
		if err != nil && !told {
			told = true
			broke(err)
		}
	}
}

// follow tells whether the contact is closed, first as it is found and then at every change, until ctx ends
// or the pin breaks.
func (c *contact) follow(ctx context.Context, tell func(closed, found bool)) error {
	var d debounce
	d.sample(c.closed(), false, time.Now())
	for {
		wait, under := d.pending(time.Now())
		if !under {
			wait = idle
		}
		moved, err := c.wait(ctx, max(wait, calm))
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		found := !d.known
		if !d.sample(c.closed(), moved, time.Now()) {
			continue
		}
		if d.settled && !found && !c.edges { // a pin that is gone reads as closed, and nothing else tells
			if err := c.prepare(); err != nil {
				return err
			}
		}
		tell(d.settled, found)
	}
}

func (c *contact) closed() bool { return c.pin.Read() == gpio.Low }

// wait gives true at an edge, and false when there was none for so long.
func (c *contact) wait(ctx context.Context, d time.Duration) (bool, error) {
	if !c.edges {
		pause(ctx, min(d, poll))
		return false, nil
	}
	begun := time.Now()
	if c.pin.WaitForEdge(d) {
		pause(ctx, calm)
		return true, nil
	}
	if time.Since(begun) >= d/2 {
		return false, nil
	}
	// Not a time-out: the driver failed, and would do so at once for ever.
	c.deaf = true
	if err := c.prepare(); err != nil {
		return false, err
	}
	c.log.Warn("the pin's driver tells no edges any more; it is read a hundred times a second")
	return false, nil
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
