package kiosk_test

import (
	"slices"
	"strings"

	"layso/kiosk"
)

func (m *model) cancel(c kiosk.Cancel) reply {
	t := m.ticket(c.Token)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case t.State == "cancelled":
		return reply{token: t.Token, repeat: true}
	case t.State != "waiting" && t.State != "held" && t.State != "no_show":
		return reply{code: "ticket_not_waiting"}
	}
	m.held = slices.DeleteFunc(m.held, func(x string) bool { return x == t.Token })
	t.State, t.Ended, t.Counter, t.Reason = "cancelled", m.at, "", ""
	t.leftAt, t.leftFor = "", ""
	return reply{token: t.Token, wrote: true}
}

func (m *model) rate(c kiosk.Rate) reply {
	t := m.ticket(c.Token)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case c.Stars < 1 || c.Stars > 5:
		return reply{code: "invalid_field"}
	case t.State != "finished":
		return reply{code: "ticket_not_finished"}
	}
	t.Stars = c.Stars
	return reply{token: t.Token, wrote: true}
}

func (m *model) setPriority(c kiosk.SetPriority) reply {
	t := m.ticket(c.Token)
	credit, known := m.credit(c.Priority)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case !known && c.Priority != t.Priority:
		return reply{code: "unknown_priority"}
	case c.Reason == "":
		return reply{code: "invalid_field"}
	case t.State != "waiting" && t.State != "held" && t.State != "called":
		return reply{code: "ticket_not_waiting"}
	case c.Priority == t.Priority && (t.Confirmed || c.Priority == ""):
		return reply{token: t.Token, repeat: true}
	}
	if c.Priority != t.Priority { // else it is only confirmed, and what was given stays
		t.Credit = max(credit, t.floor())
	}
	t.Priority, t.Confirmed = c.Priority, c.Priority != ""
	return reply{token: t.Token, wrote: true}
}

// comeBack is the return of somebody who missed his call or was put on hold.
func (m *model) comeBack(c kiosk.Return) reply {
	t := m.ticket(c.Token)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case t.State == "waiting" || t.State == "called":
		return reply{token: t.Token, repeat: true}
	case t.State != "held" && t.State != "no_show":
		return reply{code: "ticket_not_waiting"}
	}
	m.held = slices.DeleteFunc(m.held, func(x string) bool { return x == t.Token })
	t.State, t.Counter, t.Reason, t.Ended, t.since, t.behind = "waiting", "", "", 0, m.at, m.at-10*modelMinute
	return reply{token: t.Token, wrote: true}
}

// changeSetup is told by a Seq of 0 that the change is made from an old version, and by an empty
// time zone that it is not valid. A day that opens brings the setup anew, which is a version too.
func (m *model) changeSetup(c kiosk.ChangeSetup) reply {
	switch {
	case c.Seq == 0 || m.fresh:
		return reply{code: "setup_changed"}
	case c.Setup.TimeZone == "":
		return reply{code: "invalid_field"}
	}
	for _, seat := range m.counters {
		if seat.State != "closed" && !slices.ContainsFunc(c.Setup.Counters, func(x kiosk.Counter) bool { return x.ID == seat.ID }) {
			return reply{code: "counter_in_use"}
		}
	}
	needed := ""
	for _, t := range m.tickets {
		needed += " " + t.Service + " " + t.Route + " " + t.leftFor // an undo may send it back there
	}
	for _, b := range m.booked {
		if !b.Cancelled {
			needed += " " + b.Service
		}
	}
	for _, id := range strings.Fields(needed) {
		if !slices.ContainsFunc(c.Setup.Services, func(x kiosk.Service) bool { return x.ID == id }) {
			return reply{code: "service_in_use"}
		}
	}
	old := m.counters
	m.setup, m.counters = c.Setup, nil
	for _, x := range c.Setup.Counters {
		seat := modelCounter{ID: x.ID, State: "closed"}
		if i := slices.IndexFunc(old, func(o modelCounter) bool { return o.ID == x.ID }); i >= 0 {
			seat = old[i]
		}
		m.counters = append(m.counters, seat)
	}
	for id := range m.taken {
		if _, ok := m.service(id); !ok {
			delete(m.taken, id) // a service that went and came back counts anew
		}
	}
	return reply{wrote: true}
}
