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
	TicketContinued:   {Called},
	TicketReopened:    {Finished, NoShow, Waiting},
	TicketReturned:    {NoShow, Held},
	TicketHeld:        {Called},
	TicketTransferred: {Called},
	TicketCancelled:   {Waiting, Held, NoShow},
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
	if from, is := before(t, e); from != "" && from != is {
		return fmt.Errorf("%s is for %q, not for %q", t.Number, is, from)
	}
	switch e.Type {
	case TicketCalled, TicketRecalled, TicketFinished, TicketContinued, TicketNoShow, TicketReopened, TicketHeld, TicketTransferred:
		return a.atCounter(t, e)
	case TicketReturned:
		return returned(t, e)
	case TicketCancelled:
		if (e.Reason == byClosing) != (e.By == bySystem) {
			return fmt.Errorf("%s is cancelled by %s for %q", t.Number, e.By, e.Reason)
		}
	case TicketRated:
		if e.Counter != "" && e.Counter != t.Counter {
			return fmt.Errorf("%s was finished at counter %q, not at %q", t.Number, t.Counter, e.Counter)
		}
	case TicketPriority:
		if e.Priority == t.Priority && e.CreditS == t.CreditS {
			return nil // confirmed
		}
		return a.credit(e, t.floor())
	case PrintQueued, PrintSending, PrintDone, PrintFailed:
		return printed(t, e)
	}
	return nil
}

// before gives the service that the event says the ticket was for, and the one that it was for.
func before(t *Ticket, e Event) (says, is string) {
	switch {
	case e.Type == TicketTransferred || e.Type == TicketContinued:
		return e.FromService, t.Service
	case e.Type == TicketReopened && t.State == Waiting:
		return e.Service, t.left.service
	}
	return e.Service, t.Service
}

// returned checks that nobody gets ahead by coming back.
func returned(t *Ticket, e Event) error {
	switch {
	case e.From != t.State:
		return fmt.Errorf("%s is %s, not %s", t.Number, t.State, e.From)
	case e.Base == nil || !e.Base.Equal(e.At.Add(-ReturnCredit)):
		return fmt.Errorf("%s does not return to %s before", t.Number, ReturnCredit)
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
		here := t.Counter
		if t.State == Waiting {
			here = t.left.counter
		}
		if c.Ended != t.Token || here != e.Counter {
			return fmt.Errorf("counter %q did not end %s last", e.Counter, t.Number)
		}
	case TicketFinished:
		if len(t.Route) > 0 {
			return fmt.Errorf("%s still has to go to %q", t.Number, t.Route)
		}
	case TicketContinued:
		if len(t.Route) == 0 || e.Service != t.Route[0] || !slices.Equal(e.Route, t.Route[1:]) {
			return fmt.Errorf("%s goes on to %q and %q, its route is %q", t.Number, e.Service, e.Route, t.Route)
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
