package kiosk

import (
	"slices"
	"time"
)

// searchDays bounds the search for the next opening: no office closes for longer.
const searchDays = 62

// ClosedOn gives the closed day of this date, YYYY-MM-DD, or nil when it is none.
func (s *Setup) ClosedOn(date string) *ClosedDay {
	return find(s.ClosedDays, func(x *ClosedDay) bool { return x.Date == date })
}

// OpenAt reports whether the service is open at the local time. A service without hours of its own
// has the hall's; the hall, "", is open while any of it is.
func (s *Setup) OpenAt(service string, local time.Time) bool {
	if s.ClosedOn(local.Format(time.DateOnly)) != nil {
		return false
	}
	for _, h := range s.hoursOf(service) {
		if h.Open(local) {
			return true
		}
	}
	return false
}

// NextOpen gives the next opening of the service, or of the hall for "", after the local time, and
// false when there is none within two months or when it is open and never closes.
func (s *Setup) NextOpen(service string, local time.Time) (time.Time, bool) {
	if s.endless(service) && s.ClosedOn(local.Format(time.DateOnly)) == nil {
		return time.Time{}, false
	}
	return s.openingFrom(service, local, 0)
}

// nextDay gives the first opening of the service, or of the hall for "", on a date after the local
// time's; for hours that never end that is midnight.
func (s *Setup) nextDay(service string, local time.Time) (time.Time, bool) {
	return s.openingFrom(service, local, 1)
}

// openingFrom gives the first opening after the local time, from so many days ahead on.
func (s *Setup) openingFrom(service string, local time.Time, ahead int) (time.Time, bool) {
	for ; ahead < searchDays; ahead++ {
		day, best := midnight(local, ahead), time.Time{}
		if s.ClosedOn(day.Format(time.DateOnly)) != nil {
			continue
		}
		for _, h := range s.hoursOf(service) {
			for _, x := range h.spans(day.Weekday()) {
				open := clockTime(day, x.From)
				if open.After(local) && (best.IsZero() || open.Before(best)) {
					best = open
				}
			}
		}
		if !best.IsZero() {
			return best, true
		}
	}
	return time.Time{}, false
}

func (s *Setup) endless(service string) bool {
	return slices.ContainsFunc(s.hoursOf(service), func(h *Hours) bool { return h.Always })
}

// Closing gives the last closing time of the service on the local time's date, whether it is over or
// not: the end of its last span. It is false on a closed day and for hours that never end. For the
// hall, "", it is the last one of all.
func (s *Setup) Closing(service string, local time.Time) (time.Time, bool) {
	if s.endless(service) || s.ClosedOn(local.Format(time.DateOnly)) != nil {
		return time.Time{}, false
	}
	last := 0
	for _, h := range s.hoursOf(service) {
		for _, x := range h.On(local.Weekday()) {
			last = max(last, x.To)
		}
	}
	return clockTime(midnight(local, 0), last), last > 0
}

// hoursOf gives the hours that count for the service: its own, or the hall's. For the hall, "", these
// are its own and those of all services that have some.
func (s *Setup) hoursOf(service string) []*Hours {
	if service != "" {
		if x := s.Service(service); x != nil && x.Hours != nil {
			return []*Hours{x.Hours}
		}
		return []*Hours{&s.Hours}
	}
	all := []*Hours{&s.Hours}
	for i := range s.Services {
		if x := &s.Services[i]; x.Hours != nil && !x.Closed {
			all = append(all, x.Hours)
		}
	}
	return all
}

// midnight gives the beginning of the local date, so many days ahead.
func midnight(local time.Time, ahead int) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day()+ahead, 0, 0, 0, 0, local.Location())
}

// clockTime gives the time at which clocks show so many minutes after midnight on the day, also where
// summer time begins or ends on it.
func clockTime(day time.Time, minutes int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, day.Location())
}
