package web_test

import (
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// TestHelpSound: the kiosk asks for a screen's sentences; what is put into them is numbers and words of the program's.
func TestHelpSound(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) { s.Voice.Linh = true })
	a := h.do(h.kiosk, "GET", "/voice/help/answer.wav?lang=en&number=A007&ahead=5&paper=here&counter=2A&more=1", "")
	want := web.Help{Screen: "answer", Lang: "en", Voice: kiosk.Voice{Linh: true}, More: true, Number: "A007", Ahead: 5, Paper: "here", Counter: "2A"}
	if got := into[web.Help](h, a); a.status != 200 || a.header.Get("Content-Type") != "audio/wav" || got != want {
		t.Errorf("%d %v %+v", a.status, a.header, got)
	}
	if got := into[web.Help](h, h.do(h.clerk, "GET", "/voice/help/home.wav", "")); got != (web.Help{Screen: "home", Lang: "vi", Voice: kiosk.Voice{Linh: true}}) {
		t.Errorf("%+v", got)
	}
	start := time.Date(2026, 11, 27, 10, 30, 0, 0, time.FixedZone("", 7*3600))
	if got := into[web.Help](h, h.do(h.kiosk, "GET", "/voice/help/book.wav?at=2026-11-27T10%3A30%3A00%2B07%3A00", "")); !got.At.Equal(start) || got.At.Hour() != 10 {
		t.Errorf("the kiosk says an appointment at %v, want %v in the hall's own time", got.At, start)
	}
	get := func(name, who, path string, status int, code string) expect {
		return expect{name, who, "GET", "/voice/help/" + path, "", status, code}
	}
	h.all([]expect{
		get("a stranger", "", "home.wav", 401, "unauthenticated"),
		get("nothing to say", h.kiosk, "attic.wav", 404, "not_found"),
		get("no sound", h.kiosk, "home.mp3", 404, "not_found"),
		get("no word", h.kiosk, "Home2.wav", 404, "not_found"),
		get("a word for a number", h.kiosk, "answer.wav?number=hello", 422, "invalid_field"),
		get("too many people", h.kiosk, "answer.wav?ahead=10000", 422, "invalid_field"),
		get("fewer than nobody", h.kiosk, "answer.wav?ahead=-1", 422, "invalid_field"),
		get("another language", h.kiosk, "home.wav?lang=fr", 422, "invalid_field"),
		get("no paper", h.kiosk, "answer.wav?paper=A4", 422, "invalid_field"),
		get("no counter", h.kiosk, "called.wav?counter=..%2F1", 422, "invalid_field"),
		get("no time", h.kiosk, "book.wav?at=10:30", 422, "invalid_field"),
		get("more of what", h.kiosk, "home.wav?more=2", 422, "invalid_field"),
	})
}
