package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

var officeHours = []string{"07:30-11:30", "13:30-17:00"}

// everyDay gives opening hours that are the same on all days of the week.
func everyDay(spans []string) map[string]any {
	hours := map[string]any{}
	for _, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		hours[day] = spans
	}
	return hours
}

// closedSaysWhy: lunch, a closed day and the evening, and the tiles of services that take nobody. Each
// says when it opens again.
func closedSaysWhy(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		s["hours"] = everyDay(officeHours)
		s["closed_days"] = []any{map[string]any{"date": on(2, 0, 0).Format(time.DateOnly), "name": map[string]any{"vi": "Quốc khánh", "en": "National Day"}}}
		edit(s, "services", "dat-dai")["quota"] = 1
		edit(s, "services", "ho-tich")["closed"] = true
		edit(s, "services", "chung-thuc")["hours"] = everyDay([]string{"07:30-11:30"})
		edit(s, "services", "tra-ket-qua")["mean_s"] = 7200
	})
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	tv := b.open(t, h.base, "/display", tvSize)
	h.itIs(t, on(1, 12, 10))
	kiosk.read("#closed-title", "Đang nghỉ trưa")
	kiosk.read("#opens-at", "Mở cửa lại lúc 13:30$")
	kiosk.both("kiosk-lunch", kiosk.switchTo)
	tv.read("#why", "Đang nghỉ trưa")
	tv.read("#opens", "Mở cửa lại lúc 13:30")
	tv.check("display-lunch")

	h.itIs(t, on(1, 15, 30))
	kiosk.read(`.tile[data-service="tra-ket-qua"]`, "Hôm nay không còn kịp[^]*Mở lại 07:30 ")
	h.clerk(t, "clerk1").take("dat-dai", 1)
	kiosk.read(`.tile[data-service="dat-dai"]`, "Đã hết số hôm nay[^]*Mở lại 07:30 ")
	kiosk.read(`.tile[data-service="chung-thuc"]`, "Chưa đến giờ nhận[^]*Mở lại 07:30 ")
	kiosk.read(`.tile[data-service="ho-tich"]`, "Tạm ngừng nhận")
	kiosk.both("kiosk-all-shut", kiosk.switchTo)

	h.itIs(t, on(2, 9, 0))
	kiosk.read("#closed-title", "Hôm nay nghỉ: Quốc khánh")
	kiosk.read("#opens-at", "Mở cửa lại lúc 07:30 (thứ|chủ) ")
	kiosk.both("kiosk-closed-day", kiosk.switchTo)
	tv.read("#why", "Hôm nay nghỉ: Quốc khánh")
	tv.check("display-closed-day")
}

// manyServices: twenty services, sixteen of them closed, on every kind of kiosk: nothing leaves its tile.
func manyServices(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		counter := s["counters"].([]any)[0].(map[string]any)
		for i := range 16 {
			id := fmt.Sprintf("s%d", i)
			s["services"] = append(s["services"].([]any), map[string]any{
				"id": id, "prefix": fmt.Sprintf("F%c", 'A'+i), "mean_s": 300, "hours": everyDay([]string{"07:30-11:30"}),
				"name": map[string]any{"vi": fmt.Sprintf("Bảo trợ xã hội và người có công %d", i), "en": fmt.Sprintf("Social protection %d", i)},
			})
			counter["services"] = append(counter["services"].([]any), id)
		}
	})
	h.itIs(t, on(1, 15, 30))
	for name, s := range map[string]size{"tall": kioskSize, "wide": counterSize, "square": {1024, 768}} {
		kiosk := b.open(t, h.base, "/kiosk", s)
		kiosk.read("#clock", "^15:3")
		kiosk.both("kiosk-many-"+name, kiosk.switchTo)
		kiosk.touch(`#doors [data-door="several"]`)
		kiosk.touch(`[data-pick="ho-tich"]`)
		kiosk.both("kiosk-many-several-"+name, kiosk.switchTo)
	}
}

