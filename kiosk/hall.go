package kiosk

import (
	"slices"
	"sync"
	"time"
)

// Hall is the one place where the queue changes. It is not safe for concurrent use: one [Owner]
// holds it, and everybody else reads the views that the owner publishes.
type Hall struct {
	View                // the current state; its parts are immutable and shared with published views
	last map[string]int // last running number given today, by prefix
	keys map[string]int // device and idempotency key -> Ord
	asks map[int]string // Ord -> fingerprint of the request that its key stands for
}

// NewHall gives the hall before its first event.
func NewHall() *Hall {
	h := &Hall{}
	h.plan = newPlan(&Setup{TimeZone: "UTC"}, 0)
	h.clear()
	return h
}

// Snapshot gives the immutable view of the hall as it stands.
func (h *Hall) Snapshot() *View {
	v := h.View
	return &v
}

// clear forgets the day: tickets, numbers, keys; all counters are closed.
func (h *Hall) clear() {
	n := len(h.plan.setup.Services)
	h.pool = Pool{queues: make([][]*Ticket, n)}
	h.held, h.jobs, h.recent = nil, nil, nil
	h.tickets, h.tokens = table{}, &sync.Map{}
	h.taken = make([]int, n)
	h.last, h.keys, h.asks = map[string]int{}, map[string]int{}, map[int]string{}
	h.counters = nil
	for _, c := range h.plan.setup.Counters {
		h.counters = append(h.counters, CounterState{ID: c.ID, State: CounterIsClosed})
	}
}

// Apply folds one event into the state. It cannot fail; events come from Decide or from a log
// that an [Auditor] would accept.
func (h *Hall) Apply(e Event) {
	h.seq, h.at = e.Seq, e.At
	switch e.Type {
	case DayOpened:
		h.plan, h.day, h.dayFirst = newPlan(e.Setup, e.Seq), e.Day, e.Seq
		h.clear()
	case DayClosed:
		h.clear()
	case HallChanged:
		h.changeSetup(e)
	case TicketTaken:
		h.take(e)
	case CounterOpened, CounterClosed, CounterPaused, CounterResumed:
		h.applyCounter(e)
	case ClockStepped: // for the audit trail only
	default:
		if t := h.Ticket(e.Ticket); t != nil {
			h.applyTicket(*t, t, e)
		}
	}
}

func (h *Hall) take(e Event) {
	t := &Ticket{
		Seq: e.Seq, Ord: h.tickets.n, Number: e.Number, Token: e.Ticket, Service: e.Service,
		Priority: e.Priority, CreditS: e.CreditS, Lang: e.Lang, Device: e.Device, State: Waiting,
		IssuedAt: e.At, Ahead: e.Ahead, Print: e.Print,
	}
	if e.Wait != nil {
		t.Wait = *e.Wait
	}
	if t.Print == Queued {
		t.Prints = 1
		h.jobs = append(slices.Clip(h.jobs), t)
	}
	s := h.plan.service[e.Service]
	h.tickets = h.tickets.with(t)
	h.tokens.Store(t.Token, t.Ord)
	h.pool = h.pool.with(t, s)
	h.taken = slices.Clone(h.taken)
	h.taken[s]++
	h.last[h.plan.setup.Services[s].Prefix]++
	if e.Key != "" {
		h.keys[keyOf(e.Device, e.Key)] = t.Ord
		h.asks[t.Ord] = e.Fingerprint
	}
}

func keyOf(device, key string) string { return device + "\x00" + key }

// applyTicket takes the old ticket off every list, changes the copy t, and puts that in its place.
func (h *Hall) applyTicket(t Ticket, old *Ticket, e Event) {
	change(&t, e)
	h.relist(old, &t)
	h.tickets = h.tickets.with(&t)
	switch e.Type {
	case TicketCalled:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand = t.Token
			if e.After != "" {
				c.nextFinish, c.nextResult = e.After, t.Token
			}
		})
		h.remember(e)
	case TicketRecalled:
		h.remember(e)
	case TicketFinished, TicketNoShow:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand, c.Ended = "", t.Token
			c.doneTicket, c.doneKind = t.Token, e.Type
			if e.After != "" { // a Next that found nobody else waiting
				c.nextFinish, c.nextResult = e.After, ""
			}
		})
	case TicketReopened:
		h.setCounter(e.Counter, func(c *CounterState) {
			c.InHand, c.Ended, c.nextFinish, c.nextResult, c.doneTicket = t.Token, "", "", "", ""
		})
	case TicketHeld, TicketTransferred:
		h.setCounter(e.Counter, func(c *CounterState) { c.InHand, c.doneTicket, c.doneKind = "", t.Token, e.Type })
	}
}

