package kiosk_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// dice throws 0 to n-1, all equally often. The generators of rapid prefer small values, with which
// most commands of a history would be one and the same.
func dice(r *rapid.T, what string, n int) int {
	return rapid.Custom(func(r *rapid.T) int {
		x := 0
		for range 8 {
			x *= 2
			if rapid.Bool().Draw(r, "bit") {
				x++
			}
		}
		return x % n
	}).Draw(r, what)
}

func pick[T any](r *rapid.T, what string, of ...T) T { return of[dice(r, what, len(of))] }

// some gives one or more of these, most often nearly all.
func some(r *rapid.T, what string, of ...string) []string {
	var out []string
	for i, x := range of {
		if dice(r, what, 4) > 0 || i == len(of)-1 && len(out) == 0 {
			out = append(out, x)
		}
	}
	return out
}

// drawSetup makes a small valid hall: up to three services whose prefixes may change places, up to
// three counters with differing skills, two priorities, the same hours every day.
func drawSetup(r *rapid.T) *kiosk.Setup {
	s := &kiosk.Setup{
		Name: kiosk.Text{VI: "Một cửa"}, TimeZone: "Asia/Ho_Chi_Minh", Phone: kiosk.Phone{Mode: kiosk.PhoneOff},
		Priorities: []kiosk.Priority{
			{ID: "elderly", Name: kiosk.Text{VI: "Cao tuổi"}, CreditS: pick(r, "credit", 0, 900, 1800)},
			{ID: "child", Name: kiosk.Text{VI: "Trẻ nhỏ"}, CreditS: 60},
		},
		Hours: kiosk.Hours{Always: true},
	}
	for _, id := range some(r, "users", "an", "binh", "cuc") {
		s.Users = append(s.Users, kiosk.User{ID: id, Name: id, Role: kiosk.Clerk})
	}
	if dice(r, "hours", 6) == 0 {
		s.Hours = everyDay(kiosk.Span{From: 7 * 60, To: 11 * 60}, kiosk.Span{From: 13 * 60, To: 18 * 60})
		s.OvertimeS = pick(r, "overtime", 0, 1200)
	}
	if dice(r, "holiday", 6) == 0 {
		s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-11-25", Name: kiosk.Text{VI: "Lễ"}}}
	}
	prefixes := pick(r, "prefixes", []string{"A", "B", "AB"}, []string{"A", "B", "AB"}, []string{"B", "A", "C"})
	ids := some(r, "services", "s1", "s2", "s3")
	for i, id := range ids {
		s.Services = append(s.Services, kiosk.Service{
			ID: id, Name: kiosk.Text{VI: id}, Prefix: prefixes[i], MeanS: 600,
			Quota:  pick(r, "quota", 0, 0, 0, 0, 0, 3),
			Closed: dice(r, "closed", 12) == 0,
			Slots:  pick(r, "slots", nil, &kiosk.Slots{Capacity: 1}, &kiosk.Slots{Capacity: 3, Spans: []kiosk.Span{{From: 480, To: 725}, {From: 800, To: 1440}}}),
		})
		if dice(r, "own hours", 12) == 0 {
			own := everyDay(kiosk.Span{From: 8 * 60, To: pick(r, "until", 12*60, 20*60, 24*60)})
			s.Services[i].Hours = &own
		}
	}
	for _, id := range some(r, "counters", "1", "2", "3") {
		skills := some(r, "skills", ids[:1+dice(r, "own", len(ids))]...)
		var assist []string
		for _, x := range ids {
			if !slices.Contains(skills, x) && dice(r, "assist", 2) == 0 {
				assist = append(assist, x)
			}
		}
		s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: skills, Assist: assist})
	}
	s.BookDays = pick(r, "book days", 0, 1)
	return s
}

func everyDay(x ...kiosk.Span) kiosk.Hours {
	return kiosk.Hours{Mon: x, Tue: x, Wed: x, Thu: x, Fri: x, Sat: x, Sun: x}
}

