package kiosk

import (
	"strings"
	"time"
)

// Trip is a ticket's way through a business day, as the day's events tell it. What was taken back is not
// in it: it is as it stands at the end of the events.
type Trip struct {
	Service  string // that it was taken for, wherever it went from there
	Hour     int    // of the day in the hall's zone, when the citizen got the number; below 0 where nobody knew the time
	State    State
	SentHome bool          // cancelled because the day ended
	Papers   int           // that were asked for
	Wait     time.Duration // until the first call; below 0 where that is not known, see [Sums]
	Told     *Range        // the expected wait that was printed, where the wait can be held against it; else nil
	First    Desk          // that called it first
	Last     Desk          // that finished it, or noted that nobody came, last
	Steps    []Step        // what was done for it at the counters, in order
	Stars    int           // of its rating, 1-5; 0 = none
	RatedAt  string        // id of the counter that the rating is about
	Reasons  []string      // of the rating

	credit int       // in seconds
	met    bool      // it has been called
	queued bool      // its paper waits: sent elsewhere, it is still the same
	since  time.Time // when its wait began; zero where nobody knows or it is over
	hand   stay      // how it is in hand
	ended  stay      // how it was before its last finish, step or no-show, which can be taken back
}

// Desk is a counter and who worked there; both are empty where there was none.
type Desk struct {
	Counter string // id
	User    string // id of who acted there, be it for a colleague
}

// Step is a service that a counter has finished, sent on along the ticket's route, or transferred.
type Step struct {
	Service string // that the ticket was in hand for
	Desk
	Took     time.Duration // in hand; what it was in hand before it was put on hold is in it; below 0 where that is not known
	Dossiers int
}

// stay is how long a ticket is in hand for a service.
type stay struct {
	service string
	from    time.Time     // of the last call; zero where nobody knows
	before  time.Duration // before it was put on hold; below 0 where nobody knows
}

// until gives how long the ticket has been in hand at that time; below 0 where nobody knows.
func (s stay) until(at time.Time, suspect bool) time.Duration {
	if s.before < 0 || s.from.IsZero() || suspect {
		return -1
	}
	return s.before + max(0, at.Sub(s.from))
}

// deskOf gives where the event happened.
func deskOf(e *Event) Desk {
	user, _ := strings.CutPrefix(e.By, "user:")
	return Desk{e.Counter, user}
}

// newTrip begins with the ticket.taken.
func newTrip(e *Event, suspect bool, zone *time.Location) *Trip {
	t := &Trip{Service: e.Service, State: Waiting, Hour: -1, Wait: -1, credit: e.CreditS}
	if !suspect {
		got := e.At
		if e.Written != nil {
			got = *e.Written
		}
		t.since, t.Hour = got, got.In(zone).Hour()
		if e.Slot != nil {
			t.since = later(*e.Slot, e.At)
		}
		if e.Appointment == "" && e.Written == nil {
			t.Told = e.Wait
		}
	}
	if e.Print == Queued {
		t.Papers, t.queued = 1, true
	}
	return t
}

// follow goes on with the ticket.
func (t *Trip) follow(e *Event, suspect bool) {
	switch e.Type {
	case TicketCalled:
		t.called(e, suspect)
	case TicketReopened:
		t.reopen(e)
	case TicketContinued, TicketTransferred:
		t.step(e, suspect)
		t.State = Waiting
	case TicketReturned:
		t.State = Waiting
	case TicketHeld:
		t.State, t.hand.before = Held, t.hand.until(e.At, suspect)
	case TicketFinished:
		t.step(e, suspect)
		t.State, t.Last = Finished, deskOf(e)
	case TicketNoShow:
		t.State, t.Last, t.ended = NoShow, deskOf(e), t.hand
	case TicketCancelled:
		t.State, t.SentHome = Cancelled, e.Reason == byClosing
	case TicketPriority:
		t.moved(e)
	case TicketRated:
		t.rate(e)
	case PrintQueued:
		if !t.queued {
			t.Papers++
		}
		t.queued = true
	case PrintSending, PrintFailed:
		t.queued = false
	}
}
