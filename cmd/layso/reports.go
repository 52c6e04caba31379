package main

import (
	"context"

	"layso/kiosk/report"
	"layso/web"
)

// startReports starts the reader that keeps the days' roll-ups, and gives who makes reports of them.
func (h *hall) startReports(ctx context.Context) web.Reporter {
	reports := report.New(h.owner, h.journal, h.log)
	h.read(ctx, reports.Run)
	return reports.Report
}
