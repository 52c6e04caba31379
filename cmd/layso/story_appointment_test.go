package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// change edits the hall's setup as the admin does.
func (h *running) change(t *testing.T, edit func(setup map[string]any)) {
	t.Helper()
	admin := h.clerk(t, "admin")
	doc := admin.must("GET", "/api/setup", nil)
	edit(doc["setup"].(map[string]any))
	admin.must("PUT", "/api/setup", doc)
}

// edit gives the thing with this id out of one of the setup's lists.
func edit(setup map[string]any, list, id string) map[string]any {
	for _, x := range setup[list].([]any) {
		if x := x.(map[string]any); x["id"] == id {
			return x
		}
	}
	panic("the setup has no " + id)
}

// hanoi is the zone of the demo's hall.
var hanoi = time.FixedZone("+07", 7*3600)

// today is the hall's date when the tests began: midnight in Vietnam may come in the middle of one.
var today = time.Now().In(hanoi)

// on gives a time of the hall, so many days from today.
func on(ahead, hour, minute int) time.Time {
	return time.Date(today.Year(), today.Month(), today.Day()+ahead, hour, minute, 0, 0, hanoi)
}

// itIs lets staff say what time it is: somebody who has just signed in, for sessions end with time.
func (h *running) itIs(t *testing.T, at time.Time) {
	t.Helper()
	h.clerk(t, "manager").must("POST", "/api/clock", map[string]any{"now": at.Format(time.RFC3339)})
}

// offices lets land and civil status offer appointments at office hours, two each half-hour.
func offices(setup map[string]any) {
	for _, id := range []string{"dat-dai", "ho-tich"} {
		edit(setup, "services", id)["slots"] = map[string]any{"capacity": 2, "spans": []string{"07:30-11:30", "13:30-17:00"}}
	}
}

// type6 types a code on the kiosk's keypad and confirms it, twice as nervous fingers do.
func (d *screen) type6(code string) {
	d.t.Helper()
	for i, digit := range code {
		d.touch(fmt.Sprintf(`[data-key="%c"]`, digit))
		d.wait(fmt.Sprintf(`document.querySelectorAll("#digits .digit")[%d].textContent === "%c"`, i, digit))
	}
	go6 := d.target("#code-go")
	d.touchAt(go6)
	d.touchAt(go6)
}

// bookAndCheckIn: a citizen books on the phone, comes too early, comes in time, types the code, and
// shows the QR code once more.
func bookAndCheckIn(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	clerk := h.clerk(t, "clerk1")
	index := b.open(t, h.base, "/", counterSize)
	index.touch("#book-card a")
	index.see("#services button")
	index.check("book-desktop")

	slot := on(1, 9, 0)
	phone := b.open(t, h.base, "/appointments", phoneSize)
	language := func(bool) { phone.touch("#lang") }
	phone.touch(`[data-service="dat-dai"]`)
	phone.see("#days")
	phone.both("book-days", language)
	phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
	phone.read("#times", "Buổi sáng[^]*09:00[^]*còn 2 chỗ[^]*Buổi chiều")
	start := `[data-start="` + slot.Format(time.RFC3339) + `"]`
	phone.touch(start)
	phone.read("#summary", "Đất đai, lúc 09:00")
	phone.both("book-time", language)
	sent := phone.intercept("*/api/appointments", func(n int64) fate {
		if n == 1 {
			return lost
		}
		return delivered
	})
	phone.expect("ERR_CONNECTION_RESET")
	phone.touch("#go")
	phone.wait(`location.pathname.startsWith("/a/")`)
	phone.read("#code", "^[0-9]{3} [0-9]{3}$")
	phone.wait(`document.querySelector("#qr").naturalWidth > 0`)
	phone.both("appointment", language)
	sent.want(2)
	code := eval[string](phone, `document.querySelector("#code").dataset.code`)
	token := strings.TrimPrefix(eval[string](phone, "location.pathname"), "/a/")
	if booked := clerk.hall(); booked.waiting() != 0 {
		t.Errorf("an appointment alone makes %d tickets", booked.waiting())
	}

	checkIn(t, b, h, slot, code, token)
	phone.visit("/a/" + token)
	phone.read("#state", "Đã đến và lấy số")
	phone.touch("#ticket")
	phone.read("#number", "^A001$")
	phone.read("#slot", "09:00")
	phone.check("phone-booked")
	one(t, h)
}

