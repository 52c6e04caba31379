package web_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

func TestTicketLooksAsTheContractSays(t *testing.T) {
	h := newHall(t)
	a := h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","priority":"elderly","lang":"en"}`)
	got := into[map[string]any](h, a)
	for _, field := range []string{
		"seq", "number", "token", "service", "priority", "state", "ahead", "wait", "issued_at", "called_at", "counter", "status_url", "print",
		"lang", "name", "name_en", "calls",
	} {
		if _, ok := got[field]; !ok {
			t.Errorf("the ticket has no %q: %s", field, a.body)
		}
	}
	ticket := h.ticket(a, 201)
	want := kiosk.TicketStatus{Number: "A001", Service: "dat-dai", State: kiosk.Waiting, Print: kiosk.Queued, Lang: kiosk.English, Name: "Đất đai", NameEN: "Land"}
	if ticket.Number != want.Number || ticket.State != want.State || ticket.Print != want.Print || ticket.Lang != want.Lang ||
		ticket.Name != want.Name || ticket.NameEN != want.NameEN || ticket.Priority == nil || *ticket.Priority != "elderly" {
		t.Errorf("got %s", a.body)
	}
	if len(ticket.Token) != 22 || ticket.StatusURL != "http://hall.test/t/"+ticket.Token {
		t.Errorf("token %q, status URL %q", ticket.Token, ticket.StatusURL)
	}
	if a.header.Get("Location") != "/api/tickets/"+ticket.Token || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", a.header)
	}
	if at := got["issued_at"].(string); !strings.HasSuffix(at, "+07:00") {
		t.Errorf("issued_at %s is not in the hall's zone", at)
	}
	again := h.ticket(h.do("", "GET", "/api/tickets/"+ticket.Token, ""), 200)
	if again.Number != "A001" || again.Seq != ticket.Seq {
		t.Errorf("read back as %+v", again)
	}
	if n := h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","priority":null,"print":false}`), 201); n.Number != "A002" || n.Print != kiosk.PrintOff || n.Ahead != 1 {
		t.Errorf("the second is %+v", n)
	}
}

func TestIdempotencyKey(t *testing.T) {
	h := newHall(t)
	ask := func(who, body, key string) answer {
		return h.do(who, "POST", "/api/tickets", body, "Idempotency-Key", key)
	}
	first := h.ticket(ask(h.kiosk, `{"service":"dat-dai"}`, "k 1"), 201)
	again := h.ticket(ask(h.kiosk, `{"lang":"vi","service":"dat-dai","priority":null}`, "k 1"), 200)
	if first.Token != again.Token || first.Number != again.Number {
		t.Errorf("repeated: %s then %s", first.Number, again.Number)
	}
	h.refused("another request", ask(h.kiosk, `{"service":"ho-tich"}`, "k 1"), 422, "key_reused")
	if other := h.ticket(ask(h.clerk, `{"service":"dat-dai"}`, "k 1"), 201); other.Token == first.Token {
		t.Error("two devices share a key")
	}
	h.must(errOf(h.do("", "POST", "/api/tickets/"+first.Token+"/cancel", ""), 200))
	if again := h.ticket(ask(h.kiosk, `{"service":"dat-dai"}`, "k 1"), 200); again.State != kiosk.Cancelled {
		t.Errorf("after a cancel: %+v", again)
	}
	h.clock.move(24 * time.Hour)
	h.signIn()
	if tomorrow := h.ticket(ask(h.kiosk, `{"service":"dat-dai"}`, "k 1"), 201); tomorrow.Token == first.Token || tomorrow.Number != "A001" {
		t.Errorf("the next day: %+v", tomorrow)
	}
	h.ticket(ask(h.kiosk, `{"service":"dat-dai"}`, strings.Repeat("k", 64)), 201)
}

func errOf(a answer, status int) error {
	if a.status != status {
		return errors.New(string(a.body))
	}
	return nil
}

