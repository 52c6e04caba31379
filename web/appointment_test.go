package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// appointment is an appointment as the API answers with it.
type appointment struct {
	Token, Code, Service, Name, State, Ticket string
	NameEN                                    string    `json:"name_en"`
	StatusURL                                 string    `json:"status_url"`
	Start                                     time.Time `json:"start"`
	CheckInFrom                               time.Time `json:"check_in_from"`
}

// withSlots lets land and civil status offer two appointments in each half-hour.
func withSlots(s *kiosk.Setup, _ *web.Options) {
	s.Services[0].Slots = &kiosk.Slots{Capacity: 2}
	s.Services[1].Slots = &kiosk.Slots{Capacity: 100}
}

// half9 is a half-hour of the test's day; its clock stands at 8.
const half9 = "2026-11-24T09:00:00+07:00"

func (h *hall) book(who, service, start string, headers ...string) answer {
	h.t.Helper()
	return h.do(who, "POST", "/api/appointments", fmt.Sprintf(`{"service":%q,"start":%q}`, service, start), headers...)
}

func (h *hall) booked(a answer, status int) appointment {
	h.t.Helper()
	if a.status != status {
		h.t.Fatalf("answered %d %s, want %d", a.status, a.body, status)
	}
	return into[appointment](h, a)
}

func TestBooking(t *testing.T) {
	h := newHall(t, withSlots)
	made := h.book("", "dat-dai", half9, "Idempotency-Key", "k")
	a := h.booked(made, 201)
	if made.header.Get("Location") != "/api/appointments/"+a.Token || a.StatusURL != "http://hall.test/a/"+a.Token {
		t.Errorf("it is at %s, and %s", made.header.Get("Location"), a.StatusURL)
	}
	if len(a.Code) != 6 || len(a.Token) != 22 || a.State != "booked" || a.Name != "Đất đai" || a.NameEN != "Land" || a.Start.Format(time.RFC3339) != half9 {
		t.Errorf("booked %s", made.body)
	}
	if from := a.CheckInFrom.Format("15:04"); from != "08:40" {
		t.Errorf("check-in from %s, want 08:40", from)
	}
	if again := h.booked(h.book("", "dat-dai", half9, "Idempotency-Key", "k"), 200); again != a {
		t.Errorf("again: %+v", again)
	}
	if read := h.booked(h.do("", "GET", "/api/appointments/"+a.Token, ""), 200); read != a {
		t.Errorf("read back: %+v", read)
	}
	if qr := h.do("", "GET", "/a/"+a.Token+"/qr.svg", ""); qr.status != 200 || !strings.HasPrefix(string(qr.body), "<svg") {
		t.Errorf("the QR code: %d %.60s", qr.status, qr.body)
	}
	h.booked(h.book("", "dat-dai", half9), 201)
	h.refused("a full half-hour", h.book("", "dat-dai", half9), 409, "slot_full")
	h.all([]expect{
		{"no such service", "", "POST", "/api/appointments", `{"service":"x","start":"` + half9 + `"}`, 404, "unknown_service"},
		{"without appointments", "", "POST", "/api/appointments", `{"service":"chung-thuc","start":"` + half9 + `"}`, 404, "slot_unknown"},
		{"in the past", h.kiosk, "POST", "/api/appointments", `{"service":"dat-dai","start":"2026-11-24T07:00:00+07:00"}`, 404, "slot_unknown"},
		{"no time", h.kiosk, "POST", "/api/appointments", `{"service":"dat-dai","start":"9:00"}`, 422, "invalid_field"},
		{"no service", h.kiosk, "POST", "/api/appointments", `{"start":"` + half9 + `"}`, 422, "invalid_field"},
		{"another language", h.kiosk, "POST", "/api/appointments", `{"service":"dat-dai","start":"` + half9 + `","lang":"fr"}`, 422, "invalid_field"},
		{"no such appointment", "", "GET", "/api/appointments/" + kiosk.NewToken(), "", 404, "unknown_appointment"},
		{"its QR code", "", "GET", "/a/" + kiosk.NewToken() + "/qr.svg", "", 404, "unknown_appointment"},
		{"its cancel", "", "POST", "/api/appointments/" + kiosk.NewToken() + "/cancel", "", 404, "unknown_appointment"},
	})
	for range 2 { // again is fine
		if gone := h.booked(h.do("", "POST", "/api/appointments/"+a.Token+"/cancel", ""), 200); gone.State != "cancelled" {
			t.Errorf("cancelled: %+v", gone)
		}
	}
	h.booked(h.book(h.kiosk, "dat-dai", half9), 201)
}

