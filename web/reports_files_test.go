package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"layso/kiosk"
	"layso/web"
)

// november is a made-up report with what is hard for a file.
func november() kiosk.Report {
	r := kiosk.NewReport("2026-11-01", "2026-11-30")
	f := kiosk.Figures{
		Taken: 1234, Served: 1200, NoShows: 20, Cancelled: 14, SentHome: 3, Dossiers: 1500,
		Called: 1220, MeanWaitS: 754, MedianWaitS: 601, P90WaitS: 1800, LongestS: 90_061, Within15: 0.8525,
		Timed: 1300, MeanServiceS: 425, MedianServiceS: 400, P90ServiceS: 900, Foretold: 1000, ForecastOffS: 95, ForecastWithin: 0.8,
	}
	r.Total, r.BusinessDays, r.Provisional = f, 21, true
	r.Services = []kiosk.ServiceFigures{
		{ID: "dat-dai", Name: "Đất đai", NameEN: "Land", Figures: f}, {ID: "x", Name: `=HYPERLINK("http://x","Hộ tịch")`, Figures: kiosk.Figures{}},
		{ID: "y", Name: "-1+1", Figures: f}, {ID: "z", Name: "＝1", Figures: f}, {ID: "q", Name: "Giấy tờ, \"khác\"", Figures: f},
	}
	r.Clerks = []kiosk.ClerkFigures{{ID: "an", Name: "@An", Figures: f}}
	r.Hours = []kiosk.HourFigures{{Hour: 7, Figures: f}, {Hour: 23, Figures: f}}
	r.Days = []kiosk.DayFigures{{Day: "2026-11-24", Figures: f}}
	r.Weeks = []kiosk.WeekFigures{{Week: "2026-W48", From: "2026-11-23", To: "2026-11-29", Figures: f}}
	r.Months = []kiosk.MonthFigures{{Month: "2026-11", Figures: f}}
	r.Heat = []kiosk.HeatCell{{Weekday: 1, Hour: 8, Taken: 300, Days: 4, MeanWaitS: 1200}, {Weekday: 7, Hour: 10, Taken: 3, Days: 1, MeanWaitS: 60}}
	rated := kiosk.Rated{Finished: 1200, Rated: 300, Rate: 0.25, Mean: 4.25, Stars: [5]int{5, 5, 30, 130, 130}}
	r.Ratings.Rated, r.Ratings.Reasons = rated, []kiosk.ReasonCount{{Reason: "long_wait", N: 12}, {Reason: "other", N: 1}}
	r.Ratings.Counters = []kiosk.CounterRatings{{ID: "1", Name: "Quầy 1", NameEN: "Counter 1", Rated: rated}, {ID: "2", Name: "Quầy 2", Rated: kiosk.Rated{Finished: 4}}}
	r.Before = &kiosk.SpanFigures{From: "2026-10-01", To: "2026-10-31", Total: kiosk.Figures{Taken: 1000}}
	return r
}

func withNovember(_ *kiosk.Setup, o *web.Options) {
	o.Reports = func(context.Context, string, string) (kiosk.Report, error) { return november(), nil }
}

