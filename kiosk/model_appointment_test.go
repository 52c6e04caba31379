package kiosk_test

import (
	"fmt"
	"slices"
	"time"

	"layso/kiosk"
)

type modelBooking struct {
	Token, Code, Service, Ticket string
	Slot                         int64
	Cancelled                    bool
	madeBy                       string // the request, where it had a key: remembered longer than the day's keys
}

func (m *model) booking(is func(*modelBooking) bool) *modelBooking {
	for i := range m.booked {
		if is(&m.booked[i]) {
			return &m.booked[i]
		}
	}
	return nil
}

func dateOf(ms int64) int64 { return (ms + modelZone) / modelDay }

func dayName(date int64) string {
	return time.Unix(0, 0).UTC().AddDate(0, 0, int(date)).Format(time.DateOnly)
}

// bring drops what a day that opens has no use for.
func (m *model) bring() {
	m.keys = map[string]modelKey{}
	m.booked = slices.DeleteFunc(m.booked, func(b modelBooking) bool {
		return b.Ticket != "" || b.Cancelled || dateOf(b.Slot) < m.day
	})
}

// expected is how many appointments of a date hold a place of the quota.
func (m *model) expected(service string, date int64) int {
	n := 0
	for _, b := range m.booked {
		if b.Service == service && b.Ticket == "" && !b.Cancelled && dateOf(b.Slot) == date {
			n++
		}
	}
	return n
}

// inSlot is how many places of a half-hour are gone.
func (m *model) inSlot(service string, slot int64) int {
	n := 0
	for _, b := range m.booked {
		if b.Service == service && b.Slot == slot && !b.Cancelled {
			n++
		}
	}
	return n
}

// places is how many numbers are left on a date.
func (m *model) places(s kiosk.Service, date int64) int {
	if s.Quota == 0 {
		return 1 << 30
	}
	gone := m.expected(s.ID, date)
	if date == m.day {
		gone += m.taken[s.ID]
	}
	return s.Quota - gone
}

// offers says whether the half-hour can be booked, full or not.
func (m *model) offers(s kiosk.Service, slot int64) bool {
	minute := int((slot + modelZone) % modelDay / modelMinute)
	hours := m.hours(s.ID)[0].Mon
	if m.hours(s.ID)[0].Always {
		hours = []kiosk.Span{{From: 0, To: 1440}}
	}
	for _, d := range m.setup.ClosedDays {
		if d.Date == dayName(dateOf(slot)) {
			return false
		}
	}
	in := func(spans []kiosk.Span) bool {
		return slices.ContainsFunc(spans, func(x kiosk.Span) bool { return x.From <= minute && minute+30 <= x.To })
	}
	ahead, today, date := int64(m.setup.BookDays), dateOf(m.at), dateOf(slot)
	if ahead == 0 {
		ahead = 14
	}
	switch {
	case s.Slots == nil || s.Closed || slot%(30*modelMinute) != 0 || slot <= m.at:
		return false
	case date < today || date > today+ahead || date < m.day || m.over && date == m.day:
		return false
	}
	return in(hours) && (len(s.Slots.Spans) == 0 || in(s.Slots.Spans))
}

// slots is what can be booked on a date: begin and free places of each half-hour.
func (m *model) slots(id string, date int64) string {
	s, ok := m.service(id)
	out := ""
	for slot := date*modelDay - modelZone; ok && slot < (date+1)*modelDay-modelZone; slot += 30 * modelMinute {
		if m.offers(s, slot) {
			out += fmt.Sprint(slot, " ", max(0, min(s.Slots.Capacity-m.inSlot(id, slot), m.places(s, date))), ", ")
		}
	}
	return out
}

func (m *model) book(c kiosk.Book) reply {
	request := fmt.Sprint("book", c.Service, c.Slot.UnixMilli(), c.Lang)
	if r, ok := m.asked(c.Device, c.Key, request); ok {
		return r
	}
	madeBy := c.Device + "/" + c.Key + "/" + request
	if b := m.booking(func(b *modelBooking) bool { return b.madeBy == madeBy && !b.Cancelled }); c.Key != "" && b != nil {
		return reply{token: b.Token, repeat: true}
	}
	s, ok := m.service(c.Service)
	slot := c.Slot.UnixMilli()
	switch {
	case !ok:
		return reply{code: "unknown_service"}
	case s.Closed:
		return reply{code: "service_closed"}
	case m.time.suspect:
		return reply{code: "clock_suspect"}
	case !m.offers(s, slot):
		return reply{code: "slot_unknown"}
	case m.inSlot(c.Service, slot) >= s.Slots.Capacity:
		return reply{code: "slot_full"}
	case m.places(s, dateOf(slot)) <= 0:
		return reply{code: "quota_reached"}
	}
	for _, code := range c.Codes {
		if len(code) == 6 && m.booking(func(b *modelBooking) bool { return b.Code == code }) == nil {
			m.booked = append(m.booked, modelBooking{Token: c.Token, Code: code, Service: c.Service, Slot: slot, madeBy: madeBy})
			m.remember(c.Device, c.Key, request, c.Token)
			return reply{token: c.Token, wrote: true}
		}
	}
	return reply{code: "invalid_field"}
}

