package main

import (
	"context"
	"path/filepath"
	"time"

	"layso/web"
)

// contactsFile is the name of the phone numbers' file in the data folder. No backup has it.
const contactsFile = "contacts"

func (h *hall) openContacts() (err error) {
	h.contacts, err = web.OpenContacts(filepath.Join(h.data, contactsFile))
	return err
}

// sweepRetry is how long after a failure it is tried again to erase what has to go.
const sweepRetry = 30 * time.Second

// sweepContacts has the phone numbers erased that nobody needs any more: at the start, and whenever something has happened.
func (h *hall) sweepContacts(ctx context.Context) {
	for ctx.Err() == nil {
		changed := h.owner.Changed()
		again := make(<-chan time.Time)
		if err := h.web.SweepContacts(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("erasing phone numbers", "err", err)
			again = time.After(sweepRetry)
		}
		select {
		case <-changed:
		case <-again:
		case <-ctx.Done():
		}
	}
}
