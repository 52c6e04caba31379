package kiosk_test

import (
	"slices"
	"time"

	"layso/kiosk"
)

// modelClock is the PC's clock as the model last read it, and what became of that.
type modelClock struct {
	pc                 *stepClock
	wall, mono, offset int64 // ms
	set                int64 // offset that the log tells
	doubted            int64 // since when, by the log; 0 while it is not
	suspect, onRecord  bool
	steps              bool // noticed and not on record yet
}

const modelFarAhead = 45 * modelDay

// read takes the time.
func (m *model) read() {
	now, mono := m.time.pc.now().UnixMilli(), m.time.pc.mono
	passed := mono - m.time.mono
	jump := now - m.time.wall - passed
	if jump > 2000 || jump < -2000 {
		m.time.suspect, m.time.steps = true, true
	}
	next := m.at + passed
	if !m.time.suspect {
		next = now + m.time.offset
	}
	m.time.wall, m.time.mono, m.at = now, mono, max(m.at, next)
}

// calendar takes the time, closes the business day and opens the next one when it is time; true when
// any of it comes into the log.
func (m *model) calendar() bool {
	m.read()
	if m.time.steps {
		m.stored = m.at
		if !m.time.onRecord {
			m.time.doubted = m.at
		}
	}
	return m.roll() || m.time.steps
}

func (m *model) roll() bool {
	m.fresh = false
	today := (m.at + modelZone) / modelDay
	if m.time.suspect || !m.over && !m.ends(today) {
		return false
	}
	ended := !m.over
	if ended {
		m.over, m.stored = true, m.at
		m.clear()
	}
	if today > m.day {
		m.day, m.over, m.fresh, m.stored = today, false, true, m.at
		m.bring()
	}
	return ended || m.fresh
}

// ends says whether the open day has to end.
func (m *model) ends(today int64) bool {
	switch {
	case today > m.day:
		return !m.working() || m.at+modelZone >= (m.day+1)*modelDay+4*3600_000
	case m.closing("") == 0 || m.at < m.closing("") || m.at-m.stored < 5*60_000:
		return false
	}
	return !m.working()
}

// working says whether somebody is in hand, or left whom a clerk who is there may call.
func (m *model) working() bool {
	for _, c := range m.counters {
		if c.InHand != "" {
			return true
		}
		for _, t := range m.tickets {
			able, _ := m.serves(c.ID, t.Service)
			left := t.State == "waiting" && m.mayCall(c.ID, &t) || t.State == "held" && able
			if left && c.State != "closed" {
				return true
			}
		}
	}
	return false
}

// hours are those that count for the service, or for the hall: its own and those of its services.
func (m *model) hours(service string) (out []kiosk.Hours) {
	if s, ok := m.service(service); ok && s.Hours != nil {
		return []kiosk.Hours{*s.Hours}
	}
	out = append(out, m.setup.Hours)
	for _, s := range m.setup.Services {
		if service == "" && s.Hours != nil && !s.Closed {
			out = append(out, *s.Hours)
		}
	}
	return out
}

func (m *model) holiday() bool {
	today := time.UnixMilli(m.at + modelZone).UTC().Format(time.DateOnly)
	return slices.ContainsFunc(m.setup.ClosedDays, func(d kiosk.ClosedDay) bool { return d.Date == today })
}

// closing is when the hours of today end, and 0 when they never do.
func (m *model) closing(service string) int64 {
	last := 0
	for _, h := range m.hours(service) {
		if h.Always || m.holiday() {
			return 0
		}
		for _, x := range h.Mon {
			last = max(last, x.To)
		}
	}
	return (m.at+modelZone)/modelDay*modelDay - modelZone + int64(last)*60_000
}

func (m *model) isOpen(service string) bool {
	minute := int((m.at + modelZone) % modelDay / 60_000)
	for _, h := range m.hours(service) {
		in := func(x kiosk.Span) bool { return minute >= x.From && minute < x.To }
		if (h.Always || slices.ContainsFunc(h.Mon, in)) && !m.holiday() { // the same hours every day
			return true
		}
	}
	return false
}

// restart forgets what no event tells.
func (m *model) restart() {
	m.at = m.stored
	m.time = modelClock{pc: m.time.pc, wall: m.time.pc.now().UnixMilli(), mono: m.time.pc.mono, suspect: m.time.onRecord, onRecord: m.time.onRecord, set: m.time.set, doubted: m.time.doubted}
	switch ahead := m.time.wall - m.stored; {
	case m.time.suspect:
	case ahead < -2000 || ahead > modelFarAhead || max(m.time.set, -m.time.set) > 600_000 && ahead+m.time.set > -2000:
		m.time.suspect, m.time.onRecord, m.time.doubted = true, true, m.stored
	default:
		m.at = max(m.at, m.time.wall)
	}
	m.roll()
}

func (m *model) setClock(c kiosk.SetClock) reply {
	said := c.Now.UnixMilli()
	if off := m.time.wall - said; off > -60_000 && off < 60_000 {
		said = m.time.wall
	}
	switch {
	case said <= m.stored-60_000:
		return reply{code: "invalid_field"}
	case said > m.stored+modelFarAhead && !c.Sure:
		return reply{code: "time_far_ahead"}
	}
	before := m.at
	m.at = max(said, m.stored)
	m.stored = m.at
	for i := range m.tickets { // whose paper is to come has asked for it as long ago as before
		t := &m.tickets[i]
		if slices.Contains([]string{"queued", "sending", "failed", "uncertain"}, t.Print) && t.PrintAsked > m.time.doubted {
			t.PrintAsked += m.at - before
		}
	}
	m.time.doubted = 0
	m.time.offset, m.time.suspect = m.at-m.time.wall, false
	m.time.set = m.time.offset
	fresh := m.fresh
	m.roll()
	m.fresh = m.fresh || fresh
	return reply{wrote: true}
}

func (m *model) closeDay() reply {
	switch {
	case m.over:
		return reply{repeat: true}
	case m.time.suspect:
		return reply{code: "clock_suspect"}
	case slices.ContainsFunc(m.counters, func(c modelCounter) bool { return c.InHand != "" }):
		return reply{code: "ticket_in_service"}
	}
	m.over = true
	m.clear()
	return reply{wrote: true}
}

// noDay says why nothing is done once the day is closed.
func (m *model) noDay() string {
	if m.time.suspect {
		return "clock_suspect"
	}
	return "hall_closed"
}
