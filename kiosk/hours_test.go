package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// office is open in the mornings and afternoons of Monday to Friday.
func office() *kiosk.Hours {
	day := []kiosk.Span{{From: 7*60 + 30, To: 11*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}
	return &kiosk.Hours{Mon: day, Tue: day, Wed: day, Thu: day, Fri: day}
}

func TestHours(t *testing.T) {
	h := office()
	for _, x := range []struct {
		at   string
		open bool
		next string
	}{
		{"2026-11-24 07:29:59", false, "2026-11-24 07:30:00"}, // a Tuesday
		{"2026-11-24 07:30:00", true, "2026-11-24 13:30:00"},
		{"2026-11-24 11:29:59", true, "2026-11-24 13:30:00"},
		{"2026-11-24 11:30:00", false, "2026-11-24 13:30:00"},
		{"2026-11-24 17:00:00", false, "2026-11-25 07:30:00"},
		{"2026-11-27 18:00:00", false, "2026-11-30 07:30:00"}, // Friday evening to Monday
		{"2026-12-31 23:00:00", false, "2027-01-01 07:30:00"},
	} {
		at := when(t, x.at)
		if h.Open(at) != x.open {
			t.Errorf("%s: open is %v", x.at, !x.open)
		}
		if next, ok := h.NextOpen(at); !ok || !next.Equal(when(t, x.next)) {
			t.Errorf("%s: opens next at %s, want %s", x.at, next, x.next)
		}
	}
}

func TestHoursWithoutAnOpening(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	once := &kiosk.Hours{Tue: []kiosk.Span{{From: 60, To: 120}}}
	if next, ok := once.NextOpen(now); !ok || next != time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC) {
		t.Errorf("open once a week: next at %v, %v", next, ok)
	}
	never, always := &kiosk.Hours{}, &kiosk.Hours{Always: true}
	if _, ok := never.NextOpen(now); ok || never.Open(now) {
		t.Error("a hall without hours opens")
	}
	if _, ok := always.NextOpen(now); ok || !always.Open(now) {
		t.Error("a hall that never closes has a next opening or is closed")
	}
}

// Spans read back as what they were written as, and nothing else is read.
func FuzzSpan(f *testing.F) {
	for _, s := range []string{"07:30-11:30", "00:00-24:00", "+7:30-11:30", "7:30-11:300", "11:30-07:30", "07:30-11:60", " 7:30-11:30", "23:59-24:01", "07:30-1130"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		var s kiosk.Span
		if s.UnmarshalText([]byte(in)) != nil {
			return
		}
		out, err := s.MarshalText()
		if err != nil || string(out) != in {
			t.Errorf("read %q, wrote %q, %v", in, out, err)
		}
		if s.From < 0 || s.From >= s.To || s.To > 24*60 {
			t.Errorf("%q gives %+v", in, s)
		}
	})
}

func TestSpanReadsAllItWrites(t *testing.T) {
	for from := range 24 * 60 {
		want := kiosk.Span{From: from, To: min(from+1+from%300, 24*60)}
		b, _ := want.MarshalText()
		var got kiosk.Span
		if err := got.UnmarshalText(b); err != nil || got != want {
			t.Fatalf("%s gives %+v, %v", b, got, err)
		}
	}
}
