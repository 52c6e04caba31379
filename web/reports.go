package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"layso/kiosk"
)

// maxReportDays is the longest span of a report: a year, and the weeks around it.
const maxReportDays = 400

func reportRoutes() []route {
	return []route{
		{"GET", "/api/reports", managers, getReport},
		{"GET", "/api/reports.csv", managers, getReportCSV},
		{"GET", "/api/reports.xlsx", managers, getReportXLSX},
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

// getReportCSV gives one of the report's tables.
func getReportCSV(c *call) error {
	by := c.r.URL.Query().Get("by")
	if _, known := sheetNames[by]; !known || by == "total" {
		return invalid("by")
	}
	report, err := c.report()
	if err != nil {
		return err
	}
	lang := fileLang(c.r)
	table, err := csvOf(sheetOf(by, &report, lang), lang)
	if err != nil {
		return err
	}
	return c.file(reportFile(&report, lang, "-"+sheetNames[by].file.In(lang)+".csv"), "text/csv; charset=utf-8; header=present", table)
}

// getReportXLSX gives all of the report's tables as a workbook.
func getReportXLSX(c *call) error {
	report, err := c.report()
	if err != nil {
		return err
	}
	lang := fileLang(c.r)
	book, err := workbook(&report, c.Hall.View().Setup().Name, lang, c.Now())
	if err != nil {
		return fmt.Errorf("making the workbook: %w", err)
	}
	return c.file(reportFile(&report, lang, ".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book)
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

// fileLang gives the language of a file: a link can ask for it, where the browser can't.
func fileLang(r *http.Request) kiosk.Lang {
	if lang := r.URL.Query().Get("lang"); lang != "" {
		return kiosk.ParseLang(lang)
	}
	return langOf(r)
}

func reportFile(r *kiosk.Report, lang kiosk.Lang, rest string) string {
	name := kiosk.Text{VI: "bao-cao", EN: "report"}.In(lang) + "-" + r.From
	if r.To != r.From {
		name += "_" + r.To
	}
	return name + rest
}

// file answers with a file for the disk. Its name has plain characters only.
func (c *call) file(name, kind string, content []byte) error {
	h := c.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Cache-Control", "no-store")
	_, err := c.w.Write(content)
	return err
}
