package web

import (
	"time"

	"layso/kiosk"
)

// maxReportDays is the longest span of a report: a year, and the weeks around it.
const maxReportDays = 400

func reportRoutes() []route {
	return []route{
		{"GET", "/api/reports", managers, getReport},
	}
}

// getReport tells what a span of business days came to.
func getReport(c *call) error {
	report, err := c.report()
	if err != nil {
		return err
	}
	return c.json(200, report)
}

// report makes the report of the span that is asked for.
func (c *call) report() (kiosk.Report, error) {
	from, err := c.date("from")
	if err != nil {
		return kiosk.Report{}, err
	}
	to, err := c.date("to")
	switch {
	case err != nil:
		return kiosk.Report{}, err
	case to.Before(from):
		return kiosk.Report{}, fieldError{"to", errSpanOrder}
	case to.Sub(from) >= maxReportDays*24*time.Hour:
		return kiosk.Report{}, fieldError{"to", errSpanLong}
	}
	first, last := from.Format(time.DateOnly), to.Format(time.DateOnly)
	if c.Reports == nil {
		return kiosk.NewReport(first, last), nil
	}
	return c.Reports(c.r.Context(), first, last)
}

// date reads a date of the query.
func (c *call) date(name string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, c.r.URL.Query().Get(name))
	if err != nil {
		return day, fieldError{name, errDate}
	}
	return day, nil
}
