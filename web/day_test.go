package web_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// restart closes the hall and opens it again, with the PC's clock moved meanwhile.
func (h *hall) restart(moved time.Duration) {
	h.t.Helper()
	h.owner.Close()
	h.clock.move(moved)
	var err error
	h.owner, err = kiosk.Start(h.journal, kiosk.Options{Seed: demoSetup(), Now: h.clock.now, Log: slog.New(slog.DiscardHandler)})
	h.must(err)
	h.opts.Hall, h.opts.Now = h.owner, h.owner.Now
	h.serve()
}

func (h *hall) status(a answer) kiosk.HallStatus {
	h.t.Helper()
	if a.status != 200 {
		h.t.Fatalf("answered %d %s", a.status, a.body)
	}
	return into[kiosk.HallStatus](h, a)
}

func TestStaffSayWhatTimeItIs(t *testing.T) {
	h := newHall(t)
	first := h.take("dat-dai")
	h.restart(-24 * time.Hour)
	if st := h.status(h.do("", "GET", "/api/hall", "")); st.Clock != "suspect" || !st.Open {
		t.Fatalf("after a start before the last event: %q, open %v", st.Clock, st.Open)
	}
	if second := h.take("dat-dai"); !second.Undated || first.Undated {
		t.Errorf("undated: %v before, %v while the clock is in doubt", first.Undated, second.Undated)
	}
	for _, body := range []string{`{}`, `{"now":null}`, `{"now":"08:00"}`, `{"now":7}`, `{"now":"2026-11-24T07:00:00+07:00"}`} {
		if p := h.refused(body, h.do(h.clerk, "POST", "/api/clock", body), 422, "invalid_field"); p.Field != "now" {
			t.Errorf("%s: field %q", body, p.Field)
		}
	}
	h.all([]expect{
		{"a year ahead", h.clerk, "POST", "/api/clock", `{"now":"2027-11-24T08:00:00+07:00"}`, 409, "time_far_ahead"},
		{"a kiosk", h.kiosk, "POST", "/api/clock", `{"now":"2026-11-24T09:00:00+07:00"}`, 401, "unauthenticated"},
		{"closing while nobody knows the day", h.manager, "POST", "/api/day/close", "", 409, "clock_suspect"},
	})
	st := h.status(h.do(h.clerk, "POST", "/api/clock", `{"now":"2026-11-24T09:30:00+07:00"}`))
	h.status(h.do(h.clerk, "POST", "/api/clock", `{"now":"2026-11-24T09:31:00+07:00"}`)) // a colleague who was slower
	h.all([]expect{{"a clerk, whom nobody has asked", h.clerk, "POST", "/api/clock", `{"now":"2026-11-25T09:30:00+07:00"}`, 403, "forbidden"}})
	if st.Clock != "trusted" || st.Now.Format("2006-01-02 15:04") != "2026-11-24 09:30" {
		t.Errorf("said 9:30, the hall says %v, %s", st.Now, st.Clock)
	}
	if st := h.take("dat-dai"); st.Undated || st.IssuedAt.Format("15:04") != "09:30" {
		t.Errorf("a ticket afterwards is of %v, undated: %v", st.IssuedAt, st.Undated)
	}
	if st := h.status(h.do(h.manager, "POST", "/api/clock", `{"now":"2026-11-24T10:00:00+07:00"}`)); st.Now.Format("15:04") != "10:00" {
		t.Errorf("a manager said 10:00, the hall says %v", st.Now)
	}
}

func TestTheTimeSaidTwice(t *testing.T) {
	h := newHall(t)
	h.restart(-24 * time.Hour)
	st := h.status(h.do(h.clerk, "POST", "/api/clock", `{"now":"2027-02-24T08:00:00+07:00","sure":true}`))
	if st.Clock != "trusted" || st.Now.Format(time.DateOnly) != "2027-02-24" {
		t.Errorf("%v, %s", st.Now, st.Clock)
	}
}

func TestManagerEndsTheDay(t *testing.T) {
	h := newHall(t)
	h.take("dat-dai")
	waiting := h.take("ho-tich")
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	h.all([]expect{
		{"a clerk", h.clerk, "POST", "/api/day/close", "", 403, "forbidden"},
		{"one in hand", h.manager, "POST", "/api/day/close", "", 409, "ticket_in_service"},
		{"no text", h.manager, "POST", "/api/day/close", `{"reason":7}`, 422, "invalid_field"},
	})
	h.ticket(h.at("1", "finish", ""), 200)
	for range 2 { // again is fine
		st := h.status(h.do(h.manager, "POST", "/api/day/close", `{"reason":"mất điện"}`))
		if !st.DayClosed || st.Open || st.Counters[0].State != kiosk.CounterIsClosed {
			t.Errorf("the hall afterwards: closed %v, open %v, counter %s", st.DayClosed, st.Open, st.Counters[0].State)
		}
	}
	h.refused("who waited", h.do("", "GET", "/api/tickets/"+waiting.Token, ""), 410, "ticket_expired")
	log := string(h.do(h.manager, "GET", "/api/events", "").body)
	for _, line := range []string{`"type":"ticket.cancelled","by":"system","ticket":"` + waiting.Token, `"type":"day.closed","by":"user:manager"`, `"reason":"mất điện"`} {
		if !strings.Contains(log, line) {
			t.Errorf("the log has no %s", line)
		}
	}
	h.refused("a ticket afterwards", h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 409, "hall_closed")
}