// draw makes a random command; most are possible, some are not.
func (h *history) draw() kiosk.Command {
	if h.about != nil && dice(h.T, "about", 8) > 0 {
		return h.about()
	}
	return pick(h.T, "kind",
		h.take, h.take, h.take, h.take, h.take, h.take, h.next, h.next, h.next, h.next, h.next, h.staff, h.staff, h.staff, h.staff,
		h.inHand, h.inHand, h.inHand, h.inHand, h.inHand, h.ticket, h.ticket, h.ticket, h.printing, h.printing, h.printing,
		h.appointment, h.appointment, h.appointment, h.appointment, h.setup, h.times,
		h.written, h.written, h.written, h.desk, h.desk, h.desk)()
}

func (h *history) operator() kiosk.Operator {
	return kiosk.Operator{
		Counter: pick(h.T, "counter", "1", "1", "1", "1", "1", "2", "2", "2", "2", "3", "3", "9"),
		User:    pick(h.T, "user", "an", "an", "an", "an", "an", "an", "an", "binh"),
		Any:     dice(h.T, "any", 4) == 0,
	}
}

// seeing adds what the operator sees in hand: most often nothing or the truth.
func (h *history) seeing(o kiosk.Operator) kiosk.Operator {
	seat := h.m.counter(o.Counter)
	if seat == nil {
		return o
	}
	o.InHand = pick(h.T, "sees", "", "", seat.InHand, seat.InHand, seat.done, "unknown")
	o.For = pick(h.T, "for", "", "", "", seat.doneService, "s1", "s2")
	if t := h.m.ticket(seat.InHand); t != nil && dice(h.T, "true", 2) == 0 {
		o.For = t.Service
	}
	return o
}

func (h *history) token() string {
	if len(h.told) == 0 || dice(h.T, "no token", 10) == 0 {
		return "unknown"
	}
	return pick(h.T, "token", h.told...)
}

func (h *history) take() kiosk.Command {
	return kiosk.Take{
		Route:   pick(h.T, "route", nil, nil, nil, []string{"s2"}, []string{"s3", "s2"}, []string{"s1"}, []string{"s2", "s2"}, []string{"moon"}),
		Service: pick(h.T, "service", "s1", "s1", "s2", "s3"), Priority: pick(h.T, "priority", "", "", "", "", "elderly", "elderly", "child", "rich"),
		Lang: kiosk.Vietnamese, Token: kiosk.NewToken(), Device: pick(h.T, "device", "k1", "k2"), By: "device:k",
		Key: pick(h.T, "key", "", "", "", "", "", "", "x", "y"), Print: rapid.Bool().Draw(h.T, "print"),
		Printer: pick(h.T, "printer", "", "", "", "", "", "p", "q", "\x00"),
	}
}

func (h *history) next() kiosk.Command {
	c := kiosk.Next{Operator: h.seeing(h.operator())}
	if seat := h.m.counter(c.Counter); seat != nil {
		c.Finish = pick(h.T, "finish", seat.InHand, seat.InHand, seat.InHand, seat.nextFinish, "", "unknown")
	}
	return c
}

func (h *history) staff() kiosk.Command {
	o := h.operator()
	switch dice(h.T, "staff", 12) {
	case 0:
		return kiosk.CloseCounter{Operator: o}
	case 1:
		return kiosk.PauseCounter{Operator: o, Reason: "tea"}
	case 2, 3, 4, 5:
		return kiosk.ResumeCounter{Operator: o}
	}
	return kiosk.OpenCounter{Operator: o}
}

