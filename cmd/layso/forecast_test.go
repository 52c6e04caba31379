package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"
)

// soon asks until the answer has these words: readers are a little behind the log.
func (o *office) soon(path string, words ...string) {
	o.Helper()
	ctx, stop := context.WithTimeout(o.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		_, text := o.ask("GET", path, nil)
		missing := ""
		for _, w := range words {
			if !strings.Contains(text, w) {
				missing = w
			}
		}
		if missing == "" {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			o.Fatalf("GET %s: no %s in %s", path, missing, regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(text, ""))
		}
	}
}

// TestTheForecastIsScored takes tickets and serves them: metrics and the manager's figures tell how far
// off their waits were, also after a restart and on the next day.
func TestTheForecastIsScored(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 09:00")
	o.start()
	o.signIn("clerk1")
	o.soon("/metrics", "layso_forecast_scored_tickets 0", "layso_forecast_factor 1.2", "layso_forecast_compute_seconds ")
	first := o.take()
	o.want(200, "POST", "/api/counters/1/open", nil)
	o.want(200, "POST", "/api/counters/1/next", nil, first)
	o.soon("/metrics", "layso_forecast_scored_tickets 1")
	second := o.take() // finds the counter busy
	o.at("2026-11-24 09:07")
	o.want(200, "POST", "/api/counters/1/next", map[string]string{"finish": first}, second)
	scored := []string{
		"layso_forecast_scored_tickets 2", `layso_forecast_mae_seconds{estimator="les"} 210`,
		`layso_forecast_mae_seconds{estimator="forecast"} `, "layso_forecast_bias_seconds ", "layso_forecast_p80_cover ",
	}
	o.soon("/metrics", scored...)
	o.start()
	o.soon("/metrics", scored...)
	o.signIn("manager")
	o.want(200, "GET", "/api/forecast/scores?days=5", nil, `"day":"2026-11-24"`, `"mean_wait_s":210`, `"group":"09"`)
	o.at("2026-11-25 08:00")
	o.signIn("manager")
	o.take() // opens the day
	o.soon("/api/forecast/scores?days=5", `"day":"2026-11-25"`, `"day":"2026-11-24"`, `"mean_wait_s":210`)
	o.soon("/metrics", "layso_forecast_scored_tickets 0")
	o.start()
	o.signIn("manager")
	o.soon("/api/forecast/scores?days=5", `"day":"2026-11-25"`, `"day":"2026-11-24"`, `"mean_wait_s":210`)
}
