package kiosk_test

import (
	"slices"
	"strings"

	"layso/kiosk"
)

// call puts t into the counter's hand.
func (m *model) call(seat *modelCounter, t *modelTicket) {
	m.held = slices.DeleteFunc(m.held, func(x string) bool { return x == t.Token })
	t.State, t.Counter, t.CalledAt, t.Ended, t.Reason = "called", seat.ID, m.at, 0, ""
	t.Calls++
	t.leftAt, t.leftFor = "", ""
	seat.InHand = t.Token
	m.show(t)
	for i := range m.tickets {
		x := &m.tickets[i]
		if able, _ := m.serves(seat.ID, x.Service); x.State == "no_show" && x.left > 0 && able {
			x.left--
		}
	}
}

func (m *model) show(t *modelTicket) {
	m.recent = slices.DeleteFunc(m.recent, func(x string) bool { return x == t.Number })
	m.recent = slices.Insert(m.recent, 0, t.Number)
	m.recent = m.recent[:min(12, len(m.recent))]
}

// release takes the ticket out of the counter's hand.
func (m *model) release(seat *modelCounter, t *modelTicket, what string) {
	seat.InHand, seat.idle = "", m.at
	seat.done, seat.doneService, seat.doneWhat = t.Token, t.Service, what
}

// finish ends the service of the ticket, or sends it on to the next one of its route.
func (m *model) finish(seat *modelCounter, t *modelTicket, dossiers int) {
	m.release(seat, t, "finish")
	seat.Ended = t.Token
	t.Dossiers, t.counted = t.Dossiers+dossiers, dossiers
	route := strings.Fields(t.Route)
	if len(route) == 0 {
		t.State, t.Ended = "finished", m.at
		return
	}
	t.leftAt, t.leftFor = seat.ID, t.Service
	t.State, t.Counter, t.Service, t.Route, t.since = "waiting", "", route[0], strings.Join(route[1:], " "), m.at
}

// asksAgain says whether the Next is one that the counter has answered.
func asksAgain(c kiosk.Next, seat *modelCounter) bool {
	same := c.Finish != "" && seat.nextFinish == c.Finish && (c.For == "" || c.For == seat.nextService)
	return same && (seat.InHand != c.Finish || seat.nextResult == c.Finish)
}

func (m *model) next(c kiosk.Next) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why != "":
		return reply{code: why}
	case asksAgain(c, seat):
		return reply{token: seat.nextResult, repeat: true}
	case c.Finish == "" && seat.InHand != "":
		return reply{code: "ticket_in_service"}
	case c.Finish != seat.InHand:
		return reply{code: "no_ticket_in_hand"}
	case c.Finish != "" && c.For != "" && m.ticket(c.Finish).Service != c.For:
		return reply{code: "no_ticket_in_hand"}
	case seat.State == "paused":
		return reply{code: "counter_closed"}
	}
	if c.Finish != "" {
		m.finish(seat, m.ticket(c.Finish), 0)
		seat.nextFinish, seat.nextService, seat.nextResult = c.Finish, seat.doneService, ""
	}
	best := m.choice(c.Counter)
	if best == nil {
		return reply{wrote: c.Finish != ""}
	}
	m.call(seat, best)
	if c.Finish != "" {
		seat.nextResult = best.Token
	} else {
		seat.forget(best.Token)
	}
	return reply{token: best.Token, wrote: true}
}

// forget drops the memory of a Next that finished the ticket, which is in hand again.
func (seat *modelCounter) forget(token string) {
	if seat.nextFinish == token {
		seat.nextFinish, seat.nextService, seat.nextResult = "", "", ""
	}
}

func (m *model) callTicket(c kiosk.CallTicket) reply {
	seat, why := m.sits(c.Operator)
	if why != "" {
		return reply{code: why}
	}
	t := m.ticket(c.Token)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case seat.InHand == c.Token:
		return reply{token: c.Token, repeat: true}
	case seat.InHand != "":
		return reply{code: "ticket_in_service"}
	case seat.State == "paused":
		return reply{code: "counter_closed"}
	case t.State != "waiting" && t.State != "held" && t.State != "no_show":
		return reply{code: "ticket_not_waiting"}
	}
	m.call(seat, t)
	seat.forget(t.Token)
	return reply{token: t.Token, wrote: true}
}

