package web

import (
	"context"

	"layso/kiosk"
)

// note puts into the log what was done. What it is about has been done by then, so a note that fails is
// told and takes nothing back.
func (c *call) note(e kiosk.Event) {
	e.By = c.who.name()
	if _, err := c.Hall.Do(context.WithoutCancel(c.r.Context()), kiosk.Note{Event: e}); err != nil {
		c.Log.Error("noting what was done", "type", e.Type, "by", e.By, "err", err)
	}
}
