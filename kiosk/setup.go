package kiosk

import "slices"

// Setup is the whole description of a hall. It lives in the journal: day.opened and hall.changed
// carry it, so that a day can be read by itself.
type Setup struct {
	Name     Text   `json:"name" yaml:"name"`
	TimeZone string `json:"time_zone" yaml:"time_zone"` // IANA name, e.g. Asia/Ho_Chi_Minh
	Phone    Phone  `json:"phone" yaml:"phone"`
	Hours    Hours  `json:"hours" yaml:"hours"`
	// ClosedDays are holidays and the like, on which no service takes tickets.
	ClosedDays []ClosedDay `json:"closed_days,omitempty" yaml:"closed_days,omitempty"`
	// OvertimeS is how many seconds after closing time the hall is ready to work: a ticket that is
	// not expected to be finished by then is not given. 0-14400.
	OvertimeS int `json:"overtime_s,omitempty" yaml:"overtime_s,omitempty"`
	// BookDays is how many days ahead of today appointments can be booked, 0-60; 0 stands for 14.
	BookDays   int        `json:"book_days,omitempty" yaml:"book_days,omitempty"`
	Paper      PaperTexts `json:"paper,omitzero" yaml:"paper,omitempty"`
	Voice      Voice      `json:"voice,omitzero" yaml:"voice,omitempty"`
	Services   []Service  `json:"services" yaml:"services"`
	Counters   []Counter  `json:"counters" yaml:"counters"`
	Priorities []Priority `json:"priorities" yaml:"priorities"`
	Users      []User     `json:"users" yaml:"users"`
	// Notices are what the TVs show while nobody is called, in this order. Together at most 256 KiB.
	Notices []Notice `json:"notices,omitempty" yaml:"notices,omitempty"`
}

// Service is a thing that citizens come for (lĩnh vực), e.g. land or civil status.
type Service struct {
	ID     string `json:"id" yaml:"id"`                             // a-z, 0-9 and dashes, at most 32
	Name   Text   `json:"name" yaml:"name"`                         // on tiles, tickets and TVs
	Prefix string `json:"prefix" yaml:"prefix"`                     // one or two letters A-Z, unique in the hall
	MeanS  int    `json:"mean_s" yaml:"mean_s"`                     // mean service time in seconds, 10-14400
	Quota  int    `json:"quota,omitempty" yaml:"quota,omitempty"`   // tickets a day, 0 = unlimited
	Closed bool   `json:"closed,omitempty" yaml:"closed,omitempty"` // takes no new tickets
	Hours  *Hours `json:"hours,omitempty" yaml:"hours,omitempty"`   // nil: the hall's
	Slots  *Slots `json:"slots,omitempty" yaml:"slots,omitempty"`   // nil: no appointments
	// Procedure is what is published about it; nil: nothing.
	Procedure *Procedure `json:"procedure,omitempty" yaml:"procedure,omitempty"`
}

// Slots are the appointments (lịch hẹn) that a service offers: one slot each half-hour.
type Slots struct {
	Capacity int    `json:"capacity" yaml:"capacity"`               // appointments in one half-hour, 1-100
	Spans    []Span `json:"spans,omitempty" yaml:"spans,omitempty"` // within the opening hours of any weekday; empty: all of these
}

// ClosedDay is a date on which the hall is closed, whatever weekday it is.
type ClosedDay struct {
	Date string `json:"date" yaml:"date"` // YYYY-MM-DD
	Name Text   `json:"name" yaml:"name"` // e.g. Quốc khánh; the kiosk says it
}

// Counter is a desk (quầy) where a clerk serves citizens.
type Counter struct {
	ID       string   `json:"id" yaml:"id"`             // what the call says: "1", "12", "A"
	Name     Text     `json:"name" yaml:"name"`         // e.g. Quầy 1
	Services []string `json:"services" yaml:"services"` // ids of its own services
	// Assist are the ids of services that it serves only when no ticket of its own services waits, or
	// for a ticket that has waited for [AssistAfter] already.
	Assist []string `json:"assist,omitempty" yaml:"assist,omitempty"`
}

// Priority is a reason for being called earlier (đối tượng ưu tiên), declared at the kiosk.
type Priority struct {
	ID      string `json:"id" yaml:"id"`
	Name    Text   `json:"name" yaml:"name"`
	CreditS int    `json:"credit_s" yaml:"credit_s"` // seconds by which the ticket counts as older, 0-7200
}

// Role says what a user may do; each includes the ones before it.
type Role string

// The roles, from least to most. A clerk serves at a counter, a manager also sees the log and may
// act at any counter, an admin also changes the hall.
const (
	Clerk   Role = "clerk"
	Manager Role = "manager"
	Admin   Role = "admin"
)

// Includes reports whether r may do what needs other.
func (r Role) Includes(other Role) bool {
	order := []Role{Clerk, Manager, Admin}
	return slices.Contains(order, r) && slices.Index(order, r) >= slices.Index(order, other)
}

// User is somebody who signs in. The PIN is not here: its hash lives among the journal's secrets.
type User struct {
	ID   string `json:"id" yaml:"id"`
	Name string `json:"name" yaml:"name"`
	Role Role   `json:"role" yaml:"role"`
}

// PhoneMode says what a ticket's QR code is good for outside the hall's own devices.
type PhoneMode string

// Off: the QR serves the hall's own devices. Wifi: the ticket names the network to join.
// Public: the status page is reached through the office's public address.
const (
	PhoneOff    PhoneMode = "off"
	PhoneWifi   PhoneMode = "wifi"
	PhonePublic PhoneMode = "public"
)

// Phone is how citizens' phones reach the status page of their ticket.
type Phone struct {
	Mode PhoneMode `json:"mode" yaml:"mode"`
	SSID string    `json:"ssid,omitempty" yaml:"ssid,omitempty"` // the network named on the ticket, mode wifi only
}

// Blank reports whether nobody has described the hall yet: it has no services, no counters and nobody who signs in.
// That is what layso begins with where nothing seeds it; such a hall gives no tickets.
func (s *Setup) Blank() bool { return len(s.Services)+len(s.Counters)+len(s.Users) == 0 }

// Service gives the service with this id, or nil.
func (s *Setup) Service(id string) *Service {
	return find(s.Services, func(x *Service) bool { return x.ID == id })
}

// Counter gives the counter with this id, or nil.
func (s *Setup) Counter(id string) *Counter {
	return find(s.Counters, func(x *Counter) bool { return x.ID == id })
}

// Priority gives the priority reason with this id, or nil.
func (s *Setup) Priority(id string) *Priority {
	return find(s.Priorities, func(x *Priority) bool { return x.ID == id })
}

// User gives the user with this id, or nil.
func (s *Setup) User(id string) *User {
	return find(s.Users, func(x *User) bool { return x.ID == id })
}

func find[T any](list []T, is func(*T) bool) *T {
	for i := range list {
		if is(&list[i]) {
			return &list[i]
		}
	}
	return nil
}
