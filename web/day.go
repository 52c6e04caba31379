package web

import (
	"time"

	"layso/kiosk"
)

// sameTime is how far two clerks who answer the same question may be apart.
const sameTime = 2 * time.Minute

// setClock is staff saying what time it is. Any clerk may answer while the clock is in doubt; one that
// nobody doubts is set by a manager, for a wrong day can't be taken back.
func setClock(c *call) error {
	var in struct {
		Now  string `json:"now"`
		Sure bool   `json:"sure"`
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	now, err := time.Parse(time.RFC3339, in.Now)
	if err != nil {
		return invalid("now")
	}
	if v := c.Hall.View(); !v.ClockSuspect() && !c.who.user.Role.Includes(kiosk.Manager) {
		if now.Sub(c.Now()).Abs() > sameTime {
			return errForbidden
		}
		return c.hall(v) // a colleague was faster
	}
	res, err := c.Hall.Do(c.r.Context(), kiosk.SetClock{Now: now, Sure: in.Sure, By: c.who.name()})
	if err == kiosk.ErrInvalidField {
		return invalid("now")
	}
	if err != nil {
		return err
	}
	return c.hall(res.View)
}

// closeDay ends the business day by hand.
func closeDay(c *call) error {
	var in struct{ Reason string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	res, err := c.Hall.Do(c.r.Context(), kiosk.CloseDay{Reason: in.Reason, By: c.who.name()})
	if err != nil {
		return err
	}
	return c.hall(res.View)
}

// getAppointments lists a day's appointments in order of their half-hours; the open business day's
// where no day is given.
func getAppointments(c *call) error {
	v := c.Hall.View()
	day := c.r.URL.Query().Get("day")
	if day == "" {
		day = v.Day()
	} else if _, err := time.Parse(time.DateOnly, day); err != nil {
		return invalid("day")
	}
	out := []appointmentStatus{}
	for _, a := range v.Appointments() {
		if a.Slot.In(v.Location()).Format(time.DateOnly) == day {
			out = append(out, c.appointmentStatus(v, a))
		}
	}
	return c.json(200, out)
}
