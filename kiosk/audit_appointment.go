package kiosk

import (
	"fmt"
	"time"
)

// booked checks that the half-hour was to come and had a place.
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
	case a.hall.ClockSuspect():
		return fmt.Errorf("is for %s while nobody knows the day", e.Slot.Format(time.RFC3339))
	}
	if local := e.Slot.In(a.hall.Location()); local.Minute()%30 != 0 || local.Second() != 0 || local.Nanosecond() != 0 {
		return fmt.Errorf("is for %s, where no half-hour begins", local.Format(time.RFC3339Nano))
	}
	return a.room(s, e)
}

// room checks that token and code are nobody else's and that neither the half-hour nor the day's quota
// is used up.
func (a *Auditor) room(s *Service, e Event) error {
	date := a.hall.date(*e.Slot)
	slot, day := 0, 0
	for _, x := range a.hall.Appointments() {
		switch {
		case x.Token == e.Appointment || x.Code == e.Code:
			return fmt.Errorf("token or code is given twice")
		case x.Service != e.Service:
			continue
		case x.Slot.Equal(*e.Slot):
			slot++
		}
		if a.hall.date(x.Slot) == date && x.Ticket == "" {
			day++
		}
	}
	if date == a.hall.Day() {
		day += a.hall.taken[a.hall.plan.service[s.ID]]
	}
	if slot >= s.Slots.Capacity || s.Quota > 0 && day >= s.Quota {
		return fmt.Errorf("is one too many: %d of %d at %s, %d of %d on the day", slot, s.Slots.Capacity, e.Slot.Format(time.RFC3339), day, s.Quota)
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