func TestAppointmentsOfADay(t *testing.T) {
	h := newHall(t, withSlots)
	later := h.booked(h.book(h.kiosk, "dat-dai", "2026-11-24T10:30:00+07:00"), 201)
	soon := h.booked(h.book(h.kiosk, "ho-tich", "2026-11-24T08:30:00+07:00"), 201)
	tomorrow := h.booked(h.book(h.kiosk, "dat-dai", "2026-11-25T00:30:00+07:00"), 201) // still the 24th in London
	gone := h.booked(h.book(h.kiosk, "dat-dai", half9), 201)
	h.booked(h.do("", "POST", "/api/appointments/"+gone.Token+"/cancel", ""), 200)
	h.clock.move(15 * time.Minute)
	h.ticket(h.do(h.clerk, "POST", "/api/checkin", `{"appointment":"`+soon.Token+`"}`), 201)
	for query, want := range map[string][]string{
		"": {soon.Token, later.Token}, "?day=2026-11-24": {soon.Token, later.Token}, "?day=2026-11-25": {tomorrow.Token}, "?day=2026-11-26": {},
	} {
		list := into[[]appointment](h, h.do(h.clerk, "GET", "/api/appointments"+query, ""))
		if len(list) != len(want) {
			t.Errorf("%q gives %+v", query, list)
			continue
		}
		for i, token := range want {
			if list[i].Token != token || (token == soon.Token) != (list[i].State == "arrived" && list[i].Ticket != "") {
				t.Errorf("%q, line %d: %+v", query, i, list[i])
			}
		}
	}
	for _, day := range []string{"today", "2026-13-01", "24/11/2026"} {
		if p := h.refused(day, h.do(h.clerk, "GET", "/api/appointments?day="+day, ""), 422, "invalid_field"); p.Field != "day" {
			t.Errorf("%s: field %q", day, p.Field)
		}
	}
}

func TestCounterKnowsWhomToCall(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Counters[0].Services, s.Counters[0].Assist = []string{"dat-dai"}, []string{"ho-tich"}
		s.Counters[1].Services = []string{"ho-tich"}
	})
	get := func(id string) counterAnswer { return h.counter(h.do(h.clerk, "GET", "/api/counters/"+id, "")) }
	for _, id := range []string{"1", "2"} {
		h.counter(h.at(id, "open", ""))
	}
	if c := get("1"); c.Hint != nil || c.Next != nil || len(c.Assist) != 1 || c.Assist[0] != "ho-tich" {
		t.Errorf("nobody waits: %+v", c)
	}
	civil := h.take("ho-tich")
	if c := get("2"); c.Hint == nil || c.Hint.Token != civil.Token || c.Next == nil || *c.Next != civil.Token {
		t.Errorf("at the ticket's own counter: %+v", c)
	}
	if c := get("1"); c.Hint != nil || c.Next == nil {
		t.Errorf("at the one that helps out: %+v", c)
	}
	h.ticket(h.at("2", "next", ""), 200)
	if c := get("2"); c.Hint != nil || c.Next != nil {
		t.Errorf("with the ticket in hand: %+v", c)
	}
}

// TestStepsOfARoute: a repeated request never finishes the next step of the ticket's route as well,
// and undo takes the step back.
func TestStepsOfARoute(t *testing.T) {
	h := newHall(t)
	a := h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","then":["chung-thuc"]}`), 201)
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	step := `{"finish":"` + a.Token + `","for":"dat-dai"}`
	for range 3 { // a bouncing key
		if got := h.ticket(h.at("1", "next", step), 200); got.Token != a.Token || got.Service != "chung-thuc" || got.State != kiosk.Called {
			t.Fatalf("the next step is %+v", got)
		}
	}
	h.refused("finishing the step before", h.at("1", "hold", `{"ticket":"`+a.Token+`","for":"dat-dai"}`), 409, "no_ticket_in_hand")
	for range 2 {
		if last := h.at("1", "next", `{"finish":"`+a.Token+`","for":"chung-thuc"}`); last.status != 204 {
			t.Fatalf("finishing the last step: %d %s", last.status, last.body)
		}
	}

	b := h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","then":["ho-tich"]}`), 201)
	h.ticket(h.at("1", "next", ""), 200)
	h.ticket(h.at("1", "finish", `{"ticket":"`+b.Token+`"}`), 200)
	if c := h.counter(h.do(h.clerk, "GET", "/api/counters/1", "")); c.Undo == nil || c.Undo.State != "waiting" || c.Undo.Number != b.Number {
		t.Fatalf("undo of a step: %+v", c.Undo)
	}
	if got := h.ticket(h.at("1", "undo", ""), 200); got.Service != "dat-dai" || got.State != kiosk.Called || len(got.Route) != 1 {
		t.Errorf("after undo: %+v", got)
	}
}

func TestMissedTicketSaysWhenItIsCalledAgain(t *testing.T) {
	h := newHall(t)
	first := h.take("dat-dai")
	for range 3 {
		h.take("dat-dai")
	}
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	h.ticket(h.at("1", "no-show", ""), 200)
	for left := 3; left > 0; left-- {
		st := h.ticket(h.do("", "GET", "/api/tickets/"+first.Token, ""), 200)
		if st.RecallIn == nil || *st.RecallIn != left || st.Misses != 1 {
			t.Fatalf("recall in %v, want %d", st.RecallIn, left)
		}
		hand := h.ticket(h.at("1", "next", ""), 200)
		h.ticket(h.at("1", "finish", `{"ticket":"`+hand.Token+`"}`), 200)
	}
	if got := h.ticket(h.at("1", "next", ""), 200); got.Token != first.Token || got.RecallIn != nil {
		t.Errorf("after three calls: %+v", got)
	}
}