// checkIn: a wrong code, the day before, a minute too early, in time, and the QR code once more.
func checkIn(t *testing.T, b *chromium, h *running, slot time.Time, code, token string) {
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.linger()
	kiosk.touch(`#doors [data-door="code"]`)
	kiosk.see("#keys")
	kiosk.both("kiosk-code", kiosk.switchTo)
	kiosk.expect("404|409")
	kiosk.type6("000000")
	kiosk.read("#note-title", "Không tìm thấy lịch hẹn")
	kiosk.both("kiosk-code-unknown", kiosk.switchTo)
	kiosk.touch("#note-back")
	kiosk.type6(code)
	kiosk.read("#note-title", "Chưa đến ngày hẹn")
	kiosk.read("#note-number", "^08:40$")
	kiosk.read("#note-text", "từ 08:40 (thứ|chủ) ")
	kiosk.both("kiosk-early-day", kiosk.switchTo)
	kiosk.touch("#note-back")
	h.itIs(t, slot.Add(-21*time.Minute))
	kiosk.read("#clock", "^08:39$")
	kiosk.touch(`#doors [data-door="code"]`)
	kiosk.type6(code)
	kiosk.read("#note-title", "Chưa đến giờ hẹn")
	kiosk.read("#note-text", "từ 08:40 để")
	kiosk.both("kiosk-early", kiosk.switchTo)
	kiosk.touch("#note-back")

	h.itIs(t, slot.Add(-15*time.Minute))
	kiosk.touch(`#doors [data-door="code"]`)
	kiosk.type6(code)
	kiosk.read("#number", "^A001$")
	kiosk.read("#answer-slot", "Lịch hẹn lúc 09:00")
	kiosk.see(`#print[data-print="done"]`)
	kiosk.check("kiosk-answer-booked")
	kiosk.touch("#done")
	kiosk.see(".tile")
	kiosk.keys(h.base + "/a/" + token + "\r")
	kiosk.read("#answer-title", "đã có số này")
	kiosk.read("#number", "^A001$")
	kiosk.read("#print-text", "Phiếu đã in trước đó")
	kiosk.check("kiosk-answer-again")
}

// bookingOnce: the answer never comes and the page is loaded again; asked for the same once more, there
// is one appointment.
func bookingOnce(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	slot := on(1, 15, 0)
	start := `[data-start="` + slot.Format(time.RFC3339) + `"]`
	phone := b.open(t, h.base, "/appointments", phoneSize)
	onItsWay := make(chan struct{})
	phone.intercept("*/api/appointments", func(n int64) fate {
		if n > 1 {
			return delivered
		}
		close(onItsWay)
		return kept
	})
	choose := func() {
		phone.touch(`[data-service="ho-tich"]`)
		phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
		phone.touch(start)
		phone.touch("#go")
	}
	choose()
	<-onItsWay
	phone.visit("/appointments")
	choose()
	phone.read("#code", "^[0-9]{3} [0-9]{3}$")
	phone.visit("/appointments")
	phone.touch(`[data-service="ho-tich"]`)
	phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
	phone.read(start, "còn 1 chỗ")
}

// bookAtTheKiosk: who has no telephone books on the kiosk, which goes back to its own page by itself.
func bookAtTheKiosk(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	slot := on(1, 10, 30)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.linger()
	kiosk.touch(`#doors [data-door="code"]`)
	kiosk.touch("#code-book")
	kiosk.see(`[data-slot="dat-dai"]`)
	kiosk.both("kiosk-book-what", kiosk.switchTo)
	kiosk.touch(`[data-slot="dat-dai"]`)
	kiosk.read("#book-chosen", "^Đất đai$")
	kiosk.both("kiosk-book-day", kiosk.switchTo)
	kiosk.touch(`[data-slot="` + slot.Format(time.DateOnly) + `"]`)
	kiosk.see(`[data-slot="` + slot.Format(time.RFC3339) + `"]`)
	kiosk.both("kiosk-book-time", kiosk.switchTo)
	kiosk.touch(`[data-slot="` + slot.Format(time.RFC3339) + `"]`)
	kiosk.read("#sure-time", "^10:30$")
	kiosk.both("kiosk-book-sure", kiosk.switchTo)
	kiosk.expect("ERR_CONNECTION_RESET|409")
	sent := kiosk.intercept("*/api/appointments", func(n int64) fate {
		if n == 1 {
			return lost
		}
		return delivered
	})
	kiosk.touch("#sure-go")
	kiosk.read("#booked-code", "^[0-9]{3} [0-9]{3}$")
	sent.want(2)
	kiosk.wait(`document.querySelector("#booked-qr").naturalWidth > 0`)
	kiosk.both("kiosk-booked", kiosk.switchTo)
	kiosk.visit("/kiosk")
	kiosk.read("#booked-code", "^[0-9]{3} [0-9]{3}$")
	kiosk.touch("#booked-done")
	kiosk.bookBySpeech(h, slot)
}