func (h *history) inHand() kiosk.Command {
	o := h.seeing(h.operator())
	switch dice(h.T, "in hand", 8) {
	case 0:
		return kiosk.Recall{Operator: o}
	case 1:
		return kiosk.Finish{Operator: o, Dossiers: pick(h.T, "dossiers", 0, 2, -1, 1001)}
	case 2:
		return kiosk.MarkNoShow{Operator: o}
	case 3, 4:
		return kiosk.Undo{Operator: h.operator()}
	case 5:
		return kiosk.Hold{Operator: o, Reason: pick(h.T, "reason", "", "form")}
	}
	return kiosk.Transfer{Operator: o, Service: pick(h.T, "to", "", "s1", "s2", "s9"), ToCounter: pick(h.T, "at", "", "1", "2", "9")}
}

func (h *history) ticket() kiosk.Command {
	token := h.token()
	switch dice(h.T, "ticket", 7) {
	case 0:
		return kiosk.Cancel{Token: token, By: "citizen"}
	case 1:
		return kiosk.Rate{Token: token, By: "citizen", Stars: dice(h.T, "stars", 7)}
	case 2:
		return kiosk.SetPriority{Token: token, Priority: pick(h.T, "priority", "", "elderly", "rich"), Reason: pick(h.T, "reason", "old", "old", ""), By: "user:an"}
	case 3, 4:
		return kiosk.Return{Token: token, By: "device:k1"}
	}
	return kiosk.CallTicket{Operator: h.operator(), Token: token, Reason: "came back"}
}

// appointment books one of the next half-hours or one of tomorrow, or does something with one that is booked.
func (h *history) appointment() kiosk.Command {
	slot := time.UnixMilli(h.m.at).Truncate(30 * time.Minute)
	slot = slot.Add(pick(h.T, "slot", 0, 30*time.Minute, 30*time.Minute, 60*time.Minute, 90*time.Minute, 24*time.Hour, 48*time.Hour, 37*time.Minute))
	token, code := "unknown", "000000"
	if n := len(h.m.booked); n > 0 && dice(h.T, "one", 10) > 0 {
		b := h.m.booked[dice(h.T, "which", n)]
		token, code = b.Token, b.Code
	}
	device, key := pick(h.T, "device", "k1", "k2"), pick(h.T, "key", "", "", "", "", "x", "y")
	switch dice(h.T, "appointment", 5) {
	case 0:
		return kiosk.CancelBooking{Token: token, By: "citizen"}
	case 1, 2:
		c := kiosk.CheckIn{Token: kiosk.NewToken(), Priority: pick(h.T, "priority", "", "", "elderly", "rich"), Device: device, Key: key, Print: dice(h.T, "print", 2) == 0, By: "device:k", Printer: pick(h.T, "printer", "", "", "", "q", "\x00")}
		if dice(h.T, "by code", 2) == 0 {
			c.Code = code
		} else {
			c.Appointment = token
		}
		return c
	}
	return kiosk.Book{
		Service: pick(h.T, "service", "s1", "s1", "s2", "s3", "moon"), Slot: slot, Token: kiosk.NewToken(), Device: device, Key: key,
		Codes: []string{code, fmt.Sprintf("%06d", dice(h.T, "code", 100)), pick(h.T, "form", "12345", "123456")},
	}
}

func (h *history) setup() kiosk.Command {
	c := kiosk.ChangeSetup{Setup: drawSetup(h.T), Seq: h.owner.View().SetupSeq(), By: "user:binh"}
	switch dice(h.T, "setup", 6) {
	case 0:
		c.Seq = 0
	case 1:
		c.Setup.TimeZone = ""
	}
	return c
}

// times is staff saying what time it is, or closing the day.
func (h *history) times() kiosk.Command {
	if dice(h.T, "close", 4) == 0 {
		return kiosk.CloseDay{By: "user:binh"}
	}
	off := pick(h.T, "off", 0, time.Second, -2*time.Hour, 3*time.Hour, 50*24*time.Hour)
	base := pick(h.T, "said", h.clock.now().Round(0), h.owner.View().At())
	return kiosk.SetClock{Now: base.Add(off), Sure: dice(h.T, "sure", 3) == 0, By: "user:an"}
}