// dayEndsForThePhone: who still waits when the day is closed is told so, without a reload.
func dayEndsForThePhone(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "manager")
	ticket := clerk.take("dat-dai", 1)[0]
	phone := b.open(t, h.base, "/t/"+ticket["token"].(string), phoneSize)
	phone.see(`#ticket[data-state="waiting"]`)
	phone.expect("410|WebSocket")
	clerk.must("POST", "/api/day/close", map[string]any{"reason": "Mất điện"})
	phone.read("#message-title", "Hết giờ, phiếu đã đóng")
	phone.both("phone-closing", func(bool) { phone.touch("#lang") })
}

// missedCalls: what the phone says after the first call in vain, and after the second.
func missedCalls(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	ticket := clerk.take("dat-dai", 1)[0]
	phone := b.open(t, h.base, "/t/"+ticket["token"].(string), phoneSize)
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	clerk.must("POST", "/api/counters/1/no-show", nil)
	phone.read("#state-hint", "gọi lại một lần nữa")
	phone.both("phone-missed", func(bool) { phone.touch("#lang") })
	clerk.must("POST", "/api/counters/1/call", map[string]any{"token": ticket["token"], "reason": "Gọi lại"})
	clerk.must("POST", "/api/counters/1/no-show", nil)
	phone.read("#state-hint", "máy quét ở máy lấy số")
	phone.both("phone-parked", func(bool) { phone.touch("#lang") })
}

// leave leaves a hall behind as it was so long ago, after these commands.
func leave(t *testing.T, data string, ago time.Duration, commands ...kiosk.Command) {
	t.Helper()
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	owner, err := kiosk.Start(j, kiosk.Options{Seed: seed, Now: func() time.Time { return time.Now().Add(-ago) }})
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close()
	for _, c := range commands {
		if _, err := owner.Do(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
}

const longAgo = 100 * 24 * time.Hour

// numbersGoOnInDoubt: the PC comes up a hundred days after its last day, which is still open. Numbers
// are given, but nobody shows a time; once staff has said what time it is, everybody does.
func numbersGoOnInDoubt(t *testing.T, b *chromium) {
	data := t.TempDir()
	leave(t, data, longAgo)
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	tv := b.open(t, h.base, "/display", tvSize)
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.linger()
	kiosk.see(`#print[data-print="done"]`)
	kiosk.check("kiosk-answer-undated")
	timeless := `document.querySelector("#clock").textContent + document.querySelector("#date").textContent === ""`
	kiosk.wait(timeless)
	tv.see("#welcome")
	tv.wait(timeless)
	tv.check("display-undated")
	token := eval[string](kiosk, `document.querySelector("#number").dataset.token`)
	phone := b.open(t, h.base, "/t/"+token, phoneSize)
	phone.read("#number", "^A001$")
	phone.wait(`document.querySelector("#issued").textContent === ""`)
	printer := b.open(t, h.base, "/printer", counterSize)
	printer.wait(`document.querySelector("#paper-image").naturalWidth === 576`)
	printer.look("paper-undated")

	phone.expect("410|WebSocket")
	h.clerk(t, "clerk1").must("POST", "/api/clock", map[string]any{"now": time.Now().Format(time.RFC3339), "sure": true})
	today := time.Now().In(hanoi).Format("02/01/2006")
	tv.read("#date", today)
	kiosk.wait(`document.querySelector("#clock").textContent !== ""`)
}

// noDayInDoubt: the same after a day that was closed: there is no day to give numbers in.
func noDayInDoubt(t *testing.T, b *chromium) {
	data := t.TempDir()
	leave(t, data, longAgo, kiosk.CloseDay{By: "user:manager"})
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.read("#closed-title", "Xin chờ nhân viên xác nhận ngày")
	kiosk.both("kiosk-suspect", kiosk.switchTo)
	tv := b.open(t, h.base, "/display", tvSize)
	tv.read("#why", "Xin chờ nhân viên xác nhận ngày")
	tv.check("display-suspect")
	h.clerk(t, "clerk1").must("POST", "/api/clock", map[string]any{"now": time.Now().Format(time.RFC3339), "sure": true})
	kiosk.see(".tile")
	tv.see("#welcome")
}
