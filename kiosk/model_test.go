package kiosk_test

import (
	"fmt"
	"slices"

	"layso/kiosk"
)

// The naive model: the hall written once more as plain structs and linear scans, from the comments
// and the facts. It shares the types of commands and setups with the package, and no code.

type modelTicket struct {
	Number, Token, Service, Priority, Device, State, Counter, Reason, Print, PrintFault string
	Confirmed                                                                           bool
	Credit, Calls, Ahead, Stars, Dossiers, Prints, Order                                int
	Misses, left                                                                        int   // calls until a missed ticket is called again
	Issued, CalledAt, Ended                                                             int64 // Unix ms
	Undated                                                                             bool
}

type modelCounter struct {
	ID, State, User, Reason, InHand, Ended, nextFinish, nextResult string
}

type modelKey struct{ request, token string }

type model struct {
	setup    *kiosk.Setup
	day      int64 // days since 1970 in the hall's zone
	tickets  []modelTicket
	counters []modelCounter
	numbers  map[string]int // last by prefix
	taken    map[string]int // by service
	keys     map[string]modelKey
	held     []string // tokens, longest first
	recent   []string // numbers, newest first
	at       int64    // newest stamp
	stored   int64    // stamp of the newest event
	fresh    bool     // the day opened with this very command
	over     bool     // the day is closed
	days     int      // how many of these began or ended
	time     modelClock
}

// reply is what a command is answered with; wrote says that something came into the log.
type reply struct {
	code, token string
	repeat      bool
	wrote       bool
}

const (
	modelZone = 7 * 3600_000 // Vietnam has no summer time
	modelDay  = 24 * 3600_000
)

func newModel(setup *kiosk.Setup, clock *stepClock) *model {
	now := clock.now().UnixMilli()
	m := &model{setup: setup, day: (now + modelZone) / modelDay, at: now, stored: now, time: modelClock{pc: clock, wall: now}}
	m.clear()
	return m
}

func (m *model) clear() {
	m.days++
	m.tickets, m.counters, m.held, m.recent = nil, nil, nil, nil
	m.numbers, m.taken, m.keys = map[string]int{}, map[string]int{}, map[string]modelKey{}
	for _, c := range m.setup.Counters {
		m.counters = append(m.counters, modelCounter{ID: c.ID, State: "closed"})
	}
}

func (m *model) clone() *model {
	c := *m
	c.tickets, c.counters = slices.Clone(m.tickets), slices.Clone(m.counters)
	c.held, c.recent = slices.Clone(m.held), slices.Clone(m.recent)
	c.numbers, c.taken, c.keys = map[string]int{}, map[string]int{}, map[string]modelKey{}
	for k, v := range m.numbers {
		c.numbers[k] = v
	}
	for k, v := range m.taken {
		c.taken[k] = v
	}
	for k, v := range m.keys {
		c.keys[k] = v
	}
	return &c
}

func (m *model) ticket(token string) *modelTicket {
	for i := range m.tickets {
		if m.tickets[i].Token == token {
			return &m.tickets[i]
		}
	}
	return nil
}

func (m *model) counter(id string) *modelCounter {
	for i := range m.counters {
		if m.counters[i].ID == id {
			return &m.counters[i]
		}
	}
	return nil
}

// earlier is the order of calling: time of issue less the credit, then who came first.
func earlier(a, b *modelTicket) bool {
	x, y := a.Issued-int64(a.Credit)*1000, b.Issued-int64(b.Credit)*1000
	return x < y || x == y && a.Order < b.Order
}

func (m *model) skills(counter string) []string {
	for _, c := range m.setup.Counters {
		if c.ID == counter {
			return c.Services
		}
	}
	return nil
}

// mayCall says whether the counter may call the waiting ticket.
func (m *model) mayCall(counter string, t *modelTicket) bool {
	if t.Counter != "" {
		return t.Counter == counter
	}
	return slices.Contains(m.skills(counter), t.Service)
}

// choice is whom the counter calls next.
func (m *model) choice(counter string) *modelTicket {
	var best *modelTicket
	for i := range m.tickets {
		t := &m.tickets[i]
		again := t.State == "no_show" && t.Misses == 1 && t.left == 0 && slices.Contains(m.skills(counter), t.Service)
		if (again || t.State == "waiting" && m.mayCall(counter, t)) && (best == nil || earlier(t, best)) {
			best = t
		}
	}
	return best
}

// ahead counts the waiting tickets that the counters able to call t would call before it. Those are
// the counters with a clerk, or with none all that are planned.
func (m *model) ahead(t *modelTicket) int {
	var able, planned []string
	for _, c := range m.counters {
		if m.mayCall(c.ID, t) {
			planned = append(planned, c.ID)
			if c.State != "closed" {
				able = append(able, c.ID)
			}
		}
	}
	if len(able) == 0 {
		able = planned
	}
	n := 0
	for i := range m.tickets {
		u := &m.tickets[i]
		may := slices.ContainsFunc(able, func(c string) bool { return m.mayCall(c, u) })
		if u.State == "waiting" && may && earlier(u, t) {
			n++
		}
	}
	return n
}

// closed says why the service gives no numbers.
func (m *model) closed(s kiosk.Service) string {
	if m.over {
		return m.noDay()
	}
	switch {
	case !m.time.suspect && !m.isOpen("") && !m.isOpen(s.ID):
		return "hall_closed"
	case !m.time.suspect && !m.isOpen(s.ID):
		return "service_closed"
	case s.Closed:
		return "service_closed"
	case s.Quota > 0 && m.taken[s.ID] >= s.Quota:
		return "quota_reached"
	case !m.time.suspect && m.closing(s.ID) > 0 && m.at+int64(s.MeanS)*1000 > m.closing(s.ID)+int64(m.setup.OvertimeS)*1000:
		return "no_time_left"
	}
	return ""
}

func (m *model) service(id string) (kiosk.Service, bool) {
	for _, s := range m.setup.Services {
		if s.ID == id {
			return s, true
		}
	}
	return kiosk.Service{}, false
}

func (m *model) credit(reason string) (int, bool) {
	for _, p := range m.setup.Priorities {
		if p.ID == reason {
			return p.CreditS, true
		}
	}
	return 0, reason == ""
}

func (m *model) take(c kiosk.Take) reply {
	request := fmt.Sprint(c.Service, c.Priority, c.Lang, c.Print)
	if old, ok := m.keys[c.Device+"/"+c.Key]; ok && c.Key != "" {
		if old.request != request {
			return reply{code: "key_reused"}
		}
		return reply{token: old.token, repeat: true}
	}
	credit, ok := m.credit(c.Priority)
	if !ok {
		return reply{code: "unknown_priority"}
	}
	s, ok := m.service(c.Service)
	if !ok {
		return reply{code: "unknown_service"}
	}
	if why := m.closed(s); why != "" {
		return reply{code: why}
	}
	m.numbers[s.Prefix]++
	m.taken[s.ID]++
	t := modelTicket{
		Number: fmt.Sprintf("%s%03d", s.Prefix, m.numbers[s.Prefix]), Token: c.Token, Service: c.Service, Priority: c.Priority,
		Device: c.Device, State: "waiting", Print: "off", Credit: credit, Order: len(m.tickets), Issued: m.at, Undated: m.time.suspect,
	}
	if c.Print {
		t.Print, t.Prints = "queued", 1
	}
	t.Ahead = m.ahead(&t)
	m.tickets = append(m.tickets, t)
	if c.Key != "" {
		m.keys[c.Device+"/"+c.Key] = modelKey{request, c.Token}
	}
	return reply{token: c.Token, wrote: true}
}
