package web_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// desk is a counter's second screen in a test.
type desk struct {
	h      *hall
	id     string
	cookie string
}

// deskAt pairs a screen and puts it at the counter.
func (h *hall) deskAt(counter string) desk {
	h.t.Helper()
	cookie, id := h.server.Pair("counter")
	if a := h.do(h.admin, "PUT", "/api/devices/"+id, `{"counters":["`+counter+`"]}`); a.status != 200 {
		h.t.Fatalf("the screen can't stand at %s: %d %s", counter, a.status, a.body)
	}
	return desk{h, counter, cookie}
}

// shown is what the tests look at of a counter's screen.
type shown struct {
	State, Name string
	Now         *string
	Ask         *struct {
		Ticket, Number, Lang string
		Stars                int
		LeftS                float64 `json:"left_s"`
	}
}

func (d desk) look() shown {
	d.h.t.Helper()
	a := d.h.do(d.cookie, "GET", "/api/counters/"+d.id+"/screen", "")
	if a.status != 200 {
		d.h.t.Fatalf("the screen: %d %s", a.status, a.body)
	}
	return into[shown](d.h, a)
}

func (d desk) rate(ticket string, stars int, reasons ...string) answer {
	d.h.t.Helper()
	list := ""
	if len(reasons) > 0 {
		list = `,"reasons":["` + strings.Join(reasons, `","`) + `"]`
	}
	return d.h.do(d.cookie, "POST", "/api/counters/"+d.id+"/rate", fmt.Sprintf(`{"ticket":%q,"stars":%d%s}`, ticket, stars, list))
}

// rated gives the last event, which has to be a rating.
func (h *hall) rated() kiosk.Event {
	h.t.Helper()
	seq := h.owner.View().Seq()
	events, err := h.journal.Since(seq-1, 1)
	h.must(err)
	if len(events) != 1 || events[0].Type != kiosk.TicketRated {
		h.t.Fatalf("the log ends with %+v", events)
	}
	return events[0]
}

func TestRatingAtTheCounter(t *testing.T) {
	h := newHall(t)
	d, elsewhere := h.deskAt("1"), h.deskAt("2")
	if s := d.look(); s.State != "closed" || s.Now != nil || s.Ask != nil || s.Name != "Quầy 1" {
		t.Errorf("at first: %+v", s)
	}
	token := h.take("dat-dai").Token
	h.at("1", "open", "")
	h.at("1", "next", "")
	if s := d.look(); s.State != "open" || s.Now == nil || *s.Now != "A001" || s.Ask != nil {
		t.Errorf("in service: %+v", s)
	}
	h.ticket(h.at("1", "finish", ""), 200)
	ask := d.look().Ask
	if ask == nil || ask.Number != "A001" || ask.Lang != "vi" || ask.LeftS != 45 || ask.Ticket == "" || strings.Contains(ask.Ticket, token) {
		t.Fatalf("finished: %+v", ask)
	}
	if s := elsewhere.look(); s.Ask != nil {
		t.Error("the next counter's screen asks, too")
	}
	h.must(errOf(d.rate(ask.Ticket, 2), 200))
	h.must(errOf(d.rate(ask.Ticket, 4, "quick", "clear", "quick"), 200)) // he thinks better of it
	e := h.rated()
	if e.Ticket != token || e.Counter != "1" || e.Stars != 4 || !slices.Equal(e.Reasons, []string{"quick", "clear"}) || !strings.HasPrefix(e.By, "device:counter-") {
		t.Errorf("the log has %+v", e)
	}
	if s := d.look(); s.Ask == nil || s.Ask.Stars != 4 {
		t.Errorf("rated: %+v", s.Ask)
	}
	rate := "/api/counters/1/rate"
	body := func(ticket, rest string) string { return `{"ticket":"` + ticket + `",` + rest + `}` }
	h.all([]expect{
		{"no stars", d.cookie, "POST", rate, body(ask.Ticket, `"stars":0`), 422, "invalid_field"},
		{"six stars", d.cookie, "POST", rate, body(ask.Ticket, `"stars":6`), 422, "invalid_field"},
		{"free words", d.cookie, "POST", rate, body(ask.Ticket, `"stars":1,"reasons":["cô Hoa ở quầy 1"]`), 422, "invalid_field"},
		{"a token", d.cookie, "POST", rate, body(token, `"stars":1`), 409, "rating_over"},
		{"no ticket", d.cookie, "POST", rate, `{"stars":1}`, 409, "rating_over"},
		{"somebody else's screen", elsewhere.cookie, "POST", rate, body(ask.Ticket, `"stars":1`), 403, "forbidden"},
		{"at another counter", elsewhere.cookie, "POST", "/api/counters/2/rate", body(ask.Ticket, `"stars":1`), 409, "rating_over"},
		{"to look at another counter", elsewhere.cookie, "GET", "/api/counters/1/screen", "", 403, "forbidden"},
		{"a kiosk", h.kiosk, "POST", rate, body(ask.Ticket, `"stars":1`), 401, "unauthenticated"},
		{"the clerk himself", h.clerk, "POST", rate, body(ask.Ticket, `"stars":5`), 403, "forbidden"},
		{"no such counter", d.cookie, "GET", "/api/counters/9/screen", "", 404, "unknown_counter"},
	})
}

