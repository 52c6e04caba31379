package kiosk

import (
	"fmt"
	"time"
)

// booked checks that the half-hour had a place and that token and code are nobody else's.
func (a *Auditor) booked(e Event) error {
	s := a.hall.Setup().Service(e.Service)
	switch {
	case e.Appointment == "" || !wellFormed(e.Code):
		return fmt.Errorf("has no token or no code of six digits")
	case s == nil || s.Slots == nil:
		return fmt.Errorf("service %q has no appointments", e.Service)
	case e.Slot == nil || !e.Slot.After(e.At):
		return fmt.Errorf("has no slot to come")
	case a.hall.date(*e.Slot) < a.hall.Day():
		return fmt.Errorf("is for %s, before the business day", a.hall.date(*e.Slot))
	}
	n := 0
	for _, x := range a.hall.Appointments() {
		if x.Token == e.Appointment || x.Code == e.Code {
			return fmt.Errorf("token or code is given twice")
		}
		if x.Service == e.Service && x.Slot.Equal(*e.Slot) {
			n++
		}
	}
	if n >= s.Slots.Capacity {
		return fmt.Errorf("is number %d at %s, which has %d places", n+1, e.Slot.Format(time.RFC3339), s.Slots.Capacity)
	}
	return nil
}

func (a *Auditor) unbooked(e Event) error {
	x, err := a.live(e)
	if err == nil && (x.Code != e.Code || e.Slot == nil) {
		err = fmt.Errorf("has another code or no slot")
	}
	return err
}

// broughtOver checks that the day begins with just those appointments that are still to come.
func (a *Auditor) broughtOver(e Event) error {
	want := map[string]Appointment{}
	for _, x := range a.hall.Appointments() {
		if x.Ticket == "" && a.hall.date(x.Slot) >= e.Day {
			want[x.Token] = *x
		}
	}
	for _, x := range e.Appointments {
		y, ok := want[x.Token]
		if !ok || x.Code != y.Code || x.Service != y.Service || !x.Slot.Equal(y.Slot) || x.Ticket != "" || x.Cancelled {
			return fmt.Errorf("begins with the appointment %s, which was not to come", x.Code)
		}
		delete(want, x.Token)
	}
	if len(want) > 0 {
		return fmt.Errorf("has lost %d appointments", len(want))
	}
	return nil
}
