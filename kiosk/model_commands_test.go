package kiosk_test

import (
	"slices"

	"layso/kiosk"
)

// do carries a command out in the model.
func (m *model) do(cmd kiosk.Command) reply {
	rolled := m.calendar()
	r := m.command(cmd)
	if r.code != "" || r.repeat {
		r.wrote = false
	}
	r.wrote = r.wrote || rolled
	if r.wrote {
		m.stored, m.time.onRecord, m.time.steps = m.at, m.time.suspect, false
	}
	return r
}

func (m *model) command(cmd kiosk.Command) reply {
	switch c := cmd.(type) {
	case kiosk.Take:
		return m.take(c)
	case kiosk.Cancel:
		return m.cancel(c)
	case kiosk.Rate:
		return m.rate(c)
	case kiosk.SetPriority:
		return m.setPriority(c)
	case kiosk.Reprint, kiosk.ReportPrint:
		return m.paper(c)
	case kiosk.ChangeSetup:
		return m.changeSetup(c)
	case kiosk.SetClock:
		return m.setClock(c)
	case kiosk.CloseDay:
		return m.closeDay()
	case kiosk.OpenCounter:
		return m.open(c)
	case kiosk.CloseCounter:
		return m.close(c)
	case kiosk.PauseCounter:
		return m.turn(c.Operator, "paused", c.Reason)
	case kiosk.ResumeCounter:
		return m.turn(c.Operator, "open", "")
	case kiosk.Next:
		return m.next(c)
	case kiosk.CallTicket:
		return m.callTicket(c)
	case kiosk.Undo:
		return m.undo(c)
	}
	return m.inHand(cmd)
}

// sits says why the operator may not act at the counter.
func (m *model) sits(o kiosk.Operator) (*modelCounter, string) {
	c := m.counter(o.Counter)
	switch {
	case c == nil:
		return nil, "unknown_counter"
	case c.State == "closed":
		return c, "counter_closed"
	case c.User != o.User && !o.Any:
		return c, "counter_taken"
	}
	return c, ""
}

func (m *model) open(c kiosk.OpenCounter) reply {
	seat, why := m.sits(kiosk.Operator{Counter: c.Counter, User: c.User})
	switch why {
	case "":
		return reply{repeat: true}
	case "counter_closed":
		if m.over {
			return reply{code: m.noDay()}
		}
		*seat = modelCounter{ID: seat.ID, State: "open", User: c.User}
		return reply{wrote: true}
	}
	return reply{code: why}
}

func (m *model) close(c kiosk.CloseCounter) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why == "counter_closed":
		return reply{repeat: true}
	case why != "":
		return reply{code: why}
	case seat.InHand != "":
		return reply{code: "ticket_in_service"}
	}
	*seat = modelCounter{ID: seat.ID, State: "closed"}
	for i := range m.tickets {
		if m.tickets[i].State == "waiting" && m.tickets[i].Counter == seat.ID {
			m.tickets[i].Counter = ""
		}
	}
	return reply{wrote: true}
}

func (m *model) turn(o kiosk.Operator, to, reason string) reply {
	seat, why := m.sits(o)
	if why != "" {
		return reply{code: why}
	}
	if seat.State == to {
		return reply{repeat: true}
	}
	seat.State, seat.Reason = to, reason
	return reply{wrote: true}
}

// call puts t into the counter's hand.
func (m *model) call(seat *modelCounter, t *modelTicket) {
	m.held = slices.DeleteFunc(m.held, func(x string) bool { return x == t.Token })
	t.State, t.Counter, t.CalledAt, t.Ended, t.Reason = "called", seat.ID, m.at, 0, ""
	t.Calls++
	seat.InHand = t.Token
	m.show(t)
	for i := range m.tickets {
		x := &m.tickets[i]
		if x.State == "no_show" && x.left > 0 && slices.Contains(m.skills(seat.ID), x.Service) {
			x.left--
		}
	}
}

func (m *model) show(t *modelTicket) {
	m.recent = slices.DeleteFunc(m.recent, func(x string) bool { return x == t.Number })
	m.recent = slices.Insert(m.recent, 0, t.Number)
	m.recent = m.recent[:min(12, len(m.recent))]
}

func (m *model) end(seat *modelCounter, t *modelTicket, state string) {
	t.State, t.Ended = state, m.at
	seat.InHand, seat.Ended = "", t.Token
}

func (m *model) next(c kiosk.Next) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why != "":
		return reply{code: why}
	case c.Finish == "" && seat.InHand != "":
		return reply{code: "ticket_in_service"}
	case c.Finish != "" && seat.InHand != c.Finish && seat.nextFinish == c.Finish:
		return reply{token: seat.nextResult, repeat: true}
	case c.Finish != "" && seat.InHand != c.Finish:
		return reply{code: "no_ticket_in_hand"}
	case seat.State == "paused":
		return reply{code: "counter_closed"}
	}
	if c.Finish != "" {
		t := m.ticket(c.Finish)
		t.Dossiers = 0
		m.end(seat, t, "finished")
		seat.nextFinish, seat.nextResult = c.Finish, ""
	}
	best := m.choice(c.Counter)
	if best == nil {
		return reply{wrote: c.Finish != ""}
	}
	m.call(seat, best)
	if c.Finish != "" {
		seat.nextResult = best.Token
	}
	return reply{token: best.Token, wrote: true}
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
	if t == nil || t.Counter != seat.ID || t.State != "finished" && t.State != "no_show" {
		return reply{code: "nothing_to_undo"}
	}
	if t.State == "no_show" {
		t.Misses--
	}
	t.State, t.Ended, t.Dossiers = "called", 0, 0
	seat.InHand, seat.Ended, seat.nextFinish, seat.nextResult = t.Token, "", "", ""
	return reply{token: t.Token, wrote: true}
}

// inHand is the commands about the ticket in hand.
func (m *model) inHand(cmd kiosk.Command) reply {
	seat, why := m.sits(operatorOf(cmd))
	if why == "" && seat.InHand == "" {
		why = "no_ticket_in_hand"
	}
	if why != "" {
		return reply{code: why}
	}
	t := m.ticket(seat.InHand)
	switch c := cmd.(type) {
	case kiosk.Recall:
		t.Calls++
		m.show(t)
	case kiosk.Finish:
		if c.Dossiers < 0 || c.Dossiers > 1000 {
			return reply{code: "invalid_field"}
		}
		m.end(seat, t, "finished")
		t.Dossiers = c.Dossiers
	case kiosk.MarkNoShow:
		m.end(seat, t, "no_show")
		t.Misses++
		t.left = 3
	case kiosk.Hold:
		t.State, t.Counter, t.Reason, seat.InHand = "held", "", c.Reason, ""
		m.held = append(m.held, t.Token)
	case kiosk.Transfer:
		if why := m.transfer(seat, t, c); why != "" {
			return reply{code: why}
		}
	}
	return reply{token: t.Token, wrote: true}
}

func operatorOf(cmd kiosk.Command) kiosk.Operator {
	switch c := cmd.(type) {
	case kiosk.Recall:
		return c.Operator
	case kiosk.Finish:
		return c.Operator
	case kiosk.MarkNoShow:
		return c.Operator
	case kiosk.Hold:
		return c.Operator
	case kiosk.Transfer:
		return c.Operator
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
	t.State, t.Service, t.Counter, seat.InHand = "waiting", service, c.ToCounter, ""
	return ""
}