func TestRefusalsOfATicket(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Services[1].Closed = true
		s.Services[2].Quota = 1
	})
	h.take("chung-thuc")
	h.all([]expect{
		{"no such service", h.clerk, "POST", "/api/tickets", `{"service":"xay-dung"}`, 404, "unknown_service"},
		{"no such priority", h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","priority":"rich"}`, 404, "unknown_priority"},
		{"closed", h.clerk, "POST", "/api/tickets", `{"service":"ho-tich"}`, 409, "service_closed"},
		{"used up", h.clerk, "POST", "/api/tickets", `{"service":"chung-thuc"}`, 409, "quota_reached"},
		{"nobody's", "", "GET", "/api/tickets/" + kiosk.NewToken(), "", 404, "unknown_ticket"},
		{"nobody's, cancelled", "", "POST", "/api/tickets/" + kiosk.NewToken() + "/cancel", "", 404, "unknown_ticket"},
		{"nobody's QR", "", "GET", "/t/" + kiosk.NewToken() + "/qr.svg", "", 404, "unknown_ticket"},
	})
	var seen kiosk.HallStatus = into[kiosk.HallStatus](h, h.do("", "GET", "/api/hall", ""))
	if seen.Services[1].Open || seen.Services[1].Reason != "service_closed" || seen.Services[2].Reason != "quota_reached" || !seen.Services[0].Open {
		t.Errorf("the hall says %+v", seen.Services)
	}
}

func TestHallClosedByHours(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Hours = kiosk.Hours{Tue: []kiosk.Span{{From: 7*60 + 30, To: 11*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}}
	})
	h.take("dat-dai") // 08:00
	h.clock.move(4 * time.Hour)
	h.refused("at noon", h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 409, "hall_closed")
	seen := into[map[string]any](h, h.do("", "GET", "/api/hall", ""))
	if seen["open"] != false || seen["opens_at"] != "2026-11-24T13:30:00+07:00" {
		t.Errorf("at noon the hall says open %v, opens_at %v", seen["open"], seen["opens_at"])
	}
}

func TestTicketOfYesterday(t *testing.T) {
	h := newHall(t)
	old := h.take("dat-dai").Token
	h.clock.move(24 * time.Hour)
	h.signIn()
	h.take("dat-dai")
	h.must(errOf(h.at("1", "open", ""), 200))
	path := "/api/tickets/" + old
	h.all([]expect{
		{"read", "", "GET", path, "", 410, "ticket_expired"},
		{"cancel", "", "POST", path + "/cancel", "", 410, "ticket_expired"},
		{"rate", "", "POST", path + "/rate", `{"stars":5}`, 410, "ticket_expired"},
		{"priority", h.clerk, "POST", path + "/priority", `{"priority":null,"reason":"x"}`, 410, "ticket_expired"},
		{"reprint", h.clerk, "POST", path + "/reprint", "", 410, "ticket_expired"},
		{"QR", "", "GET", "/t/" + old + "/qr.svg", "", 410, "ticket_expired"},
		{"call", h.clerk, "POST", "/api/counters/1/call", `{"token":"` + old + `"}`, 410, "ticket_expired"},
	})
	h.refused("follow", h.do("", "GET", "/ws?ticket="+old, "", "Upgrade", "websocket", "Connection", "Upgrade"), 410, "ticket_expired")
}

