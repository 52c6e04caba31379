package kiosk

import (
	"fmt"
	"time"
)

// Auditor checks a log, event by event: whether each was legal when it happened. It shares nothing
// with Decide but the state, so that a mistake there does not excuse itself. The zero value is
// ready for the first event of a log.
type Auditor struct {
	hall    *Hall
	numbers map[string]bool // given on the open day
	open    bool
	orderly bool // the last day was closed with a reason: older logs did not end everything first
}

// Check gives the first thing that is wrong with e, or nil, and folds it into the state.
func (a *Auditor) Check(e Event) error {
	if a.hall == nil {
		a.hall, a.numbers = NewHall(), map[string]bool{}
	}
	if err := a.check(e); err != nil {
		return fmt.Errorf("event %d (%s): %w", e.Seq, e.Type, err)
	}
	a.hall.Apply(e)
	return nil
}

// Count is the number of tickets on the open day so far.
func (a *Auditor) Count() int { return len(a.numbers) }

func (a *Auditor) check(e Event) error {
	if e.Seq != a.hall.Seq()+1 {
		return fmt.Errorf("follows %d: the log has a gap", a.hall.Seq())
	}
	if e.At.Before(a.hall.At()) {
		return fmt.Errorf("is at %s, before the event ahead of it", e.At.Format(time.RFC3339Nano))
	}
	if err := paperless(e); err != nil {
		return err
	}
	switch e.Type {
	case DayOpened:
		return a.dayOpened(e)
	case ClockStepped, ClockSet:
		return a.clock(e)
	case HallChanged:
		return a.hallChanged(e)
	case PagePrinted:
		return page(e)
	case PaperIsChanged:
		return newRoll(e)
	case AppointmentBooked:
		return a.booked(e)
	case AppointmentCancelled:
		return a.unbooked(e)
	}
	if e.Type.IsNote() {
		return note(e)
	}
	if !a.open {
		return fmt.Errorf("no business day is open")
	}
	switch e.Type {
	case DayClosed:
		return a.dayClosed(e)
	case TicketTaken:
		return a.taken(e)
	case CounterOpened, CounterClosed, CounterPaused, CounterResumed:
		return a.counter(e)
	case CounterHandedOver, CounterHelp, CounterHelped:
		return a.desk(e)
	default:
		return a.ticket(e)
	}
}

func (s *Setup) validOrMissing() error {
	if s == nil {
		return fmt.Errorf("has no setup")
	}
	return s.Validate()
}

// hallChanged checks that the change left everything in its place that was at work.
func (a *Auditor) hallChanged(e Event) error {
	if err := e.Setup.validOrMissing(); err != nil {
		return err
	}
	for _, c := range a.hall.Counters() {
		if c.State != CounterIsClosed && e.Setup.Counter(c.ID) == nil {
			return fmt.Errorf("takes counter %s away, which is %s", c.ID, c.State)
		}
	}
	if e.Of >= e.Seq {
		return fmt.Errorf("takes back event %d, which comes later", e.Of)
	}
	if id := a.hall.needs(e.Setup); id != "" {
		return fmt.Errorf("takes service %q away, which tickets or appointments are for", id)
	}
	return nil
}

func (a *Auditor) counter(e Event) error {
	c, ok := a.hall.Counter(e.Counter)
	if !ok {
		return fmt.Errorf("there is no counter %q", e.Counter)
	}
	from := map[EventType]CounterMode{
		CounterOpened: CounterIsClosed, CounterPaused: CounterIsOpen, CounterResumed: CounterIsPaused, CounterClosed: c.State,
	}[e.Type]
	if c.State != from || (e.Type == CounterClosed && c.State == CounterIsClosed) {
		return fmt.Errorf("counter %s is %s", e.Counter, c.State)
	}
	if e.Type == CounterClosed && c.InHand != "" {
		return fmt.Errorf("counter %s has a ticket in hand", e.Counter)
	}
	return nil
}
