package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"

	"layso/kiosk"
)

// forecastForTheManager: on the first day the page says that there is nothing yet; after a month it
// says in plain words how far off the forecast is. The month is made up, for nobody waits for it.
func forecastForTheManager(t *testing.T, b *chromium) {
	h := startDemo(t)
	m := b.open(t, h.base, "/", counterSize)
	m.see("#notes") // The cards have found their places.
	m.touch(`[data-page="forecast"]`)
	m.see("#signin-form")
	m.signIn("clerk1", demoPIN)
	m.read("#denied-text", "cán bộ quầy")
	m.both("forecast-denied", m.switchTo)
	m.touch("#other-account")
	m.signIn("manager", demoPIN)
	m.see("#empty-title")
	m.both("forecast-empty", m.switchTo)

	clerk := h.clerk(t, "clerk2")
	clerk.take("dat-dai", 1)
	clerk.must("POST", "/api/counters/2/open", nil)
	clerk.must("POST", "/api/counters/2/next", nil)
	await[bool](m, `fetch("/api/forecast/scores").then((r) => r.json()).then((days) => days.length === 1 && days[0].total.n === 1)`)
	m.visit("/forecast")
	m.read("#lead", "Mới có 1 người")
	m.check("forecast-first-day")

	m.answer("*/api/forecast/scores*", aMonth())
	m.visit("/forecast")
	m.read("#lead", "^Trung bình lệch 4,[0-9] phút; 80 trên 100 người được gọi trong khoảng đã báo.$")
	m.read("#compare-text", "Sát hơn mọi cách khác")
	m.read(`[data-figure="bias"]`, "chờ lâu hơn lúc báo")
	m.read(`#detail [data-group="dat-dai"]`, "Đất đai")
	m.both("forecast", m.switchTo)
	for by, row := range map[string]string{"classes": "priority", "hours": "13", "services": "dat-dai", "days": ""} {
		m.touch(`[data-by="` + by + `"]`)
		m.see(`#detail [data-by="` + by + `"] [data-group="` + row + `"]`)
		eval[bool](m, `document.querySelector(".detail").scrollIntoView() === undefined`)
		m.look("forecast-" + by)
	}
	m.do(chromedp.Evaluate[chromedp.Void](`(() => { const p = document.querySelector("#period"); p.selectedIndex = 3; p.dispatchEvent(new Event("change")); })()`))
	m.see(`.columns [data-chosen="true"]`)
	m.read("#lead", "Mới có [0-9]+ người")
	m.look("forecast-one-day")
}

// answer makes the page believe that requests of this form were answered with v.
func (d *screen) answer(pattern string, v any) {
	d.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(d.ctx)
	d.t.Cleanup(cancel)
	err = chromedp.Listen(ctx, func(event any) {
		e, ok := event.(*fetch.EventRequestPaused)
		if !ok {
			return
		}
		go chromedp.Call(d.ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{ // A listener must not call.
			RequestID: e.RequestID, ResponseCode: 200, Body: body,
			ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "application/json"}},
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: pattern}}})
		return err
	}))
}

// aMonth makes 30 days of scores up, with weekends off and the third day nearly empty.
func aMonth() (days []kiosk.ForecastDay) {
	score := func(group string, n int, off float64) kiosk.ForecastScore {
		s := kiosk.ForecastScore{Group: group, N: n, MeanWaitS: 17 * 60, Cover80: .8 + .03*math.Sin(off*1000), PinballS: 90, Late10: .06}
		for i, name := range []string{"forecast", "les", "hol", "ql", "avg10"} {
			mae := off * []float64{1, 2.5, 2.3, 2.1, 2.9}[i]
			s.Estimators = append(s.Estimators, kiosk.EstimatorScore{Name: name, N: n, MAES: mae, RMSES: 1.6 * mae, BiasS: -40 - 30*float64(i)})
		}
		return s
	}
	for i := 0; len(days) < 30; i++ {
		date := time.Date(2026, 11, 25-i, 12, 0, 0, 0, time.UTC)
		if date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
			continue
		}
		off, n := 240+80*math.Sin(float64(i)), 160+i%5*10
		if len(days) == 2 {
			n = 12
		}
		day := kiosk.ForecastDay{Day: date.Format(time.DateOnly), Total: score("", n, off), Factor: 1.2}
		for j, id := range []string{"dat-dai", "ho-tich", "chung-thuc", "tra-ket-qua"} {
			day.Services = append(day.Services, score(id, n/(j+2), off*(1.3-.2*float64(j))))
		}
		for j, id := range []string{"regular", "priority"} {
			day.Classes = append(day.Classes, score(id, n/(j+1), off/float64(j+1)))
		}
		for _, hour := range []int{7, 8, 9, 10, 11, 13, 14, 15, 16} {
			day.Hours = append(day.Hours, score(fmt.Sprintf("%02d", hour), n/9, off*(.6+.1*math.Abs(float64(hour-12)))))
		}
		days = append(days, day)
	}
	return days
}
