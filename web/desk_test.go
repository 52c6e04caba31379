package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// sessionOf gives the session cookie that an answer sets.
func sessionOf(t *testing.T, a answer) string {
	t.Helper()
	name, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	if !strings.HasPrefix(name, "layso_session=") {
		t.Fatalf("sets the cookie %q", a.header.Get("Set-Cookie"))
	}
	return name
}

// A counter changes hands as it stands; the browser is the colleague's from then on.
func TestCounterIsHandedOver(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "help", `{"reason":"hồ sơ khó"}`)
	path := "/api/counters/1/handover"
	h.all([]expect{
		{"without a name", h.clerk, "POST", path, `{"pin":"000000"}`, 422, "invalid_field"},
		{"without a PIN", h.clerk, "POST", path, `{"user":"clerk2"}`, 422, "invalid_field"},
		{"of another's counter", h.server.Begin("clerk3"), "POST", path, `{"user":"clerk2","pin":"000000"}`, 409, "counter_taken"},
		{"of a closed counter", h.clerk, "POST", "/api/counters/2/handover", `{"user":"clerk2","pin":"000000"}`, 409, "counter_closed"},
		{"of no counter", h.clerk, "POST", "/api/counters/9/handover", `{"user":"clerk2","pin":"000000"}`, 404, "unknown_counter"},
	})
	for _, wrong := range []string{`{"user":"clerk9","pin":"000000"}`, `{"user":"clerk2","pin":"000001"}`} { // the log notes them
		h.refused(wrong, h.do(h.clerk, "POST", path, wrong), 401, "wrong_pin")
	}
	if c := h.counter(h.do(h.clerk, "GET", "/api/counters/1", "")); *c.User != "clerk1" {
		t.Fatalf("refused, and the counter is %s's", *c.User)
	}
	a := h.do(h.clerk, "POST", path, `{"user":"clerk2","pin":"000000"}`)
	if a.status != 200 || !strings.Contains(string(a.body), `"clerk2"`) {
		t.Fatalf("handed over: %d %s", a.status, a.body)
	}
	colleague := sessionOf(t, a)
	h.refused("the one before", h.do(h.clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
	c := h.counter(h.do(colleague, "GET", "/api/counters/1", ""))
	if *c.User != "clerk2" || c.Ticket == nil || c.Ticket.Token != token || c.MeanS != 300 || c.Help == nil || c.Help.Reason != "hồ sơ khó" {
		t.Errorf("his is %+v", c)
	}
	if a := h.do(colleague, "POST", path, `{"user":"clerk2","pin":"000000"}`); a.status != 200 {
		t.Errorf("repeated: %d %s", a.status, a.body)
	} else {
		colleague = sessionOf(t, a)
	}
	if st := h.ticket(h.do(colleague, "POST", "/api/counters/1/finish", ""), 200); st.State != kiosk.Finished {
		t.Errorf("he finished %+v", st)
	}
	manager := h.do(h.manager, "POST", path, `{"user":"clerk1","pin":"000000"}`)
	if c := h.counter(h.do(sessionOf(t, manager), "GET", "/api/counters/1", "")); *c.User != "clerk1" {
		t.Errorf("the manager gave it to %s", *c.User)
	}
}

// Guessing a colleague's PIN at a counter is no faster than at the door.
func TestHandingOverIsNoWayToGuess(t *testing.T) {
	h := newHall(t)
	h.at("1", "open", "")
	tries := 0
	for ; tries < 20; tries++ {
		a := h.at("1", "handover", fmt.Sprintf(`{"user":"clerk2","pin":"%06d"}`, 100+tries))
		if a.status == 429 {
			break
		}
		h.refused("a guess", a, 401, "wrong_pin")
	}
	if tries > 5 {
		t.Errorf("%d guesses before anybody has to wait", tries)
	}
}

func TestWrittenNumbersAreEntered(t *testing.T) {
	h := newHall(t)
	h.take("dat-dai")
	h.clock.move(time.Hour)
	post := func(body, key string) answer {
		return h.do(h.clerk, "POST", "/api/tickets/written", body, "Idempotency-Key", key)
	}
	slip := `{"service":"dat-dai","number":"A901","at":"2026-11-24T07:10:00+07:00","priority":"elderly"}`
	first := h.ticket(post(slip, "k1"), 201)
	if first.Number != "A901" || first.State != kiosk.Waiting || first.Ahead != 0 || first.Print != kiosk.PrintOff || !first.IssuedAt.Equal(time.Date(2026, 11, 24, 0, 10, 0, 0, time.UTC)) {
		t.Errorf("entered %+v", first)
	}
	if again := h.ticket(post(slip, "k1"), 200); again.Token != first.Token {
		t.Errorf("the same key gave %+v", again)
	}
	if later := h.ticket(post(`{"service":"dat-dai","number":"A902","at":"2026-11-24T08:30:00+07:00"}`, "k2"), 201); later.Ahead != 2 {
		t.Errorf("behind one that was taken before: %d ahead", later.Ahead)
	}
	body := func(service, number, at string) string {
		return fmt.Sprintf(`{"service":%q,"number":%q,"at":%q}`, service, number, at)
	}
	const fine = "2026-11-24T08:40:00+07:00"
	for what, x := range map[string]struct {
		body, code, field string
		status            int
	}{
		"a number that was written":  {body("dat-dai", "A901", fine), "number_taken", "", 409},
		"a number that was printed":  {body("dat-dai", "A001", fine), "number_taken", "", 409},
		"another service's number":   {body("dat-dai", "B903", fine), "invalid_field", "number", 422},
		"no number":                  {body("dat-dai", "", fine), "invalid_field", "number", 422},
		"words":                      {body("dat-dai", "Achín", fine), "invalid_field", "number", 422},
		"tomorrow":                   {body("dat-dai", "A903", "2026-11-25T08:00:00+07:00"), "invalid_field", "at", 422},
		"in an hour":                 {body("dat-dai", "A903", "2026-11-24T10:00:00+07:00"), "invalid_field", "at", 422},
		"yesterday":                  {body("dat-dai", "A903", "2026-11-23T10:00:00+07:00"), "invalid_field", "at", 422},
		"no time":                    {`{"service":"dat-dai","number":"A903"}`, "invalid_field", "at", 422},
		"no service":                 {`{"number":"A903","at":"` + fine + `"}`, "invalid_field", "service", 422},
		"a service that is not here": {body("moon", "A903", fine), "unknown_service", "", 404},
		"a priority that is not":     {`{"service":"dat-dai","number":"A903","at":"` + fine + `","priority":"rich"}`, "unknown_priority", "", 404},
	} {
		a := post(x.body, what)
		h.refused(what, a, x.status, x.code)
		if x.field != "" && !strings.Contains(string(a.body), `"field":"`+x.field+`"`) {
			t.Errorf("%s: %s", what, a.body)
		}
	}
	h.refused("the key of another", post(body("dat-dai", "A909", fine), "k1"), 422, "key_reused")
	h.at("1", "open", "")
	if called := h.ticket(h.at("1", "next", ""), 200); called.Number != "A901" {
		t.Errorf("called %s first", called.Number)
	}
}

func TestTicketHistory(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	other := h.take("ho-tich").Token
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "recall", "")
	h.at("1", "hold", `{"reason":"sao chụp"}`)
	h.at("1", "call", `{"token":"`+token+`"}`)
	h.at("1", "transfer", `{"service":"ho-tich"}`)
	h.at("1", "next", "")
	h.at("1", "finish", `{"dossiers":2}`)
	h.do("", "POST", "/api/tickets/"+token+"/rate", `{"stars":1}`)
	a := h.do(h.clerk, "GET", "/api/tickets/"+token+"/history", "")
	if a.status != 200 {
		t.Fatalf("answered %d %s", a.status, a.body)
	}
	var told []string
	rows := into[[]struct {
		Seq                                    uint64
		Type, Counter, Reason, By              string
		ByName                                 string `json:"by_name"`
		Service, FromService, ToCounter, State string
		Dossiers                               int
		At                                     time.Time
	}](h, a)
	for _, x := range rows {
		told = append(told, strings.TrimSpace(x.Type+" "+x.Counter+" "+x.Reason))
	}
	want := "ticket.taken|ticket.called 1|ticket.recalled 1|ticket.held 1 sao chụp|ticket.called 1|ticket.transferred 1|ticket.called 1|ticket.finished 1"
	if got := strings.Join(told, "|"); got != want {
		t.Errorf("told\n%s, want\n%s", got, want)
	}
	if last := rows[len(rows)-1]; last.ByName != "Cán bộ 1" || last.Dossiers != 2 || last.Service != "ho-tich" {
		t.Errorf("the last is %+v", last)
	}
	if rows := into[[]any](h, h.do(h.clerk, "GET", "/api/tickets/"+other+"/history", "")); len(rows) != 1 {
		t.Errorf("the other has %d events", len(rows))
	}
	h.refused("nobody's", h.do(h.clerk, "GET", "/api/tickets/"+kiosk.NewToken()+"/history", ""), 404, "unknown_ticket")
	h.clock.move(24 * time.Hour)
	h.signIn()
	h.take("dat-dai")
	h.refused("yesterday's", h.do(h.clerk, "GET", "/api/tickets/"+token+"/history", ""), 410, "ticket_expired")
}

// BenchmarkTicketHistory asks for one ticket's history at the end of a day of 2,000.
func BenchmarkTicketHistory(b *testing.B) {
	h := newHall(b)
	h.at("1", "open", "")
	token := h.take("dat-dai").Token
	h.at("1", "next", "")
	for range 2000 {
		h.take("ho-tich")
	}
	for b.Loop() {
		if a := h.do(h.clerk, "GET", "/api/tickets/"+token+"/history", ""); a.status != 200 {
			b.Fatalf("%d %s", a.status, a.body)
		}
	}
}