// A touch that comes late counts for nobody: after the time, after the next number was called, after the clerk
// took the finish back.
func TestALateTouchCountsForNobody(t *testing.T) {
	h := newHall(t)
	d := h.deskAt("1")
	late := func(what, ticket string) {
		t.Helper()
		before := h.owner.View().Seq()
		h.refused(what, d.rate(ticket, 1), 409, "rating_over")
		if h.owner.View().Seq() != before {
			t.Errorf("%s: it is in the log", what)
		}
	}
	for range 6 {
		h.take("dat-dai")
	}
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "finish", "")
	first := d.look().Ask.Ticket
	h.clock.move(44 * time.Second)
	if d.look().Ask == nil {
		t.Error("the screen asks for less than 45 s")
	}
	h.clock.move(2 * time.Second)
	if s := d.look(); s.Ask != nil {
		t.Errorf("after 46 s it still asks: %+v", s.Ask)
	}
	h.must(errOf(d.rate(first, 3, "long_wait"), 200)) // the reasons of who touched in time
	h.clock.move(30 * time.Second)
	late("after the time", first)

	h.at("1", "next", "")
	h.at("1", "finish", "")
	second := d.look().Ask.Ticket
	late("for the one before", first)
	h.clock.move(3 * time.Second)
	h.at("1", "next", "")
	late("after the next number was called", second)

	hand := h.ticket(h.at("1", "recall", ""), 200)
	h.clock.move(5 * time.Second)
	h.must(errOf(h.at("1", "next", `{"finish":"`+hand.Token+`"}`), 200))
	s := d.look()
	if s.Ask == nil || s.Ask.Number != hand.Number || s.Ask.LeftS != 20 || s.Now == nil || *s.Now == hand.Number {
		t.Fatalf("finished and called in one step: %+v %+v", s, s.Ask)
	}
	third := s.Ask.Ticket
	h.must(errOf(d.rate(third, 5), 200))
	if e := h.rated(); e.Ticket != hand.Token {
		t.Errorf("it counts for %s", e.Number)
	}
	h.clock.move(51 * time.Second)
	late("a minute after that step", third)

	h.at("1", "finish", "")
	fourth := d.look().Ask.Ticket
	h.at("1", "undo", "")
	if s := d.look(); s.Ask != nil {
		t.Error("it asks who is being served again")
	}
	late("after the finish was taken back", fourth)
	h.at("1", "no-show", "")
	if s := d.look(); s.Ask != nil {
		t.Error("it asks who did not come")
	}
}