func TestSlots(t *testing.T) {
	h := newHall(t, withSlots)
	h.booked(h.book("", "dat-dai", half9), 201)
	type slots struct {
		Days []struct {
			Day   string
			Slots []struct {
				Start time.Time
				Free  int
			}
		}
	}
	got := into[slots](h, h.do("", "GET", "/api/appointments/slots?service=dat-dai", ""))
	if len(got.Days) != 15 || got.Days[0].Day != "2026-11-24" {
		t.Fatalf("%d days from %s", len(got.Days), got.Days[0].Day)
	}
	today := got.Days[0].Slots
	if len(today) != 31 || today[0].Start.Format(time.RFC3339) != "2026-11-24T08:30:00+07:00" || today[0].Free != 2 || today[1].Free != 1 {
		t.Errorf("today: %+v", today)
	}
	if none := into[slots](h, h.do("", "GET", "/api/appointments/slots?service=chung-thuc", "")); none.Days == nil || len(none.Days) != 0 {
		t.Errorf("of a service without: %+v", none)
	}
	h.refused("no such service", h.do("", "GET", "/api/appointments/slots?service=x", ""), 404, "unknown_service")
}

func TestBookingsAreLimitedByAddress(t *testing.T) {
	h := newHall(t, withSlots)
	for range 6 {
		h.booked(h.book("", "ho-tich", half9), 201)
	}
	busy := h.book("", "ho-tich", half9)
	h.refused("the seventh", busy, 429, "too_many_requests")
	if busy.header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	for i, who := range []string{h.kiosk, h.clerk} {
		for range 8 {
			if a := h.book(who, "ho-tich", half9); a.status != 201 {
				t.Fatalf("staff %d: %d %s", i, a.status, a.body)
			}
		}
	}
	// Behind a proxy on this computer everybody counts for himself, whatever he says of himself before.
	h.booked(h.book("", "ho-tich", half9, "X-Forwarded-For", "203.0.113.7"), 201)
	for range 5 {
		h.booked(h.book("", "ho-tich", half9, "X-Forwarded-For", "1.2.3.4, 203.0.113.7"), 201)
	}
	h.refused("through the proxy", h.book("", "ho-tich", half9, "X-Forwarded-For", "5.6.7.8, 203.0.113.7"), 429, "too_many_requests")
	// One household's IPv6 network is one address.
	for i := range 6 {
		h.booked(h.book("", "ho-tich", half9, "X-Forwarded-For", fmt.Sprintf("2001:db8:0:7::%d", i+1)), 201)
	}
	h.refused("the same network", h.book("", "ho-tich", half9, "X-Forwarded-For", "2001:db8:0:7:ffff::1"), 429, "too_many_requests")
	h.booked(h.book("", "ho-tich", half9, "X-Forwarded-For", "2001:db8:0:8::1"), 201)
	h.clock.move(time.Minute)
	h.booked(h.book("", "ho-tich", half9), 201)
	h.refused("and no more", h.book("", "ho-tich", half9), 429, "too_many_requests")
}

