package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// smallWindows are those beside the e-one-stop software, and one that is low and wide.
var smallWindows = []size{{480, 720}, {360, 640}, {1366, 300}}

// counterDesk is what a clerk does beside the queue: history, help, a crash, handing over, long waits.
func counterDesk(t *testing.T, b *chromium) {
	h := startDemo(t)
	other := h.clerk(t, "clerk3")
	other.take("dat-dai", 3)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.press(kb.F9, `document.querySelector("#notice").textContent === "Chưa gọi số nào"`)
	c.press(kb.F2, holds("A001"))
	c.dialogs(kb.F6, "history")
	c.dialogs(kb.F7, "help")
	c.press(kb.F4, `document.querySelector("#hand-calls").textContent === "2"`)
	c.dialog(kb.F6, "history")
	c.read(".timeline", "Lấy số · Đất đai")
	c.read(`.timeline [data-type="ticket.recalled"]`, "Gọi thêm lần nữa ở Quầy 1")
	c.press(kb.Escape, `!document.querySelector("dialog")`)

	helpFromTheManager(t, b, h, c)

	c.press(".", `document.activeElement.id === "dossiers"`)
	c.keys("3")
	eval[int](c, "(sessionStorage.clear(), 0)") // As after a crash, or in a new tab.
	c.visit("/counter")
	c.read("#go-on", "Đang phục vụ A001")
	c.check("counter-go-on")
	c.wait(`document.activeElement.closest("#go-on")`)
	c.press(kb.Enter, holds("A001"))
	c.wait(`document.querySelector("#dossiers").value === "3"`)
	pc := b.open(t, h.base, "/counter", counterSize) // Another PC.
	pc.signIn("clerk1", demoPIN)
	pc.read("#go-on", "Tiếp tục ở Quầy 1")
	pc.wait(`document.activeElement.closest("#go-on")`)
	pc.press(kb.Enter, holds("A001"))

	c.dialogs("b", "handover")
	c.dialog("b", "handover")
	c.expect("401")
	c.fill("#handover-user", "clerk2") // in place of a key that opened the dialog twice on a slow computer
	c.keys(kb.Tab + "999999" + kb.Enter)
	c.read("dialog .error", "chưa đúng")
	c.keys(demoPIN + kb.Enter)
	c.wait(`!document.querySelector("dialog") && document.body.dataset.view === "work"`)
	c.wait(holds("A001") + ` && document.querySelector("#dossiers").value === "3"`)
	c.read("#notice", "nay làm ở quầy này")
	if got := h.clerk(t, "clerk2").must("GET", "/api/counters/1", nil); got["user"] != "clerk2" {
		t.Errorf("the counter is %v's", got["user"])
	}
	c.press(kb.F8, holdsNone)
	c.press(kb.F2, holds("A002"))
	pc.read("#choose-notice", "nay do Trần Văn Minh phục vụ")
}

// counterSeesWaits: the hall's clock goes on, and the page marks who waits too long, what takes too long, and how long a
// break lasts; all of it in small windows, too.
func counterSeesWaits(t *testing.T, b *chromium) {
	h := startDemo(t)
	other := h.clerk(t, "clerk3")
	other.take("dat-dai", 2)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.wait(`document.activeElement.id === "next"`)
	c.dialog("6", "pause")
	c.touch(`dialog [data-reason="Hội ý, hỏi lãnh đạo"]`)
	c.press(kb.Enter, `document.querySelector("#counter-state[data-state=paused]")`)
	later(h, t, 6*time.Minute)
	c.read("#hand", `Đã nghỉ 6 phút\s*Hội ý, hỏi lãnh đạo`)
	c.press("6", `document.querySelector("#counter-state[data-state=open]")`)
	c.press(kb.F2, holds("A001"))

	later(h, t, 8*time.Minute) // A002 has waited 14 minutes, and land takes as long as a rule.
	c.read("#longest", "A002 · 14 phút")
	c.wait(`document.querySelector("#over").hidden && document.querySelector("#hand-timer").dataset.level === "ok"`)
	later(h, t, 2*time.Minute)
	c.read("#over", "1 người chờ quá 15 phút")
	c.see(`#rows li[data-number="A002"][data-level="warn"] .over`)
	later(h, t, 5*time.Minute)
	c.see(`#hand-timer[data-level="warn"]`)
	c.see(`#rows li[data-number="A002"][data-level="warn"] .over`)
	later(h, t, 10*time.Minute)
	c.see(`#rows li[data-number="A002"][data-level="late"] .over`)
	c.see(`#hand-timer[data-level="warn"]`)
	later(h, t, 4*time.Minute)
	c.see(`#hand-timer[data-level="late"]`)
	c.read("#longest", "A002 · 3[0-9] phút")
	c.both("counter-late", func(english bool) { eval[int](c, langClick(english)) })
	c.dialog(kb.F7, "help")
	c.press(kb.Enter, `!document.querySelector("dialog") && !document.querySelector("#help-strip").hidden`)
	smallCounter(c)
	other.take("ho-tich", 12)
	c.do(chromedp.EmulateViewport(480, 720))
	c.wait(`document.querySelectorAll("#rows li").length > 12 && innerWidth === 480`)
	if high := eval[int](c, "document.documentElement.scrollHeight"); high > 720 {
		t.Errorf("with a long queue the page itself scrolls, too: %d", high)
	}
}