// bookBySpeech: in large print and spoken, the last place goes to somebody else in the meantime; another half-hour is
// booked, and given back. Nothing of it is left for who comes next.
func (d *screen) bookBySpeech(h *running, slot time.Time) {
	d.t.Helper()
	d.linger()
	d.see(".tile")
	eval[bool](d, overhear)
	d.touch("#large")
	d.touch("#home-more")
	d.touch(`#doors [data-door="code"]`)
	d.touch("#code-book")
	d.see(`[data-slot="dat-dai"]`)
	d.touch("#help")
	d.told("home")
	d.touch(`[data-slot="dat-dai"]`)
	d.told("home", "day")
	d.check("kiosk-large-book-day")
	d.touch(`[data-slot="` + slot.Format(time.DateOnly) + `"]`)
	d.told("home", "day", "time")
	d.touch("#book-more")
	start := `[data-slot="` + slot.Format(time.RFC3339) + `"]`
	d.read(start, "còn 1 chỗ") // The lost answer was no second appointment.
	d.touch(start)
	d.told("home", "day", "time", "book")
	h.clerk(d.t, "clerk1").must("POST", "/api/appointments", map[string]any{"service": "dat-dai", "start": slot.Format(time.RFC3339)})
	d.touch("#sure-go")
	d.read("#book-why", "vừa hết chỗ")
	d.check("kiosk-large-book-full")
	eval[bool](d, `document.querySelector("#book-more").click() === undefined`) // A touch might be the second half of the last one.
	d.wait(`document.querySelector('` + start + `').disabled`)
	d.touch(`[data-slot="` + slot.Add(30*time.Minute).Format(time.RFC3339) + `"]`)
	d.touch("#sure-go")
	d.read("#booked-when", "11:00")
	d.see(`body[data-speaks="booked"]`)
	d.check("kiosk-large-booked")
	d.touch("#booked-cancel")
	d.see(`body[data-speaks="cancel"]`)
	d.check("kiosk-large-book-cancel")
	d.touch("#sure-go")
	d.read("#note-title", "Đã hủy lịch hẹn")
	d.touch("#note-back")
	d.see(`body[data-screen="home"][data-speaks="home"]`)
	eval[bool](d, `clearInterval(window.lingers) === undefined`)
	eval[float64](d, `(Date.now = ((real) => () => real() + 76000)(Date.now))()`) // The citizen has left.
	d.see(`body[data-screen="home"][data-large="false"][data-help="off"]`)
}

// bookingEnds: the last place goes to somebody else, an appointment is cancelled after a question, and
// an unknown one is told so.
func bookingEnds(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, offices)
	clerk := h.clerk(t, "clerk1")
	slot := on(1, 14, 30)
	book := func() map[string]any {
		return clerk.must("POST", "/api/appointments", map[string]any{"service": "ho-tich", "start": slot.Format(time.RFC3339)})
	}
	mine := book()
	phone := b.open(t, h.base, "/appointments", phoneSize)
	phone.touch(`[data-service="ho-tich"]`)
	phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
	start := `[data-start="` + slot.Format(time.RFC3339) + `"]`
	phone.read(start, "còn 1 chỗ")
	phone.touch(start)
	book()
	phone.expect("409")
	phone.touch("#go")
	phone.read("#fault", "vừa hết chỗ")
	phone.wait(`document.querySelector('` + start + `').disabled`)
	phone.check("book-full")

	phone.visit("/a/" + mine["token"].(string))
	phone.touch("#cancel")
	phone.read("#ask-text", "Hủy lịch hẹn lúc 14:30")
	phone.check("appointment-cancel")
	phone.touch("#cancel-no")
	phone.touch("#cancel")
	phone.touch("#cancel-yes")
	phone.read("#state", "đã hủy")
	phone.check("appointment-cancelled")
	phone.visit("/appointments")
	phone.touch(`[data-service="ho-tich"]`)
	phone.touch(`[data-day="` + slot.Format(time.DateOnly) + `"]`)
	phone.read(start, "còn 1 chỗ")
	phone.expect("404")
	phone.visit("/a/AAAAAAAAAAAAAAAAAAAAAA")
	phone.read("#message-title", "Không còn lịch hẹn này")
	phone.check("appointment-gone")
}