func (m *model) undo(c kiosk.Undo) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why != "":
		return reply{code: why}
	case seat.InHand != "":
		return reply{code: "ticket_in_service"}
	}
	t := m.ticket(seat.Ended)
	if t == nil {
		return reply{code: "nothing_to_undo"}
	}
	onward := t.State == "waiting" && t.leftAt == seat.ID
	if !onward && (t.Counter != seat.ID || t.State != "finished" && t.State != "no_show") {
		return reply{code: "nothing_to_undo"}
	}
	if t.State == "no_show" {
		t.Misses--
	} else {
		t.Dossiers, t.counted = t.Dossiers-t.counted, 0
	}
	if onward {
		t.Route = strings.TrimSpace(t.Service + " " + t.Route)
		t.Service, t.leftAt, t.leftFor = t.leftFor, "", ""
	}
	t.State, t.Counter, t.Ended = "called", seat.ID, 0
	seat.InHand, seat.Ended, seat.nextFinish, seat.nextService, seat.nextResult, seat.done = t.Token, "", "", "", "", ""
	return reply{token: t.Token, wrote: true}
}

// inHand is the commands about the ticket in hand.
func (m *model) inHand(cmd kiosk.Command) reply {
	o, what := operatorOf(cmd)
	seat, why := m.sits(o)
	if why != "" {
		return reply{code: why}
	}
	t := m.ticket(seat.InHand)
	seen := t != nil && (o.InHand == "" || o.InHand == t.Token) && (o.For == "" || o.For == t.Service)
	switch {
	case !(seen && o.InHand != "") && what != "" && o.InHand != "" && seat.done == o.InHand && seat.doneWhat == what && (o.For == "" || o.For == seat.doneService):
		return reply{token: o.InHand, repeat: true}
	case !seen:
		return reply{code: "no_ticket_in_hand"}
	}
	switch c := cmd.(type) {
	case kiosk.Recall:
		t.Calls++
		m.show(t)
	case kiosk.Finish:
		if c.Dossiers < 0 || c.Dossiers > 1000 {
			return reply{code: "invalid_field"}
		}
		m.finish(seat, t, c.Dossiers)
	case kiosk.MarkNoShow:
		m.release(seat, t, what)
		t.State, t.Ended, t.left, seat.Ended = "no_show", m.at, 3, t.Token
		t.Misses++
	case kiosk.Hold:
		m.release(seat, t, what)
		t.State, t.Counter, t.Reason = "held", "", c.Reason
		m.held = append(m.held, t.Token)
	case kiosk.Transfer:
		if why := m.transfer(seat, t, c); why != "" {
			return reply{code: why}
		}
	}
	return reply{token: t.Token, wrote: true}
}

// operatorOf gives who acts, and what a repeated request is known by.
func operatorOf(cmd kiosk.Command) (kiosk.Operator, string) {
	switch c := cmd.(type) {
	case kiosk.Recall:
		return c.Operator, ""
	case kiosk.Finish:
		return c.Operator, "finish"
	case kiosk.MarkNoShow:
		return c.Operator, "no-show"
	case kiosk.Hold:
		return c.Operator, "hold"
	case kiosk.Transfer:
		return c.Operator, "transfer"
	}
	panic("a command that the model does not know")
}

func (m *model) transfer(seat *modelCounter, t *modelTicket, c kiosk.Transfer) string {
	service := t.Service
	if c.Service != "" {
		service = c.Service
	}
	if c.Service == "" && c.ToCounter == "" {
		return "invalid_field"
	}
	if _, ok := m.service(service); !ok {
		return "unknown_service"
	}
	if c.ToCounter != "" {
		to := m.counter(c.ToCounter)
		if to == nil {
			return "unknown_counter"
		}
		if to.State == "closed" {
			return "counter_closed"
		}
	}
	m.release(seat, t, "transfer")
	route := slices.DeleteFunc(strings.Fields(t.Route), func(id string) bool { return id == service })
	t.State, t.Service, t.Counter, t.Route, t.since = "waiting", service, c.ToCounter, strings.Join(route, " "), m.at
	return ""
}