func TestAScreenStandsAtOneCounter(t *testing.T) {
	h := newHall(t)
	cookie, id := h.server.Pair("counter")
	h.all([]expect{
		{"no counter chosen", cookie, "GET", "/api/counters/1/screen", "", 403, "forbidden"},
		{"two counters", h.admin, "PUT", "/api/devices/" + id, `{"counters":["1","2"]}`, 422, "invalid_field"},
		{"no such counter", h.admin, "PUT", "/api/devices/" + id, `{"counters":["9"]}`, 404, "unknown_counter"},
		{"a printer", h.admin, "PUT", "/api/devices/" + id, `{"printer":""}`, 422, "invalid_field"},
		{"chosen", h.admin, "PUT", "/api/devices/" + id, `{"counters":["1"]}`, 200, ""},
		{"there", cookie, "GET", "/api/counters/1/screen", "", 200, ""},
		{"moved", h.admin, "PUT", "/api/devices/" + id, `{"counters":["2"]}`, 200, ""},
		{"not there any more", cookie, "GET", "/api/counters/1/screen", "", 403, "forbidden"},
		{"revoked", h.admin, "DELETE", "/api/devices/" + id, "", 204, ""},
		{"nobody's device", cookie, "GET", "/api/counters/2/screen", "", 401, "unauthenticated"},
	})
}

func TestAScreenCanNotFillTheLog(t *testing.T) {
	h := newHall(t)
	d := h.deskAt("1")
	h.take("dat-dai")
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "finish", "")
	ask := d.look().Ask.Ticket
	n := 0
	for d.rate(ask, 1+n%5).status == 200 {
		if n++; n > 100 {
			t.Fatal("a screen may rate without end")
		}
	}
	h.refused("too often", d.rate(ask, 3), 429, "too_many_requests")
	if n < 10 {
		t.Errorf("%d times only: who changes his mind is refused", n)
	}
}

// Whatever the phone sends besides the codes is taken, and nothing of it but a code is kept.
func TestReasonsOfThePhone(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "finish", "")
	h.must(errOf(h.do("", "POST", "/api/tickets/"+token+"/rate", `{"stars":2,"reasons":["Chờ lâu","unclear","cô Hoa","anh Nam","long_wait"]}`), 200))
	if e := h.rated(); !slices.Equal(e.Reasons, []string{"long_wait", "unclear", "other"}) || e.Counter != "1" || e.By != "citizen" {
		t.Errorf("the log has %+v", e)
	}
}

// A counter's screen follows the hall in public, is no display that nobody looks after, and is sent away when it
// is revoked.
func TestAScreenIsNoDisplay(t *testing.T) {
	var viewer web.Viewer
	rechecks := 0
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Live = watchedLive{viewer: &viewer, rechecks: &rechecks}
		o.Screens = func() []web.Screen { return []web.Screen{{View: "public", Device: viewer.Device, Connected: true}} }
	})
	d := h.deskAt("1")
	h.do(d.cookie, "GET", "/ws?view=public", "", "Upgrade", "websocket", "Connection", "Upgrade")
	if viewer.View != "public" || viewer.Device == "" || viewer.Zone != nil || !viewer.Still() {
		t.Errorf("it follows as %+v", viewer)
	}
	if a := h.do(h.clerk, "GET", "/api/displays", ""); string(a.body) != `{"paired":[],"others":0}`+"\n" {
		t.Errorf("the displays are %s", a.body)
	}
	h.do(h.admin, "DELETE", "/api/devices/"+viewer.Device, "")
	if viewer.Still() {
		t.Error("it looks on although it is revoked")
	}
}

// The pages' words are those of the domain, in the same order.
func TestTheReasonsOfThePages(t *testing.T) {
	js, err := os.ReadFile("static/js/lib/ratings.js")
	if err != nil {
		t.Fatal(err)
	}
	var pages []kiosk.RatingReason
	for _, m := range regexp.MustCompile(`\{ code: "(\w+)", good: (true|false), words: \["([^"]+)", "([^"]+)"\] \}`).FindAllStringSubmatch(string(js), -1) {
		pages = append(pages, kiosk.RatingReason{Code: m[1], Good: m[2] == "true", Text: kiosk.Text{VI: m[3], EN: m[4]}})
	}
	if want := kiosk.RatingReasons(); !slices.Equal(pages, want) {
		t.Errorf("the pages offer\n%+v, the domain has\n%+v", pages, want)
	}
}
