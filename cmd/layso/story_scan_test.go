package main

import (
	"fmt"
	"testing"
)

// scanBringsBack: tickets are held under the kiosk's scanner, which types like a keyboard.
func scanBringsBack(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	tickets := clerk.take("dat-dai", 3)
	token := func(i int) string { return tickets[i]["token"].(string) }
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	clerk.must("POST", "/api/counters/1/no-show", nil)

	tv := b.open(t, h.base, "/display", tvSize)
	tv.shows("A001")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.see(".tile")
	kiosk.linger()
	scan := func(text string) { kiosk.keys(text + "\r") }
	scan(h.base + "/t/" + token(0))
	kiosk.read("#note-title", "trở lại hàng chờ")
	kiosk.read("#note-number", "^A001$")
	kiosk.both("kiosk-returned", kiosk.switchTo)
	if now := clerk.must("GET", "/api/tickets/"+token(0), nil); now["state"] != "waiting" {
		t.Errorf("A001 is %v, want waiting", now["state"])
	}
	scan(h.base + "/t/" + token(1)) // the next one is held under it at once
	kiosk.read("#note-number", "^A002$")
	kiosk.read("#note-title", "vẫn đang chờ")
	kiosk.check("kiosk-still-waiting")
	clerk.must("POST", "/api/counters/1/call", map[string]any{"token": token(2), "reason": "Đã hẹn"})
	scan(h.base + "/t/" + token(2))
	kiosk.read("#note-title", "Mời đến Quầy 1")
	kiosk.check("kiosk-called")
	clerk.must("POST", "/api/counters/1/hold", map[string]any{"reason": "Bổ sung giấy tờ"})
	scan(h.base + "/t/" + token(2))
	kiosk.read("#note-title", "trở lại hàng chờ")
	clerk.must("POST", "/api/tickets/"+token(2)+"/cancel", nil)
	scan(h.base + "/t/" + token(2))
	kiosk.read("#note-title", "đã hủy")
	kiosk.scanWithCapsLock("/t/"+token(1), "Tab")
	kiosk.read("#note-number", "^A002$")
	kiosk.expect("404")
	scan(h.base + "/t/AAAAAAAAAAAAAAAAAAAAAA")
	kiosk.read("#note-title", "Không tìm thấy phiếu")
	scan("001099012345|Nguyen Van A|01011960") // an identity card
	kiosk.read("#note-title", "không đọc được mã này")
	kiosk.both("kiosk-no-code", kiosk.switchTo)
	kiosk.touch("#note-back")
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A004$")
	scan(h.base + "/t/" + token(1)) // before that one is done with his
	kiosk.read("#note-number", "^A002$")
	clerk.must("POST", "/api/tickets/"+token(1)+"/cancel", nil)
	kiosk.touch("#note-back")
	kiosk.see(".tile")
	if n := clerk.hall().waiting(); n != 2 {
		t.Errorf("%d wait, want 2", n)
	}
	clerk.must("POST", "/api/counters/1/next", nil)
	tv.shows("A001 A003")
	tv.see(`.item[data-service="dat-dai"][data-waiting="1"]`)
}

// scanWithCapsLock types as a scanner does on a PC whose caps lock is on: the same keys, the other letters.
func (d *screen) scanWithCapsLock(text, last string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(() => {
		const others = { "/": ["Slash", false], "-": ["Minus", false], "_": ["Minus", true] };
		const press = (key, code, shiftKey) => window.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, modifierCapsLock: true, cancelable: true }));
		for (const c of %q) {
			if (/[a-z]/i.test(c)) press(c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase(), "Key" + c.toUpperCase(), c !== c.toLowerCase());
			else if (/\d/.test(c)) press(c, "Digit" + c, false);
			else press(c, ...others[c]);
		}
		press(%q, %q, false);
		return true;
	})()`, text, last, last))
}

// kioskSeveral: two services make one ticket, whatever happens on the way to it, and the phone says
// what comes next.
func kioskSeveral(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	sent := kiosk.intercept("*/api/tickets", func(n int64) fate {
		if n == 1 {
			return lost
		}
		return delivered
	})
	kiosk.expect("ERR_CONNECTION_RESET")
	kiosk.touch(`#doors [data-door="several"]`)
	kiosk.touch(`[data-pick="ho-tich"]`)
	kiosk.touch(`[data-pick="dat-dai"]`)
	kiosk.touch(`[data-pick="chung-thuc"]`)
	kiosk.touch(`[data-pick="ho-tich"]`) // not that after all
	kiosk.read("#several-go", "Lấy một số cho 2 việc")
	kiosk.both("kiosk-several", kiosk.switchTo)
	twice := kiosk.target("#several-go")
	kiosk.touchAt(twice)
	kiosk.touchAt(twice)
	kiosk.read("#ask-service", "Đất đai[^]*Tiếp theo: Chứng thực")
	kiosk.check("kiosk-several-ask")
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.read("#answer-then", "Tiếp theo: Chứng thực")
	kiosk.linger()
	kiosk.see(`#print[data-print="done"]`)
	kiosk.check("kiosk-answer-several")
	sent.want(2)

	token := eval[string](kiosk, `document.querySelector("#number").dataset.token`)
	phone := b.open(t, h.base, "/t/"+token, phoneSize)
	phone.read("#service", "Đất đai")
	phone.read("#then", "Sau đó: Chứng thực")
	phone.both("phone-route", func(bool) { phone.touch("#lang") })
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	clerk.must("POST", "/api/counters/1/finish", nil)
	phone.read("#service", "Chứng thực")
	phone.see(`#ticket[data-state="waiting"]`)
	phone.wait(`document.querySelector("#then").textContent === ""`)
	if n := clerk.hall().waiting(); n != 1 {
		t.Errorf("%d wait, want A001 for its second service", n)
	}
	printer := b.open(t, h.base, "/printer", counterSize)
	printer.wait(`document.querySelector("#paper-image").naturalWidth === 576`)
	printer.look("paper-route")
}

// sideDoors: the kiosk's side doors on a screen that lies, and lowered for somebody who sits.
func sideDoors(t *testing.T, b *chromium) {
	h := startDemo(t)
	for name, s := range map[string]size{"wide": counterSize, "square": {1024, 768}} {
		kiosk := b.open(t, h.base, "/kiosk", s)
		kiosk.see("#doors")
		kiosk.both("kiosk-lying-home-"+name, kiosk.switchTo)
		kiosk.touch(`#doors [data-door="several"]`)
		kiosk.touch(`[data-pick="ho-tich"]`)
		kiosk.touch(`[data-pick="dat-dai"]`)
		kiosk.both("kiosk-lying-several-"+name, kiosk.switchTo)
		kiosk.touch("#several-back")
		kiosk.touch(`#doors [data-door="code"]`)
		kiosk.touch(`[data-key="4"]`)
		kiosk.both("kiosk-lying-code-"+name, kiosk.switchTo)
		kiosk.touch("#code-back")
		kiosk.keys("/t/AAAAAAAAAAAAAAAAAAAAAA\r")
		kiosk.expect("404")
		kiosk.see("#note-title")
		kiosk.both("kiosk-lying-note-"+name, kiosk.switchTo)
	}
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.touch("#low")
	kiosk.touch(`#doors [data-door="several"]`)
	kiosk.touch(`[data-pick="ho-tich"]`)
	kiosk.both("kiosk-low-several", kiosk.switchTo)
	kiosk.touch("#several-back")
	kiosk.touch(`#doors [data-door="code"]`)
	kiosk.touch(`[data-key="4"]`)
	kiosk.both("kiosk-low-code", kiosk.switchTo)
}