func TestCheckIn(t *testing.T) {
	h := newHall(t, withSlots)
	a := h.booked(h.book("", "dat-dai", half9), 201)
	check := func(who, body string, headers ...string) answer {
		return h.do(who, "POST", "/api/checkin", body, headers...)
	}
	code := `{"code":"` + a.Code + `"}`
	h.refused("a stranger", check("", code), 401, "unauthenticated")
	early := check(h.kiosk, code)
	p := h.refused("too early", early, 409, "appointment_early")
	if !strings.Contains(p.Detail, "08:40") || !strings.Contains(string(early.body), `"at":"2026-11-24T08:40:00+07:00"`) {
		t.Errorf("it does not say from when: %s", early.body)
	}
	if p := h.refused("in English", check(h.kiosk, `{"appointment":"`+a.Token+`"}`, "Accept-Language", "en"), 409, "appointment_early"); !strings.Contains(p.Detail, "from 08:40") {
		t.Errorf("in English: %q", p.Detail)
	}
	h.all([]expect{
		{"no such code", h.kiosk, "POST", "/api/checkin", `{"code":"000000"}`, 404, "unknown_appointment"},
		{"neither", h.kiosk, "POST", "/api/checkin", `{}`, 422, "invalid_field"},
		{"both", h.kiosk, "POST", "/api/checkin", `{"code":"1","appointment":"x"}`, 422, "invalid_field"},
		{"another language", h.kiosk, "POST", "/api/checkin", `{"code":"000000","lang":"x"}`, 422, "invalid_field"},
	})
	h.clock.move(45 * time.Minute)
	first := check(h.kiosk, code, "Idempotency-Key", "k")
	ticket := h.ticket(first, 201)
	if ticket.Number != "A001" || ticket.Slot == nil || ticket.Slot.Format(time.RFC3339) != half9 || ticket.Print != kiosk.Queued {
		t.Errorf("checked in: %s", first.body)
	}
	if first.header.Get("Location") != "/api/tickets/"+ticket.Token {
		t.Errorf("it is at %q", first.header.Get("Location"))
	}
	if again := h.ticket(check(h.kiosk, code, "Idempotency-Key", "k"), 200); again.Token != ticket.Token {
		t.Errorf("the same request: %+v", again)
	}
	if again := h.ticket(check(h.clerk, `{"appointment":"`+a.Token+`"}`), 200); again.Token != ticket.Token {
		t.Errorf("at another device: %+v", again)
	}
	now := h.booked(h.do("", "GET", "/api/appointments/"+a.Token, ""), 200)
	if now.State != "arrived" || now.Ticket != ticket.Token {
		t.Errorf("the appointment: %+v", now)
	}
	h.refused("cancelled too late", h.do("", "POST", "/api/appointments/"+a.Token+"/cancel", ""), 409, "ticket_not_waiting")
}

func TestSeveralServicesOnOneTicket(t *testing.T) {
	h := newHall(t)
	a := h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["chung-thuc","tra-ket-qua"]}`, "Idempotency-Key", "k")
	ticket := h.ticket(a, 201)
	if strings.Join(ticket.Route, " ") != "chung-thuc tra-ket-qua" {
		t.Errorf("the route is %v", ticket.Route)
	}
	h.refused("another route under the key", h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["tra-ket-qua","chung-thuc"]}`, "Idempotency-Key", "k"), 422, "key_reused")
	if p := h.refused("which field", h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["ho-tich","ho-tich"]}`), 422, "invalid_field"); p.Field != "then" {
		t.Errorf("the field is %q, want then", p.Field)
	}
	h.all([]expect{
		{"itself", h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["dat-dai"]}`, 422, "invalid_field"},
		{"nothing", h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":[""]}`, 422, "invalid_field"},
		{"too many", h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["a","b","c","d","e"]}`, 422, "invalid_field"},
		{"no such service", h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":["x"]}`, 404, "unknown_service"},
		{"not a list", h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai","then":"ho-tich"}`, 422, "invalid_field"},
	})
}

func TestReturn(t *testing.T) {
	h := newHall(t)
	ticket := h.take("dat-dai")
	path := "/api/tickets/" + ticket.Token + "/return"
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "no-show", "")
	h.refused("a stranger", h.do("", "POST", path, ""), 401, "unauthenticated")
	for range 2 { // again is fine
		if back := h.ticket(h.do(h.kiosk, "POST", path, ""), 200); back.State != kiosk.Waiting || back.Misses != 1 {
			t.Errorf("returned: %+v", back)
		}
	}
	h.at("1", "next", "")
	h.at("1", "finish", "")
	h.refused("after all is done", h.do(h.kiosk, "POST", path, ""), 409, "ticket_not_waiting")
	h.refused("no such ticket", h.do(h.kiosk, "POST", "/api/tickets/"+kiosk.NewToken()+"/return", ""), 404, "unknown_ticket")
}
