package forecast

import (
	"slices"
	"time"

	"layso/kiosk"
)

// Moment is a hall at one moment: what a forecast is made from. A hall's comes from [MomentOf]. A
// simulator keeps one of its own and changes it as its time goes on; a forecast changes nothing in it.
// Times are Unix milliseconds.
type Moment struct {
	Now      int64
	Midnight int64  // of the hall's day: where its half-hours begin
	Seq      uint64 // of the newest event; a ticket taken now has a higher one

	Services []Service
	Credits  []int       // seniority credits in seconds, 0 among them, largest first
	Pool     *kiosk.Play // who can be called
	Desks    []Desk      // of several that are free the first one calls
	Booked   []Booking   // who has an appointment today and is not here yet
}

// Service is a service with its configured mean service time, at the place that it has in the setup.
type Service struct {
	ID    string
	MeanS int
}

// Desk is a counter that works, or will today.
type Desk struct {
	Reach kiosk.Reach
	From  int64 // calls nobody before: a break, the opening
	// The ticket in hand, nil without; the index of its service, and when it was called. The rest of
	// its route comes from the ticket.
	Hand    *kiosk.Ticket
	Service int
	Called  int64
	Breaks  []Break // calls nobody in them, in order of time
}

// Break is a stretch of time, e.g. lunch: From inclusive, To exclusive.
type Break struct{ From, To int64 }

// Booking is an appointment: the index of its service, and its slot.
type Booking struct {
	Service int
	Slot    int64
}

// MomentOf gives the moment now of the hall that v shows. The model, which may be nil, knows which
// counters usually work (package comment, "Who works").
func MomentOf(v *kiosk.View, now time.Time, model *Model) *Moment {
	at := now.UTC().Truncate(time.Millisecond) // as the owner stamps it
	if at.Before(v.At()) {
		at = v.At()
	}
	local := at.In(v.Location())
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, v.Location())
	m := &Moment{Now: at.UnixMilli(), Midnight: midnight.UnixMilli(), Seq: v.Seq(), Credits: credits(v.Setup()), Pool: new(kiosk.Play)}
	for _, s := range v.Setup().Services {
		m.Services = append(m.Services, Service{s.ID, s.MeanS})
	}
	pool := v.Pool()
	m.Pool.Reset(&pool)
	m.Desks = desksOf(v, m, local, model)
	for _, a := range v.Appointments() {
		if s := m.service(a.Service); s >= 0 && a.Ticket == "" && a.Slot.Add(kiosk.SlotLate).After(at) {
			m.Booked = append(m.Booked, Booking{s, a.Slot.UnixMilli()})
		}
	}
	return m
}

// service gives the index of the service with this id, -1 when there is none.
func (m *Moment) service(id string) int {
	for i := range m.Services {
		if m.Services[i].ID == id {
			return i
		}
	}
	return -1
}

// credits gives 0, every credit of the hall's priorities, and those of appointments where there are
// any, each once, largest first.
func credits(s *kiosk.Setup) []int {
	out := []int{0}
	if slices.ContainsFunc(s.Services, func(x kiosk.Service) bool { return x.Slots != nil }) {
		out = append(out, int(kiosk.SlotCredit.Seconds()), int(kiosk.LateCredit.Seconds()))
	}
	for _, p := range s.Priorities {
		out = append(out, p.CreditS)
	}
	slices.Sort(out)
	slices.Reverse(out)
	return slices.Compact(out)
}
