package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	smallPhone = size{320, 568}
	phoneSizes = map[string]size{"small": smallPhone, "large": phoneSize}
)

// phoneRoute: a number for three matters goes on to its next step, is moved elsewhere, and says why it
// waits again, also after a reload.
func phoneRoute(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/1/open", nil)
	mine := clerk.must("POST", "/api/tickets", map[string]any{"service": "dat-dai", "then": []string{"chung-thuc"}})["token"].(string)
	phone := b.open(t, h.base, "/t/"+mine, phoneSize)
	language := func(bool) { phone.touch("#lang") }
	phone.read("#then", "^Sau đó: Chứng thực$")
	phone.read("#ahead", "^Không còn ai chờ trước$")
	phone.wait(`document.title === "Sắp đến lượt – A001"`)
	phone.alerted(0, "")
	clerk.must("POST", "/api/counters/1/next", nil)
	phone.read("#counter", "^Quầy 1$")
	clerk.take("chung-thuc", 2)
	clerk.must("POST", "/api/counters/1/finish", map[string]any{"ticket": mine})
	phone.read("#moved", "^Đã xong: Đất đai. Nay chờ: Chứng thực$")
	phone.read("#service", "^Chứng thực$")
	phone.both("phone-step", language)
	phone.visit("/t/" + mine)
	phone.read("#moved", "^Đã xong: Đất đai. Nay chờ: Chứng thực$")
	clerk.must("POST", "/api/counters/1/call", map[string]any{"token": mine, "reason": "Đã hẹn giờ"})
	phone.read("#counter", "^Quầy 1$")
	phone.wait(`document.querySelector("#moved").textContent === ""`)
	clerk.must("POST", "/api/counters/3/open", nil)
	clerk.must("POST", "/api/counters/1/transfer", map[string]any{"service": "ho-tich", "counter": "3"})
	phone.read("#moved", "^Đã chuyển từ Chứng thực sang Hộ tịch$")
	phone.read("#counter", "^Sẽ được gọi vào Quầy 3$")
	phone.both("phone-transfer", language)
}

// phoneRates: five steps, sent at the touch; reasons may follow, and are recorded by their codes.
func phoneRates(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/1/open", nil)
	mine := clerk.take("dat-dai", 1)[0]["token"].(string)
	clerk.must("POST", "/api/counters/1/next", nil)
	phone := b.open(t, h.base, "/t/"+mine, phoneSize)
	language := func(bool) { phone.touch("#lang") }
	phone.read("#counter", "^Quầy 1$")
	clerk.must("POST", "/api/counters/1/finish", map[string]any{"ticket": mine})
	phone.see(`#stars [data-stars="5"]`)
	phone.both("phone-rate", language)
	phone.wait(`document.querySelector("#why").hidden`)
	phone.touch(`#stars [data-stars="4"]`)
	phone.read("#rate-text", "^4/5: Hài lòng. Cảm ơn!$")
	phone.see(`[data-reason="quick"]`)
	phone.touch(`#stars [data-stars="2"]`)
	phone.read("#rate-text", "^2/5: Không hài lòng")
	phone.touch(`[data-reason="long_wait"]`)
	phone.touch(`[data-reason="unclear"]`)
	phone.see(`[data-reason="unclear"][aria-pressed="true"]`)
	phone.touch("#lang")
	phone.touch(`[data-reason="unclear"]`)
	phone.see(`[data-reason="unclear"][aria-pressed="false"]`)
	phone.touch("#lang")
	phone.both("phone-why", language)
	phone.touch("#send")
	phone.read("#rate-text", "đã được ghi nhận")
	phone.wait(`document.querySelector("#why").hidden`)
	phone.check("phone-thanks")
	h.logsRatings(t, `"stars":4`, `"stars":2`, `"reasons":["long_wait"],"stars":2`)
}

