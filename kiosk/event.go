package kiosk

import "time"

// EventType names what happened; the names are part of the public contract (WebSocket, audit log).
type EventType string

// The event types, and beside each the fields of [Event] that go with it.
const (
	DayOpened            EventType = "day.opened"            // Day, Setup, Appointments, Rolls, OffsetS
	DayClosed            EventType = "day.closed"            // Day, Count (tickets taken), Reason: "hours", "date", "hand" or what the manager said
	HallChanged          EventType = "hall.changed"          // Setup, Reason, Of (the change that it takes back)
	ClockStepped         EventType = "clock.stepped"         // StepS, Reason ("behind", "ahead", "jumped"): the clock is suspect from here on
	ClockSet             EventType = "clock.set"             // StepS, OffsetS: staff said what time it is; the clock is trusted again
	TicketTaken          EventType = "ticket.taken"          // Ticket, Number, Service, Route, Priority, CreditS, Lang, Device, Key, Fingerprint, Ahead, Wait, Print, Printer, Undated; of an appointment: Appointment, Slot; of a number written by hand: Written
	TicketCalled         EventType = "ticket.called"         // Ticket, Number, Service, Counter, From, Reason, After
	TicketRecalled       EventType = "ticket.recalled"       // Ticket, Number, Service, Counter
	TicketFinished       EventType = "ticket.finished"       // Ticket, Number, Service, Counter, Count (dossiers)
	TicketNoShow         EventType = "ticket.no_show"        // Ticket, Number, Service, Counter
	TicketReopened       EventType = "ticket.reopened"       // Ticket, Number, Service, Counter, From: a finish, a step of the route or a no-show taken back; Service is the one it was in hand for
	TicketHeld           EventType = "ticket.held"           // Ticket, Number, Service, Counter, Reason
	TicketContinued      EventType = "ticket.continued"      // Ticket, Number, Service (next on its route), FromService, Counter, Count (dossiers), After
	TicketReturned       EventType = "ticket.returned"       // Ticket, Number, Service, From, Base (its key is no earlier from now on): back in the queue after a missed call or a hold
	TicketTransferred    EventType = "ticket.transferred"    // Ticket, Number, Service (new), FromService, Counter (where it was in hand), ToCounter
	TicketCancelled      EventType = "ticket.cancelled"      // Ticket, Number, Service, From, Reason: "closing" at the end of the day
	TicketRated          EventType = "ticket.rated"          // Ticket, Number, Service, Counter (that finished it), Stars, Reasons
	TicketPriority       EventType = "ticket.priority"       // Ticket, Number, Service, Priority, CreditS, Reason
	AppointmentBooked    EventType = "appointment.booked"    // Appointment, Code, Service, Slot, Lang, Device, Key, Fingerprint
	AppointmentCancelled EventType = "appointment.cancelled" // Appointment, Code, Service, Slot
	CounterOpened        EventType = "counter.opened"        // Counter, User
	CounterClosed        EventType = "counter.closed"        // Counter, User
	CounterPaused        EventType = "counter.paused"        // Counter, User, Reason
	CounterResumed       EventType = "counter.resumed"       // Counter, User
	CounterHandedOver    EventType = "counter.handed_over"   // Counter, User (who takes it over)
	CounterHelp          EventType = "counter.help"          // Counter, User, Reason: the clerk asks the manager to come
	CounterHelped        EventType = "counter.helped"        // Counter, User: the call for help is over
	PrintQueued          EventType = "print.queued"          // Ticket, Number, Service, Printer: the paper is asked for again, by staff or, after a fault, by the system; or one that waits goes to another printer
	PrintSending         EventType = "print.sending"         // Ticket, Number, Printer
	PrintDone            EventType = "print.done"            // Ticket, Number, Printer, Outcome, MM
	PrintFailed          EventType = "print.failed"          // Ticket, Number, Printer, Outcome, Reason, MM
	PagePrinted          EventType = "print.page"            // Printer, Page, Outcome, Reason, MM, Day (that a closing slip sums up): a paper that is no ticket of the open day
	PaperIsChanged       EventType = "printer.paper_changed" // Printer, MM (length of the new roll, 0 where nobody said)
	PINChanged           EventType = "user.pin_changed"      // User; this and all that follow change nothing in the queue, see [Note]
	SessionBegun         EventType = "session.begun"         // User, What (where: a device's id, or an address)
	SessionRefused       EventType = "session.refused"       // User (as it was typed), What (where), Count (wrong PINs in a row)
	SessionEnded         EventType = "session.ended"         // User, What (where it was), Reason: somebody ended it for him
	DevicePaired         EventType = "device.paired"         // Device, What (its name)
	DeviceChanged        EventType = "device.changed"        // Device, What (what was changed to what), Reason
	DeviceRevoked        EventType = "device.revoked"        // Device, What (its name), Reason
	BackupMade           EventType = "backup.made"           // What (the file's name)
	BackupDownloaded     EventType = "backup.downloaded"     // What (the file's name): all of the hall's data left the PC
	BackupDeleted        EventType = "backup.deleted"        // What (the file's name), Reason
	DataRestored         EventType = "data.restored"         // What (the backup's name), Reason
	ContactKept          EventType = "contact.kept"          // What (the ticket's number): a phone number to reach its holder, never the number itself
	ContactRead          EventType = "contact.read"          // What (the ticket's number): a clerk looked at it
	ContactErased        EventType = "contact.erased"        // What (the ticket's number), Reason: "ended", "day_closed", or none where a clerk did it
)

