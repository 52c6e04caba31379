package kiosk

import (
	"cmp"
	"time"
)

// ServiceStatus is a service as everybody may see it.
type ServiceStatus struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en"`
	Prefix  string `json:"prefix"`
	Waiting int    `json:"waiting"`
	Ahead   int    `json:"ahead"`            // people before a ticket without priority taken now, whatever they wait for
	Open    bool   `json:"open"`             // takes tickets now
	Reason  string `json:"reason,omitempty"` // why not: the code of an Error
	// OpensAt is when it is expected to take tickets again; missing while it does, or when nobody knows.
	OpensAt *time.Time `json:"opens_at,omitempty"`
	Slots   bool       `json:"slots"` // offers appointments
	Wait    Range      `json:"wait"`  // of a ticket without priority taken now
}

// ClosedDayStatus is the name of a closed day, e.g. Quốc khánh.
type ClosedDayStatus struct {
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// CounterStatus is a counter as everybody may see it.
type CounterStatus struct {
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	NameEN   string      `json:"name_en"`
	State    CounterMode `json:"state"`
	Now      *string     `json:"now"` // number in hand
	Services []string    `json:"services"`
}

// PriorityStatus is a priority reason as everybody may see it.
type PriorityStatus struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// PrinterStatus is a printer as the staff and the kiosk see it. The faults are codes: paper_out,
// cover_open, cutter, hot, fatal, error, offline, wrong_device, silent, unreachable; or paper_low, with
// which it still works.
type PrinterStatus struct {
	Name     string      `json:"name"`
	OK       bool        `json:"ok"`
	Fault    string      `json:"fault,omitempty"`    // the most urgent one
	Faults   []string    `json:"faults"`             // all, the most urgent one first
	Since    time.Time   `json:"since"`              // when its faults last changed, in the hall's time
	Queued   int         `json:"queued"`             // papers that wait
	StandIn  string      `json:"stand_in,omitempty"` // the printer that prints for it now
	Confirms string      `json:"confirms"`           // what it can say: "printed", "taken" (it has dealt with the bytes) or "nothing"
	Width    int         `json:"width"`              // of the paper, in millimetres
	Roll     *RollStatus `json:"roll,omitempty"`     // where its length is known
}

// RollStatus is how much paper a printer has left.
type RollStatus struct {
	LengthMM    int       `json:"length_mm"`
	UsedMM      int       `json:"used_mm"`
	TicketsLeft int       `json:"tickets_left"`   // about
	Since       time.Time `json:"since,omitzero"` // as in [Roll]; zero: nothing is known of the roll but its usual length
}

// HallStatus is the hall as everybody may see it: GET /api/hall and the WebSocket's snapshot.
type HallStatus struct {
	Seq         uint64           `json:"seq"`
	BusinessDay string           `json:"business_day"`
	Now         time.Time        `json:"now"`
	Clock       string           `json:"clock"` // trusted or suspect: then now is a guess
	Open        bool             `json:"open"`
	OpensAt     *time.Time       `json:"opens_at,omitempty"`   // the next opening, while it is closed
	ClosesAt    *time.Time       `json:"closes_at,omitempty"`  // the last closing time of today, until it is over
	ClosedDay   *ClosedDayStatus `json:"closed_day,omitempty"` // when today is one
	DayClosed   bool             `json:"day_closed"`           // the business day has ended
	Name        string           `json:"name"`
	NameEN      string           `json:"name_en"`
	TimeZone    string           `json:"time_zone"`
	Phone       Phone            `json:"phone"`
	Voice       Spoken           `json:"voice"`
	Demo        bool             `json:"demo"`
	Services    []ServiceStatus  `json:"services"`
	Counters    []CounterStatus  `json:"counters"`
	Priorities  []PriorityStatus `json:"priorities"`
	RecentCalls []Call           `json:"recent_calls"` // newest first
}

// The values of [HallStatus].Clock.
const (
	ClockTrusted = "trusted"
	ClockSuspect = "suspect"
)

// Hall gives what everybody may see at the time now.
func (v *View) Hall(now time.Time, f *Forecast) HallStatus {
	s, local := v.Setup(), now.In(v.Location())
	h := HallStatus{
		Seq: v.seq, BusinessDay: v.day, Now: local, Clock: ClockTrusted, DayClosed: v.closed,
		Name: s.Name.VI, NameEN: s.Name.In(English), TimeZone: s.TimeZone, Phone: s.Phone, Voice: s.Voice.Spoken(),
		Services: v.ServiceStatuses(now, f), Counters: v.CounterStatuses(),
		Priorities: []PriorityStatus{}, RecentCalls: v.CallsOf(nil),
	}
	h.Open, h.OpensAt = v.Door(now)
	if v.suspect {
		h.Clock = ClockSuspect
	} else {
		h.ClosesAt = v.closesAt(local)
		if d := s.ClosedOn(local.Format(time.DateOnly)); d != nil {
			h.ClosedDay = &ClosedDayStatus{d.Name.VI, d.Name.In(English)}
		}
	}
	for _, p := range s.Priorities {
		h.Priorities = append(h.Priorities, PriorityStatus{p.ID, p.Name.VI, p.Name.In(English)})
	}
	return h
}

// ServiceStatuses gives the services in the order of the setup.
func (v *View) ServiceStatuses(now time.Time, f *Forecast) []ServiceStatus {
	out := []ServiceStatus{}
	for _, s := range v.Setup().Services {
		st := ServiceStatus{
			ID: s.ID, Name: s.Name.VI, NameEN: s.Name.In(English), Prefix: s.Prefix,
			Waiting: v.WaitingIn(s.ID), Ahead: v.aheadOf(v.fresh(s.ID, 0, now)), Open: true, Slots: s.Slots != nil, Wait: f.New(s.ID, 0),
		}
		if err := v.Closed(s.ID, now, st.Wait); err != nil {
			st.Open, st.Reason, st.OpensAt = false, err.Error(), v.reopens(s.ID, now, err)
		}
		out = append(out, st)
	}
	return out
}

// CounterStatuses gives the counters in the order of the setup.
func (v *View) CounterStatuses() []CounterStatus {
	out := []CounterStatus{}
	for i, c := range v.Setup().Counters {
		st := CounterStatus{ID: c.ID, Name: c.Name.VI, NameEN: c.Name.In(English), State: v.counters[i].State, Services: c.Services}
		if t := v.Ticket(v.counters[i].InHand); t != nil {
			st.Now = &t.Number
		}
		out = append(out, st)
	}
	return out
}

// TicketStatus is a ticket as the one who holds its token, and the staff, may see it.
type TicketStatus struct {
	Seq        uint64     `json:"seq"`
	Number     string     `json:"number"`
	Token      string     `json:"token"`
	Service    string     `json:"service"`
	Name       string     `json:"name"` // of the service
	NameEN     string     `json:"name_en"`
	Priority   *string    `json:"priority"`
	State      State      `json:"state"`
	Ahead      int        `json:"ahead"`
	Wait       Range      `json:"wait"`
	IssuedAt   time.Time  `json:"issued_at"`
	CalledAt   *time.Time `json:"called_at"`
	EndedAt    *time.Time `json:"ended_at,omitempty"`
	Counter    *string    `json:"counter"`
	StatusURL  string     `json:"status_url"`
	Print      PrintState `json:"print"`
	PrintFault string     `json:"print_fault,omitempty"`
	Printer    string     `json:"printer,omitempty"` // that took the paper, or was asked for it; missing: the hall's first
	Prints     int        `json:"prints"`            // how often the paper was asked for
	Lang       Lang       `json:"lang"`
	Reason     string     `json:"reason,omitempty"` // of the hold
	Calls      int        `json:"calls"`
	Stars      int        `json:"stars,omitempty"`
	Dossiers   int        `json:"dossiers,omitempty"`
	Route      []string   `json:"route"`          // ids of the services that come after this one
	Confirmed  bool       `json:"confirmed"`      // a clerk has seen the proof of the priority
	Slot       *time.Time `json:"slot,omitempty"` // of the appointment that it keeps
	Misses     int        `json:"misses"`         // how often nobody came to a call
	// RecallIn is after how many calls, by counters that serve it, a ticket is called again that missed
	// its first call; missing for every other.
	RecallIn *int `json:"recall_in,omitempty"`
	Undated  bool `json:"undated"` // taken while the clock was suspect: its times are not shown
}

// Status gives the ticket's status. The status URL is base, without a slash at the end, and /t/token.
func (v *View) Status(t *Ticket, f *Forecast, base string) TicketStatus {
	st := TicketStatus{
		Seq: t.Seq, Number: t.Number, Token: t.Token, Service: t.Service, State: t.State,
		Ahead: v.Ahead(t), Wait: f.Left(t), IssuedAt: t.IssuedAt.In(v.Location()),
		CalledAt: v.moment(t.CalledAt), EndedAt: v.moment(t.EndedAt), StatusURL: base + "/t/" + t.Token,
		Print: t.Print, PrintFault: t.PrintFault, Printer: cmp.Or(t.PrintedOn, t.Printer), Prints: t.Prints, Lang: t.Lang, Reason: t.Reason, Calls: t.Calls,
		Stars: t.Stars, Dossiers: t.Dossiers, Route: append([]string{}, t.Route...), Confirmed: t.Confirmed,
		Slot: v.moment(t.Slot), Misses: t.Misses, Undated: t.Undated, RecallIn: v.recallIn(t),
	}
	if s := v.Setup().Service(t.Service); s != nil {
		st.Name, st.NameEN = s.Name.VI, s.Name.In(English)
	}
	if t.Priority != "" {
		st.Priority = &t.Priority
	}
	if t.Counter != "" {
		st.Counter = &t.Counter
	}
	return st
}

func (v *View) recallIn(t *Ticket) *int {
	if t.State != NoShow {
		return nil
	}
	for _, m := range v.pool.missed {
		if m.Token == t.Token {
			left := max(0, m.left)
			return &left
		}
	}
	return nil
}

func (v *View) moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(v.Location())
	return &t
}
