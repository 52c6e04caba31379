package main

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// helpingOut: a counter that assists sees what is not its own, and calls that only when nothing of its
// own waits; a call out of order never goes without a reason.
func helpingOut(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(setup map[string]any) {
		counter := edit(setup, "counters", "1")
		counter["services"], counter["assist"] = []string{"dat-dai"}, []string{"ho-tich"}
	})
	c := atCounter1(t, b, h)
	clerk := h.clerk(t, "clerk4")
	clerk.take("ho-tich", 1)
	c.read(`#rows [data-number="B001"] .what`, "hỗ trợ")
	clerk.take("dat-dai", 2)
	c.read(`#rows [data-number="A001"] .what`, "kế tiếp")
	clerk.take("chung-thuc", 1)
	c.read(`#rows [data-number="C001"] .what`, "quầy khác")
	c.both("counter-assist", c.switchTo)
	c.touch(`#rows [data-number="A002"] .open`)
	c.touch(`dialog [data-action="call"]`)
	c.touch(`dialog[data-dialog="call"] [data-action="confirm"]`)
	c.read("dialog .error", "ghi lý do")
	c.touch(`[data-reason="Hồ sơ liên quan"]`)
	c.wait(`document.querySelector("dialog .error").hidden`)
	c.check("counter-call-reason")
	c.press(kb.Enter, holds("A002"))
	c.afterQuiet()
	c.press(kb.F2, holds("A001"))
	c.afterQuiet()
	c.press(kb.F2, holds("B001"))
	c.read("#hand-assist", "hỗ trợ")
	c.check("counter-assisting")
}

// whoHasAnAppointment: the day's appointments stand in a list of their own; a clerk checks somebody in,
// not too early, and the ticket carries its time.
func whoHasAnAppointment(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	h.itIs(t, on(1, 8, 35))
	c := atCounter1(t, b, h)
	clerk := h.clerk(t, "clerk3")
	book := func(service string, hour int) {
		clerk.must("POST", "/api/appointments", map[string]any{"service": service, "start": on(1, hour, 0).Format(time.RFC3339)})
	}
	book("ho-tich", 10)
	book("dat-dai", 9)
	c.read(`#tab-booked .count`, "^2$")
	c.press("/", `document.activeElement.matches("#rows[data-list=booked] .open")`)
	c.read("#rows li:first-child", "09:00[^]*Đất đai[^]*mã [0-9]{6}")
	c.both("counter-booked", c.switchTo)
	c.expect("409")
	c.touch(`#rows li:first-child [data-action="arrive"]`)
	c.touch(`dialog [data-action="confirm"]`)
	c.read("dialog .error", "nhận được từ 08:40")
	c.check("counter-too-early")
	h.itIs(t, on(1, 8, 50))
	c.touch(`dialog [data-action="confirm"]`)
	c.read("#notice", "A001")
	c.read("#rows li:first-child .what", "đã đến: A001")
	c.check("counter-arrived")
	c.press("7", `document.activeElement.matches("#rows[data-list=waiting] .open")`)
	c.read(`#rows [data-number="A001"] .what`, "Hẹn 09:00")
	c.press(kb.F2, holds("A001"))
	c.read("#hand-slot", "Hẹn 09:00")
	c.check("counter-slot-in-hand")
}
