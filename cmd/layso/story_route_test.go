package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// severalMatters: a clerk issues one number for three matters. Each step says where it goes, undo takes
// a step back, and the same counter may call the number again for the next one.
func severalMatters(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := atCounter1(t, b, h)
	c.dialog("5", "issue")
	c.touch(`[data-then-service="tra-ket-qua"]`)
	c.touch(`[data-then-service="chung-thuc"]`)
	c.touch(`dialog [data-service="chung-thuc"]`) // It comes first now, so not again later.
	c.wait(`document.querySelector("#issue-then").dataset.then === "tra-ket-qua"`)
	c.touch(`dialog [data-service="dat-dai"]`)
	c.touch(`[data-then-service="chung-thuc"]`)
	c.check("counter-issue-then")
	c.touch(`dialog [data-action="confirm"]`)
	c.read("#issued", "A001[^]*rồi đến: Trả kết quả → Chứng thực")
	c.check("counter-issued-then")
	c.touch(`dialog [data-action="cancel"]`)
	c.read(`#rows [data-number="A001"] .what`, "rồi đến: Trả kết quả → Chứng thực")

	c.press(kb.F2, holds("A001"))
	c.read("#hand-route", "rồi đến: Trả kết quả → Chứng thực")
	c.read(`[data-action="finish"]`, "Xong bước này")
	c.read("#next-hint", "A001 sang Trả kết quả, gọi tiếp ngay tại quầy này")
	c.both("counter-route", c.switchTo)
	c.press(kb.F8, holdsNone)
	c.read("#notice", "A001 chờ tiếp ở Trả kết quả")
	c.read(`.line [data-action="undo"]`, "A001 sang bước sau")
	c.check("counter-step-done")
	c.press("0", holds("A001"))
	c.read("#hand-service", "Đất đai")
	c.afterQuiet()
	c.press(kb.F2, holds("A001")+` && document.querySelector("#hand-service").textContent === "Trả kết quả"`)
	c.read("#hand-route", "^rồi đến: Chứng thực$")
	c.afterQuiet()
	c.press(kb.F2, holds("A001")+` && document.querySelector("#hand-service").textContent === "Chứng thực"`)
	c.wait(`document.querySelector("#hand-route").hidden`)
	c.read(`[data-action="finish"]`, "Hoàn tất")
	token := c.inHand()
	c.press(kb.F8, holdsNone)
	if got := h.client(t).must("GET", "/api/tickets/"+token, nil); got["state"] != "finished" || got["calls"] != float64(3) {
		t.Errorf("at the end it is %v after %v calls, want finished after 3", got["state"], got["calls"])
	}
}

// managerEndsTheDay: he is told what will be closed, asked once, and refused while somebody is served.
func managerEndsTheDay(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.take("dat-dai", 4)
	hand := clerk.must("POST", "/api/counters/1/next", nil)
	m := b.open(t, h.base, "/admin", counterSize)
	m.signIn("manager", demoPIN)
	m.read(`[data-count="waiting"] dd`, "^3$")
	m.both("admin-day", m.switchTo)
	m.touch(`[data-tool="end-day"]`)
	m.read("dialog", "A001 \\(Quầy 1\\)")
	m.check("admin-day-busy")
	m.touch(`dialog [data-action="cancel"]`)
	clerk.must("POST", "/api/counters/1/finish", map[string]any{"ticket": hand["token"]})
	m.read(`[data-count="hand"] dd`, "^0$")
	m.touch(`[data-tool="end-day"]`)
	m.read("dialog", "3 số đang chờ[^]*1 quầy đang mở")
	m.check("admin-day-ask")
	m.touch(`dialog [data-action="confirm"]`)
	m.see(`.day[data-over="true"]`)
	m.touch("#menu-open")
	m.see(`#menu-list [href="/forecast"]`)
	m.touch("#menu-open")
	m.both("admin-day-over", m.switchTo)
	if status, out := clerk.call("POST", "/api/tickets", map[string]any{"service": "dat-dai"}); status != 409 || out["code"] != "hall_closed" {
		t.Errorf("a ticket afterwards: %d %v, want 409 hall_closed", status, out)
	}
}
