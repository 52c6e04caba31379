package kiosk_test

import "layso/kiosk"

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
	case kiosk.Reprint:
		return m.reprint(c)
	case kiosk.ReportPrint:
		return m.report(c)
	case kiosk.ReportPage:
		return m.page(c)
	case kiosk.PaperChanged:
		return m.changePaper(c)
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
	case kiosk.Return:
		return m.comeBack(c)
	case kiosk.Book:
		return m.book(c)
	case kiosk.CancelBooking:
		return m.cancelBooking(c)
	case kiosk.CheckIn:
		return m.checkIn(c)
	}
	return m.desk(cmd)
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
		seat.idle = m.at
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
	if seat.InHand == "" {
		seat.idle = m.at
	}
	return reply{wrote: true}
}
