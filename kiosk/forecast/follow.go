package forecast

import (
	"time"

	"layso/kiosk"
)

// A service time outside these is none: a key pressed by mistake, a counter that was left with a
// ticket in hand.
const (
	leastService = 5 * time.Second
	mostService  = 4 * time.Hour
)

// ticket follows one ticket, nil for one that is not under way.
func (l *ledger) ticket(e kiosk.Event, t *follow) {
	switch e.Type {
	case kiosk.TicketCalled:
		l.called(e, t)
	case kiosk.TicketFinished, kiosk.TicketContinued, kiosk.TicketNoShow, kiosk.TicketHeld, kiosk.TicketTransferred:
		l.leaves(e, t)
	case kiosk.TicketReopened:
		l.reopened(e)
	case kiosk.TicketReturned:
		t.State, t.Since = kiosk.Waiting, e.At
	case kiosk.TicketPriority:
		if t.CreditS != e.CreditS { // it stands elsewhere than it was told
			t.Told = nil
		}
	case kiosk.TicketCancelled:
		l.left(t)
		delete(l.Tickets, e.Ticket)
	}
}

// called scores the first call of a ticket, unless a clerk chose it.
func (l *ledger) called(e kiosk.Event, t *follow) {
	p := l.place(e.Counter)
	if d := p.Done; d != nil && !d.Left.IsZero() && e.From == kiosk.Waiting && !t.Since.After(d.Left) {
		l.Model.Between(e.At.Sub(d.Left))
	}
	l.settle(p)
	p.InHand = e.Ticket
	if e.From == kiosk.Waiting && e.Reason == "" && !t.Undated {
		l.line(t.At).Called(e.At.Sub(t.Since))
		if t.Told != nil {
			wait := e.At.Sub(t.Issued)
			l.Model.Scored(wait, t.Told.Printed)
			l.Today.Add(t.Groups, *t.Told, wait)
		}
	}
	t.State, t.Called, t.Told = kiosk.Called, e.At, nil
}

// leaves follows a ticket that leaves the counter.
func (l *ledger) leaves(e kiosk.Event, t *follow) {
	p := l.place(e.Counter)
	d := &done{Token: e.Ticket, Ticket: *t, Missed: e.Type == kiosk.TicketNoShow, Left: e.At}
	if !t.Called.IsZero() {
		d.Took = e.At.Sub(t.Called)
		if !p.Paused.IsZero() {
			d.Took -= e.At.Sub(p.Paused)
		}
	}
	p.InHand, p.Done = "", d
	again := *t
	again.Again, again.Called = true, time.Time{}
	switch e.Type {
	case kiosk.TicketFinished:
		d.Took += t.Spent
		delete(l.Tickets, e.Ticket)
		return
	case kiosk.TicketNoShow:
		again.State = kiosk.NoShow
	case kiosk.TicketHeld:
		again.State, again.Spent = kiosk.Held, t.Spent+d.Took
		p.Done = nil // not over
		l.came(&d.Ticket)
	case kiosk.TicketContinued:
		d.Took += t.Spent
		again.State, again.Spent, again.At, again.Since = kiosk.Waiting, 0, e.Service, e.At
	case kiosk.TicketTransferred:
		d.Took += t.Spent
		again.State, again.Spent, again.Since = kiosk.Waiting, 0, e.At
		if e.Service == t.At { // to another counter: not over
			again.Spent, p.Done = d.Took, nil
			l.came(&d.Ticket)
		}
		again.At = e.Service
	}
	l.Tickets[e.Ticket] = &again
}

// reopened takes a finish, a step of a route or a no-show back, as if it had not been.
func (l *ledger) reopened(e kiosk.Event) {
	p := l.place(e.Counter)
	p.InHand = e.Ticket
	if d := p.Done; d != nil && d.Token == e.Ticket {
		t := d.Ticket
		l.Tickets[e.Ticket] = &t
		p.Done = nil
		return
	}
	// Another one was here since, so what it took has been learnt: it goes on without times.
	t := follow{At: e.Service, State: kiosk.Called, Again: true, Undated: true}
	if old := l.Tickets[e.Ticket]; old != nil {
		t = *old
		t.State, t.At, t.Called = kiosk.Called, e.Service, time.Time{}
	}
	l.Tickets[e.Ticket] = &t
}

// settle learns from what is done at the counter and can't be taken back any more.
func (l *ledger) settle(p *place) {
	d := p.Done
	if d == nil {
		return
	}
	p.Done = nil
	t := &d.Ticket
	if d.Missed {
		if d.Took > 0 {
			l.Model.WaitedFor(d.Took)
		}
		if !t.Again {
			l.Model.Missed(t.At, true)
		}
		return
	}
	l.came(t)
	l.served(t.At, d.Took)
}

// came learns that somebody came to a first call.
func (l *ledger) came(t *follow) {
	if !t.Again {
		l.Model.Missed(t.At, false)
	}
}

func (l *ledger) served(service string, took time.Duration) {
	if took >= leastService && took <= mostService {
		l.Model.Served(service, took)
	}
}

// left learns from a ticket that ends without being finished how long it has been at counters.
func (l *ledger) left(t *follow) {
	if t.Spent > 0 {
		l.served(t.At, t.Spent)
	}
}

func (l *ledger) place(counter string) *place {
	p := l.Counters[counter]
	if p == nil {
		p = &place{Open: true, Worked: true} // opened before the log that was read
		l.Counters[counter] = p
	}
	return p
}

// counter follows a counter. A pause takes nothing off the time of a ticket in hand but its length.
func (l *ledger) counter(e kiosk.Event) {
	p := l.place(e.Counter)
	switch e.Type {
	case kiosk.CounterOpened, kiosk.CounterResumed:
		if t := l.Tickets[p.InHand]; t != nil && !p.Paused.IsZero() && !t.Called.IsZero() {
			t.Called = t.Called.Add(e.At.Sub(p.Paused))
		}
		p.Open, p.Worked, p.Paused = true, true, time.Time{}
	case kiosk.CounterPaused:
		p.Paused = e.At
		if p.Done != nil {
			p.Done.Left = time.Time{}
		}
	case kiosk.CounterClosed:
		l.settle(p)
		p.Open, p.Paused = false, time.Time{}
	}
}
