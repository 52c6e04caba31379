package button

import (
	"cmp"
	"context"
	"log/slog"

	"periph.io/x/conn/v3/gpio"
)

// WaitForPress waits until the button on the pin has been pressed: to try one out, without a hall. Its error
// says that the pin can't be read, or is that of ctx.
func WaitForPress(ctx context.Context, pin gpio.PinIn) error {
	c := contact{pin: pin, log: slog.New(slog.DiscardHandler)}
	if err := c.prepare(); err != nil {
		return err
	}
	until, pressed := context.WithCancel(ctx)
	defer pressed()
	err := c.follow(until, func(closed, found bool) {
		if closed && !found {
			pressed()
		}
	})
	return cmp.Or(err, ctx.Err())
}

// IsClosed tells whether a contact is closed now. Its error says that the pin can't be read.
func IsClosed(pin gpio.PinIn) (bool, error) {
	c := contact{pin: pin, log: slog.New(slog.DiscardHandler)}
	if err := c.prepare(); err != nil {
		return false, err
	}
	return c.closed(), nil
}
