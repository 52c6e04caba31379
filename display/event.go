package display

import (
	"sync"
	"time"

	"layso/kiosk"
)

// eventFrame is an event as it goes out. Which fields a view gets is decided in body.
type eventFrame struct {
	Type        kiosk.EventType  `json:"type"`
	Seq         uint64           `json:"seq"`
	Prev        uint64           `json:"prev"`
	At          string           `json:"at"`
	Number      string           `json:"number,omitempty"`
	Service     string           `json:"service,omitempty"`
	Counter     string           `json:"counter,omitempty"`
	From        kiosk.State      `json:"from,omitempty"`
	FromService string           `json:"from_service,omitempty"`
	ToCounter   string           `json:"to_counter,omitempty"`
	Lang        kiosk.Lang       `json:"lang,omitempty"`
	Day         string           `json:"day,omitempty"`
	Token       string           `json:"token,omitempty"`
	User        string           `json:"user,omitempty"`
	Reason      string           `json:"reason,omitempty"`
	Priority    string           `json:"priority,omitempty"`
	Printer     string           `json:"printer,omitempty"`
	Outcome     kiosk.PrintState `json:"outcome,omitempty"`
	Slot        string           `json:"slot,omitempty"`
	Appointment string           `json:"appointment,omitempty"`
	Code        string           `json:"code,omitempty"`
	StepS       float64          `json:"step_s,omitempty"`
	Page        string           `json:"page,omitempty"`
	MM          int              `json:"mm,omitempty"`
}

// event is one event on its way to many screens. The message for a view is made by the first
// writer that needs it and shared by all that have come as far; one that has just connected has
// another prev and gets a message of its own.
type event struct {
	kiosk.Event
	ticket *kiosk.Ticket // that it is about, or nil
	at     string
	slot   string // of an appointment, or empty

	mu   sync.Mutex
	made map[eventKey]message
}

type eventKey struct {
	view View
	prev uint64
}

func newEvent(e kiosk.Event, view *kiosk.View) *event {
	f := &event{Event: e, at: stamp(e.At, view.Location()), made: make(map[eventKey]message)}
	if e.Ticket != "" {
		f.ticket = view.Ticket(e.Ticket)
	}
	if e.Slot != nil {
		f.slot = e.Slot.In(view.Location()).Format(time.RFC3339)
	}
	return f
}

// isStructural reports whether names and lists may have changed with the event, so that screens
// need a fresh snapshot.
func isStructural(t kiosk.EventType) bool {
	return t == kiosk.HallChanged || t == kiosk.DayOpened || t == kiosk.DayClosed
}

func isPrint(t kiosk.EventType) bool {
	return t == kiosk.PrintQueued || t == kiosk.PrintSending || t == kiosk.PrintDone || t == kiosk.PrintFailed
}

// isStaffs reports whether the event is the staff's business alone: priorities, ratings and
// appointments say something about a person, the clock and the paper are theirs to look after, and who signs
// in or asks for help is nobody else's business.
func isStaffs(t kiosk.EventType) bool {
	switch t {
	case kiosk.TicketPriority, kiosk.TicketRated, kiosk.AppointmentBooked, kiosk.AppointmentCancelled, kiosk.ClockStepped, kiosk.ClockSet,
		kiosk.PagePrinted, kiosk.PaperIsChanged, kiosk.CounterHandedOver, kiosk.CounterHelp, kiosk.CounterHelped:
		return true
	}
	return t.IsNote()
}

// visible reports whether the viewer may know that the event happened.
func (f *event) visible(v Viewer) bool {
	switch {
	case v.View == Clerk:
		return true
	case isPrint(f.Type):
		return v.View == Kiosk && v.Device != "" && f.ticket != nil && f.ticket.Device == v.Device
	}
	return !isStaffs(f.Type)
}

// body gives the fields that the view gets.
func (f *event) body(v View, prev uint64) eventFrame {
	b := eventFrame{
		Type: f.Type, Seq: f.Seq, Prev: prev, At: f.at, Number: f.Number, Service: f.Service,
		Counter: f.Counter, From: f.From, FromService: f.FromService, ToCounter: f.ToCounter,
		Lang: f.Lang, Day: f.Day,
	}
	if b.Lang == "" && f.ticket != nil {
		b.Lang = f.ticket.Lang
	}
	if v == Clerk {
		b.Token, b.User, b.Priority = f.Ticket, f.User, f.Priority
		b.Slot, b.Appointment, b.Code, b.StepS, b.Page, b.MM = f.slot, f.Appointment, f.Code, f.StepS, f.Page, f.MM
	}
	if v == Clerk || v == Kiosk && isPrint(f.Type) {
		b.Token, b.Reason, b.Printer, b.Outcome = f.Ticket, f.Reason, f.Printer, f.Outcome
	}
	return b
}

func (f *event) message(v View, prev uint64) (message, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := eventKey{v, prev}
	if m := f.made[key]; m != nil {
		return m, nil
	}
	m, err := encoded(f.body(v, prev))
	if err == nil {
		f.made[key] = m
	}
	return m, err
}

func (f *event) deliver(c *client) error {
	if f.Seq <= c.seen.Load() {
		return nil // it was in the snapshot or the replay
	}
	m, err := f.message(c.viewer.View, c.prev)
	if err != nil {
		return err
	}
	c.wrote(f.Seq)
	return c.send(m)
}
