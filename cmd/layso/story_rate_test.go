package main

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// deskSizes are the screens that stand beside a counter, the usual one last.
var deskSizes = []struct {
	name string
	size
}{{"tablet", size{800, 1280}}, {"wide", size{1280, 800}}, {"small", size{1024, 600}}}

// counterAsks: a tablet is paired and given its counter, shows whom that serves, and asks each citizen for his
// opinion, in his language: one touch suffices, reasons may follow, he may change his mind. Who touches after the
// next number was called is counted for nobody.
func counterAsks(t *testing.T, b *chromium) {
	h := startDemo(t)
	desk := b.open(t, h.base, "/rate", size{1024, 600})
	desk.expect("401|403|409")
	desk.becomesADesk(b, h)
	desk.before(`
		Date.now = ((now) => () => now)(Date.now()); // A slow machine looks at it for long.
		window.WebSocket = class extends WebSocket {
			set onmessage(hear) { super.onmessage = (message) => window.deaf || hear(message); }
		};`)
	desk.visit("/rate")
	desk.read("#counter", "^Quầy 1$")
	desk.read("#state", "Quầy đang đóng")
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/1/open", nil)
	desk.read("#state", "Xin chờ gọi số")
	serve := func(lang string) string {
		t.Helper()
		ticket := clerk.must("POST", "/api/tickets", map[string]any{"service": "dat-dai", "lang": lang})
		clerk.must("POST", "/api/counters/1/next", nil)
		desk.read("#now", ticket["number"].(string))
		return ticket["token"].(string)
	}
	serve("vi")
	desk.everySize("rate-serving")
	clerk.must("POST", "/api/counters/1/finish", nil)
	desk.read("#question", "^Ông bà có hài lòng không\\?$")
	desk.everySize("rate-ask")
	serve("vi")
	clerk.must("POST", "/api/counters/1/finish", nil)
	desk.touch(`#faces [data-stars="2"]`)
	desk.touch(`[data-reason="long_wait"]`)
	desk.see(`[data-reason="long_wait"][aria-pressed="true"]`)
	desk.everySize("rate-why")

	serve("vi")
	clerk.must("POST", "/api/counters/1/finish", nil)
	desk.touch(`#faces [data-stars="2"]`)
	desk.touch(`[data-reason="unclear"]`)
	desk.touch(`#faces [data-stars="4"]`)
	desk.touch(`[data-reason="quick"]`)
	desk.touch(`[data-reason="clear"]`)
	desk.touch("#send")
	desk.read("#thanks", "Cảm ơn")
	desk.touch("#change")
	desk.touch(`#faces [data-stars="5"]`)
	desk.later(11 * time.Second) // nobody touches anything more
	desk.read("#thanks", "Cảm ơn")
	desk.everySize("rate-thanks")
	desk.later(6 * time.Second)
	desk.see(`body[data-screen="idle"]`)
	h.logsRatings(t, `"stars":2`, `"stars":2`, `"stars":4`, `"reasons":["quick","clear"],"stars":4`, `"reasons":["quick","clear"],"stars":5`, `"reasons":["quick","clear"],"stars":5`)

	desk.speaksHisLanguage(clerk, serve("en"))
	desk.touchesTooLate(clerk)
	h.logsRatings(t, 6)
}

// becomesADesk pairs the screen and puts it at counter 1, as an admin does.
func (d *screen) becomesADesk(b *chromium, h *running) {
	d.t.Helper()
	d.read("#message-title", "chưa được ghép")
	d.both("rate-unpaired", d.otherLanguage)
	admin := b.open(d.t, h.base, "/admin#devices", counterSize)
	admin.signIn("admin", demoPIN)
	admin.choose("#device-kind", "counter")
	admin.fill("#device-name", "Tablet 1")
	admin.touch(`[data-tool="make-code"]`)
	code := await[string](admin, `document.querySelector("#code").dataset.code`)
	d.touch("#message-pair")
	d.see("#pair-keys button")
	d.fill("#pair-code", code)
	d.touch("#pair-submit")
	d.wait(`location.pathname === "/rate"`)
	d.read("#message-title", "quầy nào")
	d.look("rate-unplaced")
	admin.choose(`[data-tool="desk"]`, "1")
	admin.read("#device-said", "Tablet 1 nay đứng ở Quầy 1")
	admin.both("admin-desk", admin.switchTo)
}

// speaksHisLanguage: whose ticket was taken in English is asked in English, also while the next one is called with
// the same key; whoever comes then is asked in Vietnamese.
func (d *screen) speaksHisLanguage(clerk *client, token string) {
	d.t.Helper()
	clerk.take("dat-dai", 2)
	clerk.must("POST", "/api/counters/1/next", map[string]any{"finish": token})
	d.read("#question", "^Were you satisfied\\?$")
	d.read("#next", "^Number A[0-9]+, please come$")
	d.look("rate-beside-en")
	clerk.must("POST", "/api/counters/1/finish", nil)
	d.read("#question", "^Ông bà có hài lòng không\\?$")
	clerk.must("POST", "/api/counters/1/next", nil)
	d.see(`body[data-screen="idle"]`)
}

// touchesTooLate: the screen has not heard that the next number was called, and a finger comes.
func (d *screen) touchesTooLate(clerk *client) {
	d.t.Helper()
	clerk.take("dat-dai", 1)
	clerk.must("POST", "/api/counters/1/finish", nil)
	d.see(`#faces [data-stars="1"]`)
	eval[bool](d, "window.deaf = true")
	clerk.must("POST", "/api/counters/1/next", nil)
	d.touch(`#faces [data-stars="1"]`)
	d.see(`body[data-screen="idle"]`)
	eval[bool](d, "(window.deaf = false, true)")
	clerk.must("POST", "/api/counters/1/pause", nil)
	clerk.must("POST", "/api/counters/1/no-show", nil)
	d.read("#state", "Tạm nghỉ")
	d.both("rate-paused", d.otherLanguage)
}

// otherLanguage presses the button that names the other language.
func (d *screen) otherLanguage(bool) { d.touch("#lang") }

// everySize looks at a state on every screen for a desk, and in both languages on the smallest.
func (d *screen) everySize(state string) {
	d.t.Helper()
	for _, s := range deskSizes {
		d.do(chromedp.EmulateViewport(s.width, s.height))
		d.look(state + "-" + s.name)
	}
	d.both(state, d.otherLanguage)
}

// logsRatings wants the log to hold ratings with these parts, in this order; a number wants so many.
func (h *running) logsRatings(t *testing.T, parts ...any) {
	t.Helper()
	answer, err := h.clerk(t, "manager").http.Get(h.base + "/api/events?since=0")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	log, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.DeleteFunc(strings.Split(string(log), "\n"), func(line string) bool { return !strings.Contains(line, `"ticket.rated"`) })
	want := len(parts)
	if n, ok := parts[0].(int); ok {
		parts, want = nil, n
	}
	if len(lines) != want {
		t.Errorf("%d ratings, want %d:\n%s", len(lines), want, strings.Join(lines, "\n"))
		return
	}
	for i, part := range parts {
		if !strings.Contains(lines[i], part.(string)) || !strings.Contains(lines[i], `"counter":"1"`) {
			t.Errorf("rating %d is %s, want %s at counter 1", i, lines[i], part)
		}
	}
}
