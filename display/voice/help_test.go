package voice_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/display/voice"
	"layso/kiosk"
)

// booked is the half-hour of an appointment.
var booked = time.Date(2026, 11, 27, 10, 30, 0, 0, time.UTC)

// TestHelp writes out what the kiosk says of each screen.
func TestHelp(t *testing.T) {
	var b strings.Builder
	for _, lang := range []kiosk.Lang{"vi", "en"} {
		for _, h := range []voice.Help{
			{Screen: "home"}, {Screen: "home", More: true}, {Screen: "none"}, {Screen: "ask"}, {Screen: "several"}, {Screen: "code"}, {Screen: "papers"}, {Screen: "sending"},
			{Screen: "answer", Number: "A007", Ahead: 5, Paper: "here"}, {Screen: "answer", Number: "B021", Ahead: 21, Paper: "elsewhere"},
			{Screen: "answer", Number: "A1000", Paper: "out"}, {Screen: "answer", Number: "C012", Ahead: 1, Paper: "fault"},
			{Screen: "answer", Number: "A007", Ahead: 105, Paper: "none"}, {Screen: "answer", Number: "A007", Paper: "before"}, {Screen: "paper", Paper: "out"},
			{Screen: "queue"}, {Screen: "called", Counter: "3"}, {Screen: "called", Counter: "2A"}, {Screen: "staff"}, {Screen: "over"}, {Screen: "early"},
			{Screen: "refused"}, {Screen: "unread"}, {Screen: "closed"}, {Screen: "locked"},
			{Screen: "day"}, {Screen: "day", More: true}, {Screen: "time"}, {Screen: "book", At: booked}, {Screen: "book", At: time.Date(2027, 4, 4, 8, 0, 0, 0, time.UTC)},
			{Screen: "booked", Number: "402771"}, {Screen: "unbooked"}, {Screen: "cancel"}, {Screen: "cancelled"},
		} {
			name := strings.NewReplacer(" At:0001-01-01 00:00:00 +0000 UTC", "", " UTC", "").Replace(fmt.Sprintf("%+v", h))
			h.Lang = lang
			fmt.Fprintf(&b, "%s\n\t%s\n", name, voice.Transcript(voice.HelpSentences(h, kiosk.Voice{})))
		}
	}
	fmt.Fprintf(&b, "whole\n\t%s\n", voice.Transcript(voice.HelpSentences(voice.Help{Screen: "answer", Lang: "vi", Number: "A107", Ahead: 2, Paper: "here"}, whole)))
	golden(t, "help.txt", b.String())
}

// TestHelpHasItsClips: whatever is asked for, there is a sentence of known clips, or nothing at all.
func TestHelpHasItsClips(t *testing.T) {
	known := map[string]bool{}
	for _, lang := range []kiosk.Lang{"vi", "en"} {
		for _, name := range voice.Names(lang) {
			known[name] = true
		}
	}
	screens := []string{"home", "none", "ask", "code", "several", "papers", "sending", "answer", "paper", "queue", "called", "staff", "over", "early", "refused", "unread", "closed", "locked",
		"day", "time", "book", "booked", "unbooked", "cancel", "cancelled"}
	rapid.Check(t, func(t *rapid.T) {
		h := voice.Help{
			Screen: rapid.SampledFrom(screens).Draw(t, "screen"), Lang: rapid.SampledFrom([]kiosk.Lang{"vi", "en"}).Draw(t, "lang"), More: rapid.Bool().Draw(t, "more"),
			Number: rapid.StringMatching(`[A-Z]{0,2}[0-9]{1,6}`).Draw(t, "number"), Ahead: rapid.IntRange(0, 100_000).Draw(t, "ahead"),
			Paper: rapid.SampledFrom([]string{"here", "elsewhere", "out", "fault", "none", "before"}).Draw(t, "paper"), Counter: rapid.StringMatching(`[A-Za-z0-9]{1,4}`).Draw(t, "counter"),
			At: booked.Add(time.Duration(rapid.IntRange(0, 400*48).Draw(t, "half-hours")) * 30 * time.Minute),
		}
		words := voice.HelpSentences(h, kiosk.Voice{Whole: rapid.Bool().Draw(t, "whole")})
		if len(words) == 0 || words[0].Pause != 0 {
			t.Fatalf("%+v says %v", h, words)
		}
		for _, w := range words {
			if !known[w.Clip] {
				t.Fatalf("there is no clip %q for %+v", w.Clip, h)
			}
		}
	})
	for _, h := range []voice.Help{{}, {Screen: "attic", Lang: "vi"}, {Screen: "answer", Lang: "vi", Number: "A001"}, {Screen: "paper", Lang: "vi", Paper: "wet"}, {Screen: "booked", Lang: "vi"}} {
		if words := voice.HelpSentences(h, kiosk.Voice{}); words != nil {
			t.Errorf("%+v says %q", h, voice.Transcript(words))
		}
	}
}

// TestOwnHelp: recordings of before there was help, or with a part of it, are a voice. A sentence is of one voice.
func TestOwnHelp(t *testing.T) {
	old := recordings()
	var m struct {
		Format int               `json:"format"`
		Name   string            `json:"name"`
		Clips  map[string]string `json:"clips"`
	}
	json.Unmarshal(old["manifest.json"], &m)
	for name, file := range m.Clips {
		if strings.Contains(name, ".help-") {
			delete(old, file) // the template's line stays: nobody has recorded it
		}
	}
	home, closed := voice.Help{Screen: "home", Lang: "vi"}, voice.Help{Screen: "closed", Lang: "vi"}
	say := func(c *voice.Clips, h voice.Help) []byte { return c.HelpWAV(h, kiosk.Voice{}) }
	without, err := voice.Read(pack(old))
	if err != nil || without.Count() != 48 || !bytes.Equal(say(without, home), say(voice.Builtin(), home)) {
		t.Fatalf("%v: without help of its own a voice has the program's", err)
	}
	full := recordings()
	for _, name := range []string{"help-home", "help-help", "help-closed"} {
		old["vi."+name+".wav"] = full["vi."+name+".wav"]
	}
	some, err := voice.Read(pack(old))
	if err != nil || some.Count() != 51 {
		t.Fatal(err)
	}
	if bytes.Equal(say(some, home), say(voice.Builtin(), home)) {
		t.Error("a sentence that was recorded whole is not of the hall's voice")
	}
	if !bytes.Equal(say(some, closed), say(voice.Builtin(), closed)) {
		t.Error("a sentence that was recorded by half is of two voices")
	}
	again, err := some.Archive()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := voice.Read(again); err != nil || back.Count() != 51 {
		t.Errorf("its own archive does not come back: %v", err)
	}
	delete(old, "vi.7.wav")
	refused(t, pack(old), "clips.vi.7 required")
}
