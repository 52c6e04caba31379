package kiosk

import (
	"slices"
	"sync"
)

// Hall is the one place where the queue changes. It is not safe for concurrent use: one [Owner]
// holds it, and everybody else reads the views that the owner publishes.
type Hall struct {
	View                     // the current state; its parts are immutable and shared with published views
	last    map[string]int   // last running number given today, by prefix
	written map[string]bool  // numbers written by hand and entered today
	keys    map[string]asked // by device and idempotency key
	own     bool             // the list of the counters has been copied since the last snapshot
}

// asked is a request that has been fulfilled: what it was, and the token that it was given.
type asked struct{ fingerprint, token string }

// answered gives the answer to a request with a key that was used before on this day, if it was.
func (h *Hall) answered(device, key, fingerprint string) (Decision, bool, error) {
	old, ok := h.keys[keyOf(device, key)]
	switch {
	case !ok || key == "":
		return Decision{}, false, nil
	case old.fingerprint != fingerprint:
		return Decision{}, true, ErrKeyReused
	}
	return Decision{Token: old.token, Repeat: true}, true, nil
}

// remembers notes what an event with an idempotency key answered.
func (h *Hall) remembers(e Event, token string) {
	if e.Key != "" {
		h.keys[keyOf(e.Device, e.Key)] = asked{e.Fingerprint, token}
	}
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
	h.own = false
	v := h.View
	v.ranks = newRanks(len(v.plan.setup.Services))
	return &v
}

// clear forgets the day: tickets, numbers, keys; all counters are closed.
func (h *Hall) clear() {
	n := len(h.plan.setup.Services)
	h.pool = Pool{lines{queues: make([][]*Ticket, n)}}
	h.held, h.jobs, h.recent = nil, nil, nil
	h.tickets, h.tokens = table{}, &sync.Map{}
	h.taken = make([]int, n)
	h.last, h.written, h.keys = map[string]int{}, map[string]bool{}, map[string]asked{}
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
		h.plan, h.day, h.dayFirst, h.closed = newPlan(e.Setup, e.Seq), e.Day, e.Seq, false
		h.clear()
		h.bring(e.Appointments)
		h.rolls = e.Rolls
		h.correct(e)
	case DayClosed:
		h.closed = true
		h.clear()
	case HallChanged:
		h.changeSetup(e)
	case TicketTaken:
		h.take(e)
	case CounterOpened, CounterClosed, CounterPaused, CounterResumed:
		h.applyCounter(e)
	case CounterHandedOver, CounterHelp, CounterHelped:
		h.applyDesk(e)
	case AppointmentBooked, AppointmentCancelled:
		h.applyAppointment(e)
	case ClockStepped, ClockSet:
		h.applyClock(e)
	case PagePrinted, PaperIsChanged:
		h.unroll(e)
	default:
		h.unroll(e)
		if t := h.Ticket(e.Ticket); t != nil {
			h.applyTicket(*t, t, e)
		}
	}
}

// usualTrail is how many events most tickets have: taken, called, finished, and those of the paper.
const usualTrail = 6

func (h *Hall) take(e Event) {
	t := &Ticket{
		Seq: e.Seq, Ord: h.tickets.n, Number: e.Number, Token: e.Ticket, Service: e.Service,
		Priority: e.Priority, CreditS: e.CreditS, Lang: e.Lang, Device: e.Device, State: Waiting,
		IssuedAt: e.At, Base: e.At, Ahead: e.Ahead, Print: e.Print, Route: e.Route, Undated: e.Undated, since: e.At.UnixMilli(),
	}
	t.Booked = e.Appointment
	if e.Appointment != "" {
		h.arrive(e.Appointment, t.Token)
	}
	if e.Slot != nil {
		t.keepSlot(*e.Slot)
	}
	if e.Written != nil {
		t.IssuedAt, t.Base, t.since, t.Written = *e.Written, *e.Written, e.Written.UnixMilli(), true
	}
	t.trail = append(make([]uint64, 0, usualTrail), e.Seq)
	t.seal()
	if e.Wait != nil {
		t.Wait = *e.Wait
	}
	if t.Print == Queued {
		t.Prints, t.PrintBy, t.PrintAsked, t.Printer = 1, e.By, e.At, e.Printer
		h.jobs = append(slices.Clip(h.jobs), t)
	}
	s := h.plan.service[e.Service]
	h.tickets = h.tickets.with(t)
	h.tokens.Store(t.Token, t.Ord)
	h.pool = h.pool.with(t, s)
	h.taken = slices.Clone(h.taken)
	h.taken[s]++
	if prefix := h.plan.setup.Services[s].Prefix; t.Written {
		h.written[t.Number] = true
	} else {
		h.last[prefix] = h.next(prefix)
	}
	h.remembers(e, t.Token)
}

func keyOf(device, key string) string { return device + "\x00" + key }
