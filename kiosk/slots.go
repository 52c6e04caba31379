package kiosk

import "time"

// SlotStatus is a half-hour in which a service offers appointments.
type SlotStatus struct {
	Start time.Time `json:"start"`
	Free  int       `json:"free"` // places left
}

// bookDays is how many days ahead appointments can be booked where the setup does not say.
const bookDays = 14

// Slots gives the half-hours of the date (YYYY-MM-DD) for which an appointment with the service can be
// booked at the time now, full ones included: within its opening hours and the spans that it offers,
// in the future, and not too far ahead. None for a service that offers no appointments or takes no
// new tickets.
func (v *View) Slots(service, day string, now time.Time) []SlotStatus {
	out := []SlotStatus{}
	s := v.Setup().Service(service)
	date, err := time.ParseInLocation(time.DateOnly, day, v.plan.zone)
	if s == nil || s.Slots == nil || s.Closed || err != nil || !v.bookable(day, now) {
		return out
	}
	left := v.placesOn(s, date)
	spans := v.Setup().spansOn(service, date)
	for minute := 0; minute < 24*60; minute += int(SlotLength.Minutes()) {
		start := clockTime(date, minute)
		if !within(spans, minute) || len(s.Slots.Spans) > 0 && !within(s.Slots.Spans, minute) || !start.After(now) {
			continue
		}
		booked, _ := v.among(service, start, start.Add(SlotLength))
		out = append(out, SlotStatus{start, max(0, min(s.Slots.Capacity-booked, left))})
	}
	return out
}

// bookable reports whether appointments of this date can be booked: from today on, and from the next
// day on once the business day is closed.
func (v *View) bookable(day string, now time.Time) bool {
	ahead := v.Setup().BookDays
	if ahead == 0 {
		ahead = bookDays
	}
	last := now.In(v.plan.zone).AddDate(0, 0, ahead).Format(time.DateOnly)
	return day >= v.date(now) && day <= last && day >= v.day && (!v.closed || day > v.day)
}

// placesOn is how many more numbers the service gives on this date: its quota less the tickets taken
// and the appointments that hold a place.
func (v *View) placesOn(s *Service, date time.Time) int {
	if s.Quota == 0 {
		return s.Slots.Capacity
	}
	used, open := v.among(s.ID, date, date.AddDate(0, 0, 1))
	if date.Format(time.DateOnly) == v.day {
		used = v.taken[v.plan.service[s.ID]] + open
	}
	return s.Quota - used
}

// spansOn gives the opening hours of the service on a date.
func (s *Setup) spansOn(service string, date time.Time) []Span {
	if s.ClosedOn(date.Format(time.DateOnly)) != nil {
		return nil
	}
	var out []Span
	for _, h := range s.hoursOf(service) {
		out = append(out, h.spans(date.Weekday())...)
	}
	return out
}

// within reports whether the half-hour from this minute of the day lies within one of the spans.
func within(spans []Span, minute int) bool {
	for _, s := range spans {
		if minute >= s.From && minute+int(SlotLength.Minutes()) <= s.To {
			return true
		}
	}
	return false
}