// phoneWithoutNews: on the network of a hall, the page says since when it knows nothing, and where to
// go; what happened meanwhile is there as soon as there is a connection, and the cancellation that was
// touched twice is one.
func phoneWithoutNews(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) { s["phone"] = map[string]any{"mode": "wifi", "ssid": "Mot cua"} })
	clerk := h.clerk(t, "clerk1")
	wire := layCable(t, h.base)
	mine := clerk.take("dat-dai", 1)[0]["token"].(string)
	phone := b.open(t, wire.base, "/t/"+mine, phoneSize)
	phone.see("#sound")
	phone.expect("ERR_|WebSocket")
	wire.pull()
	phone.read("#offline", "Mất kết nối, đang thử lại… Thông tin lúc [0-9:]{5}. Xin ở trong vùng Wi-Fi “Mot cua”")
	phone.both("phone-offline", func(bool) { phone.touch("#lang") })
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	wire.plug()
	phone.read("#counter", "^Quầy 1$")
	phone.alerted(1, "called")
	phone.wait(`document.querySelector("#offline").hidden`)

	other := b.open(t, h.base, "/t/"+clerk.take("dat-dai", 1)[0]["token"].(string), phoneSize)
	other.touch("#cancel")
	other.touch("#cancel-no")
	other.see("#cancel")
	other.touch("#cancel")
	sent := other.intercept("*/cancel", func(n int64) fate {
		if n == 1 {
			return lost
		}
		return delivered
	})
	other.expect("ERR_CONNECTION_RESET|409")
	other.touch("#cancel-yes")
	other.see(`#ticket[data-state="cancelled"]`)
	sent.want(2)
	other.wait(`document.querySelector("#fault").hidden`)
	other.both("phone-cancelled", func(bool) { other.touch("#lang") })
}

// phoneWakesUp: a phone that slept believes in a connection that is long dead, so it asks when it is
// looked at; and an answer that took its time does not undo what a live frame has told meanwhile.
func phoneWakesUp(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/1/open", nil)
	mine := clerk.take("dat-dai", 1)[0]["token"].(string)
	phone := b.open(t, h.base, "/healthz", phoneSize)
	phone.before(`
		const later = window.setTimeout;
		window.setTimeout = (what, ms) => ms === 25000 ? 0 : later(what, ms); // The silence would be noticed at last.
		window.WebSocket = class extends WebSocket {
			set onmessage(hear) { super.onmessage = (message) => window.deaf || hear(message); }
		};
		const ask = window.fetch;
		window.gate = Promise.resolve();
		window.asked = window.answered = 0;
		window.fetch = (...what) => {
			const gate = window.gate;
			return ask(...what).then((answer) => { window.asked++; return gate.then(() => { setTimeout(() => window.answered++, 100); return answer; }); });
		};`)
	wake := `document.dispatchEvent(new Event("visibilitychange"))`
	phone.visit("/t/" + mine)
	phone.see("#sound")
	phone.wait(`document.body.dataset.stale === "false"`)
	eval[bool](phone, "window.deaf = true")
	clerk.must("POST", "/api/counters/1/next", nil)
	eval[bool](phone, wake)
	phone.read("#counter", "^Quầy 1$")
	phone.alerted(1, "called")

	eval[bool](phone, "window.deaf = false, true")
	clerk.must("POST", "/api/counters/1/hold", nil)
	phone.see(`#ticket[data-state="held"]`)
	eval[bool](phone, "window.answered = window.asked = 0, window.gate = new Promise((open) => { window.openGate = open; }), "+wake)
	phone.wait("window.asked === 1")
	clerk.must("POST", "/api/counters/1/call", map[string]any{"token": mine})
	phone.read("#counter", "^Quầy 1$")
	eval[bool](phone, "window.openGate(), true")
	phone.wait("window.answered === 1")
	phone.read("#counter", "^Quầy 1$")
}

// phoneOfAnyKind: one that cannot vibrate and one that can do nothing say so; one without scripts reads
// its place in line, and asks again by itself.
func phoneOfAnyKind(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	clerk.take("dat-dai", 2)
	path := "/t/" + clerk.take("dat-dai", 1)[0]["token"].(string)
	for name, x := range map[string]struct{ lacks, note string }{
		"iphone": {"delete Navigator.prototype.vibrate", "máy này không rung được"},
		"mute":   {"delete window.AudioContext; delete window.webkitAudioContext", "máy này không phát được âm báo"},
		"dumb":   {"delete Navigator.prototype.vibrate; delete window.AudioContext; delete window.webkitAudioContext", "không kêu, không rung được"},
	} {
		phone := b.open(t, h.base, "/healthz", phoneSize)
		phone.before(x.lacks)
		phone.visit(path)
		phone.read("#sound-note", x.note)
		phone.both("phone-"+name, func(bool) { phone.touch("#lang") })
		if got, want := eval[bool](phone, `document.querySelector("#sound").hidden`), name != "iphone"; got != want {
			t.Errorf("%s: the sound's button is hidden: %v", name, got)
		}
	}
	plain := b.open(t, h.base, "/healthz", phoneSize)
	plain.scripts(false)
	plain.visit(path)
	plain.do(chromedp.WaitVisible(chromedp.CSS("#number")))
	plain.shoot("phone-no-script")
	text := eval[string](plain, `document.querySelector("#ticket").innerText + document.title + document.querySelector("noscript").innerHTML`)
	plain.scripts(true)
	for _, part := range []string{"A003", "Đất đai", "Còn 2 người", `http-equiv="refresh"`} {
		if !strings.Contains(text, part) {
			t.Errorf("without scripts there is no %q in %q", part, text)
		}
	}
}