func (m *model) cancelBooking(c kiosk.CancelBooking) reply {
	b := m.booking(func(b *modelBooking) bool { return b.Token == c.Token })
	switch {
	case b == nil:
		return reply{code: "unknown_appointment"}
	case b.Cancelled:
		return reply{token: b.Token, repeat: true}
	case b.Ticket != "":
		return reply{code: "ticket_not_waiting"}
	}
	b.Cancelled = true
	return reply{token: b.Token, wrote: true}
}

func (m *model) checkIn(c kiosk.CheckIn) reply {
	b := m.booking(func(b *modelBooking) bool {
		return !b.Cancelled && (c.Appointment != "" && b.Token == c.Appointment || c.Appointment == "" && b.Code == c.Code)
	})
	if b == nil {
		return reply{code: "unknown_appointment"}
	}
	request := fmt.Sprint("check-in", b.Token, c.Priority, c.Lang, c.Print)
	if r, ok := m.asked(c.Device, c.Key, request); ok {
		return r
	}
	if b.Ticket != "" && !m.over {
		return reply{token: b.Ticket, repeat: true}
	}
	credit, known := m.credit(c.Priority)
	late := m.at > b.Slot+10*modelMinute
	switch {
	case !known:
		return reply{code: "unknown_priority"}
	case m.over:
		return reply{code: m.noDay()}
	case dateOf(b.Slot) > m.day, m.at < b.Slot-20*modelMinute && !m.time.suspect:
		return reply{code: "appointment_early"}
	case late && !m.time.suspect && !m.isOpen(b.Service) && m.isOpen(""):
		return reply{code: "service_closed"}
	case late && !m.time.suspect && !m.isOpen(b.Service):
		return reply{code: "hall_closed"}
	case c.Printer != "" && !named(c.Printer):
		return reply{code: "invalid_field"}
	}
	t := modelTicket{Token: c.Token, Service: b.Service, Priority: c.Priority, Device: c.Device, Booked: b.Token}
	t.Credit = max(credit, 600)
	if !late {
		t.Credit, t.Slot = max(credit, 1800), b.Slot
	}
	b.Ticket = c.Token
	m.remember(c.Device, c.Key, request, c.Token)
	return m.issue(t, c.Print, c.By, c.Printer)
}

// floor is the credit that the ticket's appointment leaves it in any case.
func (t *modelTicket) floor() int {
	switch {
	case t.Booked == "":
		return 0
	case t.Slot == 0:
		return 600
	}
	return 1800
}

// compareBookings wants the view's appointments, slots and hints to be the model's.
func (h *history) compareBookings(v *kiosk.View) {
	var want []string
	live := slices.Clone(h.m.booked)
	slices.SortFunc(live, func(a, b modelBooking) int {
		if a.Slot != b.Slot {
			return int(a.Slot - b.Slot)
		}
		return len(a.Code) - len(b.Code) + slices.Compare([]byte(a.Code), []byte(b.Code))
	})
	for _, b := range live {
		a := v.Appointment(b.Token)
		if a == nil || a.Code != b.Code || a.Ticket != b.Ticket || a.Cancelled != b.Cancelled || millis(a.Slot) != b.Slot {
			h.Fatalf("the appointment %+v is %+v", b, a)
		}
		if !b.Cancelled {
			want = append(want, b.Token)
			h.same("the appointment by its code", v.AppointmentByCode(b.Code), a)
		}
	}
	var got []string
	for _, a := range v.Appointments() {
		got = append(got, a.Token)
	}
	h.list("appointments", got, want)
	date := h.m.day + int64(dice(h.T, "date", 3))
	id := pick(h.T, "of", "s1", "s2", "s3")
	day := dayName(date)
	slots := ""
	for _, x := range v.Slots(id, day, time.UnixMilli(h.m.at)) {
		slots += fmt.Sprint(x.Start.UnixMilli(), " ", x.Free, ", ")
	}
	h.same("slots of "+id+" on "+day, slots, h.m.slots(id, date))
	hints := map[string]string{}
	for id, t := range v.Hints(time.UnixMilli(h.m.at)) {
		hints[id] = t.Token
	}
	h.same("hints", fmt.Sprint(hints), fmt.Sprint(h.m.hints()))
}
