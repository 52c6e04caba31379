package kiosk

import (
	"fmt"
	"time"
)

func (a *Auditor) dayOpened(e Event) error {
	switch {
	case a.open:
		return fmt.Errorf("%s is still open", a.hall.Day())
	case e.Day <= a.hall.Day():
		return fmt.Errorf("opens %q, not after %q", e.Day, a.hall.Day())
	case a.hall.ClockSuspect():
		return fmt.Errorf("opens %s while nobody knows the day", e.Day)
	}
	if err := e.Setup.validOrMissing(); err != nil {
		return err
	}
	zone := newPlan(e.Setup, 0).zone
	if a.orderly && e.At.In(zone).Format(time.DateOnly) != e.Day {
		return fmt.Errorf("opens %s at %s", e.Day, e.At.In(zone))
	}
	a.open = true
	clear(a.numbers)
	if err := a.sameRolls(e); err != nil {
		return err
	}
	return a.broughtOver(e)
}

func (a *Auditor) dayClosed(e Event) error {
	if e.Day != a.hall.Day() {
		return fmt.Errorf("closes %q while %q is open", e.Day, a.hall.Day())
	}
	if e.Count != a.Count() {
		return fmt.Errorf("counts %d tickets on %s, the log has %d", e.Count, e.Day, a.Count())
	}
	a.open, a.orderly = false, e.Reason != ""
	if a.orderly {
		return a.allEnded()
	}
	return nil
}

// allEnded checks that nothing is thrown away with the day.
func (a *Auditor) allEnded() error {
	if a.hall.ClockSuspect() {
		return fmt.Errorf("closes %s while nobody knows the day", a.hall.Day())
	}
	for t := range a.hall.Tickets() {
		if t.State == Waiting || t.State == Held || t.State == Called {
			return fmt.Errorf("%s is %s at the end of the day", t.Number, t.State)
		}
	}
	for _, c := range a.hall.Counters() {
		if c.State != CounterIsClosed {
			return fmt.Errorf("counter %s is %s at the end of the day", c.ID, c.State)
		}
	}
	return nil
}

// clock checks an event about the clock. Older logs have steps without a reason, which they only noted.
func (a *Auditor) clock(e Event) error {
	if e.Type == ClockStepped {
		switch e.Reason {
		case "", clockBehind, clockAhead, clockJumped:
			return nil
		}
		return fmt.Errorf("gives %q as its reason", e.Reason)
	}
	if e.By == "" || e.By == bySystem {
		return fmt.Errorf("nobody of the staff set the clock")
	}
	return nil
}

// inHours checks that the service gave numbers at the time, which only matters while that is known.
func (a *Auditor) inHours(s *Service, e Event) error {
	setup, local := a.hall.Setup(), e.At.In(a.hall.Location())
	if a.hall.ClockSuspect() {
		return nil
	}
	if s.Closed || !setup.OpenAt(s.ID, local) {
		return fmt.Errorf("service %q was closed at %s", s.ID, local.Format(time.DateTime))
	}
	return nil
}