func TestCancelAndRate(t *testing.T) {
	h := newHall(t)
	waits, served := h.take("dat-dai").Token, h.take("dat-dai").Token
	h.must(errOf(h.do("", "POST", "/api/tickets/"+waits+"/cancel", ""), 200))
	if again := h.ticket(h.do("", "POST", "/api/tickets/"+waits+"/cancel", `{}`), 200); again.State != kiosk.Cancelled {
		t.Errorf("cancelled twice: %s", again.State)
	}
	rate := "/api/tickets/" + served + "/rate"
	h.refused("rated too early", h.do("", "POST", rate, `{"stars":5}`), 409, "ticket_not_finished")
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	h.refused("cancelled in hand", h.do("", "POST", "/api/tickets/"+served+"/cancel", ""), 409, "ticket_not_waiting")
	h.ticket(h.at("1", "finish", ""), 200)
	if st := h.ticket(h.do("", "POST", rate, `{"stars":4,"reasons":["nhanh"]}`), 200); st.Stars != 4 {
		t.Errorf("rated: %+v", st)
	}
	for _, body := range []string{`{}`, `{"stars":0}`, `{"stars":6}`, `{"stars":4.5}`, `{"stars":"5"}`} {
		if p := h.refused(body, h.do("", "POST", rate, body), 422, "invalid_field"); p.Field != "stars" {
			t.Errorf("%s: field %q", body, p.Field)
		}
	}
	// An opinion may change, but nobody may fill the log with his.
	for h.do("", "POST", rate, `{"stars":3}`).status == 200 {
		if h.owner.View().Seq() > 100 {
			t.Fatal("a ticket can be rated without end")
		}
	}
	h.refused("rated too often", h.do("", "POST", rate, `{"stars":3}`), 429, "too_many_requests")
}

func TestPriorityAndReprint(t *testing.T) {
	h := newHall(t)
	h.take("dat-dai")
	token := h.take("dat-dai").Token
	path := "/api/tickets/" + token
	st := h.ticket(h.do(h.clerk, "POST", path+"/priority", `{"priority":"disabled","reason":"thấy tận mắt"}`), 200)
	if st.Priority == nil || *st.Priority != "disabled" || st.Ahead != 0 {
		t.Errorf("given: %+v", st)
	}
	h.all([]expect{
		{"unknown", h.clerk, "POST", path + "/priority", `{"priority":"rich","reason":"x"}`, 404, "unknown_priority"},
		{"no reason", h.clerk, "POST", path + "/priority", `{"priority":null}`, 422, "invalid_field"},
		{"nothing said", h.clerk, "POST", path + "/priority", `{"reason":"x"}`, 422, "invalid_field"},
		{"wrong type", h.clerk, "POST", path + "/priority", `{"priority":1,"reason":"x"}`, 422, "invalid_field"},
		{"reprint", h.clerk, "POST", path + "/reprint", "", 200, ""},
	})
	if st := h.ticket(h.do(h.clerk, "POST", path+"/priority", `{"priority":null,"reason":"nhầm"}`), 200); st.Priority != nil || st.Ahead != 1 {
		t.Errorf("taken back: %+v", st)
	}
	qr := h.do("", "GET", "/t/"+token+"/qr.svg", "")
	if qr.status != 200 || qr.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(string(qr.body), `viewBox="0 0 2 2"`) {
		t.Errorf("QR: %d %s", qr.status, qr.body)
	}
}

func TestLogAsNDJSON(t *testing.T) {
	h := newHall(t)
	for range 3 {
		h.take("dat-dai")
	}
	read := func(query string) (seqs []uint64) {
		a := h.do(h.manager, "GET", "/api/events"+query, "")
		if a.header.Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("%s: %v", query, a.header)
		}
		for line := range strings.Lines(string(a.body)) {
			var e kiosk.Event
			h.must(json.Unmarshal([]byte(line), &e))
			seqs = append(seqs, e.Seq)
		}
		return seqs
	}
	for query, want := range map[string][]uint64{
		"": {1, 2, 3, 4}, "?since=2": {3, 4}, "?since=1&limit=2": {2, 3}, "?limit=0": nil, "?since=4": nil, "?since=9223372036854775807": nil,
	} {
		if got := read(query); !slices.Equal(got, want) {
			t.Errorf("%q gives %v, want %v", query, got, want)
		}
	}
	for _, query := range []string{"?since=-1", "?since=x", "?limit=-1", "?limit=1e3", "?since=99999999999999999999", "?since=1.5", "?since=%00"} {
		h.refused(query, h.do(h.manager, "GET", "/api/events"+query, ""), 422, "invalid_field")
	}
}
