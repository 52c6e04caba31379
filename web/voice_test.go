package web_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// fakeSpeech speaks in JSON.
type fakeSpeech struct {
	mu    sync.Mutex
	spoke []web.Utterance
	state web.VoiceState
	err   error
	audio string // what each sound ends with
}

func (s *fakeSpeech) WAV(u web.Utterance) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.With == "offered" && s.state.Offered == nil {
		return nil
	}
	s.spoke = append(s.spoke, u)
	b, _ := json.Marshal(u)
	return append(b, s.audio...)
}

func (s *fakeSpeech) Help(h web.Help) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.Screen == "attic" {
		return nil
	}
	b, _ := json.Marshal(h)
	return b
}

func (s *fakeSpeech) State() web.VoiceState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func (s *fakeSpeech) Template() []byte { return []byte(`{"format":1}`) }

func (s *fakeSpeech) Offer(archive []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Offered = nil
	if archive != nil && s.err == nil {
		s.state.Offered = &web.Recordings{Name: string(archive), Clips: 48}
	}
	return s.err
}

func (s *fakeSpeech) Use(offered bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if offered && s.state.Offered == nil {
		return kiosk.ErrInvalidField
	}
	s.state.Own, s.state.Offered = s.state.Offered, nil
	s.state.ID = fmt.Sprint(offered)
	return nil
}

// calls has counter 1 call a ticket and call it again, and gives the seqs of the two.
func (h *hall) calls() (called, recalled uint64) {
	h.t.Helper()
	h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","lang":"en"}`), 201)
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	called = h.owner.View().RecentCalls()[0].Seq
	h.ticket(h.at("1", "recall", ""), 200)
	return called, h.owner.View().RecentCalls()[0].Seq
}

