package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"layso/configs"
	"layso/printer"
	"layso/printer/emulator"
)

// equipped is a demo hall with printers of the test's choice.
type equipped struct {
	*running
	hall *hall
}

// startWith starts a demo hall with these printers.
func startWith(t *testing.T, printers ...*printing) *equipped {
	t.Helper()
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	h, err := open(settings{
		data: data, listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk", metricsOpen: true, printers: printers,
		log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := setPINs(h.web, setup, false); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the hall ended with %v", err)
		}
	})
	t.Cleanup(stop)
	return &equipped{&running{t: t, base: h.baseURL, data: data, stop: stop}, h}
}

// software gives a printer in software with a stand-in.
func software(name, standIn string) *printing {
	p := softwarePrinter(name, printer.Profiles()[printer.DefaultProfile])
	p.StandIn = standIn
	return p
}

// deskOf opens the counter page at a counter.
func (h *equipped) deskOf(b *chromium, user, counter string) *screen {
	h.t.Helper()
	d := b.open(h.t, h.base, "/counter", counterSize)
	d.signIn(user, demoPIN)
	d.touch(`[data-action="open"][data-counter="` + counter + `"]`)
	d.wait(`document.activeElement.id === "next"`)
	return d
}

// faultsInWords: each fault of a printer is a sentence at the counter that says what to do, in both
// languages; the same stands on the admin page and in the morning check.
func faultsInWords(t *testing.T, b *chromium) {
	p := software("K1", "")
	h := startWith(t, p)
	h.ready("K1")
	desk := h.deskOf(b, "clerk1", "1")
	check := b.open(t, h.base, "/check", counterSize)
	check.signIn("clerk2", demoPIN)
	admin := b.open(t, h.base, "/admin#printers", counterSize)
	admin.signIn("admin", demoPIN)
	for _, x := range []struct {
		fault          emulator.Fault
		sentence, inEN string
		level          string
	}{
		{emulator.PaperLow, "sắp hết giấy: chuẩn bị cuộn mới", "low on paper: have a new roll ready", "warn"},
		{emulator.PaperOut, "hết giấy: lắp cuộn mới, đóng nắp, rồi bấm “Đã thay giấy”", "out of paper: put a new roll in", "bad"},
		{emulator.CoverOpen, "đang mở: đóng lại cho đến khi nghe tiếng", "is open: press it shut", "bad"},
		{emulator.Cutter, "kẹt dao cắt: tắt máy, gỡ giấy kẹt", "jammed: switch it off", "bad"},
		{emulator.Hot, "quá nóng: chờ vài phút", "too hot: wait a few minutes", "bad"},
		{emulator.Fatal, "lỗi nặng: tắt máy, chờ 10 giây rồi bật lại", "serious fault: switch it off, wait 10 s", "bad"},
		{emulator.Offline, "ngừng nhận phiếu: bấm nút FEED", "takes no tickets: press its FEED button", "bad"},
		{emulator.Unreachable, "Không liên lạc được với máy in K1: xem nguồn điện", "cannot be reached: look at its power", "bad"},
	} {
		p.software.SetFault(x.fault)
		desk.read(`#banner[data-kind="`+x.level+`"] #banner-text`, x.sentence)
		desk.switchTo(true)
		desk.read("#banner-text", x.inEN)
		desk.switchTo(false)
		if x.fault == emulator.Fatal { // These two look every five seconds.
			desk.both("counter-fault", desk.switchTo)
			check.read(`[data-row="printer-K1"][data-level="bad"] .todo`, x.sentence)
			check.check("check-fault")
			admin.read(`[data-printer="K1"][data-level="bad"] .faults`, x.sentence)
			admin.check("admin-printer-fault")
		}
		mend := emulator.None
		if x.fault == emulator.Fatal {
			mend = emulator.Restart
		}
		p.software.SetFault(mend)
		if x.fault == emulator.PaperLow { // The sensor is not believed at once: the roll's edge swings it.
			h.clerk(t, "clerk3").must("POST", "/api/printers/K1/paper", nil)
		}
		desk.wait(`document.querySelector("#banner").hidden`)
	}
	check.see(`[data-row="printer-K1"][data-level="ok"]`)
	admin.see(`[data-printer="K1"][data-level="ok"]`)
}

