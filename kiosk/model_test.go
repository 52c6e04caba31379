package kiosk_test

import (
	"fmt"
	"slices"
	"strings"

	"layso/kiosk"
)

// The naive model: the hall written once more as plain structs and linear scans, from the comments
// and the facts. It shares the types of commands and setups with the package, and no code.

type modelTicket struct {
	Number, Token, Service, Priority, Device, State, Counter, Reason, Print, PrintFault string
	Route, Booked                                                                       string // services to come; appointment
	Printer, PrintedOn, PrintBy                                                         string
	Confirmed, Undated, Written                                                         bool
	Credit, Calls, Ahead, Stars, Dossiers, Prints, Order, Misses                        int
	Issued, CalledAt, Ended, Slot, PrintAsked                                           int64 // Unix ms
	modelHidden
}

// modelHidden is what a ticket does not show.
type modelHidden struct {
	left            int    // calls until a missed ticket is called again
	since           int64  // when it began to wait
	behind          int64  // the earliest key since it came back
	leftAt, leftFor string // counter and service of the step of its route that may be taken back
	counted         int    // dossiers of the last finish
}

type modelCounter struct {
	ID, State, User, Reason, InHand, Ended, Ask string
	Help                                        int64
	modelMemory
}

// modelMemory is what a counter does not show.
type modelMemory struct {
	nextFinish, nextService, nextResult string
	done, doneService, doneWhat         string
	idle                                int64
}

type modelKey struct{ request, token string }

type model struct {
	setup    *kiosk.Setup
	day      int64 // days since 1970 in the hall's zone
	tickets  []modelTicket
	booked   []modelBooking
	counters []modelCounter
	numbers  map[string]int // last by prefix
	taken    map[string]int // by service
	keys     map[string]modelKey
	held     []string // tokens, longest first
	recent   []string // numbers, newest first
	rolls    []modelRoll
	at       int64 // newest stamp
	stored   int64 // stamp of the newest event
	fresh    bool  // the day opened with this very command
	over     bool  // the day is closed
	days     int   // how many of these began or ended
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
	c.booked, c.rolls = slices.Clone(m.booked), slices.Clone(m.rolls)
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
	case s.Quota > 0 && m.taken[s.ID]+m.expected(s.ID, m.day) >= s.Quota:
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

// asked gives the answer to a request whose key was used before, if it was.
func (m *model) asked(device, key, request string) (reply, bool) {
	old, ok := m.keys[device+"/"+key]
	switch {
	case !ok || key == "":
		return reply{}, false
	case old.request != request:
		return reply{code: "key_reused"}, true
	}
	return reply{token: old.token, repeat: true}, true
}

func (m *model) remember(device, key, request, token string) {
	if key != "" {
		m.keys[device+"/"+key] = modelKey{request, token}
	}
}

func (m *model) take(c kiosk.Take) reply {
	request := fmt.Sprint(c.Service, c.Priority, c.Lang, c.Print, c.Route)
	if r, ok := m.asked(c.Device, c.Key, request); ok {
		return r
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
	seen := map[string]bool{c.Service: true}
	for _, id := range c.Route {
		switch s, ok := m.service(id); {
		case !ok:
			return reply{code: "unknown_service"}
		case seen[id]:
			return reply{code: "invalid_field"}
		case s.Closed:
			return reply{code: "service_closed"}
		}
		seen[id] = true
	}
	if c.Printer != "" && !named(c.Printer) {
		return reply{code: "invalid_field"}
	}
	m.remember(c.Device, c.Key, request, c.Token)
	return m.issue(modelTicket{
		Token: c.Token, Service: c.Service, Priority: c.Priority, Device: c.Device, Credit: credit, Route: strings.Join(c.Route, " "),
	}, c.Print, c.By, c.Printer)
}

// issue gives the ticket its number and lets it wait.
func (m *model) issue(t modelTicket, print bool, by, printer string) reply {
	s, _ := m.service(t.Service)
	m.taken[s.ID]++
	for t.Number == "" || m.has(t.Number) { // those that were written by hand are somebody's already
		m.numbers[s.Prefix]++
		t.Number = fmt.Sprintf("%s%03d", s.Prefix, m.numbers[s.Prefix])
	}
	t.State, t.Print, t.Order, t.Issued, t.Undated, t.since = "waiting", "off", len(m.tickets), m.at, m.time.suspect, m.at
	if print {
		m.ask(&t, by, printer)
	}
	t.Ahead = m.ahead(&t)
	m.tickets = append(m.tickets, t)
	return reply{token: t.Token, wrote: true}
}
