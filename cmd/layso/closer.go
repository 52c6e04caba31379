package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"layso/kiosk"
)

// closer prints the closing slip by itself when a business day has ended, where the hall's setup wants
// it ([kiosk.PaperTexts]). What it has printed it knows from the log, so that no day has two slips
// because of it, also after a restart.
type closer struct {
	hall interface {
		View() *kiosk.View
		Changed() <-chan struct{}
		Now() time.Time
	}
	days     dayBook
	printers func() []kiosk.PrinterStatus
	print    func(ctx context.Context, printer, by string) (kiosk.PrintState, error)
	log      *slog.Logger

	looked string    // the day, and whether it had ended, that nothing is left to do for
	tried  time.Time // the last slip was sent to a printer: what became of it is a change of the hall, too
}

func (h *hall) newCloser(p *press) *closer {
	return &closer{hall: h.owner, days: h.journal, printers: h.spooler.Statuses, print: p.Closing, log: h.log}
}

const (
	// slipRetry is how often it is looked whether a printer would print the slip now.
	slipRetry = 10 * time.Second
	// slipWithin is how long after the end of the day it may still come out by itself: later nobody is
	// there to take it, and the manager has a button.
	slipWithin = 10 * time.Minute
)

// run waits for days that end, until ctx ends.
func (c *closer) run(ctx context.Context) {
	retry := time.NewTicker(slipRetry)
	defer retry.Stop()
	for ctx.Err() == nil {
		changed := c.hall.Changed()
		if err := c.look(ctx); err != nil && ctx.Err() == nil {
			c.log.Warn("the closing slip", "err", err)
		}
		select {
		case <-changed:
		case <-retry.C:
		case <-ctx.Done():
		}
	}
}

// look prints the slip if one is due.
func (c *closer) look(ctx context.Context) error {
	v := c.hall.View()
	state := fmt.Sprint(v.Day(), v.DayClosed(), v.Setup().Paper.Closing)
	if state == c.looked || time.Since(c.tried) < slipRetry {
		return nil
	}
	due, err := c.due(v)
	if err != nil {
		return err
	}
	if !due {
		c.looked = state
		return nil
	}
	for _, p := range c.printers() {
		if !p.OK {
			continue
		}
		c.tried = time.Now()
		_, err := c.print(ctx, p.Name, "system")
		if err != nil {
			c.looked = state // it may still come out: rather none than two
		}
		return err // the log says at the next look whether it is there
	}
	return nil
}

// due reports whether the newest day that has ended still lacks its slip.
func (c *closer) due(v *kiosk.View) (bool, error) {
	if !v.Setup().Paper.Closing {
		return false, nil
	}
	day, err := c.days.LastClosed()
	if err != nil || day == "" {
		return false, err
	}
	ended, slip, err := slipOf(c.days, day)
	return err == nil && c.hall.Now().Sub(ended) <= slipWithin && slip.Type == "", err
}

// slipOf gives when a day ended that was the newest to do so, and the newest print of its closing slip
// that did not fail; none is the zero event.
func slipOf(days dayBook, day string) (ended time.Time, slip kiosk.Event, err error) {
	seal, _, err := days.Seal(day)
	if err != nil {
		return ended, slip, err
	}
	for at := seal - 1; ; {
		events, err := days.Since(at, eventsAtOnce)
		if err != nil || len(events) == 0 {
			return ended, slip, err
		}
		for _, e := range events {
			switch {
			case e.Seq == seal:
				ended = e.At
			case e.Type == kiosk.PagePrinted && e.Page == kiosk.ClosingPage && e.Outcome != kiosk.Failed:
				slip = e
			}
			at = e.Seq
		}
	}
}

// eventsAtOnce bounds what is read of the log in one go.
const eventsAtOnce = 500
