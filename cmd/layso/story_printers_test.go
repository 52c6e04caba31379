package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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
		if x.fault == emulator.PaperOut { // Who says that the roll is new is not told once more to say so.
			clerk := h.clerk(t, "clerk3")
			clerk.take("dat-dai", 2)
			desk.read("#banner-text", "2 phiếu đang đợi in")
			clerk.must("POST", "/api/printers/K1/paper", map[string]any{"mm": 80000})
			desk.read("#banner-text", "vẫn báo hết giấy: đặt lại cuộn mới")
			check.read(`[data-row="printer-K1"][data-level="bad"] .todo`, "vẫn báo hết giấy")
			if lines := eval[string](check, `document.querySelector('[data-row="printer-K1"] .lines').innerText`); strings.Contains(lines, "còn khoảng") {
				t.Errorf("without paper the morning check says %q", lines)
			}
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
	eval[bool](kiosk, `(window.real = Date.now, window.at = Date.now(), Date.now = () => window.at, true)`)
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.see(`#print[data-print="done"]`)
	kiosk.read("#print-text", "Mời lấy phiếu tại máy in K2")
	kiosk.check("kiosk-stand-in-vi")
	eval[float64](kiosk, `window.at += 15000`) // Who has to walk to another printer reads for longer than who has the paper in hand.
	kiosk.wait(`document.querySelector("#bar").style.transform === "scaleX(0.4)"`)
	kiosk.linger()
	eval[bool](kiosk, `(Date.now = window.real, true)`)
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
	desk.touch("#banner-how")
	desk.read(`dialog[data-dialog="faults"]`, `đóng lại cho đến khi nghe[\s\S]*Máy in K1 hết giấy: lắp cuộn mới`)
	desk.check("counter-faults")
	desk.touch(`dialog [data-action="cancel"]`)
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
	kiosk.read("#print-text", "Máy in đang hết giấy. Số vẫn có hiệu lực: xin nhớ hoặc chụp lại")
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
	desk.wait(`document.activeElement.dataset.action === "confirm"`) // One press of Enter is enough.
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
	m.read(`.slip-facts .chip[data-kind="warn"]`, "Chưa in")
	m.both("admin-day-no-slip", m.switchTo)
	m.touch(`[data-tool="closing-slip"]`)
	m.read(`.slip .outcome[data-kind="ok"]`, "Máy báo đã in phiếu chốt ngày")
	m.read(`.slip-facts .chip[data-kind="ok"]`, "^Đã in lúc [0-9:]+, máy in K1$")
	m.both("admin-day-slip", m.switchTo)
	if p.software.Total() != 3 {
		t.Errorf("%d papers came, want 2 tickets and the slip", p.software.Total())
	}
	p.software.SetFault(emulator.PaperOut)
	m.touch(`[data-tool="closing-slip"]`)
	m.read(`.slip .outcome[data-kind="bad"]`, "Chưa in được phiếu chốt ngày. Máy in K1 hết giấy")
	m.check("admin-day-slip-failed")

	p.software.SetFault(emulator.None) // On the next day it can be had, too.
	h.itIs(t, time.Now().Add(24*time.Hour))
	h.clerk(t, "clerk1").take("dat-dai", 1)
	m.visit("/admin")
	m.touch(`[data-go="day"]`)
	m.see(`.day[data-over="false"]`)
	m.read(`.slip-facts .chip[data-kind="ok"]`, "^Đã in lúc [0-9:]+, .*[0-9]{4}, máy in K1$|^Đã in lúc [0-9:]+, máy in K1$")
	m.touch(`[data-tool="closing-slip"]`)
	m.read(`.slip .outcome[data-kind="ok"]`, "Máy báo đã in phiếu chốt ngày")
	m.both("admin-day-slip-before", m.switchTo)
	if p.software.Total() != 5 {
		t.Errorf("%d papers came, want 3 tickets and 2 slips", p.software.Total())
	}
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
