package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"layso/kiosk/journal"
)

// restoreBegun puts a backup in place whose restoration was begun before this start. What can't be restored
// keeps nothing from opening as it was.
func (h *hall) restoreBegun() error {
	if conn, err := net.Dial("unix", socketOf(h.data)); err == nil { // what is begun there is the running server's
		return errors.Join(conn.Close(), fmt.Errorf("%s: %w", h.data, journal.ErrInUse))
	}
	r, err := restoring(h.data)
	if r == nil {
		return h.goesOn("what was to be restored is not known any more; what is there goes on", errors.Join(err, dropPlan(h.data)))
	}
	r.step = h.restoreStep
	var cut bool
	h.slowly(func() { cut, err = r.change() }) // the backups may be on another disk
	switch {
	case cut:
		return err
	case err == nil:
		h.restored = r
	case exists(r.staged(planFile)): // switched over, with something left to do
		return h.goesOn("the hall is that of the backup, but something of it is missing; the next start tries again", err)
	default:
		return h.goesOn("a backup could not be restored; what was there goes on", err)
	}
	return nil
}

// goesOn tells what went wrong with a restoration, and opens the hall all the same, where there is one.
func (h *hall) goesOn(what string, err error) error {
	if err == nil || !exists(h.dataPath()) {
		return err
	}
	h.log.Error(what, "err", err)
	h.restoreFault = err.Error()
	return nil
}

func (h *hall) dataPath() string { return filepath.Join(h.data, dataFile) }

// keepOpen runs a hall, and the one that a backup makes of it, one after another on the same address until
// ctx ends. opened is called for each before it answers requests.
func keepOpen(ctx context.Context, s settings, opened func(h *hall, again bool) error) error {
	for again := false; ; again = true {
		h, err := open(s)
		if err != nil {
			return err
		}
		s.listen = h.listener.Addr().String()
		if h.secure != nil {
			s.listenAtTLS = h.secure.Addr().String()
		}
		if err := opened(h, again); err != nil {
			return errors.Join(err, h.close())
		}
		if err := h.serve(ctx); err != nil || !h.restarting || ctx.Err() != nil {
			return err
		}
	}
}
