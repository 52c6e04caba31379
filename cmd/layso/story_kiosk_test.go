package main

import "testing"

// one fails the test unless the hall holds exactly one ticket, and it is A001.
func one(t *testing.T, h *running) {
	t.Helper()
	c := h.clerk(t, "clerk4")
	if n := c.hall().waiting(); n != 1 {
		t.Errorf("%d tickets are waiting, want 1", n)
	}
	if next := c.take("dat-dai", 1)[0]["number"]; next != "A002" {
		t.Errorf("the next number is %v, want A002", next)
	}
}

// doubleTouch: every touch comes twice, at once and on the same place.
func doubleTouch(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	sent := kiosk.intercept("*/api/tickets", func(int64) fate { return delivered })
	twice := func(p point) {
		kiosk.touchAt(p)
		kiosk.touchAt(p)
	}
	twice(kiosk.target(`.tile[data-service="dat-dai"]`))
	kiosk.see("#ask-no")
	twice(kiosk.target("#ask-no"))
	kiosk.read("#number", "^A001$")
	sent.want(1)
	one(t, h)
}

// reloadInTheMiddle: the page is loaded again at the question, and while the answer is on its way.
func reloadInTheMiddle(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.see("#ask-no")
	kiosk.visit("/kiosk")
	kiosk.read("#ask-service", "Đất đai")
	onItsWay := make(chan struct{})
	kiosk.intercept("*/api/tickets", func(n int64) fate {
		if n > 1 {
			return delivered
		}
		close(onItsWay)
		return kept
	})
	kiosk.touch("#ask-no")
	<-onItsWay
	kiosk.see("#sending-title")
	kiosk.check("kiosk-sending")
	kiosk.visit("/kiosk")
	kiosk.read("#number", "^A001$")
	kiosk.visit("/kiosk")
	kiosk.read("#number", "^A001$")
	one(t, h)
}

// lostAnswer: the server gives the number, and the answer gets lost twice.
func lostAnswer(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.expect("ERR_CONNECTION_RESET")
	sent := kiosk.intercept("*/api/tickets", func(n int64) fate {
		if n <= 2 {
			return lost
		}
		return delivered
	})
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch(`[data-priority="elderly"]`)
	kiosk.read("#number", "^A001$")
	kiosk.read("#answer-priority", "Người cao tuổi")
	sent.want(3)
	one(t, h)
}

// deadPrinter: without paper the citizen still has the number and the QR, the staff is told, and the
// ticket comes out by itself once there is paper.
func deadPrinter(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk2")
	counter := b.open(t, h.base, "/counter", counterSize)
	counter.signIn("clerk1", demoPIN)
	counter.touch(`[data-action="open"][data-counter="1"]`)
	clerk.must("PUT", "/api/emulator", map[string]any{"fault": "paper_out"})
	counter.read("#banner", "Máy in.*hết giấy")

	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.linger()
	kiosk.touch(`.tile[data-service="ho-tich"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^B001$")
	kiosk.see(`#print[data-print="held"]`)
	kiosk.read("#print-text", "hết giấy[^]*vẫn có hiệu lực")
	kiosk.wait(`document.querySelector("#qr").naturalWidth > 0`)
	kiosk.check("kiosk-answer-no-paper")
	counter.read(`#rows [data-number="B001"]`, "đợi máy in demo")
	counter.check("counter-printer-fault")
	printer := b.open(t, h.base, "/printer", counterSize)
	printer.see(`body[data-fault="paper_out"]`)
	printer.check("printer-fault")

	printer.touch(`button[data-fault=""]`)
	counter.wait(`document.querySelector("#banner").hidden`)
	printer.wait(`document.querySelector("#paper-image").naturalWidth === 576`)
	token := eval[string](counter, `document.querySelector("#rows [data-number=B001]").dataset.token`)
	if link := readQR(t, clerk); link != h.base+"/t/"+token {
		t.Errorf("the paper leads to %s, want B001's page", link)
	}
	if now := clerk.must("GET", "/api/emulator", nil); now["papers"] != 1.0 {
		t.Errorf("%v papers came, want 1", now["papers"])
	}
}

// kioskLanguage: a foreigner takes a ticket in English; the screen goes back by itself, and greets
// the next citizen in Vietnamese.
func kioskLanguage(t *testing.T, b *chromium) {
	h := startDemo(t)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.read(`.tile[data-service="dat-dai"]`, "Đất đai")
	kiosk.touch("#lang-en")
	kiosk.read(`.tile[data-service="dat-dai"]`, "Land")
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.read("#ask-title", "priority")
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	token := eval[string](kiosk, `document.querySelector("#number").dataset.token`)
	phone := b.open(t, h.base, "/t/"+token, phoneSize)
	phone.read("#service", "Land")
	phone.read("#state-hint", "Almost your turn")
	phone.touch("#lang")
	phone.read("#service", "Đất đai")
	eval[float64](kiosk, `(Date.now = ((real) => () => real() + 13000)(Date.now))()`) // The paper has been taken long ago.
	kiosk.read(`.tile[data-service="dat-dai"]`, "Đất đai[^]*1 người")
}
