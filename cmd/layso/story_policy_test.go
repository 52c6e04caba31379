package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// atCounter1 is clerk1's screen at counter 1, which he has just opened.
func atCounter1(t *testing.T, b *chromium, h *running) *screen {
	t.Helper()
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.wait(`document.activeElement.id === "next"`)
	return c
}

// hintAtTheIdleCounter: who comes to an empty hall is shown at the counter that should call, and only
// there; a declared priority is confirmed with one key, another one revoked with a reason.
func hintAtTheIdleCounter(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := atCounter1(t, b, h)
	other := b.open(t, h.base, "/counter", counterSize)
	other.signIn("clerk2", demoPIN)
	other.touch(`[data-action="open"][data-counter="2"]`)
	kiosk := h.clerk(t, "clerk4")
	kiosk.must("POST", "/api/tickets", map[string]any{"service": "dat-dai", "priority": "elderly"})
	c.read("#hint", "A001 đang đợi quầy này")
	c.wait(`document.title.startsWith("● A001")`)
	c.both("counter-hint", c.switchTo)
	other.read("#hand-none-text", "1 người")
	other.wait(`document.querySelector("#hint").hidden`)

	c.press(kb.F2, holds("A001"))
	c.read("#hand-priority", "Người cao tuổi – chưa xác nhận")
	c.both("counter-declared", c.switchTo)
	c.press("+", `document.querySelector("#hand-proof").dataset.open === "false"`)
	c.read("#hand-priority", "Ưu tiên: Người cao tuổi")
	c.read("#notice", "Đã xác nhận")
	c.check("counter-confirmed")
	kiosk.must("POST", "/api/tickets", map[string]any{"service": "dat-dai", "priority": "pregnant"})
	c.read(`#rows [data-number="A002"] .what`, "khai: Phụ nữ mang thai")
	c.afterQuiet()
	c.press(kb.F2, holds("A002"))
	c.dialog("-", "revoke")
	c.check("counter-revoke")
	c.touch(`[data-reason="Không có giấy tờ"]`)
	c.press(kb.Enter, `!document.querySelector("dialog") && document.querySelector("#hand-proof").hidden`)
	ticket := c.inHand()
	if got := kiosk.must("GET", "/api/tickets/"+ticket, nil); got["priority"] != nil {
		t.Errorf("after the revocation the priority is %v", got["priority"])
	}
}

// inHand gives the token of the ticket that the counter page has in hand.
func (d *screen) inHand() string {
	d.t.Helper()
	return eval[string](d, `document.querySelector("#hand").dataset.token`)
}

// whoMissedTheCall: somebody who did not come is called again by himself after three further calls; whoever shows up
// before waits on; after a second miss only his return brings him back.
func whoMissedTheCall(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := atCounter1(t, b, h)
	clerk := h.clerk(t, "clerk4")
	clerk.take("dat-dai", 6)
	c.press(kb.F2, holds("A001"))
	c.press(kb.F9, holdsNone)
	c.touch(`[data-tab="no_show"]`)
	c.read(`#rows [data-number="A001"] .what`, "gọi lại sau 3 lượt")
	c.both("counter-missed", c.switchTo)
	c.touch(`#rows [data-number="A001"] [data-action="return"]`)
	c.read("#notice", "A001 đã trở lại hàng chờ")
	c.press(kb.F2, holds("A001"))
	c.press(kb.F9, holdsNone)
	c.touch(`[data-tab="no_show"]`)
	c.read(`#rows [data-number="A001"] .what`, "chờ người dân quay lại")
	c.check("counter-parked")
	c.press(kb.F2, holds("A002"))
	c.press(kb.F9, holdsNone)
	for _, number := range []string{"A003", "A004", "A005"} {
		c.afterQuiet()
		c.press(kb.F2, holds(number))
	}
	c.press(kb.F8, holdsNone)
	c.read("#hint", "A002 đến lượt gọi lại")
	c.check("counter-hint-again")
	c.press(kb.F2, holds("A002"))
	c.dialog("1", "hold")
	c.touch(`[data-reason="Đi sao chụp"]`)
	c.press(kb.Enter, holdsNone)
	c.touch(`[data-tab="held"]`)
	c.touch(`#rows [data-number="A002"] .open`)
	c.touch(`dialog [data-action="return"]`)
	c.read("#notice", "A002 đã trở lại hàng chờ")
}
