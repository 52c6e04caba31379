package kiosk

import (
	"fmt"
	"slices"
)

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
	from := e.Service
	if e.Type == TicketTransferred {
		from = e.FromService
	}
	if from != "" && from != t.Service {
		return fmt.Errorf("%s is for %q, not for %q", t.Number, t.Service, from)
	}
	switch e.Type {
	case TicketCalled, TicketRecalled, TicketFinished, TicketNoShow, TicketReopened, TicketHeld, TicketTransferred:
		return a.atCounter(t, e)
	case PrintQueued, PrintSending, PrintDone, PrintFailed:
		if pending := t.Print == Queued || t.Print == Sending; pending == (e.Type == PrintQueued) {
			return fmt.Errorf("the paper of %s is %s", t.Number, t.Print)
		}
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
	switch e.Type {
	case TicketReopened:
		if c.Ended != t.Token || t.Counter != e.Counter {
			return fmt.Errorf("counter %q did not end %s last", e.Counter, t.Number)
		}
	case TicketTransferred:
		return a.transferred(e)
	}
	return nil
}

func (a *Auditor) transferred(e Event) error {
	if a.hall.Setup().Service(e.Service) == nil {
		return fmt.Errorf("there is no service %q", e.Service)
	}
	if e.ToCounter == "" {
		return nil
	}
	if c, ok := a.hall.Counter(e.ToCounter); !ok || c.State == CounterIsClosed {
		return fmt.Errorf("counter %q is not open", e.ToCounter)
	}
	return nil
}
