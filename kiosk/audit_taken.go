package kiosk

import (
	"fmt"
	"slices"
	"time"
)

func (a *Auditor) taken(e Event) error {
	s := a.hall.Setup().Service(e.Service)
	switch {
	case e.Ticket == "" || e.Number == "":
		return fmt.Errorf("has no token or no number")
	case a.numbers[e.Number]:
		return fmt.Errorf("number %s is given twice on %s", e.Number, a.hall.Day())
	case a.hall.Ticket(e.Ticket) != nil:
		return fmt.Errorf("token of %s is given twice", e.Number)
	case s == nil:
		return fmt.Errorf("there is no service %q", e.Service)
	case e.Undated != a.hall.ClockSuspect():
		return fmt.Errorf("is dated, or not, against what is known of the clock")
	case !wanted(e):
		return fmt.Errorf("wants its paper %q from printer %q", e.Print, e.Printer)
	}
	if err := a.route(e.Service, e.Route); err != nil {
		return err
	}
	if err := a.place(s, e); err != nil {
		return err
	}
	if err := a.running(s, e); err != nil {
		return err
	}
	a.numbers[e.Number] = true
	return nil
}

// route checks the services that come after the first: known, none twice.
func (a *Auditor) route(service string, route []string) error {
	for i, id := range route {
		if i == maxRoute || a.hall.Setup().Service(id) == nil || id == service || slices.Contains(route[:i], id) {
			return fmt.Errorf("has the route %q after %q", route, service)
		}
	}
	return nil
}

// place checks that the day's quota had a place for the ticket, or that it came with an appointment.
func (a *Auditor) place(s *Service, e Event) error {
	if e.Appointment != "" {
		return a.arrived(e)
	}
	if e.Slot != nil {
		return fmt.Errorf("has a slot and no appointment")
	}
	if err := a.credit(e, 0); err != nil || e.Written != nil {
		return err
	}
	if err := a.inHours(s, e); err != nil {
		return err
	}
	if used := a.hall.taken[a.hall.plan.service[s.ID]] + a.stillToCome(s.ID); s.Quota > 0 && used >= s.Quota {
		return fmt.Errorf("is number %d of service %q, whose quota is %d", used+1, s.ID, s.Quota)
	}
	return nil
}

// running checks that the number is the next of the running ones, or was written by hand: the running ones
// then pass over it.
func (a *Auditor) running(s *Service, e Event) error {
	if e.Written == nil {
		if next := number(s.Prefix, a.hall.next(s.Prefix)); e.Number != next {
			return fmt.Errorf("%s is given, and %s comes next", e.Number, next)
		}
		return nil
	}
	n, ok := handwritten(s.Prefix, e.Number)
	switch {
	case !ok || n <= a.hall.last[s.Prefix] || e.Print != PrintOff || e.Appointment != "" || e.Wait != nil || len(e.Route) > 0:
		return fmt.Errorf("%s was not written by hand", e.Number)
	case a.hall.ClockSuspect():
		return fmt.Errorf("%s was written at a time that nobody knows", e.Number)
	case e.Written.After(e.At) || a.hall.date(*e.Written) != a.hall.Day():
		return fmt.Errorf("%s was written at %s", e.Number, e.Written.Format(time.RFC3339))
	}
	return nil
}

// stillToCome counts the appointments of the open day that hold a place of the quota.
func (a *Auditor) stillToCome(service string) int {
	n := 0
	for _, x := range a.hall.Appointments() {
		if x.Service == service && x.Ticket == "" && a.hall.date(x.Slot) == a.hall.Day() {
			n++
		}
	}
	return n
}

// live gives the appointment that the event is about, when it is as the event says and nobody has
// arrived with it.
func (a *Auditor) live(e Event) (*Appointment, error) {
	for _, x := range a.hall.Appointments() {
		switch {
		case x.Token != e.Appointment:
		case x.Service != e.Service:
			return nil, fmt.Errorf("is for %q, the appointment for %q", e.Service, x.Service)
		case e.Slot != nil && !x.Slot.Equal(*e.Slot):
			return nil, fmt.Errorf("is for the slot %s, the appointment for %s", e.Slot.Format(time.RFC3339), x.Slot.Format(time.RFC3339))
		case x.Ticket != "":
			return nil, fmt.Errorf("the appointment has become a ticket already")
		default:
			return x, nil
		}
	}
	return nil, fmt.Errorf("there is no such appointment")
}

// arrived checks a check-in: once, on its day, and with the seniority that the time of arrival gives.
func (a *Auditor) arrived(e Event) error {
	x, err := a.live(e)
	if err != nil {
		return err
	}
	credit, until := SlotCredit, x.Slot.Add(SlotLate)
	if e.Slot == nil {
		credit = LateCredit
	}
	switch {
	case a.hall.date(x.Slot) > a.hall.Day():
		return fmt.Errorf("is of %s, the appointment of %s", a.hall.Day(), a.hall.date(x.Slot))
	case e.At.Before(x.Slot.Add(-SlotEarly)) && !a.hall.ClockSuspect():
		return fmt.Errorf("comes too early for %s", x.Slot.Format(time.RFC3339))
	case (e.Slot == nil) != e.At.After(until):
		return fmt.Errorf("at %s keeps or misses the slot %s wrongly", e.At.Format(time.RFC3339), x.Slot.Format(time.RFC3339))
	}
	return a.credit(e, int(credit.Seconds()))
}

// credit checks that the event gives the credit of its priority, or that of an appointment where this
// is larger.
func (a *Auditor) credit(e Event, least int) error {
	p := a.hall.Setup().Priority(e.Priority)
	switch {
	case p != nil:
		least = max(least, p.CreditS)
	case e.Priority != "":
		return fmt.Errorf("there is no priority %q", e.Priority)
	}
	if e.CreditS != least {
		return fmt.Errorf("gives a credit of %d s instead of %d s", e.CreditS, least)
	}
	return nil
}