func (h *hall) csv(query, lang string) [][]string {
	h.t.Helper()
	a := h.do(h.manager, "GET", "/api/reports.csv?from=2026-11-01&to=2026-11-30"+query, "", "Accept-Language", lang)
	body, marked := bytes.CutPrefix(a.body, []byte("\xef\xbb\xbf"))
	if a.status != 200 || !marked || !strings.HasPrefix(a.header.Get("Content-Type"), "text/csv; charset=utf-8") {
		h.t.Fatalf("%s: %d %v %.60q", query, a.status, a.header, a.body)
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	h.must(err)
	return rows
}

func TestReportCSV(t *testing.T) {
	h := newHall(t, withNovember)
	rows := h.csv("&by=services", "vi")
	if got := rows[0][0] + "|" + rows[0][8] + "|" + rows[0][12]; got != "Lĩnh vực|Chờ trung bình (giây)|Chờ không quá 15 phút (%)" {
		t.Errorf("the heading is %s", got)
	}
	for i, want := range []string{
		"Đất đai,1234,1200,20,14,3,1500,1220,754,601,1800,90061,85,1300,425,400,900,1000,95,80",
		`'=HYPERLINK("http://x","Hộ tịch"),0,0,0,0,0,0,0,,,,,,0,,,,0,,`, "'-1+1,1234", "'＝1,1234", `Giấy tờ, "khác",1234`,
	} {
		if got := strings.Join(rows[i+1], ","); !strings.HasPrefix(got, want) {
			t.Errorf("row %d is %s", i+1, got)
		}
	}
	for query, want := range map[string]string{
		"&by=clerks": "'@An|1234", "&by=hours&lang=en": "07:00–08:00|1234", "&by=days": "2026-11-24|1234", "&by=weeks": "2026-W48|2026-11-23|2026-11-29|1234",
		"&by=months": "2026-11|1234", "&by=heat&lang=en": "Monday|08:00–09:00|300|4|1200", "&by=ratings": "Quầy 1|1200|300|25|4.25|5|5|30|130|130",
		"&by=reasons&lang=vi": "Chờ lâu|12", "&by=services&lang=en": "Land|1234", "&by=ratings&lang=en": "Counter 1|1200",
	} {
		if got := strings.Join(h.csv(query, "vi")[1], "|"); !strings.HasPrefix(got, want) {
			t.Errorf("%s begins with %s, want %s", query, got, want)
		}
	}
	if a := h.do(h.manager, "GET", "/api/reports.csv?from=2026-11-01&to=2026-11-30&by=clerks", "", "Accept-Language", "en"); a.header.Get("Content-Disposition") != `attachment; filename="report-2026-11-01_2026-11-30-clerks.csv"` {
		t.Errorf("the file is called %s", a.header.Get("Content-Disposition"))
	}
	for _, by := range []string{"", "&by=total", "&by=x"} {
		if p := h.refused(by, h.do(h.manager, "GET", "/api/reports.csv?from=2026-11-01&to=2026-11-30"+by, ""), 422, "invalid_field"); p.Field != "by" {
			t.Errorf("%q: the fault is in %q", by, p.Field)
		}
	}
	h.refused("no span", h.do(h.manager, "GET", "/api/reports.csv?by=days", ""), 422, "invalid_field")
	h.refused("no span", h.do(h.manager, "GET", "/api/reports.xlsx", ""), 422, "invalid_field")
}

// The workbook read back: every table is there under its name, and a number is a number.
func TestReportXLSX(t *testing.T) {
	h := newHall(t, withNovember)
	for _, lang := range []string{"vi", "en"} {
		a := h.do(h.manager, "GET", "/api/reports.xlsx?from=2026-11-01&to=2026-11-30&lang="+lang, "")
		if a.status != 200 || !strings.Contains(a.header.Get("Content-Type"), "spreadsheetml") {
			t.Fatalf("%d %v", a.status, a.header)
		}
		if to := os.Getenv("LAYSO_REPORT"); to != "" {
			h.must(os.WriteFile(to+"-"+lang+".xlsx", a.body, 0o600))
		}
		f, err := excelize.OpenReader(bytes.NewReader(a.body))
		h.must(err)
		defer f.Close()
		sheets := map[string]string{
			"vi": "[Tổng hợp Lĩnh vực Quầy Cán bộ Theo giờ Theo ngày Theo tuần Theo tháng Giờ cao điểm Đánh giá Lý do đánh giá]",
			"en": "[Summary Services Counters Clerks Hours Days Weeks Months Peaks Ratings Reasons]",
		}
		if got := fmt.Sprint(f.GetSheetList()); got != sheets[lang] {
			t.Errorf("the sheets are %s", got)
		}
		for _, name := range f.GetSheetList() {
			if p, err := f.GetPanes(name); err != nil || !p.Freeze || p.YSplit < 1 {
				t.Errorf("%s: nothing is frozen: %+v %v", name, p, err)
			}
		}
	}
}

// cells compares cells of a sheet: what they hold, and how that is shown.
func TestReportXLSXCells(t *testing.T) {
	h := newHall(t, withNovember)
	a := h.do(h.manager, "GET", "/api/reports.xlsx?from=2026-11-01&to=2026-11-30", "", "Accept-Language", "vi")
	f, err := excelize.OpenReader(bytes.NewReader(a.body))
	h.must(err)
	defer f.Close()
	for _, c := range []struct{ sheet, cell, raw, shown string }{
		{"Tổng hợp", "A1", "Bộ phận Một cửa", "Bộ phận Một cửa"}, {"Tổng hợp", "A2", "Hôm nay chưa kết thúc: số liệu còn thay đổi", "Hôm nay chưa kết thúc: số liệu còn thay đổi"},
		{"Tổng hợp", "B4", "46327", "01/11/2026"}, {"Tổng hợp", "C4", "46296", "01/10/2026"}, {"Tổng hợp", "B6", "21", "21"},
		{"Tổng hợp", "B7", "1234", "1,234"}, {"Tổng hợp", "C7", "1000", "1,000"}, {"Tổng hợp", "C14", "", ""},
		{"Lĩnh vực", "A2", "Đất đai", "Đất đai"}, {"Lĩnh vực", "B2", "1234", "1,234"}, {"Lĩnh vực", "I2", "0.00872685185185185", "0:12:34"}, {"Lĩnh vực", "L2", "1.04237268518518", "25:01:01"},
		{"Lĩnh vực", "M2", "0.8525", "85.3%"}, {"Lĩnh vực", "I3", "", ""}, {"Lĩnh vực", "A3", `=HYPERLINK("http://x","Hộ tịch")`, `=HYPERLINK("http://x","Hộ tịch")`},
		{"Theo ngày", "A2", "46350", "24/11/2026"}, {"Theo tuần", "C2", "46355", "29/11/2026"},
		{"Giờ cao điểm", "A2", "08:00–09:00", "08:00–09:00"}, {"Giờ cao điểm", "B2", "300", "300"}, {"Giờ cao điểm", "H4", "3", "3"}, {"Giờ cao điểm", "B7", "0.0138888888888888", "0:20:00"},
		{"Đánh giá", "D2", "0.25", "25.0%"}, {"Đánh giá", "E2", "4.25", "4.25"}, {"Đánh giá", "E3", "", ""}, {"Đánh giá", "A4", "Cả cơ quan", "Cả cơ quan"}, {"Lý do đánh giá", "A2", "Chờ lâu", "Chờ lâu"},
	} {
		raw, err := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true})
		shown, err2 := f.GetCellValue(c.sheet, c.cell)
		if err != nil || err2 != nil || raw != c.raw || shown != c.shown {
			t.Errorf("%s %s holds %q and shows %q, want %q and %q (%v %v)", c.sheet, c.cell, raw, shown, c.raw, c.shown, err, err2)
		}
		if formula, _ := f.GetCellFormula(c.sheet, c.cell); formula != "" {
			t.Errorf("%s %s is the formula %s", c.sheet, c.cell, formula)
		}
		if kind, _ := f.GetCellType(c.sheet, c.cell); strings.Trim(c.raw, "0123456789.") == "" && c.raw != "" && kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s %s is no number but of type %d", c.sheet, c.cell, kind)
		}
	}
	if width, err := f.GetColWidth("Lĩnh vực", "A"); err != nil || width < 30 {
		t.Errorf("the names have a width of %g: %v", width, err)
	}
}
