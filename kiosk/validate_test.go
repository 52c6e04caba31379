package kiosk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"layso/kiosk"
)

func TestValidateFindsEveryFault(t *testing.T) {
	if err := testSetup().Validate(); err != nil {
		t.Fatal(err)
	}
	type S = *kiosk.Setup
	for _, x := range []struct {
		field, problem string
		spoil          func(S)
	}{
		{"name.vi", "required", func(s S) { s.Name.VI = " " }},
		{"name.en", "characters", func(s S) { s.Name.EN = "a\x00b" }},
		{"name.vi", "too_long", func(s S) { s.Name.VI = strings.Repeat("đ", 121) }},
		{"time_zone", "unknown", func(s S) { s.TimeZone = "Asia/Atlantis" }},
		{"time_zone", "unknown", func(s S) { s.TimeZone = "" }},
		{"time_zone", "unknown", func(s S) { s.TimeZone = "Local" }},
		{"phone.mode", "unknown", func(s S) { s.Phone.Mode = "pigeon" }},
		{"phone.ssid", "required", func(s S) { s.Phone = kiosk.Phone{Mode: kiosk.PhoneWifi} }},
		{"hours.tue[1]", "range", func(s S) { s.Hours.Tue = []kiosk.Span{{From: 450, To: 690}, {From: 600, To: 700}} }},
		{"hours.sun[0]", "range", func(s S) { s.Hours.Sun = []kiosk.Span{{From: 60, To: 1441}} }},
		{"services[0].hours.mon[0]", "range", func(s S) { s.Services[0].Hours = &kiosk.Hours{Mon: []kiosk.Span{{From: 60, To: 60}}} }},
		{"services[0].slots.capacity", "range", func(s S) { s.Services[0].Slots = &kiosk.Slots{} }},
		{"services[0].slots.capacity", "range", func(s S) { s.Services[0].Slots = &kiosk.Slots{Capacity: 101} }},
		{"services[0].slots.spans[1]", "range", func(s S) {
			s.Services[0].Slots = &kiosk.Slots{Capacity: 1, Spans: []kiosk.Span{{From: 600, To: 660}, {From: 480, To: 540}}}
		}},
		{"counters[1].assist[0]", "unknown", func(s S) { s.Counters[1].Assist = []string{"moon"} }},
		{"counters[1].assist[0]", "duplicate", func(s S) { s.Counters[1].Assist = []string{"land"} }},
		{"counters[1].assist[1]", "duplicate", func(s S) { s.Counters[1].Assist = []string{"result", "result"} }},
		{"closed_days[0].date", "format", func(s S) { s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-02-30", Name: kiosk.Text{VI: "x"}}} }},
		{"closed_days[0].date", "format", func(s S) { s.ClosedDays = []kiosk.ClosedDay{{Date: "02/09/2026", Name: kiosk.Text{VI: "x"}}} }},
		{"closed_days[0].name.vi", "required", func(s S) { s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-09-02"}} }},
		{"closed_days[1].date", "duplicate", func(s S) {
			x := kiosk.ClosedDay{Date: "2026-09-02", Name: kiosk.Text{VI: "Quốc khánh"}}
			s.ClosedDays = []kiosk.ClosedDay{x, x}
		}},
		{"closed_days", "range", func(s S) { s.ClosedDays = make([]kiosk.ClosedDay, 401) }},
		{"overtime_s", "range", func(s S) { s.OvertimeS = 14401 }},
		{"overtime_s", "range", func(s S) { s.OvertimeS = -1 }},
		{"book_days", "range", func(s S) { s.BookDays = 61 }},
		{"services", "range", func(s S) { s.Services, s.Counters[0].Services = nil, nil }},
		{"services[1].id", "duplicate", func(s S) { s.Services[1].ID = "land" }},
		{"services[1].id", "format", func(s S) { s.Services[1].ID = "Đất" }},
		{"services[1].prefix", "duplicate", func(s S) { s.Services[1].Prefix = "A" }},
		{"services[0].prefix", "format", func(s S) { s.Services[0].Prefix = "A1" }},
		{"services[0].name.vi", "required", func(s S) { s.Services[0].Name.VI = "" }},
		{"services[0].mean_s", "range", func(s S) { s.Services[0].MeanS = 9 }},
		{"services[0].quota", "range", func(s S) { s.Services[0].Quota = -1 }},
		{"counters", "range", func(s S) { s.Counters = nil }},
		{"counters[2].id", "duplicate", func(s S) { s.Counters[2].ID = "1" }},
		{"counters[2].id", "format", func(s S) { s.Counters[2].ID = "1/2" }},
		{"counters[0].services", "required", func(s S) { s.Counters[0].Services = nil }},
		{"counters[0].services[1]", "unknown", func(s S) { s.Counters[0].Services[1] = "moon" }},
		{"counters[0].services[1]", "duplicate", func(s S) { s.Counters[0].Services[1] = "land" }},
		{"priorities[0].credit_s", "range", func(s S) { s.Priorities[0].CreditS = 7201 }},
		{"priorities[1].id", "duplicate", func(s S) { s.Priorities = append(s.Priorities, s.Priorities[0]) }},
		{"users[0].name", "required", func(s S) { s.Users[0].Name = "" }},
		{"users[0].name", "characters", func(s S) { s.Users[0].Name = "An\u202e" }},
		{"users[1].role", "unknown", func(s S) { s.Users[1].Role = "king" }},
		{"users", "range", func(s S) { s.Users = make([]kiosk.User, 501) }},
	} {
		s := testSetup()
		x.spoil(s)
		err := s.Validate()
		var faults kiosk.Faults
		found := errors.As(err, &faults) && slices.ContainsFunc(faults, func(f kiosk.Fault) bool {
			return f.Field == x.field && f.Problem == x.problem && f.Detail != ""
		})
		if !found || !errors.Is(err, kiosk.ErrInvalidField) {
			t.Errorf("%s should be %s: got %v", x.field, x.problem, err)
		}
		if !strings.Contains(err.Error(), x.field+": ") {
			t.Errorf("the error does not name %s: %v", x.field, err)
		}
	}
}

func FuzzCleanText(f *testing.F) {
	for _, s := range []string{"Đất đai", "a\x00b", "\u202eA001", "\u200f", "\xff", "\ufeff", "a\nb", "\u2028", "👩‍👧", "\u2066x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := utf8.ValidString(s)
		for _, r := range s { // a list of our own, not the table that the code asks
			bidi := r == 0x61C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
			if bidi || unicode.IsControl(r) || r == 0xFEFF || r == 0x2028 || r == 0x2029 {
				clean = false
			}
		}
		if kiosk.CleanText(s) != clean {
			t.Errorf("%q: clean is %v", s, !clean)
		}
	})
}
