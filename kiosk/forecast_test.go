package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// Who checks in early is told no wait that ends before his time, unless a counter idles.
func TestWaitOfAnAppointment(t *testing.T) {
	seconds := func(p50, p80 int) kiosk.Range { return kiosk.Range{P50S: p50, P80S: p80} }
	for _, x := range []struct {
		at         string // of a slot at 08:00, called from 07:55 on
		told, want kiosk.Range
	}{
		{"07:50", seconds(60, 200), seconds(300, 300)},
		{"07:50", seconds(240, 500), seconds(300, 500)},
		{"07:50", seconds(0, 0), seconds(0, 0)},
		{"07:57", seconds(60, 200), seconds(60, 200)},
	} {
		clock, setup := clockAt(t, "2026-11-24 07:40"), limited()
		setup.Services[0].Slots = &kiosk.Slots{Capacity: 2}
		o := startWith(t, &memory{}, clock, setup)
		do(t, o, kiosk.Book{Service: "land", Slot: when(t, "2026-11-24 08:00"), Token: kiosk.NewToken(), Codes: []string{"123456"}, By: "citizen"})
		clock.to(when(t, "2026-11-24 "+x.at))
		o.SetForecast(&kiosk.Forecast{Table: map[string]map[int]kiosk.Range{"land": {1800: x.told}}})
		if got := do(t, o, kiosk.CheckIn{Code: "123456", Token: kiosk.NewToken(), Device: "k1", By: "device:k1"}); got.Wait != x.want {
			t.Errorf("at %s: told %+v, want %+v of %+v", x.at, got.Wait, x.want, x.told)
		}
	}
	var none *kiosk.Forecast
	if got := none.Kept("land", 0, time.Hour); got != (kiosk.Range{}) {
		t.Errorf("without a forecast: %+v", got)
	}
}

// A credit that the forecast does not know, as when an admin takes the half-hours away that somebody has
// booked, is not told that it need not wait.
func TestWaitOfAnUnknownCredit(t *testing.T) {
	f := &kiosk.Forecast{Table: map[string]map[int]kiosk.Range{"land": {0: {P50S: 900}, 600: {P50S: 300}, 3600: {P50S: 0}}}}
	for credit, want := range map[int]int{0: 900, 300: 900, 600: 300, 1800: 300, 3600: 0, 7200: 0} {
		if got := f.New("land", credit).P50S; got != want {
			t.Errorf("with a credit of %d s: %d s, want %d", credit, got, want)
		}
	}
	if got := f.New("moon", 0); got != (kiosk.Range{}) {
		t.Errorf("of no service: %+v", got)
	}
}
