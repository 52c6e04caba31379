package forecast

import (
	"math"
	"slices"
	"time"

	"layso/kiosk"
)

// ledger is what the reader has made of the log so far. It is JSON for keeping: who loads it and
// follows the log from there has the same as who has followed it all along.
type ledger struct {
	Version  int                    `json:"version"`
	Model    *Model                 `json:"model"`
	Lines    map[string]*Estimators `json:"lines"`    // by service
	Today    Scores                 `json:"today"`    // of the open day
	Tickets  map[string]*follow     `json:"tickets"`  // that wait, are in hand, on hold or missed
	Counters map[string]*place      `json:"counters"` // that are open or paused, and those that may undo

	setup   *kiosk.Setup
	zone    *time.Location
	closed  func(Scores)        // told of every day that ends
	waiting map[string]*waiters // by service
}

// ledgerVersion is what this layso writes; others are dropped.
const ledgerVersion = 1

// follow is a ticket under way.
type follow struct {
	Groups
	CreditS int           `json:"credit_s"`
	At      string        `json:"at"` // the service that it waits for or has now
	State   kiosk.State   `json:"state"`
	Issued  time.Time     `json:"issued"`
	Since   time.Time     `json:"since"`          // when it began to wait, for this service
	Told    *Told         `json:"told,omitempty"` // nil: its wait does not count, or has been counted
	Called  time.Time     `json:"called"`         // zero: when is not known
	Spent   time.Duration `json:"spent"`          // at counters before, for this service
	Again   bool          `json:"again"`          // it has been called before
	Undated bool          `json:"undated"`        // taken while the clock was suspect
}

// place is a counter.
type place struct {
	Open   bool      `json:"open"`
	Worked bool      `json:"worked"`  // today
	Paused time.Time `json:"paused"`  // since when; zero: it is not
	InHand string    `json:"in_hand"` // token
	Done   *done     `json:"done,omitempty"`
}

// done is how the last ticket left the counter. It is learned when the next one is called there: until
// then it can be taken back.
type done struct {
	Token  string        `json:"token"`
	Ticket follow        `json:"ticket"` // as it was in hand
	Took   time.Duration `json:"took"`   // 0: no service
	Missed bool          `json:"missed"`
	Left   time.Time     `json:"left"` // zero: the counter has had a break since
}

func newLedger() *ledger {
	return &ledger{
		Version: ledgerVersion, Model: NewModel(), Lines: map[string]*Estimators{},
		Tickets: map[string]*follow{}, Counters: map[string]*place{}, setup: &kiosk.Setup{}, zone: time.UTC,
	}
}

// know says what the hall looks like from here on.
func (l *ledger) know(setup *kiosk.Setup) {
	l.setup, l.zone = setup, time.UTC
	if zone, err := time.LoadLocation(setup.TimeZone); err == nil {
		l.zone = zone
	}
}

// learn takes one event in.
func (l *ledger) learn(e kiosk.Event) {
	before := l.wish(e.Ticket)
	defer func() { l.moved(e.Ticket, before) }()
	switch e.Type {
	case kiosk.DayOpened:
		l.endDay()
		l.know(e.Setup)
		l.Today.Day = e.Day
	case kiosk.DayClosed:
		l.endDay()
	case kiosk.HallChanged:
		l.know(e.Setup)
	case kiosk.ClockSet, kiosk.ClockStepped:
		l.clock(e)
	case kiosk.CounterOpened, kiosk.CounterClosed, kiosk.CounterPaused, kiosk.CounterResumed:
		l.counter(e)
	case kiosk.TicketTaken:
		l.taken(e)
	default:
		if t := l.Tickets[e.Ticket]; t != nil || e.Type == kiosk.TicketReopened {
			l.ticket(e, t)
		}
	}
}

// endDay ends the open day, if any.
func (l *ledger) endDay() {
	for _, p := range l.Counters {
		l.settle(p)
	}
	for _, t := range l.Tickets {
		l.left(t)
	}
	if l.Today.Day != "" {
		l.staffed()
		l.Model.EndDay()
		l.Today.Factor = l.Model.Factor
		if l.closed != nil {
			l.closed(l.Today)
		}
	}
	l.Today = Scores{}
	clear(l.Tickets)
	clear(l.Counters)
	l.count()
}

// staffed learns which counters worked, on a day on which any did.
func (l *ledger) staffed() {
	worked := func(c string) bool { return l.Counters[c] != nil && l.Counters[c].Worked }
	if slices.ContainsFunc(l.setup.Counters, func(c kiosk.Counter) bool { return worked(c.ID) }) {
		for _, c := range l.setup.Counters {
			l.Model.Worked(c.ID, worked(c.ID))
		}
	}
}

// clock takes from all that is under way what it measured, if the hall's time has jumped since: when
// staff set it, or when the program started without knowing how long it had been off. A jump of the
// PC's clock alone does not touch the hall's time.
func (l *ledger) clock(e kiosk.Event) {
	if e.Type == kiosk.ClockSet && math.Abs(e.StepS) < 2 || e.Reason == "jumped" {
		return
	}
	for _, t := range l.Tickets {
		t.Told, t.Called, t.Undated = nil, time.Time{}, true
	}
	for _, p := range l.Counters {
		p.Done = nil
	}
}

// taken notes what the ticket was told, and what the others would have said.
func (l *ledger) taken(e kiosk.Event) {
	t := &follow{
		Groups: GroupsOf(e.Service, e.CreditS, e.At.In(l.zone)), CreditS: e.CreditS, At: e.Service, State: kiosk.Waiting,
		Issued: e.At, Since: e.At, Undated: e.Undated,
	}
	if e.Written != nil { // nothing was foretold
		t.Issued, t.Since = *e.Written, *e.Written
		l.Model.Arrived(e.Service, e.CreditS, e.Written.In(l.zone))
	} else if e.Appointment == "" && !e.Undated {
		t.Told = &Told{Baseline: l.line(e.Service).Foretell(l.find(e.Service, e.At))}
		if e.Wait != nil {
			t.Told.Printed = *e.Wait
		}
		l.Model.Arrived(e.Service, e.CreditS, e.At.In(l.zone))
	}
	l.Tickets[e.Ticket] = t
}

func (l *ledger) line(service string) *Estimators {
	if l.Lines[service] == nil {
		l.Lines[service] = &Estimators{}
	}
	return l.Lines[service]
}

// find gives the service's line as a ticket finds it that is taken at this time.
func (l *ledger) find(service string, at time.Time) Line {
	var out Line
	if since, ok := l.first(service); ok {
		out.Waiting, out.Head = l.waiting[service].n, max(0, at.Sub(since))
	}
	planned := 0
	for i := range l.setup.Counters {
		c := &l.setup.Counters[i]
		if !serves(c, service) {
			continue
		}
		planned++
		if p := l.Counters[c.ID]; p != nil && p.Open && p.Paused.IsZero() {
			out.Counters++
			out.Idle = out.Idle || p.InHand == ""
		}
	}
	if out.Counters == 0 {
		out.Counters = planned
	}
	if s := l.setup.Service(service); s != nil {
		out.Mean = l.Model.Mean(service, s.MeanS)
	}
	return out
}

func serves(c *kiosk.Counter, service string) bool {
	return slices.Contains(c.Services, service) || slices.Contains(c.Assist, service)
}
