package web

import (
	"errors"
	"time"

	"layso/kiosk"
)

// takeWritten enters a number that was written by hand while layso could not give any.
func takeWritten(c *call) error {
	var in struct {
		Service, Number string
		At              time.Time
		Priority        *string
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	key, err := c.key()
	switch {
	case in.Service == "":
		return invalid("service")
	case in.Number == "":
		return fieldError{"number", errWrittenNumber}
	case in.At.IsZero():
		return fieldError{"at", errWrittenAt}
	case err != nil:
		return err
	}
	cmd := kiosk.TakeWritten{
		Service: in.Service, Number: in.Number, At: in.At, Token: kiosk.NewToken(), Device: c.who.station(), By: c.who.name(), Key: key,
	}
	if in.Priority != nil {
		cmd.Priority = *in.Priority
	}
	res, err := c.Hall.Do(c.r.Context(), cmd)
	if errors.Is(err, kiosk.ErrInvalidField) {
		err = c.whichOfSlip(in.At)
	}
	return c.taken(res, err)
}

// whichOfSlip says which part of a slip the hall does not take: its time, else its number.
func (c *call) whichOfSlip(at time.Time) error {
	v := c.Hall.View()
	if at.After(c.Now()) || at.In(v.Location()).Format(time.DateOnly) != v.Day() {
		return fieldError{"at", errWrittenAt}
	}
	return fieldError{"number", errWrittenNumber}
}
