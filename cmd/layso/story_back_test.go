package main

import (
	"fmt"
	"testing"
	"time"
)

// later lets the page believe that so much time has passed.
func (d *screen) later(by time.Duration) {
	d.t.Helper()
	eval[float64](d, fmt.Sprintf(`(Date.now = ((real) => () => real() + %d)(Date.now))()`, by.Milliseconds()))
}

// closedGoesBack: who chose English or low buttons while the hall is closed leaves neither behind.
func closedGoesBack(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) { s["hours"] = everyDay(officeHours) })
	h.itIs(t, on(1, 12, 10))
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.read("#closed-title", "Đang nghỉ trưa")
	kiosk.touch("#lang-en")
	kiosk.read("#closed-title", "Lunch break")
	kiosk.later(31 * time.Second)
	kiosk.read("#closed-title", "Đang nghỉ trưa")
}

// serverInTrouble: the connection lives, but requests get no answer for longer than the page repeats
// them. When answers come again the citizen gets the number, and only one.
func serverInTrouble(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.expect("ERR_CONNECTION_RESET")
	const given = 5 // more than the page can send before it gives up once
	sent := kiosk.intercept("*/api/tickets", func(n int64) fate {
		if n < given {
			return lost
		}
		return delivered
	})
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.see("#sending-title")
	for sent.n.Load() == 0 {
		<-sent.seen
	}
	kiosk.later(61 * time.Second)
	kiosk.read("#number", "^A001$")
	one(t, h)
}

// longNames: twenty services whose names are long and whose waits longer, and a counter with a name:
// nothing leaves its tile, and the television still says which counter it is.
func longNames(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		for i := range 16 {
			s["services"] = append(s["services"].([]any), map[string]any{
				"id": fmt.Sprintf("s%d", i), "prefix": fmt.Sprintf("F%c", 'A'+i), "mean_s": 3600,
				"name": map[string]any{"vi": "Đăng ký đất đai và tài sản gắn liền với đất, cấp đổi giấy chứng nhận", "en": fmt.Sprintf("Registration of land and property %d", i)},
			})
		}
		counter := edit(s, "counters", "1")
		counter["name"] = map[string]any{"vi": "Quầy tiếp nhận hồ sơ 25", "en": "Application counter 25"}
		for i := range 16 {
			counter["services"] = append(counter["services"].([]any), fmt.Sprintf("s%d", i))
		}
	})
	clerk := h.clerk(t, "clerk1")
	clerk.take("s3", 20)
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	for name, s := range map[string]size{"tall": kioskSize, "wide": counterSize} {
		kiosk := b.open(t, h.base, "/kiosk", s)
		kiosk.read(`.tile[data-service="s3"] .wait`, "h$")
		kiosk.shoot("kiosk-long-" + name)
		kiosk.wait(inside(".tile", ".name, .meta, .wait"))
		kiosk.both("kiosk-long-"+name, kiosk.switchTo)
	}
	for name, s := range map[string]size{"wide": tvSize, "square": {1024, 768}, "tall": {1080, 1920}} {
		tv := b.open(t, h.base, "/display", s)
		tv.read(".row-counter", "25$")
		tv.wait(inside(".row", ".row-counter"))
		tv.wait(`(() => { const e = document.querySelector(".row-counter"); return e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1; })()`)
		tv.shoot("display-long-" + name)
	}
}

// inside is true when in every box nothing of these parts sticks out.
func inside(box, parts string) string {
	return fmt.Sprintf(`Array.from(document.querySelectorAll(%q)).every((box) => {
		const b = box.getBoundingClientRect();
		return Array.from(box.querySelectorAll(%q)).every((e) => {
			const r = e.getBoundingClientRect();
			return r.top >= b.top - 1 && r.bottom <= b.bottom + 1 && r.right <= b.right + 1;
		});
	})`, box, parts)
}

// backFromTheBooking: the browser's way back from the appointment leads to a page that works.
func backFromTheBooking(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	slot := on(1, 10, 30)
	phone := b.open(t, h.base, "/appointments", phoneSize)
	book := func() {
		phone.touch(`[data-service="dat-dai"]`)
		phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
		phone.touch(`[data-start="` + slot.Format(time.RFC3339) + `"]`)
		phone.touch("#go")
		phone.read("#code", "^[0-9]{3} [0-9]{3}$")
	}
	book()
	eval[bool](phone, `(history.back(), true)`)
	phone.wait(`location.pathname === "/appointments"`)
	book()
}

// questionIsOver: "cancel this number?" was asked and not answered; after the call it is not asked again.
func questionIsOver(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	ticket := clerk.take("dat-dai", 1)[0]
	phone := b.open(t, h.base, "/t/"+ticket["token"].(string), phoneSize)
	phone.touch("#cancel")
	phone.see("#cancel-yes")
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	phone.see(`#ticket[data-state="called"]`)
	clerk.must("POST", "/api/counters/1/hold", map[string]any{"ticket": ticket["token"], "for": "dat-dai"})
	phone.see(`#ticket[data-state="held"]`)
	phone.wait(`document.querySelector("#confirm").hidden`)
	phone.see("#cancel")
}

// somebodyElsesCounter: a clerk comes back to the page while a colleague has the counter, and is told
// who, by name.
func somebodyElsesCounter(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := atCounter1(t, b, h)
	c.visit("/")
	h.clerk(t, "clerk1").must("POST", "/api/counters/1/close", nil)
	h.clerk(t, "clerk2").must("POST", "/api/counters/1/open", nil)
	c.visit("/counter")
	c.read("#choose-notice", "Quầy 1 nay do Trần Văn Minh phục vụ")
}