// change makes the ticket what the event says; lists and counters are the caller's business.
func change(t *Ticket, e Event) {
	switch e.Type {
	case TicketCalled:
		t.State, t.Counter, t.CalledAt, t.Reason, t.EndedAt = Called, e.Counter, e.At, "", time.Time{}
		t.Calls++
	case TicketRecalled:
		t.Calls++
	case TicketFinished:
		t.State, t.EndedAt, t.Dossiers = Finished, e.At, e.Count
	case TicketNoShow:
		t.State, t.EndedAt = NoShow, e.At
	case TicketReopened:
		t.State, t.EndedAt, t.Dossiers = Called, time.Time{}, 0
	case TicketHeld:
		t.State, t.Counter, t.Reason = Held, "", e.Reason
	case TicketTransferred:
		t.State, t.Service, t.Counter = Waiting, e.Service, e.ToCounter
	case TicketCancelled:
		t.State, t.EndedAt, t.Counter = Cancelled, e.At, ""
	case TicketRated:
		t.Stars = e.Stars
	case TicketPriority:
		t.Priority, t.CreditS = e.Priority, e.CreditS
	case PrintQueued:
		t.Print, t.PrintFault = Queued, ""
		t.Prints++
	case PrintSending:
		t.Print = Sending
	case PrintDone, PrintFailed:
		t.Print, t.PrintFault = e.Outcome, e.Reason
	}
}

// unlist takes t off the lists that its state puts it on.
func (h *Hall) unlist(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.without(t, h.plan.service[t.Service])
	case Held:
		h.held = dropped(h.held, t)
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = dropped(h.jobs, t)
	}
}

// list puts t on the lists that its state asks for.
func (h *Hall) list(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.with(t, h.plan.service[t.Service])
	case Held:
		h.held = append(slices.Clip(h.held), t)
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = append(slices.Clip(h.jobs), t)
		slices.SortFunc(h.jobs, func(a, b *Ticket) int { return a.Ord - b.Ord })
	}
}

// relist puts t on the lists in place of old. A ticket that stays on hold keeps its turn there.
func (h *Hall) relist(old, t *Ticket) {
	held := h.held
	h.unlist(old)
	h.list(t)
	if old.State == Held && t.State == Held {
		h.held = slices.Clone(held)
		h.held[slices.Index(held, old)] = t
	}
}

func dropped(list []*Ticket, t *Ticket) []*Ticket {
	out := make([]*Ticket, 0, len(list))
	for _, x := range list {
		if x.Token != t.Token {
			out = append(out, x)
		}
	}
	return out
}

// recentCalls is how many calls a view remembers: twice what a TV shows.
const recentCalls = 12

func (h *Hall) remember(e Event) {
	out := make([]Call, 0, recentCalls)
	out = append(out, Call{e.Seq, e.Number, e.Service, e.Counter, e.At})
	for _, c := range h.recent {
		if c.Number != e.Number && len(out) < recentCalls {
			out = append(out, c)
		}
	}
	h.recent = out
}

func (h *Hall) applyCounter(e Event) {
	h.setCounter(e.Counter, func(c *CounterState) {
		c.Since, c.Reason = e.At, e.Reason
		switch e.Type {
		case CounterOpened, CounterResumed:
			c.State, c.User = CounterIsOpen, e.User
		case CounterPaused:
			c.State, c.User = CounterIsPaused, e.User
		case CounterClosed:
			*c = CounterState{ID: c.ID, State: CounterIsClosed, Since: e.At}
		}
	})
	if e.Type == CounterClosed {
		h.unbind(e.Counter)
	}
}

// unbind sends the tickets that only this counter may call back to their services: a counter that
// closes must not keep anybody waiting for ever.
func (h *Hall) unbind(counter string) {
	for _, t := range h.pool.bound {
		if t.Counter == counter {
			free := *t
			free.Counter = ""
			h.unlist(t)
			h.list(&free)
			h.tickets = h.tickets.with(&free)
		}
	}
}

// changeSetup carries the open day over to the new setup: queues and counts follow their ids.
func (h *Hall) changeSetup(e Event) {
	old, waiting, counters, taken := h.plan, h.Waiting(), h.counters, h.taken
	h.plan = newPlan(e.Setup, e.Seq)
	h.pool = Pool{queues: make([][]*Ticket, len(e.Setup.Services))}
	for _, t := range waiting {
		h.pool = h.pool.with(t, h.plan.service[t.Service])
	}
	h.counters = nil
	for _, c := range e.Setup.Counters {
		state := CounterState{ID: c.ID, State: CounterIsClosed}
		if i, ok := old.counter[c.ID]; ok {
			state = counters[i]
		}
		h.counters = append(h.counters, state)
	}
	h.taken = make([]int, len(e.Setup.Services))
	for i, s := range e.Setup.Services {
		if k, ok := old.service[s.ID]; ok {
			h.taken[i] = taken[k]
		}
	}
}
