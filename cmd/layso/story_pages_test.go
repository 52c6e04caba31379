package main

import "testing"

// pages looks at every page in its main states, in both languages.
func pages(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk4")
	clerk.must("POST", "/api/counters/4/open", nil)
	index := b.open(t, h.base, "/", counterSize)
	index.see("#notes")
	index.both("index", func(english bool) { index.touch("#lang") })

	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.pagesOfKiosk()
	kiosk.see(`.tile[data-service="dat-dai"]`)
	seedQueue(clerk)
	kiosk.read(`.tile[data-service="dat-dai"][data-waiting="3"]`, "[1-9] người chờ trước")
	kiosk.check("kiosk-home-busy")

	counter := b.open(t, h.base, "/counter", counterSize)
	counter.see("#signin-form")
	counter.both("counter-signin", counter.switchTo)
	counter.signIn("clerk1", demoPIN)
	counter.see("#choices .card")
	counter.both("counter-choose", counter.switchTo)
	counter.touch(`[data-action="open"][data-counter="1"]`)
	counter.see("#rows li")
	counter.both("counter-idle", counter.switchTo)
	counter.touch("#next")
	counter.see("#number")
	counter.both("counter-busy", counter.switchTo)
	for _, dialog := range []string{"hold", "transfer", "priority"} {
		counter.touch(`.keys [data-action="` + dialog + `"]`)
		counter.see("dialog")
		counter.check("counter-" + dialog)
		counter.touch(`dialog [data-action="cancel"]`)
	}

	tv := b.open(t, h.base, "/display", tvSize)
	tv.see(`#stage[data-fresh="false"]`)
	tv.check("display-idle-call")

	admin := b.open(t, h.base, "/admin", counterSize)
	admin.see("#signin-form")
	admin.check("admin-signin")
	admin.signIn("admin", demoPIN)
	for _, section := range []string{"hall", "services", "counters", "priorities", "hours", "voice", "users", "devices", "printers"} {
		admin.touch(`[data-go="` + section + `"]`)
		admin.see("#section-" + section)
		admin.both("admin-"+section, admin.switchTo)
	}

	printer := b.open(t, h.base, "/printer", counterSize)
	printer.wait(`document.querySelector("#paper-image").naturalWidth === 576`)
	printer.both("printer", func(bool) { printer.touch("#lang") })
}

// pagesOfKiosk goes through the kiosk's screens in Vietnamese and English, and in low mode.
func (d *screen) pagesOfKiosk() {
	d.t.Helper()
	d.see(".tile")
	d.both("kiosk-home", d.switchTo)
	d.touch("#low")
	d.check("kiosk-home-low")
	d.touch("#low")
	d.linger()
	d.touch(`.tile[data-service="dat-dai"]`)
	d.see("#ask-no")
	d.both("kiosk-ask", d.switchTo)
	d.touch(`[data-priority="small-child"]`)
	d.see(`#print[data-print="done"]`)
	d.check("kiosk-answer-vi")
	d.touch("#done")
	d.touch("#lang-en")
	d.touch(`.tile[data-service="ho-tich"]`)
	d.touch("#ask-no")
	d.see(`#print[data-print="done"]`)
	d.check("kiosk-answer-en")
	d.touch("#done")
}

// both checks a state in Vietnamese, looks at it in English, which has the same structure, and goes back.
func (d *screen) both(state string, change func(english bool)) {
	d.t.Helper()
	d.check(state + "-vi")
	change(true)
	d.wait(`document.documentElement.lang === "en"`)
	d.look(state + "-en")
	change(false)
	d.wait(`document.documentElement.lang === "vi"`)
}

// switchTo presses the language switch that has a button for each.
func (d *screen) switchTo(english bool) {
	d.t.Helper()
	if english {
		d.touch(`button[data-lang="en"]`)
	} else {
		d.touch(`button[data-lang="vi"]`)
	}
}

// seedQueue fills the hall with people: several services, a priority, one who was called.
func seedQueue(clerk *client) {
	clerk.t.Helper()
	clerk.must("POST", "/api/counters/4/next", nil)
	clerk.take("dat-dai", 3)
	clerk.take("ho-tich", 2)
	clerk.must("POST", "/api/tickets", map[string]any{"service": "chung-thuc", "priority": "meritorious"})
	hand := clerk.must("GET", "/api/counters/4", nil)["ticket"].(map[string]any)
	clerk.must("POST", "/api/counters/4/next", map[string]any{"finish": hand["token"]})
}
