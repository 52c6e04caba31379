package kiosk

// Error is a refusal with a stable code, the one that the public contract names. The text for
// people is made from the code by package web; the text here is for the log.
type Error string

// The refusals of the hall. None of them changes anything.
const (
	ErrUnknownService  Error = "unknown_service"
	ErrUnknownTicket   Error = "unknown_ticket"
	ErrUnknownCounter  Error = "unknown_counter"
	ErrUnknownPriority Error = "unknown_priority"
	ErrUnknownUser     Error = "unknown_user"
	ErrTicketExpired   Error = "ticket_expired" // a token of a past business day

	ErrUnknownAppointment Error = "unknown_appointment" // no such code or token among those to come
	ErrSlotFull           Error = "slot_full"           // the half-hour has no place left
	ErrSlotUnknown        Error = "slot_unknown"        // the service offers no appointment then
	ErrTooEarly           Error = "appointment_early"   // check-in is possible from 20 minutes before the slot
	ErrNoTimeLeft         Error = "no_time_left"        // a ticket taken now could not be finished by closing time
	ErrClockSuspect       Error = "clock_suspect"       // the date is in doubt and no business day is open: staff must say what day it is
	ErrNumberTaken        Error = "number_taken"        // somebody has this number today
	ErrTimeFarAhead       Error = "time_far_ahead"      // the time that staff said is more than 45 days after the last event: say it twice

	ErrHallClosed       Error = "hall_closed"        // outside the hall's hours
	ErrServiceClosed    Error = "service_closed"     // the service takes no tickets now
	ErrQuotaReached     Error = "quota_reached"      // the day's number of tickets is used up
	ErrTicketInService  Error = "ticket_in_service"  // the counter has a ticket in hand
	ErrNoTicketInHand   Error = "no_ticket_in_hand"  // the counter has none
	ErrTicketNotWaiting Error = "ticket_not_waiting" // the ticket is not in a state that allows this
	ErrCounterClosed    Error = "counter_closed"     // closed or paused
	ErrCounterTaken     Error = "counter_taken"      // another clerk has it
	ErrNothingToUndo    Error = "nothing_to_undo"    // the counter's last step was no finish or no-show
	ErrNotFinished      Error = "ticket_not_finished"
	ErrServiceInUse     Error = "service_in_use" // the service that a change removes has tickets today: close it, and remove it tomorrow
	ErrCounterInUse     Error = "counter_in_use" // the counter that a change removes is open

	ErrKioskLocked  Error = "kiosk_locked"  // an admin has locked the kiosk that asks
	ErrKeyReused    Error = "key_reused"    // the idempotency key stands for another request
	ErrInvalidField Error = "invalid_field" // a value out of its range

	// ErrStorage means "outcome unknown, repeat with the same key": the commit failed.
	ErrStorage Error = "storage_unavailable"
)

// Error gives the code.
func (e Error) Error() string { return string(e) }