// dialogs looks at a dialog in both languages.
func (d *screen) dialogs(key, name string) {
	d.t.Helper()
	for _, english := range []bool{true, false} {
		eval[int](d, langClick(english))
		d.dialog(key, name)
		if english {
			d.look("counter-" + name + "-en")
		} else {
			d.check("counter-" + name + "-vi")
		}
		d.press(kb.Escape, `!document.querySelector("dialog")`)
	}
}

// helpFromTheManager: the clerk calls, the manager at another counter sees it and comes.
func helpFromTheManager(t *testing.T, b *chromium, h *running, c *screen) {
	t.Helper()
	m := b.open(t, h.base, "/counter", counterSize)
	m.signIn("manager", demoPIN)
	m.touch(`[data-action="open"][data-counter="4"]`)
	m.wait(`document.activeElement.id === "next"`)
	c.dialog(kb.F7, "help")
	c.press("2", `!document.querySelector("dialog") && !document.querySelector("#help-strip").hidden`)
	c.read("#help-strip", `Đã gọi quản lý lúc [0-9:]{5}\s*Hồ sơ khó`)
	m.read("#help-strip", `Quầy 1 gọi quản lý lúc [0-9:]{5}\s*Nguyễn Thị Lan · Hồ sơ khó`)
	m.both("counter-help-manager", m.switchTo)
	m.reads("#help-strip span span:not([lang])", "Hồ sơ khó") // in the page's language, unlike a name
	m.touch(`[data-help="help-coming"]`)
	m.wait(`document.querySelector("#help-strip").hidden`)
	c.wait(`document.querySelector("#help-strip").hidden`)
}

// later sets the hall's clock forward, as staff can.
func later(h *running, t *testing.T, d time.Duration) {
	t.Helper()
	c := h.clerk(t, "manager")
	now, err := time.Parse(time.RFC3339, c.must("GET", "/api/hall", nil)["now"].(string))
	if err != nil {
		t.Fatal(err)
	}
	c.must("POST", "/api/clock", map[string]any{"now": now.Add(d).Format(time.RFC3339)})
}

// langClick presses a language switch that a dialog or a small window hides.
func langClick(english bool) string {
	return fmt.Sprintf(`(document.querySelector('[data-lang="%s"]').click(), 0)`, map[bool]string{true: "en", false: "vi"}[english])
}

// smallCounter wants what a clerk needs all the time to be in sight in every window.
func smallCounter(c *screen) {
	c.t.Helper()
	for _, s := range smallWindows {
		c.do(chromedp.EmulateViewport(s.width, s.height))
		c.wait(fmt.Sprintf("innerWidth === %d && innerHeight === %d", s.width, s.height))
		eval[int](c, `document.querySelector(".work").scrollTop = 0`)
		for _, part := range []string{"#number", "#hand-timer", "#next", "[data-action=recall]", "[data-action=finish]", "#dossiers", "[data-action=no-show]", "[data-action=hold]", "[data-action=help]"} {
			c.wait(fmt.Sprintf(`((r) => r.width > 0 && r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth)(document.querySelector(".doing %s").getBoundingClientRect())`, part))
		}
		c.both(fmt.Sprintf("counter-small-%dx%d", s.width, s.height), func(english bool) { eval[int](c, langClick(english)) })
	}
	c.do(chromedp.EmulateViewport(counterSize.width, counterSize.height))
}