func TestSoundOfACall(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) { s.Voice.Linh = true })
	called, recalled := h.calls()
	for _, seq := range []uint64{called, recalled} {
		a := h.do("", "GET", fmt.Sprintf("/voice/%d.wav?part=first", seq), "")
		want := web.Utterance{Number: "A001", Counter: "1", Lang: "en", Voice: kiosk.Voice{Linh: true}, Part: "first", With: "used"}
		if got := into[web.Utterance](h, a); a.status != 200 || a.header.Get("Content-Type") != "audio/wav" || got != want {
			t.Errorf("%d: %d %v %+v", seq, a.status, a.header, got)
		}
	}
	if n := len(h.speech.spoke); n != 1 {
		t.Errorf("the same sound was made %d times", n)
	}
	path := fmt.Sprintf("/voice/%d.wav", called)
	whole := h.do("", "GET", path, "")
	if got := into[web.Utterance](h, whole); got.Part != "whole" {
		t.Errorf("without a part: %+v", got)
	}
	tag := whole.header.Get("ETag")
	if a := h.do("", "GET", path, "", "If-None-Match", tag); tag == "" || a.status != 304 || len(a.body) > 0 {
		t.Errorf("with ETag %s: %d %s", tag, a.status, a.body)
	}
	h.speech.audio = "\n" // another voice
	h.speech.Offer([]byte("Lan"))
	h.speech.Use(true)
	if a := h.do("", "GET", path, "", "If-None-Match", tag); a.status != 200 || a.header.Get("ETag") == tag {
		t.Errorf("another voice has the same ETag: %d", a.status)
	}
	for name, part := range map[string]string{"chime": "whole", "silence": "silence"} {
		if got := into[web.Utterance](h, h.do("", "GET", "/voice/"+name+".wav", "")); got.Number != "" || got.Part != part {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestSoundOfAnotherProgram: the same call in the same setup, spoken by a program that speaks otherwise, is not
// what the browser has kept.
func TestSoundOfAnotherProgram(t *testing.T) {
	var tags []string
	for _, audio := range []string{"\n", "\n\n"} {
		h := newHall(t)
		h.speech.audio = audio
		called, _ := h.calls()
		a := h.do("", "GET", fmt.Sprintf("/voice/%d.wav", called), "")
		tags = append(tags, a.header.Get("ETag"))
	}
	if tags[0] == tags[1] || tags[0] == "" {
		t.Errorf("ETags %q", tags)
	}
}

// TestNothingElseIsSpoken: what was not called today has no sound.
func TestNothingElseIsSpoken(t *testing.T) {
	h := newHall(t)
	called, recalled := h.calls()
	h.at("1", "finish", "{}")
	h.at("1", "close", "")
	h.do(h.manager, "POST", "/api/day/close", "{}")
	h.clock.move(24 * time.Hour)
	h.signIn()
	h.take("dat-dai") // opens the next day
	h.at("1", "open", "")
	h.ticket(h.at("1", "next", ""), 200)
	today := h.owner.View().RecentCalls()[0].Seq
	if first := h.owner.View().DayFirst(); first <= recalled {
		t.Fatalf("the day begins with %d", first)
	}
	for _, file := range []string{
		fmt.Sprint(called, ".wav"), fmt.Sprint(recalled, ".wav"), fmt.Sprint(today-1, ".wav"), fmt.Sprint(today+1, ".wav"), fmt.Sprint(today),
		fmt.Sprint(today, ".mp3"), "0.wav", "-1.wav", "99999999999999999999.wav", "A007.wav", ".wav",
	} {
		h.refused(file, h.do("", "GET", "/voice/"+file, ""), 404, "not_found")
	}
	h.refused("a part", h.do("", "GET", fmt.Sprintf("/voice/%d.wav?part=half", today), ""), 422, "invalid_field")
	if len(h.speech.spoke) > 0 {
		t.Errorf("spoke %+v", h.speech.spoke)
	}
	if a := h.do("", "GET", fmt.Sprintf("/voice/%d.wav", today), ""); a.status != 200 {
		t.Errorf("today's call: %d", a.status)
	}
}

func TestPreviewOfTheVoice(t *testing.T) {
	h := newHall(t)
	body := `{"number":"A007","counter":"3","lang":"en","voice":{"whole":true,"chime":"soft"},"with":"program"}`
	a := h.do(h.admin, "POST", "/api/voice/preview", body)
	want := web.Utterance{Number: "A007", Counter: "3", Lang: "en", Voice: kiosk.Voice{Whole: true, Chime: "soft"}, Part: "whole", With: "program"}
	if got := into[web.Utterance](h, a); a.status != 200 || got != want {
		t.Errorf("%d %+v", a.status, got)
	}
	for name, bad := range map[string]string{
		"a sentence": `{"number":"HELLO","counter":"3"}`, "no counter": `{"number":"A007"}`, "a counter": `{"number":"A007","counter":"12345"}`,
		"a chime": `{"number":"A007","counter":"3","voice":{"chime":"loud"}}`, "a language": `{"number":"A007","counter":"3","lang":"fr"}`,
		"a voice": `{"number":"A007","counter":"3","with":"mine"}`, "not offered": `{"number":"A007","counter":"3","with":"offered"}`,
		"unknown": `{"number":"A007","counter":"3","speed":2}`,
	} {
		h.refused(name, h.do(h.admin, "POST", "/api/voice/preview", bad), 422, "invalid_field")
	}
	for range 20 {
		a = h.do(h.admin, "POST", "/api/voice/preview", body)
	}
	h.refused("too often", a, 429, "too_many_requests")
}

func TestOwnRecordings(t *testing.T) {
	h := newHall(t)
	zip := func(who, body string) answer {
		return h.do(who, "PUT", "/api/voice/offered", body, "Content-Type", "application/zip")
	}
	if a := h.do(h.admin, "GET", "/api/voice/manifest.json", ""); a.status != 200 || string(a.body) != `{"format":1}` {
		t.Errorf("the template: %d %s", a.status, a.body)
	}
	h.refused("nothing to use", h.do(h.admin, "PUT", "/api/voice/own", ""), 422, "invalid_field")
	h.speech.err = kiosk.Faults{{Field: "clips.vi.7", Problem: "silent", Detail: "nothing is heard"}}
	if p := h.refused("faults", zip(h.admin, "PK"), 422, "invalid_field"); len(p.Faults) != 1 || p.Faults[0].Problem != "silent" {
		t.Errorf("%+v", p)
	}
	h.speech.err = nil
	if st := into[web.VoiceState](h, zip(h.admin, "Lan")); st.Offered == nil || st.Offered.Name != "Lan" || st.Own != nil {
		t.Errorf("offered: %+v", st)
	}
	if st := into[web.VoiceState](h, h.do(h.admin, "PUT", "/api/voice/own", "")); st.Own == nil || st.Offered != nil {
		t.Errorf("used: %+v", st)
	}
	if st := into[web.VoiceState](h, h.do(h.admin, "DELETE", "/api/voice/own", "")); st.Own != nil {
		t.Errorf("removed: %+v", st)
	}
	zip(h.admin, "Mai")
	if st := into[web.VoiceState](h, h.do(h.admin, "DELETE", "/api/voice/offered", "")); st.Offered != nil {
		t.Errorf("refused: %+v", st)
	}
	h.clock.move(time.Hour)
	h.refused("JSON", h.do(h.admin, "PUT", "/api/voice/offered", "{}"), 415, "bad_request")
	h.refused("nothing", zip(h.admin, ""), 400, "bad_request")
	h.refused("too large", zip(h.admin, strings.Repeat("x", 32<<20+1)), 413, "bad_request")
	for _, x := range [][2]string{{"GET", ""}, {"GET", "/manifest.json"}, {"PUT", "/offered"}, {"DELETE", "/offered"}, {"PUT", "/own"}, {"DELETE", "/own"}, {"POST", "/preview"}} {
		h.refused("a manager", h.do(h.manager, x[0], "/api/voice"+x[1], ""), 403, "forbidden")
		h.refused("a stranger", h.do("", x[0], "/api/voice"+x[1], ""), 401, "unauthenticated")
	}
}
