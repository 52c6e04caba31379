package kiosk

import (
	"bytes"
	"fmt"
	"time"
)

// Span is a stretch of opening hours within one day, in minutes after midnight of the hall's zone.
// In JSON and YAML it is a string: "07:30-11:30".
type Span struct {
	From, To int // 0-1440, From < To
}

// MarshalText writes "07:30-11:30".
func (s Span) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60), nil
}

// UnmarshalText reads "07:30-11:30"; 24:00 is the end of the day.
func (s *Span) UnmarshalText(b []byte) error {
	var fh, fm, th, tm int
	if _, err := fmt.Sscanf(string(b), "%02d:%02d-%02d:%02d", &fh, &fm, &th, &tm); err != nil {
		return fmt.Errorf("opening hours %q: want HH:MM-HH:MM", b)
	}
	from, to := fh*60+fm, th*60+tm
	if from < 0 || fm > 59 || tm > 59 || to > 24*60 || from >= to {
		return fmt.Errorf("opening hours %q: want an earlier and a later time of one day", b)
	}
	span := Span{from, to}
	if back, _ := span.MarshalText(); !bytes.Equal(back, b) { // Sscanf also takes signs and spaces
		return fmt.Errorf("opening hours %q: want HH:MM-HH:MM", b)
	}
	*s = span
	return nil
}

// Hours are the hall's opening hours. With Always the hall never closes (the demo). A weekday
// without spans is a closed day.
type Hours struct {
	Always bool   `json:"always,omitempty" yaml:"always,omitempty"`
	Mon    []Span `json:"mon,omitempty" yaml:"mon,omitempty"`
	Tue    []Span `json:"tue,omitempty" yaml:"tue,omitempty"`
	Wed    []Span `json:"wed,omitempty" yaml:"wed,omitempty"`
	Thu    []Span `json:"thu,omitempty" yaml:"thu,omitempty"`
	Fri    []Span `json:"fri,omitempty" yaml:"fri,omitempty"`
	Sat    []Span `json:"sat,omitempty" yaml:"sat,omitempty"`
	Sun    []Span `json:"sun,omitempty" yaml:"sun,omitempty"`
}

// On gives the spans of a weekday, as they were entered.
func (h *Hours) On(day time.Weekday) []Span {
	return [7][]Span{h.Sun, h.Mon, h.Tue, h.Wed, h.Thu, h.Fri, h.Sat}[day]
}

// Open reports whether the hall is open at the local time t.
func (h *Hours) Open(t time.Time) bool {
	if h.Always {
		return true
	}
	minute := t.Hour()*60 + t.Minute()
	for _, s := range h.On(t.Weekday()) {
		if minute >= s.From && minute < s.To {
			return true
		}
	}
	return false
}

// spans gives the spans of a weekday; hours that never end are one from midnight to midnight.
func (h *Hours) spans(day time.Weekday) []Span {
	if h.Always {
		return []Span{{0, 24 * 60}}
	}
	return h.On(day)
}

// NextOpen gives the next opening after the local time t within eight days, and false when the
// hall has none or never closes.
func (h *Hours) NextOpen(t time.Time) (time.Time, bool) {
	if h.Always {
		return time.Time{}, false
	}
	for ahead := range 8 {
		day := time.Date(t.Year(), t.Month(), t.Day()+ahead, 0, 0, 0, 0, t.Location())
		best := time.Time{}
		for _, s := range h.On(day.Weekday()) {
			open := time.Date(day.Year(), day.Month(), day.Day(), 0, s.From, 0, 0, t.Location())
			if open.After(t) && (best.IsZero() || open.Before(best)) {
				best = open
			}
		}
		if !best.IsZero() {
			return best, true
		}
	}
	return time.Time{}, false
}
