package web_test

import (
	"context"
	"testing"

	"layso/kiosk"
	"layso/web"
)

func TestReportSpans(t *testing.T) {
	var asked []string
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Reports = func(_ context.Context, from, to string) (kiosk.Report, error) {
			asked = append(asked, from+" "+to)
			return kiosk.NewReport(from, to), nil
		}
	})
	for _, span := range []string{"?from=2026-11-24&to=2026-11-24", "?from=2026-01-01&to=2027-02-04"} {
		if a := h.do(h.manager, "GET", "/api/reports"+span, ""); a.status != 200 {
			t.Errorf("%s: %d %s", span, a.status, a.body)
		}
	}
	for span, field := range map[string]string{
		"": "from", "?from=2026-11-24": "to", "?from=2026-11-31&to=2026-12-01": "from", "?from=24/11/2026&to=2026-12-01": "from", "?from=2026-11-24&to=x": "to",
		"?from=2026-11-24&to=2026-11-23": "to", "?from=2026-01-01&to=2027-02-05": "to", "?from=0001-01-01&to=9999-12-31": "to",
	} {
		if p := h.refused(span, h.do(h.manager, "GET", "/api/reports"+span, ""), 422, "invalid_field"); p.Field != field {
			t.Errorf("%s: the fault is in %q, want %q", span, p.Field, field)
		}
	}
	if len(asked) != 2 {
		t.Errorf("reports of %q were made", asked)
	}
}

func TestReportWithoutReader(t *testing.T) {
	h := newHall(t)
	r := into[kiosk.Report](h, h.do(h.manager, "GET", "/api/reports?from=2026-11-24&to=2026-11-24", ""))
	if r.Days == nil || r.Total.Taken != 0 || r.Before != nil {
		t.Errorf("answered %+v", r)
	}
}
