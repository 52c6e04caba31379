package kiosk

import (
	"slices"
	"time"
)

// Book makes an appointment. Codes are candidates from the caller's randomness; the first that no
// other appointment has is taken. The decision's token is the appointment's.
type Book struct {
	Service string
	Slot    time.Time // begin of one of the half-hours of [View.Slots]
	Token   string    // from NewToken
	Codes   []string  // six digits each
	Lang    Lang
	Device  string // who asks; keys are his own
	By      string
	Key     string // Idempotency-Key, or empty for none
	Locked  bool   // as in [Take]
}

func (c Book) fingerprint() string {
	return "book " + c.Service + " " + c.Slot.UTC().Format(time.RFC3339Nano) + " " + string(c.Lang)
}

func (c Book) decide(h *Hall, at time.Time) (Decision, error) {
	if d, ok, err := h.answered(c.Device, c.Key, c.fingerprint()); ok {
		return d, err
	}
	if i := slices.IndexFunc(h.booked, c.made); i >= 0 {
		return Decision{Token: h.booked[i].Token, Repeat: true}, nil
	}
	if c.Locked {
		return Decision{}, ErrKioskLocked
	}
	if err := c.refusal(h, at); err != nil {
		return Decision{}, err
	}
	i := slices.IndexFunc(c.Codes, h.freeCode)
	if i < 0 {
		return Decision{}, ErrInvalidField
	}
	slot := c.Slot.UTC()
	e := Event{
		Type: AppointmentBooked, By: c.By, Appointment: c.Token, Code: c.Codes[i], Service: c.Service,
		Slot: &slot, Lang: c.Lang, Device: c.Device, Key: c.Key,
	}
	if c.Key != "" {
		e.Fingerprint = c.fingerprint()
	}
	return Decision{Events: []Event{e}, Token: c.Token}, nil
}

// made reports whether the appointment is what came of this very request. The keys of the day are
// forgotten when it ends; the appointment is not.
func (c Book) made(a *Appointment) bool {
	return c.Key != "" && a.Key == c.Key && a.Device == c.Device && a.Service == c.Service && a.Slot.Equal(c.Slot) && a.Lang == c.Lang
}

// refusal says why there is no appointment to be had. While the clock is suspect nobody knows which
// half-hours are still to come.
func (c Book) refusal(h *Hall, at time.Time) error {
	s := h.Setup().Service(c.Service)
	switch {
	case s == nil:
		return ErrUnknownService
	case s.Closed:
		return ErrServiceClosed
	case h.suspect:
		return ErrClockSuspect
	}
	for _, slot := range h.Slots(c.Service, h.date(c.Slot), at) {
		if slot.Start.Equal(c.Slot) {
			return h.full(s, slot)
		}
	}
	return ErrSlotUnknown
}

// full says why the half-hour has no place left, or nil.
func (h *Hall) full(s *Service, slot SlotStatus) error {
	if slot.Free > 0 {
		return nil
	}
	if booked, _ := h.among(s.ID, slot.Start, slot.Start.Add(SlotLength)); booked < s.Slots.Capacity {
		return ErrQuotaReached
	}
	return ErrSlotFull
}

// freeCode reports whether the code is well-formed and no appointment has it.
func (h *Hall) freeCode(code string) bool {
	if !wellFormed(code) {
		return false
	}
	has := func(a *Appointment) bool { return a.Code == code }
	return !slices.ContainsFunc(h.booked, has) && !slices.ContainsFunc(h.gone, has)
}

func wellFormed(code string) bool {
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(code) == 6
}

// CancelBooking gives an appointment back that nobody has kept yet. After the check-in it is the
// ticket that can be cancelled.
type CancelBooking struct{ Token, By string }

func (c CancelBooking) decide(h *Hall, _ time.Time) (Decision, error) {
	a := h.Appointment(c.Token)
	switch {
	case a == nil:
		return Decision{}, ErrUnknownAppointment
	case a.Cancelled:
		return Decision{Token: a.Token, Repeat: true}, nil
	case a.Ticket != "":
		return Decision{}, ErrTicketNotWaiting
	}
	slot := a.Slot
	e := Event{Type: AppointmentCancelled, By: c.By, Appointment: a.Token, Code: a.Code, Service: a.Service, Slot: &slot}
	return Decision{Events: []Event{e}, Token: a.Token}, nil
}
