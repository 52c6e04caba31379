package kiosk

import (
	"cmp"
	"slices"
	"time"
)

// keepSlot gives the ticket the seniority of its appointment; the event holds the credit.
func (t *Ticket) keepSlot(slot time.Time) {
	t.Slot = slot
	if slot.After(t.Base) {
		t.Base = slot
	}
}

// bring makes the appointments that the day begins with.
func (h *Hall) bring(list []Appointment) {
	h.booked = make([]*Appointment, 0, len(list))
	for _, a := range list {
		h.booked = append(h.booked, &a)
	}
	slices.SortFunc(h.booked, bySlot)
	h.gone = nil
}

func bySlot(a, b *Appointment) int {
	return cmp.Or(a.Slot.Compare(b.Slot), cmp.Compare(a.Code, b.Code))
}

func (h *Hall) applyAppointment(e Event) {
	if e.Type == AppointmentCancelled {
		h.cancelBooking(e.Appointment)
		return
	}
	h.remembers(e, e.Appointment)
	a := &Appointment{Token: e.Appointment, Code: e.Code, Service: e.Service, Slot: *e.Slot, Lang: e.Lang, BookedAt: e.At, Device: e.Device, Key: e.Key}
	i, _ := slices.BinarySearchFunc(h.booked, a, bySlot)
	h.booked = slices.Insert(slices.Clone(h.booked), i, a)
}

func (h *Hall) cancelBooking(token string) {
	i := slices.IndexFunc(h.booked, func(a *Appointment) bool { return a.Token == token })
	if i < 0 {
		return
	}
	a := *h.booked[i]
	a.Cancelled = true
	h.booked = slices.Delete(slices.Clone(h.booked), i, i+1)
	h.gone = append(slices.Clip(h.gone), &a)
}

// arrive notes the ticket that the appointment became.
func (h *Hall) arrive(appointment, ticket string) {
	for i, a := range h.booked {
		if a.Token == appointment {
			here := *a
			here.Ticket = ticket
			h.booked = slices.Clone(h.booked)
			h.booked[i] = &here
			return
		}
	}
}
