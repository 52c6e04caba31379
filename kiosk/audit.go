package kiosk

import (
	"fmt"
	"slices"
	"time"
)

// Auditor checks a log, event by event: whether each was legal when it happened. It shares nothing
// with Decide but the state, so that a mistake there does not excuse itself. The zero value is
// ready for the first event of a log.
type Auditor struct {
	hall    *Hall
	numbers map[string]bool // given on the open day
	open    bool
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
	switch e.Type {
	case DayOpened:
		return a.dayOpened(e)
	case ClockStepped:
		return nil
	}
	if !a.open && e.Type != HallChanged {
		return fmt.Errorf("no business day is open")
	}
	switch e.Type {
	case DayClosed:
		if e.Day != a.hall.Day() {
			return fmt.Errorf("closes %q while %q is open", e.Day, a.hall.Day())
		}
		a.open = false
	case HallChanged:
		return e.Setup.validOrMissing()
	case TicketTaken:
		return a.taken(e)
	case CounterOpened, CounterClosed, CounterPaused, CounterResumed:
		return a.counter(e)
	default:
		return a.ticket(e)
	}
	return nil
}

func (s *Setup) validOrMissing() error {
	if s == nil {
		return fmt.Errorf("has no setup")
	}
	return s.Validate()
}

func (a *Auditor) dayOpened(e Event) error {
	if a.open {
		return fmt.Errorf("%s is still open", a.hall.Day())
	}
	if e.Day <= a.hall.Day() {
		return fmt.Errorf("opens %q, not after %q", e.Day, a.hall.Day())
	}
	a.open = true
	clear(a.numbers)
	return e.Setup.validOrMissing()
}

func (a *Auditor) taken(e Event) error {
	switch {
	case e.Ticket == "" || e.Number == "":
		return fmt.Errorf("has no token or no number")
	case a.numbers[e.Number]:
		return fmt.Errorf("number %s is given twice on %s", e.Number, a.hall.Day())
	case a.hall.Ticket(e.Ticket) != nil:
		return fmt.Errorf("token of %s is given twice", e.Number)
	case a.hall.Setup().Service(e.Service) == nil:
		return fmt.Errorf("there is no service %q", e.Service)
	}
	a.numbers[e.Number] = true
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

// legalFrom is the state machine of a ticket: which states an event may find it in.
var legalFrom = map[EventType][]State{
	TicketCalled:      {Waiting, Held, NoShow},
	TicketRecalled:    {Called},
	TicketFinished:    {Called},
	TicketNoShow:      {Called},
	TicketReopened:    {Finished, NoShow},
	TicketHeld:        {Called},
	TicketTransferred: {Called},
	TicketCancelled:   {Waiting, Held},
	TicketRated:       {Finished},
	TicketPriority:    {Waiting, Held, Called},
	PrintQueued:       {Waiting, Called, Held, Finished, NoShow, Cancelled},
	PrintSending:      {Waiting, Called, Held, Finished, NoShow, Cancelled},
	PrintDone:         {Waiting, Called, Held, Finished, NoShow, Cancelled},
	PrintFailed:       {Waiting, Called, Held, Finished, NoShow, Cancelled},
}

func (a *Auditor) ticket(e Event) error {
	states, known := legalFrom[e.Type]
	if !known {
		return fmt.Errorf("is of an unknown type")
	}
	t := a.hall.Ticket(e.Ticket)
	if t == nil || t.Number != e.Number {
		return fmt.Errorf("is about ticket %q, which today does not have", e.Number)
	}
	if !slices.Contains(states, t.State) {
		return fmt.Errorf("%s is %s", t.Number, t.State)
	}
	if e.Counter != "" {
		return a.atCounter(t, e)
	}
	return nil
}

// atCounter checks "one citizen, one call": a counter has one ticket in hand, and only that one.
func (a *Auditor) atCounter(t *Ticket, e Event) error {
	c, ok := a.hall.Counter(e.Counter)
	if !ok || c.State == CounterIsClosed {
		return fmt.Errorf("counter %q is not open", e.Counter)
	}
	want := t.Token
	if e.Type == TicketCalled || e.Type == TicketReopened {
		want = ""
	}
	if c.InHand != want {
		return fmt.Errorf("counter %s has another ticket in hand", e.Counter)
	}
	if e.Type == TicketTransferred && a.hall.Setup().Service(e.Service) == nil {
		return fmt.Errorf("there is no service %q", e.Service)
	}
	return nil
}
