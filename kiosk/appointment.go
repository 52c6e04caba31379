package kiosk

import "time"

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
}
