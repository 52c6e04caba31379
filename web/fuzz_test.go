package web_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"layso/kiosk"
	"layso/web"
)

func seeds(f *testing.F) {
	for _, s := range badBodies {
		if len(s.body) < 4096 {
			f.Add(s.body)
		}
	}
	f.Add(`{"service":"dat-dai","priority":"elderly","lang":"en","print":false}`)
	f.Add(`{"service":"dat-dai","priority":null}`)
	f.Add(`{"SERVICE":"\ud800"}`)
}

// FuzzDecode: whatever comes, decode takes a clean object of known fields or refuses with 400 or 422.
func FuzzDecode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		service, err := web.DecodeTicket(r)
		if err != nil {
			if s := web.StatusOf(err); s != 400 && s != 422 && s != 413 {
				t.Fatalf("%q is answered with %d: %v", body, s, err)
			}
			return
		}
		var fields map[string]any
		if body != "" && (!utf8.ValidString(body) || json.Unmarshal([]byte(body), &fields) != nil) {
			t.Fatalf("took %q", body)
		}
		if !kiosk.CleanText(service) {
			t.Fatalf("%q gave the service %q", body, service)
		}
	})
}

// FuzzTakeTicket sends the body through the whole server: only a 201 may change the hall, and by one
// event; everything else is a problem document.
func FuzzTakeTicket(f *testing.F) {
	seeds(f)
	h := newHall(f)
	f.Fuzz(func(t *testing.T, body string) {
		before := h.owner.View()
		r := httptest.NewRequest("POST", "http://localhost/api/tickets", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Cookie", h.clerk)
		w := httptest.NewRecorder()
		h.server.ServeHTTP(w, r)
		grew := h.owner.View().Seq() - before.Seq()
		if w.Code == 201 {
			if grew != 1 {
				t.Fatalf("%q wrote %d events", body, grew)
			}
			return
		}
		var p problem
		if grew != 0 || w.Code < 400 || w.Code >= 500 || json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Code == "" || p.Detail == "" {
			t.Fatalf("%q: %d %s, %d events", body, w.Code, w.Body, grew)
		}
	})
}