// standInPrints: the kiosk's printer has no paper, another takes its tickets; the citizen is told where
// to take them, the staff see it, and a clerk notes the new roll.
func standInPrints(t *testing.T, b *chromium) {
	front, back := software("K1", "K2"), software("K2", "")
	h := startWith(t, front, back)
	h.ready("K1")
	h.ready("K2")
	desk := h.deskOf(b, "clerk1", "1")
	front.software.SetFault(emulator.PaperOut)
	desk.read(`#banner[data-kind="warn"] #banner-text`, "Máy in K1 hết giấy.*Phiếu đang in ở máy K2")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.linger()
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.see(`#print[data-print="done"]`)
	kiosk.read("#print-text", "Mời lấy phiếu tại máy in K2")
	kiosk.check("kiosk-stand-in-vi")
	if front.software.Total() != 0 || back.software.Total() != 1 {
		t.Errorf("%d and %d papers, want the one at the stand-in", front.software.Total(), back.software.Total())
	}
	check := b.open(t, h.base, "/check", counterSize)
	check.signIn("clerk2", demoPIN)
	check.read(`[data-row="printer-K1"][data-level="warn"] .lines`, "Phiếu đang in ở máy K2")
	check.both("check-stand-in", check.switchTo)

	back.software.SetFault(emulator.CoverOpen) // Now nobody prints: two printers in one line.
	desk.read(`#banner[data-kind="bad"] #banner-text`, "^Nắp máy in K2 đang mở.*Máy in K1: hết giấy.$")
	desk.both("counter-two-faults", desk.switchTo)
	kiosk.touch("#done")
	kiosk.touch("#lang-en")
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#print-text", "The printer is out of paper. Your number is valid")
	kiosk.check("kiosk-held-en")
	kiosk.touch("#done")
	kiosk.touch(`.tile[data-service="ho-tich"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^B001$")
	kiosk.see(`#print[data-print="held"]`)
	kiosk.read("#print-text", "Máy in đang hết giấy. Số của ông/bà vẫn có hiệu lực: hãy nhớ hoặc chụp lại")
	kiosk.check("kiosk-held-vi")
	desk.read(`#rows [data-number="B001"]`, "đợi máy in K1")
	check.read(`[data-row="papers"][data-level="warn"] .lines`, "B001")

	front.software.SetFault(emulator.None)
	kiosk.see(`#print[data-print="done"]`)
	kiosk.read("#print-text", "^Mời lấy phiếu$")
	back.software.SetFault(emulator.PaperLow)
	desk.read(`#banner[data-kind="warn"] #banner-text`, "Máy in K2 sắp hết giấy")
	desk.touch("#banner-paper")
	desk.see(`dialog[data-dialog="paper"]`)
	desk.check("counter-paper-changed")
	desk.set("#paper-length", "80000", "change")
	back.software.SetFault(emulator.None)
	desk.touch(`dialog [data-action="confirm"]`)
	desk.read("#notice", "máy in K2 có cuộn giấy mới")
	if roll, _ := h.hall.owner.View().Roll("K2"); roll.LengthMM != 80000 {
		t.Errorf("the roll is %+v", roll)
	}
	desk.wait(`document.querySelector("#banner").hidden`)
	check.read(`[data-row="printer-K2"][data-level="ok"] .lines`, "còn khoảng [0-9]+ phiếu")
}

// reprintElsewhere: a clerk prints a ticket again at the printer of his choice, and sees how often it
// was printed; the admin says where a kiosk prints.
func reprintElsewhere(t *testing.T, b *chromium) {
	front, back := software("K1", ""), software("K2", "")
	h := startWith(t, front, back)
	h.ready("K1")
	h.ready("K2")
	desk := h.deskOf(b, "clerk1", "1")
	h.clerk(t, "clerk2").take("dat-dai", 1)
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
	h.clerk(t, "clerk2").must("POST", "/api/tickets", map[string]any{"service": "ho-tich"})
	desk.read(`#rows [data-number="B001"]`, "đợi máy in K1")
	desk.touch(`#rows [data-number="B001"] .open`)
	desk.read(`dialog [data-action="reprint"]`, "In ở máy khác")
	desk.touch(`dialog [data-action="reprint"]`)
	desk.read(`dialog[data-dialog="reprint"]`, "không in thêm tờ nữa")
	desk.check("counter-elsewhere")
	desk.touch(`dialog [data-action="confirm"]`)
	desk.read("#notice", "B001 sẽ in ở máy in K2")
	desk.wait(`!/đợi máy in/.test(document.querySelector('#rows [data-number="B001"]').textContent)`)
	if x := h.hall.owner.View().Waiting()[0]; x.Prints != 1 || back.software.Total() != 3 {
		t.Errorf("%s was asked for %d times, K2 has printed %d papers; want 1 and 3", x.Number, x.Prints, back.software.Total())
	}
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

// slipOfTheDay: the manager ends the day, and its closing slip comes out of the printer.
func slipOfTheDay(t *testing.T, b *chromium) {
	p := software("K1", "")
	h := startWith(t, p)
	h.ready("K1")
	h.clerk(t, "clerk1").take("dat-dai", 2)
	m := b.open(t, h.base, "/admin#day", counterSize)
	m.signIn("manager", demoPIN)
	m.touch(`[data-tool="end-day"]`)
	m.touch(`dialog [data-action="confirm"]`)
	m.touch(`[data-tool="closing-slip"]`)
	m.read(`.slip .outcome[data-kind="ok"]`, "Máy báo đã in phiếu chốt ngày")
	m.both("admin-day-slip", m.switchTo)
	if p.software.Total() != 3 {
		t.Errorf("%d papers came, want 2 tickets and the slip", p.software.Total())
	}
	p.software.SetFault(emulator.PaperOut)
	m.touch(`[data-tool="closing-slip"]`)
	m.read(`.slip .outcome[data-kind="bad"]`, "Chưa in được phiếu chốt ngày. Máy in K1 hết giấy")
	m.check("admin-day-slip-failed")
}

// numberBeforePaper: whatever is wrong with the printer, the number is on the screen within a tenth of
// a second after the server's answer.
func numberBeforePaper(t *testing.T, b *chromium) {
	p := software("K1", "")
	h := startWith(t, p)
	h.ready("K1")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	for _, fault := range []emulator.Fault{emulator.None, emulator.Unreachable, emulator.PaperOut, emulator.Slow, emulator.Silent} {
		p.software.SetFault(fault)
		var all []float64
		for range 3 {
			all = append(all, kiosk.answerToNumber())
			kiosk.touch("#done")
		}
		t.Logf("with the printer's fault %q the number came %.1f ms after the answer", fault, all)
		if best := slices.Min(all); best > 100 {
			t.Errorf("with the printer's fault %q the number came %.1f ms after the answer, want 100 at most", fault, best)
		}
	}
	p.software.SetFault(emulator.Restart)
}

// answerToNumber takes a number and gives the milliseconds from the end of the server's answer to the
// frame in which the number is drawn.
func (d *screen) answerToNumber() float64 {
	d.t.Helper()
	d.see(".tile")
	eval[bool](d, `(() => {
		performance.clearResourceTimings();
		window.shownAt = 0;
		const look = () => {
			const number = document.querySelector("#number");
			if (document.body.dataset.screen === "answer" && number.textContent && number.getClientRects().length) window.shownAt = performance.now();
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
		return true;
	})()`)
	d.touch(`.tile[data-service="dat-dai"]`)
	d.touch("#ask-no")
	return await[float64](d, `(() => {
		const answer = performance.getEntriesByType("resource").find((e) => new URL(e.name).pathname === "/api/tickets");
		return window.shownAt && answer ? Math.max(0.01, window.shownAt - answer.responseEnd) : 0;
	})()`)
}
