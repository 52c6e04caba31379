package web_test

import (
	"fmt"
	"testing"

	"layso/kiosk"
	"layso/web"
)

func TestScores(t *testing.T) {
	var asked []int
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Scores = func(days int) []kiosk.ForecastDay {
			asked = append(asked, days)
			return []kiosk.ForecastDay{{Day: "2026-11-24", Total: kiosk.ForecastScore{N: 7, Cover80: .8}, Factor: 1.2}}
		}
	})
	for path, want := range map[string]int{"": 30, "?days=1": 1, "?days=400": 400} {
		days := into[[]kiosk.ForecastDay](h, h.do(h.manager, "GET", "/api/forecast/scores"+path, ""))
		if got := asked[len(asked)-1]; got != want || len(days) != 1 || days[0].Day != "2026-11-24" || days[0].Total.N != 7 {
			t.Errorf("%q: asked for %d days, want %d, and answered %+v", path, got, want, days)
		}
	}
	before := len(asked)
	for _, days := range []string{"0", "401", "-1", "x", "1e2"} {
		p := h.refused(days, h.do(h.manager, "GET", "/api/forecast/scores?days="+days, ""), 422, "invalid_field")
		if p.Field != "days" {
			t.Errorf("%s: field %q", days, p.Field)
		}
	}
	if len(asked) != before {
		t.Errorf("a refused request asked for scores: %v", fmt.Sprint(asked))
	}
}

func TestScoresWithoutAForecast(t *testing.T) {
	h := newHall(t)
	if a := h.do(h.manager, "GET", "/api/forecast/scores", ""); a.status != 200 || string(a.body) != "[]\n" {
		t.Errorf("answered %d %s", a.status, a.body)
	}
}
