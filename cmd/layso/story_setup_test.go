package main

import (
	"encoding/json"
	"testing"
)

// adminPlansTheHall: hours of one service, appointments, a counter that assists, closed days, overtime
// and credits are entered, saved, and there again; faults stand at their fields.
func adminPlansTheHall(t *testing.T, b *chromium) {
	h := startDemo(t)
	a := b.open(t, h.base, "/admin#services", counterSize)
	a.signIn("admin", demoPIN)
	a.touch(`[data-more="chung-thuc"] summary`)
	a.choose("#f-services-2-hours", "own")
	a.fill("#f-services-2-hours-mon", "8h-11h30, 13:30-16:00")
	a.touch(`[data-field="services[2].slots"] label`)
	a.fill("#f-services-2-slots-capacity", "3")
	a.fill("#f-services-2-slots-spans", "8h-10h")
	a.both("admin-service-more", a.switchTo)
	a.read(`[data-more="chung-thuc"] summary`, "giờ riêng · hẹn trước 3 chỗ")

	a.touch(`[data-go="counters"]`)
	a.choose(`[data-entry-id="2"] select[data-service="chung-thuc"]`, "assist")
	a.choose(`[data-entry-id="2"] select[data-service="tra-ket-qua"]`, "none")
	a.both("admin-counter-assist", a.switchTo)
	a.touch(`[data-go="priorities"]`)
	a.fill("#f-priorities-0-credit-s", "121")
	a.touch(`[data-go="hours"]`)
	a.fill("#f-overtime-s", "20")
	a.fill("#f-book-days", "7")
	a.touch(`[data-add="closed_days"]`)
	a.setDate("#f-closed-days-0-date", "2027-02-06")
	a.fill("#f-closed-days-0-name-vi", "Tết Nguyên đán")
	a.fill("#f-closed-days-0-name-en", "Lunar New Year")
	a.both("admin-calendar", a.switchTo)

	a.expect("422")
	a.touch("#save")
	a.read(`[data-field="priorities[0].credit_s"] .error`, "Chỉ từ 0 đến 120")
	a.check("admin-credit-fault")
	a.fill("#f-priorities-0-credit-s", "45")
	a.touch(`[data-go="services"]`)
	a.fill("#f-services-2-hours-mon", "khi nào rảnh")
	a.touch("#save")
	a.read(`[data-field="services[2].hours.mon"] .error`, "07:30-11:30")
	a.fill("#f-services-2-hours-mon", "8h-11h30, 13:30-16:00")
	a.touch("#save")
	a.see(`#said[data-kind="ok"]`)
	a.wait(`document.body.dataset.dirty === "false"`)

	setup := h.clerk(t, "admin").must("GET", "/api/setup", nil)["setup"].(map[string]any)
	for _, part := range []struct {
		what any
		want string
	}{
		{setup["services"].([]any)[2].(map[string]any)["hours"], `{"mon":["08:00-11:30","13:30-16:00"]}`},
		{setup["services"].([]any)[2].(map[string]any)["slots"], `{"capacity":3,"spans":["08:00-10:00"]}`},
		{setup["counters"].([]any)[1].(map[string]any)["services"], `["dat-dai","ho-tich"]`},
		{setup["counters"].([]any)[1].(map[string]any)["assist"], `["chung-thuc"]`},
		{setup["priorities"].([]any)[0].(map[string]any)["credit_s"], `2700`},
		{setup["closed_days"], `[{"date":"2027-02-06","name":{"en":"Lunar New Year","vi":"Tết Nguyên đán"}}]`},
		{setup["overtime_s"], `1200`},
		{setup["book_days"], `7`},
		{setup["hours"], `{"always":true}`},
	} {
		if got, _ := json.Marshal(part.what); string(got) != part.want {
			t.Errorf("the setup has %s, want %s", got, part.want)
		}
	}
	a.visit("/admin#services")
	a.read(`[data-more="chung-thuc"] summary`, "giờ riêng · hẹn trước 3 chỗ")
	a.wait(`document.querySelector("#f-closed-days-0-date").value === "2027-02-06" && document.body.dataset.dirty === "false"`)
}

// choose picks an entry of a list by its value, as a person does with the keyboard.
func (d *screen) choose(selector, value string) {
	d.t.Helper()
	d.set(selector, value, "change")
}

// setDate fills in a date, which has fields of its own in each country's order.
func (d *screen) setDate(selector, value string) {
	d.t.Helper()
	d.set(selector, value, "input")
}
