package main

import (
	"testing"
	"time"

	"layso/kiosk"
	"layso/printer/emulator"
)

// reprintElsewhere: a clerk prints a ticket again at the printer of his choice, and sees how often it
// was printed; the admin says where a kiosk prints.
func reprintElsewhere(t *testing.T, b *chromium) {
	front, back := software("K1", ""), software("K2", "")
	h := startWith(t, front, back)
	h.ready("K1")
	h.ready("K2")
	h.clerk(t, "clerk2").take("dat-dai", 1)
	h.printed("A001")
	desk := h.deskOf(b, "clerk1", "1")
	desk.touch(`#rows [data-number="A001"] .open`)
	desk.touch(`dialog [data-action="reprint"]`)
	desk.read(`dialog[data-dialog="reprint"]`, "Đã in 1 lần")
	desk.set("#reprint-printer", "K2", "change")
	desk.check("counter-reprint")
	desk.touch(`dialog [data-action="confirm"]`)
	desk.read("#notice", "A001: in lại lần 1, ở máy in K2")
	desk.touch("#next")
	desk.wait(holds("A001"))
	desk.read("#hand-paper", "Đã in")
	desk.read("#hand-paper-note", "in lại lần 1 · ở máy in K2")
	desk.both("counter-printed-again", desk.switchTo)
	desk.press("4", `document.querySelector("dialog[data-dialog=reprint]")`)
	desk.touch(`dialog [data-action="confirm"]`)
	desk.read("#notice", "A001: in lại lần 2")
	desk.read("#hand-paper-note", "in lại lần 2")
	desk.wait(`document.querySelector("#hand-paper").textContent === "Đã in"`)
	if front.software.Total() != 1 || back.software.Total() != 2 {
		t.Errorf("%d and %d papers, want 1 and 2", front.software.Total(), back.software.Total())
	}

	front.software.SetFault(emulator.PaperOut) // A ticket that waits for a dead printer goes to another one.
	h.becomes("K1", false)
	h.clerk(t, "clerk2").take("ho-tich", 1)
	desk.read(`#rows [data-number="B001"]`, "đợi máy in K1")
	desk.touch(`#rows [data-number="B001"] .open`)
	desk.read(`dialog [data-action="reprint"]`, "In ở máy khác")
	desk.touch(`dialog [data-action="reprint"]`)
	desk.read(`dialog[data-dialog="reprint"]`, "không in thêm tờ nữa")
	desk.check("counter-elsewhere")
	desk.touch(`dialog [data-action="confirm"]`)
	desk.read("#notice", "B001 sẽ in ở máy in K2")
	desk.wait(`!/đợi máy in/.test(document.querySelector('#rows [data-number="B001"]').textContent)`)
	h.printed("B001")
	if x := h.hall.owner.View().Waiting()[0]; x.Prints != 1 || back.software.Total() != 3 {
		t.Errorf("%s was asked for %d times, K2 has printed %d papers; want 1 and 3", x.Number, x.Prints, back.software.Total())
	}
	front.software.SetFault(emulator.None)

	h.becomes("K1", true)
	front.software.FailAfter(emulator.PaperOut, 200) // in the middle of the next ticket
	h.clerk(t, "clerk2").take("chung-thuc", 1)
	desk.read(`#rows [data-number="C001"]`, "Chưa in được")
	desk.touch(`#rows [data-number="C001"] .open`)
	desk.touch(`dialog [data-action="reprint"]`)
	desk.read(`dialog[data-dialog="reprint"]`, "Đã gửi in 1 lần mà chưa chắc có phiếu")
	desk.touch(`dialog [data-action="cancel"]`)
	front.software.SetFault(emulator.None)

	admin := b.open(t, h.base, "/admin#printers", counterSize)
	admin.signIn("admin", demoPIN)
	admin.touch(`[data-printer="K2"] [data-tool="test"]`)
	admin.read(`[data-printer="K2"] .outcome[data-kind="ok"]`, "Máy báo đã in xong")
	admin.both("admin-printers-two", admin.switchTo)
	back.software.SetFault(emulator.CoverOpen)
	admin.see(`[data-printer="K2"][data-level="bad"]`)
	admin.touch(`[data-printer="K2"] [data-tool="test"]`)
	admin.read(`[data-printer="K2"] .outcome[data-kind="bad"]`, "^Chưa in được.$")
	admin.check("admin-printers-fault")
	back.software.SetFault(emulator.None)
	admin.wait(`document.querySelector('[data-printer="K2"][data-level="ok"] .outcome').hidden`) // A printer that is ready is not told to have failed.

	_, id := h.pair(t, "kiosk", "Kiosk 2")
	admin.touch(`[data-go="devices"]`)
	admin.set(`[data-device="`+id+`"] [data-tool="printer"]`, "K2", "change")
	admin.read("#device-said", "Kiosk 2 từ nay in phiếu ở máy in K2")
	admin.both("admin-devices-printer", admin.switchTo)
}

// pair pairs a device and gives a client that is it, and its id.
func (h *equipped) pair(t *testing.T, kind, name string) (*client, string) {
	t.Helper()
	code := h.clerk(t, "admin").must("POST", "/api/devices/codes", map[string]any{"kind": kind, "name": name})["code"]
	c := h.client(t)
	device := c.must("POST", "/api/devices/pair", map[string]any{"code": code})["device"].(map[string]any)
	return c, device["id"].(string)
}

// printed waits until the printer has said that the ticket is printed.
func (h *equipped) printed(number string) {
	h.t.Helper()
	late := time.After(patience)
	for {
		changed := h.hall.owner.Changed()
		for x := range h.hall.owner.View().Tickets() {
			if x.Number == number && x.Print == kiosk.Confirmed {
				return
			}
		}
		select {
		case <-changed:
		case <-late:
			h.t.Fatalf("%s is not printed", number)
		}
	}
}
