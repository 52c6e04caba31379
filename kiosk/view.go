package kiosk

import (
	"iter"
	"slices"
	"sync"
	"time"
)

// View is the hall as it stood after one commit. It is immutable and may be kept and read by any
// number of goroutines.
type View struct {
	seq      uint64
	at       time.Time // of the last event
	day      string
	dayFirst uint64
	plan     *plan
	pool     Pool
	held     []*Ticket
	jobs     []*Ticket
	counters []CounterState
	tickets  table
	taken    []int // tickets taken today by index of the service
	recent   []*Call
	booked   []*Appointment // those still to come and those of the open day, by slot and code
	gone     []*Appointment // those that were cancelled since the day opened
	rolls    []Roll         // in the printers, by their names
	suspect  bool           // the clock is
	doubted  time.Time      // since when; zero while it is not
	offset   time.Duration  // what staff corrected of the PC's clock last
	closed   bool           // the business day is, and no new one is open yet
	tokens   *sync.Map      // token -> Ord; append-only within a day, shared by the day's views
	ranks    ranks          // by index of the service; empty in a hall that is no published view
}

// Call is one line of the recent calls.
type Call struct {
	Seq     uint64    `json:"seq"`
	Number  string    `json:"number"`
	Service string    `json:"service"`
	Counter string    `json:"counter"`
	At      time.Time `json:"at"`
}

// Seq is the sequence number of the last event that the view contains.
func (v *View) Seq() uint64 { return v.seq }

// At is the time of that event.
func (v *View) At() time.Time { return v.at }

// Day is the business day, YYYY-MM-DD, or empty before the first.
func (v *View) Day() string { return v.day }

// DayFirst is the Seq of the day.opened that began the business day.
func (v *View) DayFirst() uint64 { return v.dayFirst }

// Setup is the hall's description; do not change it.
func (v *View) Setup() *Setup { return v.plan.setup }

// SetupSeq is the Seq of the event that carried the setup: the version of it.
func (v *View) SetupSeq() uint64 { return v.plan.seq }

// Location is the hall's time zone.
func (v *View) Location() *time.Location { return v.plan.zone }

// Appointments gives the appointments of the open day and those still to come, in order of their
// slots; do not change them.
func (v *View) Appointments() []*Appointment { return v.booked }

// ClockSuspect reports whether the PC's clock is in doubt: then no time is shown or printed, and
// staff are asked what day it is.
func (v *View) ClockSuspect() bool { return v.suspect }

// DayClosed reports whether the business day has been closed and no new one is open yet.
func (v *View) DayClosed() bool { return v.closed }

// Pool is who can be called.
func (v *View) Pool() Pool { return v.pool }

// Held gives the tickets on hold, longest first.
func (v *View) Held() []*Ticket { return v.held }

// PrintJobs gives the tickets whose paper is queued or being sent, in order of issue.
func (v *View) PrintJobs() []*Ticket { return v.jobs }

// RecentCalls gives the last calls, newest first, each ticket once.
func (v *View) RecentCalls() (out []Call) {
	for _, c := range v.recent[:min(recentCalls, len(v.recent))] {
		out = append(out, *c)
	}
	return out
}

// CallsOf gives the last calls of these counters, of all where there are none, in the same order; in the hall's
// time zone. Six of each counter are known, where there were so many, less those that were called elsewhere since.
func (v *View) CallsOf(counters []string) []Call {
	out := []Call{}
	for _, c := range v.recent {
		if len(out) < recentCalls && (len(counters) == 0 || slices.Contains(counters, c.Counter)) {
			out = append(out, *c)
			out[len(out)-1].At = c.At.In(v.Location())
		}
	}
	return out
}

// Ticket gives the ticket with this token, or nil when today has none.
func (v *View) Ticket(token string) *Ticket {
	if ord, ok := v.tokens.Load(token); ok {
		return v.tickets.at(ord.(int)) // nil while the taking is newer than this view
	}
	return nil
}

// Tickets gives the day's tickets in order of issue.
func (v *View) Tickets() iter.Seq[*Ticket] {
	return func(yield func(*Ticket) bool) {
		for i := range v.tickets.n {
			if !yield(v.tickets.at(i)) {
				return
			}
		}
	}
}

// Count is the number of tickets taken today.
func (v *View) Count() int { return v.tickets.n }

// WaitingIn is the number of tickets that wait for the service, those bound to a counter included.
func (v *View) WaitingIn(service string) int {
	i, ok := v.plan.service[service]
	if !ok {
		return 0
	}
	n := len(v.pool.queues[i])
	for _, t := range v.pool.bound {
		if t.Service == service {
			n++
		}
	}
	return n
}

// Waiting gives all waiting tickets in calling order.
func (v *View) Waiting() []*Ticket {
	out := make([]*Ticket, 0, v.pool.Len())
	out = append(out, v.pool.bound...)
	for _, q := range v.pool.queues {
		out = append(out, q...)
	}
	sortTickets(out)
	return out
}
