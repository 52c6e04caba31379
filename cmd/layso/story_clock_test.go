package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// hallLastUsed gives a data folder of a demo whose last event is this long ago; less than nothing is
// in the future, as after a battery has died.
func hallLastUsed(t *testing.T, ago time.Duration) (folder string, last time.Time) {
	t.Helper()
	folder, last = t.TempDir(), time.Now().Add(-ago).Truncate(time.Second)
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	log, err := journal.Open(filepath.Join(folder, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	owner, err := kiosk.Start(log, kiosk.Options{Seed: setup, Now: func() time.Time { return last }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Do(context.Background(), kiosk.Probe{}); err != nil {
		t.Fatal(err)
	}
	owner.Close()
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, last
}

func startDemoAt(t *testing.T, folder string) *running {
	t.Helper()
	return startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", folder)
}

// clockInDoubt: the PC's clock is behind the last ticket. Numbers go on; every page of the staff asks
// for the time, refuses one that was before, and the one that is typed ends the doubt everywhere.
func clockInDoubt(t *testing.T, b *chromium) {
	folder, last := hallLastUsed(t, -26*time.Hour)
	h := startDemoAt(t, folder)
	c := atCounter1(t, b, h)
	c.read("#clock-ask", "Hôm nay là (thứ [A-ZĐ]|Chủ|chủ).*, [0-9]{2}/[0-9]{2}/[0-9]{4}, [0-9]{2}:[0-9]{2}\\?")
	h.clerk(t, "clerk4").take("dat-dai", 1)
	c.read("#hint", "A001")
	c.both("counter-clock", c.switchTo)
	c.touch("#rows .open")
	c.see(`dialog[data-dialog="ticket"]`)
	c.wait(`!document.querySelector("dialog").innerText.includes("Lấy số lúc")`)
	c.touch(`dialog [data-action="cancel"]`)
	admin := b.open(t, h.base, "/admin", counterSize)
	admin.signIn("admin", demoPIN)
	admin.see("#clock-ask")
	admin.check("admin-clock")
	manager := b.open(t, h.base, "/forecast", counterSize)
	manager.signIn("manager", demoPIN)
	manager.see("#clock-ask")
	manager.check("forecast-clock")
	admin.visit("/admin#day")
	admin.expect("409")
	admin.touch(`[data-tool="end-day"]`)
	admin.touch(`dialog [data-action="confirm"]`)
	admin.read("dialog .error", "xác nhận giờ ở đầu trang")
	admin.touch(`dialog [data-action="cancel"]`)

	c.expect("422")
	c.touch(`[data-tool="clock-yes"]`)
	c.read("#clock-fault", "sớm hơn việc cuối cùng")
	c.check("counter-clock-before")
	c.touch(`[data-tool="clock-other"]`)
	c.set("#clock-date", last.AddDate(0, 0, -7).Format(time.DateOnly), "input")
	c.touch(`dialog [data-action="confirm"]`)
	c.read("dialog .error", "Kiểm tra lại ngày và giờ")
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	said := last.In(zone).Add(90 * time.Minute)
	c.set("#clock-date", said.Format(time.DateOnly), "input")
	c.set("#clock-time", said.Format("15:04"), "input")
	c.check("counter-clock-other")
	c.touch(`dialog [data-action="confirm"]`)
	for _, page := range []*screen{c, admin, manager} {
		page.wait(`document.querySelector("#clock").hidden`)
	}
	now, err := time.Parse(time.RFC3339, fmt.Sprint(h.client(t).must("GET", "/api/hall", nil)["now"]))
	if err != nil || now.Sub(said).Abs() > 2*time.Minute {
		t.Errorf("the hall's time is %v (%v), want %v", now, err, said)
	}
}

// clockFarAhead: after a long time without an event the PC's own time needs a second yes.
func clockFarAhead(t *testing.T, b *chromium) {
	folder, _ := hallLastUsed(t, 61*24*time.Hour)
	h := startDemoAt(t, folder)
	c := b.open(t, h.base, "/admin", counterSize)
	c.signIn("manager", demoPIN)
	c.expect("409")
	c.touch(`[data-tool="clock-yes"]`)
	c.see(`dialog[data-dialog="clock-sure"]`)
	c.check("clock-far-ahead")
	c.touch(`dialog [data-action="cancel"]`)
	c.see("#clock-ask")
	c.touch(`[data-tool="clock-yes"]`)
	c.touch(`dialog [data-action="confirm"]`)
	c.wait(`document.querySelector("#clock").hidden`)
	today := time.Now().In(time.FixedZone("", 7*3600)).Format(time.DateOnly)
	h.client(t).must("POST", "/api/tickets", map[string]any{"service": "dat-dai"})
	if got := h.client(t).must("GET", "/api/hall", nil)["business_day"]; got != today {
		t.Errorf("the business day is %v, want %s", got, today)
	}
}
