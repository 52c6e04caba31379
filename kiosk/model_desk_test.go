package kiosk_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"layso/kiosk"
)

// desk is the commands about who sits at a counter and what he needs, and what is only noted.
func (m *model) desk(cmd kiosk.Command) reply {
	switch c := cmd.(type) {
	case kiosk.TakeWritten:
		return m.takeWritten(c)
	case kiosk.CallHelp:
		return m.callHelp(c)
	case kiosk.AnswerHelp:
		return m.answerHelp(c)
	case kiosk.HandOver:
		return m.handOver(c)
	case kiosk.Note:
		return m.note(c.Event)
	}
	return m.inHand(cmd)
}

// has says whether somebody was given the number today.
func (m *model) has(number string) bool {
	return slices.ContainsFunc(m.tickets, func(t modelTicket) bool { return t.Number == number })
}

func (m *model) takeWritten(c kiosk.TakeWritten) reply {
	request := fmt.Sprint("by hand", c.Service, c.Number, c.At.UnixMilli(), c.Priority)
	if r, ok := m.asked(c.Device, c.Key, request); ok {
		return r
	}
	s, ok := m.service(c.Service)
	if !ok {
		return reply{code: "unknown_service"}
	}
	credit, ok := m.credit(c.Priority)
	switch at := c.At.UnixMilli(); {
	case !ok:
		return reply{code: "unknown_priority"}
	case m.over:
		return reply{code: m.noDay()}
	case m.time.suspect:
		return reply{code: "clock_suspect"}
	case !slip(s.Prefix, c.Number) || at > m.at || (at+modelZone)/modelDay != m.day:
		return reply{code: "invalid_field"}
	case m.has(c.Number):
		return reply{code: "number_taken"}
	}
	m.remember(c.Device, c.Key, request, c.Token)
	m.taken[s.ID]++
	m.tickets = append(m.tickets, modelTicket{
		Token: c.Token, Number: c.Number, Service: s.ID, Priority: c.Priority, Device: c.Device, Credit: credit, State: "waiting", Print: "off",
		Order: len(m.tickets), Issued: c.At.UnixMilli(), Written: true, modelHidden: modelHidden{since: c.At.UnixMilli()},
	})
	return reply{token: c.Token, wrote: true}
}

// slip says whether the number may stand on a slip of the prefix: 001 to 999, then 1000 to 9999.
func slip(prefix, number string) bool {
	n := strings.TrimPrefix(number, prefix)
	form := len(n) == 3 && n != "000" || len(n) == 4 && n[0] != '0'
	return strings.HasPrefix(number, prefix) && form && strings.Trim(n, "0123456789") == ""
}

func (m *model) callHelp(c kiosk.CallHelp) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why != "":
		return reply{code: why}
	case seat.Help != 0:
		return reply{repeat: true}
	}
	seat.Help, seat.Ask = m.at, c.Reason
	return reply{wrote: true}
}

func (m *model) answerHelp(c kiosk.AnswerHelp) reply {
	seat, why := m.sits(c.Operator)
	switch {
	case why == "counter_closed", why == "" && seat.Help == 0:
		return reply{repeat: true}
	case why != "":
		return reply{code: why}
	}
	seat.Help, seat.Ask = 0, ""
	return reply{wrote: true}
}

func (m *model) handOver(c kiosk.HandOver) reply {
	if !slices.ContainsFunc(m.setup.Users, func(u kiosk.User) bool { return u.ID == c.To }) {
		return reply{code: "unknown_user"}
	}
	seat, why := m.sits(c.Operator)
	switch {
	case seat != nil && seat.State != "closed" && seat.User == c.To:
		return reply{repeat: true}
	case why != "":
		return reply{code: why}
	}
	seat.User = c.To
	return reply{wrote: true}
}

func (m *model) note(e kiosk.Event) reply {
	for _, s := range []string{e.By, e.User, e.Device, e.What, e.Reason} {
		if strings.ContainsAny(s, "\x00\n") || utf8.RuneCountInString(s) > 200 {
			return reply{code: "invalid_field"}
		}
	}
	if strings.HasPrefix(string(e.Type), "ticket.") || strings.HasPrefix(string(e.Type), "day.") || e.By == "" || e.Count < 0 {
		return reply{code: "invalid_field"}
	}
	return reply{wrote: true}
}

// written enters a number that was written by hand, mostly one that the running ones come near to.
func (h *history) written() kiosk.Command {
	n := fmt.Sprintf("%03d", dice(h.T, "number", 16))
	prefix := pick(h.T, "prefix", "A", "A", "A", "B", "AB", "")
	off := pick(h.T, "written", 0, 0, -time.Millisecond, -time.Minute, -time.Minute, -15*time.Minute, -2*time.Hour, -26*time.Hour, time.Minute, 24*time.Hour)
	return kiosk.TakeWritten{
		Service: pick(h.T, "service", "s1", "s1", "s1", "s2", "s3", "moon"), Number: prefix + pick(h.T, "form", n, n, n, n, "9"+n, "0"+n, "901", "1a", "1", ""),
		At: time.UnixMilli(h.m.at).Add(off), Priority: pick(h.T, "priority", "", "", "", "elderly", "rich"),
		Token: kiosk.NewToken(), Device: pick(h.T, "device", "k1", "k2"), By: "user:an", Key: pick(h.T, "key", "", "", "", "", "x", "y"),
	}
}

func (h *history) desk() kiosk.Command {
	o := h.operator()
	switch dice(h.T, "desk", 8) {
	case 0, 1:
		return kiosk.CallHelp{Operator: o, Reason: pick(h.T, "reason", "", "angry")}
	case 2:
		return kiosk.AnswerHelp{Operator: o}
	case 3, 4:
		return kiosk.Note{Event: kiosk.Event{
			Type: pick(h.T, "type", kiosk.PINChanged, kiosk.SessionBegun, kiosk.DeviceRevoked, kiosk.BackupMade, kiosk.TicketTaken, kiosk.DayOpened),
			By:   pick(h.T, "by", "user:an", "user:an", ""), What: pick(h.T, "what", "", "10.0.0.7", "a\nb", strings.Repeat("ệ", 200), strings.Repeat("x", 201)),
			Count: pick(h.T, "count", 0, 3, -1), Ticket: "dropped", Counter: "dropped",
		}}
	}
	return kiosk.HandOver{Operator: o, To: pick(h.T, "to", "an", "binh", "binh", "cuc", "dung")}
}
