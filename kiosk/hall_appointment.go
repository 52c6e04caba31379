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
}

func bySlot(a, b *Appointment) int {
	return cmp.Or(a.Slot.Compare(b.Slot), cmp.Compare(a.Code, b.Code))
}

func (h *Hall) applyAppointment(e Event) {
	if e.Type == AppointmentCancelled {
		h.booked = slices.DeleteFunc(slices.Clone(h.booked), func(a *Appointment) bool { return a.Token == e.Appointment })
		return
	}
	a := &Appointment{Token: e.Appointment, Code: e.Code, Service: e.Service, Slot: *e.Slot, Lang: e.Lang, BookedAt: e.At}
	i, _ := slices.BinarySearchFunc(h.booked, a, bySlot)
	h.booked = slices.Insert(slices.Clone(h.booked), i, a)
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
