package kiosk

import (
	"slices"
	"time"
)

// Trips is the fold of a business day's events that its [Totals] and the reports are made of: what every
// ticket went through, and who and what the hall had by then. Make it with [NewTrips]. It is for one
// goroutine.
type Trips struct {
	Day      string // YYYY-MM-DD; empty before its day.opened
	All      []*Trip
	Services []Service // of the last setup, and behind them those that it has no longer
	Counters []Counter // the same
	Users    []User    // the same

	byToken map[string]*Trip
	suspect bool // the clock is
	zone    *time.Location
}

// NewTrips gives the trips of a day before its first event.
func NewTrips() *Trips { return &Trips{byToken: map[string]*Trip{}, zone: time.UTC} }

// Add takes the next event of the day in, in order, from its day.opened on. More than a day's are not for it.
func (d *Trips) Add(e *Event) {
	switch e.Type {
	case DayOpened:
		d.Day = e.Day
		d.know(e.Setup)
	case HallChanged:
		d.know(e.Setup)
	case ClockStepped, ClockSet:
		d.suspect = e.Type == ClockStepped && e.Reason != "" // as in Apply
		if leap(e) {
			d.forget()
		}
	case TicketTaken:
		t := newTrip(e, d.suspect, d.zone)
		d.All = append(d.All, t)
		d.byToken[e.Ticket] = t
	default:
		if t := d.byToken[e.Ticket]; t != nil {
			t.follow(e, d.suspect)
		}
	}
}

func (d *Trips) know(s *Setup) {
	gone := slices.DeleteFunc(d.Services, func(x Service) bool { return s.Service(x.ID) != nil })
	d.Services = slices.Concat(s.Services, gone)
	left := slices.DeleteFunc(d.Counters, func(x Counter) bool { return s.Counter(x.ID) != nil })
	d.Counters = slices.Concat(s.Counters, left)
	fled := slices.DeleteFunc(d.Users, func(x User) bool { return s.User(x.ID) != nil })
	d.Users = slices.Concat(s.Users, fled)
	d.zone = time.UTC
	if zone, err := time.LoadLocation(s.TimeZone); err == nil {
		d.zone = zone
	}
}

// forget drops what was told to those who still wait for their first call.
func (d *Trips) forget() {
	for _, t := range d.All {
		if !t.met {
			t.Told = nil
		}
	}
}

// LoggedDay is where a business day stands in the log.
type LoggedDay struct {
	Day   string // YYYY-MM-DD
	First uint64 // seq of its day.opened
	Last  uint64 // seq of its day.closed; 0 while it is open
}
