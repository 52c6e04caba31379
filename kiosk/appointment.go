package kiosk

import (
	"slices"
	"time"
)

// The times around an appointment's slot (facts: "The order").
const (
	SlotLength = 30 * time.Minute // one slot
	SlotEarly  = 20 * time.Minute // check-in is possible from so long before the slot
	SlotLate   = 10 * time.Minute // checked in up to so long after the slot's begin, it counts as kept
	SlotLead   = 5 * time.Minute  // it is called from so long before the slot, or when a counter would idle
	SlotCredit = 30 * time.Minute // seniority credit of a kept appointment
	LateCredit = 10 * time.Minute // and of a late one, counted from the check-in
)

// Appointment is a place in a half-hour of one service, booked in advance. It knows nobody's name:
// who has the code or the token has the appointment.
type Appointment struct {
	Token    string    `json:"token"` // 128 random bits, in its URL and its QR code
	Code     string    `json:"code"`  // six digits, unique among those to come
	Service  string    `json:"service"`
	Slot     time.Time `json:"slot"` // begin of the half-hour
	Lang     Lang      `json:"lang"`
	BookedAt time.Time `json:"booked_at"`
	Ticket   string    `json:"ticket,omitempty"` // token of the ticket it became at check-in
	Device   string    `json:"device,omitempty"` // who booked it, and his Idempotency-Key: a day that
	Key      string    `json:"key,omitempty"`    // ends between a request and its repetition makes no second one
	// Cancelled ones are remembered until the next day opens.
	Cancelled bool `json:"cancelled,omitempty"`
}

// late reports whether a check-in at this time is too late to keep the appointment.
func (a *Appointment) late(at time.Time) bool { return at.After(a.Slot.Add(SlotLate)) }

// creditS is the seniority credit of a check-in at this time, in seconds.
func (a *Appointment) creditS(at time.Time) int {
	if a.late(at) {
		return int(LateCredit.Seconds())
	}
	return int(SlotCredit.Seconds())
}

// floor is the seniority credit that the ticket has from its appointment, in seconds.
func (t *Ticket) floor() int {
	switch {
	case t.Booked == "":
		return 0
	case t.Slot.IsZero():
		return int(LateCredit.Seconds())
	}
	return int(SlotCredit.Seconds())
}

// Appointment gives the appointment with this token: one to come, one of the open day, or one that
// was cancelled since that opened; else nil.
func (v *View) Appointment(token string) *Appointment {
	for _, list := range [][]*Appointment{v.booked, v.gone} {
		for _, a := range list {
			if a.Token == token {
				return a
			}
		}
	}
	return nil
}

// AppointmentByCode gives the appointment with this code among those to come and those of the open
// day, or nil.
func (v *View) AppointmentByCode(code string) *Appointment {
	for _, a := range v.booked {
		if a.Code == code {
			return a
		}
	}
	return nil
}

// toCome gives the appointments that a day which opens now takes over: those that nobody has kept, of
// this date and later ones.
func (v *View) toCome(day string) []Appointment {
	var out []Appointment
	for _, a := range v.booked {
		if a.Ticket == "" && v.date(a.Slot) >= day {
			out = append(out, *a)
		}
	}
	return out
}

// date is the date in the hall's zone, YYYY-MM-DD.
func (v *View) date(t time.Time) string { return t.In(v.plan.zone).Format(time.DateOnly) }

// among gives the appointments for the service whose slots begin from from and before to: how many,
// and how many of them nobody has kept yet.
func (v *View) among(service string, from, to time.Time) (all, open int) {
	first, _ := slices.BinarySearchFunc(v.booked, from, func(a *Appointment, t time.Time) int { return a.Slot.Compare(t) })
	for _, a := range v.booked[first:] {
		if !a.Slot.Before(to) {
			break
		}
		if a.Service == service {
			all++
			if a.Ticket == "" {
				open++
			}
		}
	}
	return all, open
}

// expected is how many people with an appointment are still to come on the open business day.
func (v *View) expected(service string) int {
	if len(v.booked) == 0 {
		return 0
	}
	day, err := time.ParseInLocation(time.DateOnly, v.day, v.plan.zone)
	if err != nil {
		return 0
	}
	_, open := v.among(service, day, day.AddDate(0, 0, 1))
	return open
}