// Event is one line of the log. It is flat: which fields a type uses stands beside its constant.
// Events are immutable once they have a Seq.
type Event struct {
	Seq  uint64    `json:"seq"`          // gap-free, from 1; the one number for order, resume and audit
	At   time.Time `json:"at"`           // UTC, milliseconds, never before the event with the Seq before
	Type EventType `json:"type"`         //
	By   string    `json:"by,omitempty"` // who caused it: "user:ID", "device:ID", "citizen", "system"

	Ticket      string     `json:"ticket,omitempty"`       // the ticket's token
	Number      string     `json:"number,omitempty"`       // the ticket's number, e.g. A001
	Service     string     `json:"service,omitempty"`      // service id
	FromService string     `json:"from_service,omitempty"` // before a transfer
	Counter     string     `json:"counter,omitempty"`      // counter id
	ToCounter   string     `json:"to_counter,omitempty"`   // a transfer to one counter
	From        State      `json:"from,omitempty"`         // the ticket's state before
	User        string     `json:"user,omitempty"`         // the clerk at the counter
	Route       []string   `json:"route,omitempty"`        // services after this one
	Base        *time.Time `json:"base,omitempty"`         // of a return: the earliest key from here on
	Appointment string     `json:"appointment,omitempty"`  // the appointment's token
	Code        string     `json:"code,omitempty"`         // what the citizen types at the kiosk
	Slot        *time.Time `json:"slot,omitempty"`         // begin of the appointment's half-hour
	Undated     bool       `json:"undated,omitempty"`      // the clock is suspect: no time on the paper
	Priority    string     `json:"priority,omitempty"`     // priority reason id
	CreditS     int        `json:"credit_s,omitempty"`     // seniority credit in seconds, fixed here
	Reason      string     `json:"reason,omitempty"`       // free text or a code of the hall's staff
	Reasons     []string   `json:"reasons,omitempty"`      // of a rating
	Stars       int        `json:"stars,omitempty"`        // 1-5
	Count       int        `json:"count,omitempty"`        // dossiers of a finish, tickets of a day
	Lang        Lang       `json:"lang,omitempty"`         //
	Device      string     `json:"device,omitempty"`       // the kiosk or clerk that took the ticket
	Key         string     `json:"key,omitempty"`          // Idempotency-Key of the request
	Fingerprint string     `json:"fingerprint,omitempty"`  // of the request that the key stands for
	Ahead       int        `json:"ahead,omitempty"`        // people ahead, as printed
	Wait        *Range     `json:"wait,omitempty"`         // expected wait, as printed
	Print       PrintState `json:"print,omitempty"`        // queued or off
	After       string     `json:"after,omitempty"`        // token of the ticket that the same Next finished
	Printer     string     `json:"printer,omitempty"`      // that prints, or that was asked for; empty: the hall's first
	Page        string     `json:"page,omitempty"`         // what a paper is that is no ticket of the open day: test, closing or ticket
	MM          int        `json:"mm,omitempty"`           // paper in millimetres
	Outcome     PrintState `json:"outcome,omitempty"`      // what became of the paper
	Written     *time.Time `json:"written,omitempty"`      // when the number was written by hand
	What        string     `json:"what,omitempty"`         // of a [Note]: what it is about
	Of          uint64     `json:"of,omitempty"`           // seq of the change that this one takes back
	StepS       float64    `json:"step_s,omitempty"`       // seconds by which the wall clock jumped
	OffsetS     float64    `json:"offset_s,omitempty"`     // seconds by which the hall is ahead of the PC's clock, as staff set it
	Day         string     `json:"day,omitempty"`          // business day, YYYY-MM-DD in the hall's zone
	Setup       *Setup     `json:"setup,omitempty"`        //
	// Appointments are those that are still to come when a day opens, so that a day can be read by itself.
	Appointments []Appointment `json:"appointments,omitempty"`
	// Rolls are those in the printers when a day opens.
	Rolls []Roll `json:"rolls,omitempty"`
}

// Range is an expected wait: the median and the value that four of five waits stay below, in seconds.
type Range struct {
	P50S int `json:"p50_s"`
	P80S int `json:"p80_s"`
}