// phoneIsReadable: on the smallest screen, and with letters twice as large, nothing is cut off.
func phoneIsReadable(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		edit(s, "counters", "2")["name"] = map[string]any{"vi": "Quầy tiếp nhận số 12", "en": "Reception counter 12"}
		edit(s, "services", "dat-dai")["name"] = map[string]any{"vi": "Đăng ký đất đai, tài sản gắn liền với đất", "en": "Registration of land and property on land"}
	})
	clerk := h.clerk(t, "clerk1")
	clerk.must("POST", "/api/counters/2/open", nil)
	tickets := clerk.take("dat-dai", 6)
	for name, s := range phoneSizes {
		phone := b.open(t, h.base, "/t/"+tickets[5]["token"].(string), s)
		for _, letters := range []string{"", "200%"} {
			eval[string](phone, fmt.Sprintf("document.documentElement.style.fontSize = %q", letters))
			phone.both("phone-far-"+name+letters, func(bool) { eval[bool](phone, `document.querySelector("#lang").click() || true`) })
		}
	}
	for _, ticket := range tickets[:3] {
		clerk.must("POST", "/api/tickets/"+ticket["token"].(string)+"/cancel", nil)
	}
	for name, s := range phoneSizes {
		phone := b.open(t, h.base, "/t/"+tickets[5]["token"].(string), s)
		phone.both("phone-near-"+name, func(bool) { eval[bool](phone, `document.querySelector("#lang").click() || true`) })
	}
	clerk.must("POST", "/api/counters/2/call", map[string]any{"token": tickets[5]["token"], "reason": "Đã hẹn giờ"})
	for name, s := range phoneSizes {
		phone := b.open(t, h.base, "/t/"+tickets[5]["token"].(string), s)
		phone.see(`#ticket[data-state="called"]`)
		for _, letters := range []string{"", "200%"} {
			eval[string](phone, fmt.Sprintf("document.documentElement.style.fontSize = %q", letters))
			phone.both("phone-called-"+name+letters, func(bool) { eval[bool](phone, `document.querySelector("#lang").click() || true`) })
		}
	}
}

// phoneWeight is what the first look at a ticket may take of the network.
const phoneWeight = 40 << 10

// phoneIsLight: everything of the first look, heads of answers and live frames included, stays within
// the budget also in a hall of many counters; and how long a slow network takes is told.
func phoneIsLight(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		for i := 5; i <= 60; i++ {
			s["counters"] = append(s["counters"].([]any), map[string]any{
				"id": fmt.Sprint(i), "name": map[string]any{"vi": fmt.Sprintf("Quầy số %d, khu tiếp nhận", i), "en": fmt.Sprintf("Reception counter %d", i)}, "services": []any{"dat-dai"},
			})
		}
	})
	path := "/t/" + h.clerk(t, "clerk1").take("dat-dai", 1)[0]["token"].(string)
	phone := b.open(t, h.base, "/healthz", phoneSize)
	brought := phone.weigh()
	phone.visit(path)
	phone.see("#sound")
	phone.wait(`document.readyState === "complete" && performance.getEntriesByType("resource").length >= 9`)
	total, lines := brought.sum()
	t.Logf("%d bytes:%s", total, lines)
	if total > phoneWeight || total < 10<<10 {
		t.Errorf("the first look takes %d bytes, it may take %d", total, phoneWeight)
	}
	phone.before(`new MutationObserver(() => {
		if (!window.readAt && document.querySelector("#state-text") && document.querySelector("#state-text").textContent) window.readAt = performance.now();
		if (!window.usableAt && document.querySelector("#sound") && document.querySelector("#sound").textContent) window.usableAt = performance.now();
	}).observe(document, { subtree: true, childList: true, characterData: true })`)
	for _, net := range []struct {
		name               string
		latency, kilobytes float64
	}{{"slow 3G (400 ms, 400 kbit/s)", 400, 50}, {"the browser's own slow 3G (2 s, 400 kbit/s)", 2000, 50}} {
		phone.visit("/healthz")
		phone.weigh()
		phone.slow(net.latency, net.kilobytes)
		phone.visit(path)
		phone.wait("window.usableAt && performance.getEntriesByType('paint').length > 1")
		took := eval[[3]float64](phone, `[performance.getEntriesByName("first-contentful-paint")[0].startTime, window.readAt, window.usableAt]`)
		t.Logf("%s: first picture after %.0f ms, the ticket is in the page after %.0f ms, all works after %.0f ms", net.name, took[0], took[1], took[2])
	}
}