// padKey is a key of a numeric keypad as the browser tells it; without NumLock it types no sign.
func (d *screen) padKey(code, key string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { code: %q, key: %q, bubbles: true, cancelable: true }))`, code, key))
}

// pad presses a key of the keypad until it has done its work.
func (d *screen) pad(code, key, until string) {
	d.t.Helper()
	for start := time.Now(); time.Since(start) < patience; {
		d.padKey(code, key)
		if _, err := awaitFor[bool](d, "Boolean("+until+")", 1500*time.Millisecond); err == nil {
			return
		}
	}
	d.t.Fatalf("%s did not lead to %s", code, until)
}

// singleKeysOff: a clerk switches the single keys off; the F keys and Esc work on, also after the page is loaded anew,
// and the page names only the keys that do something. Then he switches them on again.
func (c *screen) singleKeysOff() {
	c.t.Helper()
	c.press(kb.F1, `document.querySelector("dialog[data-dialog=keys]")`)
	c.touch(`dialog label.check`)
	c.see(`body[data-single-keys="off"]`)
	c.check("counter-keys-off")
	c.press(kb.Escape, `!document.querySelector("dialog")`)
	c.visit("/counter")
	c.see(`body[data-single-keys="off"] #next`)
	c.wait(`document.activeElement.id === "next" && !document.querySelector("[aria-keyshortcuts='1'], [aria-keyshortcuts='M']") && document.querySelector("#next").getAttribute("aria-keyshortcuts") === "F2"`)
	c.wait(`[...document.querySelectorAll("main kbd")].every((k) => k.checkVisibility() === k.textContent.startsWith("F"))`)
	c.check("counter-work-keys-off")
	c.afterQuiet()
	for _, key := range [][2]string{{"Digit6", "6"}, {"KeyM", "m"}, {"Digit8", "8"}, {"Numpad6", "6"}, {"NumpadDivide", "/"}, {"Slash", "?"}} {
		c.padKey(key[0], key[1])
		c.wait(fmt.Sprintf("performance.now() > %f", eval[float64](c, "performance.now()")+100)) // No scanner is as slow, and what a key does is done.
	}
	c.wait(`!document.querySelector("dialog") && document.querySelector("#tab-waiting[aria-selected=true]")`)
	c.press(kb.F7, `document.querySelector("dialog[data-dialog=help]")`)
	c.padKey("Digit1", "1")
	c.press(kb.Escape, `!document.querySelector("dialog") && document.querySelector("#help-strip").hidden`)
	c.press(kb.F1, `document.querySelector("dialog[data-dialog=keys]")`)
	c.touch(`dialog label.check`)
	c.see(`body[data-single-keys="on"]`)
	c.press(kb.Escape, `!document.querySelector("dialog")`)
	c.afterQuiet()
}

// counterByKeypad is a clerk whose only keys are those of a keypad, with NumLock and without; and one who enters what was
// written by hand while the server was down.
func counterByKeypad(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.clerk(t, "clerk3").take("dat-dai", 2)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.wait(`document.activeElement.id === "next"`)
	c.dialogs("?", "keys")
	c.dialogs("m", "more")
	c.afterQuiet() // The page takes keys again that might bounce out of a dialog.
	eval[int](c, `(["7", "8", "0", "1"].forEach((n) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { code: "Numpad" + n, key: n, bubbles: true, cancelable: true }))),
		document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { code: "NumpadEnter", key: "Enter", bubbles: true, cancelable: true })), 0)`) // A scanner that types on the pad.
	c.afterQuiet()
	if got := lastCalls(h.client(t)); got != "" {
		t.Errorf("a scanner called %s", got)
	}
	c.pad("NumpadEnter", "Enter", holds("A001"))
	c.pad("NumpadAdd", "+", `document.querySelector("#hand-calls").textContent === "2"`)
	c.pad("NumpadSubtract", "-", holdsNone)
	c.pad("Numpad0", "Insert", holds("A001"))
	c.pad("Numpad1", "End", `document.querySelector("dialog[data-dialog=hold]")`)
	c.pad("NumpadSubtract", "-", `!document.querySelector("dialog")`)
	c.pad("NumpadDecimal", "Delete", `document.activeElement.id === "dossiers"`)
	c.keys("2")
	c.pad("NumpadEnter", "Enter", holds("A002"))
	c.pad("NumpadMultiply", "*", holdsNone)
	c.pad("Numpad6", "ArrowRight", `document.querySelector("dialog[data-dialog=pause]")`)
	c.press(kb.Escape, `!document.querySelector("dialog")`)

	c.singleKeysOff()
	c.dialogs("v", "written")
	c.dialog("v", "written")
	c.padKey("Digit2", "2")
	c.wait(`document.activeElement.id === "written-number"`)
	c.keys("901")
	c.padKey("NumpadEnter", "Enter")
	c.wait(`document.activeElement.id === "written-time"`)
	c.keys(kb.Enter)
	c.wait(`document.querySelector("#written-list li.new[data-number=B901]")`)
	c.wait(`document.activeElement.id === "written-number" && document.activeElement.value === ""`)
	c.expect("409")
	c.keys("A901" + kb.Tab + kb.Enter)
	c.wait(`document.querySelector("#written-list li.new[data-number=A901]")`)
	c.keys("a901" + kb.Tab + kb.Enter)
	c.read("dialog .error", "Số này hôm nay đã có người giữ")
	c.check("counter-written-refused")
	c.keys("902" + kb.Tab + "2460" + kb.Enter)
	c.read("dialog .error", "Ghi giờ như 0941")
	c.press(kb.Escape, `!document.querySelector("dialog")`)
	c.press(kb.F2, holds("B901"))
}
