package kiosk

import "time"

// CheckIn makes a ticket of an appointment, found by its token or its code, when the citizen is here.
// In time it counts from its slot with [SlotCredit], late from the check-in with [LateCredit]; a
// priority with a larger credit replaces that, they never add. An appointment whose citizen has
// arrived gives its ticket again.
type CheckIn struct {
	Code, Appointment string
	Token             string // of the ticket, from NewToken
	Priority          string // reason id, or empty
	Lang              Lang
	Device, By, Key   string // as in Take
	Print             bool
	Printer           string // as in Take
	Wait              Range  // as in Take
	Locked            bool   // as in Take
}

// appointment gives the appointment that the check-in is for, or nil.
func (v *View) appointment(c CheckIn) *Appointment {
	if c.Appointment == "" {
		return v.AppointmentByCode(c.Code)
	}
	if a := v.Appointment(c.Appointment); a != nil && !a.Cancelled {
		return a
	}
	return nil
}

// taking gives the ticket that the appointment asks for.
func (c CheckIn) taking(a *Appointment) Take {
	return Take{
		Service: a.Service, Priority: c.Priority, Lang: c.Lang, Token: c.Token, Device: c.Device, By: c.By,
		Key: c.Key, Print: c.Print, Printer: c.Printer, Wait: c.Wait,
	}
}

func (c CheckIn) decide(h *Hall, at time.Time) (Decision, error) {
	a := h.appointment(c)
	if a == nil && c.Locked {
		return Decision{}, ErrKioskLocked
	}
	if a == nil {
		return Decision{}, ErrUnknownAppointment
	}
	fingerprint := "check-in " + a.Token + " " + c.taking(a).fingerprint()
	if d, ok, err := h.answered(c.Device, c.Key, fingerprint); ok {
		return d, err
	}
	if c.Locked {
		return Decision{}, ErrKioskLocked
	}
	if a.Ticket != "" && !h.closed { // a closed day's tickets are no more
		return Decision{Token: a.Ticket, Repeat: true}, nil
	}
	credit, err := h.credit(c.Priority)
	if err != nil {
		return Decision{}, err
	}
	if err := h.admitsArrival(a, at); err != nil {
		return Decision{}, err
	}
	if !askable(c.Printer) {
		return Decision{}, ErrInvalidField
	}
	e := h.taking(c.taking(a), max(credit, a.creditS(at)))
	e.Appointment = a.Token
	if c.Key != "" {
		e.Fingerprint = fingerprint
	}
	base := at
	if !a.late(at) {
		slot := a.Slot
		e.Slot = &slot
		base = later(slot, at)
	}
	e.Ahead = h.aheadOf(Imagined(a.Service, base.UnixMilli()-int64(e.CreditS)*1000, at.UnixMilli(), h.seq+1))
	return one(e)
}

// admitsArrival says why the check-in is not possible. The appointment has its place: no quota, no
// closed service and, in time, no hours keep it out. While the clock is suspect nobody of today is
// too early.
func (h *Hall) admitsArrival(a *Appointment, at time.Time) error {
	local := at.In(h.plan.zone)
	switch {
	case h.noDay() != nil:
		return h.noDay()
	case h.date(a.Slot) > h.day, !h.suspect && at.Before(a.Slot.Add(-SlotEarly)):
		return ErrTooEarly
	case h.suspect || !a.late(at) || h.Setup().OpenAt(a.Service, local):
		return nil
	case h.Setup().OpenAt("", local):
		return ErrServiceClosed
	}
	return ErrHallClosed
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
