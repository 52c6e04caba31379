package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// loseDisplay makes the page believe that the hall's display was lost in a way: a real loss takes half a minute.
func (d *screen) loseDisplay(how string) {
	d.t.Helper()
	eval[bool](d, `(() => {
		const real = window.fetch;
		const lose = (list) => { for (const x of list) Object.assign(x, { lost: "`+how+`", lost_since: x.seen_at, connected: "`+how+`" === "frozen" }); };
		window.fetch = async (url, options) => {
			const answer = await real(url, options);
			if (url !== "/api/displays" && url !== "/api/check") return answer;
			const body = await answer.json();
			lose((body.displays || body).paired);
			return new Response(JSON.stringify(body), { status: answer.status, headers: { "Content-Type": "application/json" } });
		};
		return true;
	})()`)
}

// displaysAreWatched: a TV is paired and named, gets a zone, says how its sound is; a lost one is told on every
// page of the staff.
func displaysAreWatched(t *testing.T, b *chromium) {
	h := startDemo(t)
	admin := b.open(t, h.base, "/admin", counterSize)
	admin.signIn("admin", demoPIN)
	admin.touch(`[data-go="devices"]`)
	admin.read("#display-list", "Chưa ghép nối màn hình nào")
	code := h.clerk(t, "admin").must("POST", "/api/devices/codes", map[string]any{"kind": "display", "name": "TV 1"})["code"].(string)
	tv := b.open(t, h.base, "/pair", tvSize)
	tv.fill("#pair-code", code)
	tv.touch("#pair-submit")
	tv.wait(`location.pathname === "/display"`)
	admin.see(`#display-list tr[data-connected="true"]`)
	admin.read("#device-list", "TV 1")                               // The code was made elsewhere.
	if eval[bool](tv, `document.body.dataset.sound === "blocked"`) { // Typing the code may have been touch enough.
		tv.touch("#sound")
	}
	admin.see(`#display-list tr[data-connected="true"][data-sound="on"]`)

	admin.touch(`[data-tool="zone"]`)
	admin.see(`[data-dialog="zone"]`)
	admin.check("zone-dialog")
	for _, id := range []string{"2", "3"} {
		admin.touch(`[data-dialog="zone"] .check:has(input[value="` + id + `"])`)
	}
	admin.touch(`dialog [data-action="confirm"]`)
	admin.read(`[data-tool="zone"]`, "^Quầy 2, Quầy 3")
	admin.wait(`document.activeElement.dataset.tool === "zone"`)
	admin.see(`#display-list tr[data-connected="true"]`) // It was sent away, and has come back.
	admin.both("admin-displays", admin.switchTo)
	answer, err := http.Get(h.base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(text), `name="TV 1"} 0`) {
		t.Errorf("the metrics do not tell that the display is there: %v", err)
	}

	check := b.open(t, h.base, "/check", counterSize)
	check.signIn("clerk2", demoPIN)
	check.see(`[data-row="displays"][data-level="ok"]`)
	counter := b.open(t, h.base, "/counter", counterSize)
	counter.signIn("clerk1", demoPIN)
	counter.touch(`[data-action="open"][data-counter="1"]`)
	for _, page := range []*screen{admin, check, counter} {
		page.loseDisplay("gone")
	}
	admin.read("#display-lost", "“TV 1” mất kết nối từ")
	admin.see(`#display-list tr[data-lost="gone"]`)
	admin.check("admin-display-lost")
	check.read(`[data-row="displays"][data-level="bad"] .todo`, "Xem điện và mạng")
	check.check("check-display-lost")
	counter.read("#banner-text", "“TV 1” mất kết nối từ")
	counter.check("counter-display-lost")
	check.loseDisplay("frozen")
	check.read(`[data-row="displays"][data-level="bad"] .todo`, "Tắt rồi bật lại màn hình đó")
}
