package button

import (
	"context"
	"log/slog"

	"periph.io/x/conn/v3/gpio"
)

// PaperSwitch watches a switch at the paper of a printer that has no sensor of its own.
type PaperSwitch struct {
	Pin    gpio.PinIn
	Closed bool          // the paper is low or out when the contact is closed; false: when it is open
	Tell   func(on bool) // first as it is found, then at every change; must not wait
	Log    *slog.Logger  // nil: slog.Default()
}

// Run watches until ctx ends. A pin that can't be read is told to the log.
func (s PaperSwitch) Run(ctx context.Context) {
	log := s.Log
	if log == nil {
		log = slog.Default()
	}
	log = log.With("paper_switch", s.Pin.Name())
	c := contact{pin: s.Pin, log: log}
	c.keep(ctx, func(closed, _ bool) { s.Tell(closed == s.Closed) }, func(err error) { log.Error("a paper switch does not work", "err", err) })
}
