package web

import (
	"context"

	"layso/kiosk"
)

// note puts into the log what was done. What it is about has been done by then, so a note that fails is
// told and takes nothing back. It is the caller's deed, unless e names somebody else.
func (c *call) note(e kiosk.Event) {
	if e.By == "" {
		e.By = c.who.name()
	}
	if _, err := c.Hall.Do(context.WithoutCancel(c.r.Context()), kiosk.Note{Event: e}); err != nil {
		c.Log.Error("noting what was done", "type", e.Type, "by", e.By, "err", err)
	}
}

// noteEnds writes down that sessions are over.
func (c *call) noteEnds(by string, gone []ended) {
	for _, x := range gone {
		c.note(kiosk.Event{Type: kiosk.SessionEnded, By: by, User: x.User, What: x.place.String(), Reason: x.reason})
	}
}
