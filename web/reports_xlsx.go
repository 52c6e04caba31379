package web

import (
	"bytes"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"layso/kiosk"
)

// book is a workbook on its way. The first fault stays.
type book struct {
	*excelize.File
	lang   kiosk.Lang
	styles map[quantity]int
	head   int
	title  int
	err    error
}

// workbook gives all tables of a report as an XLSX file, a sheet each: the summary with the office's name and
// the span first, and the peaks as a table of hours by weekdays.
func workbook(r *kiosk.Report, office kiosk.Text, lang kiosk.Lang, made time.Time) ([]byte, error) {
	b := &book{File: excelize.NewFile(), lang: lang, styles: map[quantity]int{}}
	defer b.Close()
	b.makeStyles()
	for i, s := range reportSheets(r, lang) {
		name := sheetNames[s.by].title.In(lang)
		if i == 0 {
			b.check(b.SetSheetName("Sheet1", name))
		} else if _, err := b.NewSheet(name); err != nil {
			b.check(err)
		}
		switch s.by {
		case "total":
			b.summary(name, &s, r, office)
		case "heat":
			b.peaks(name, r)
		default:
			b.table(name, &s, 1)
		}
		b.forPaper(name)
	}
	b.check(b.SetDocProps(&excelize.DocProperties{Title: office.In(lang), Created: made.UTC().Format(time.RFC3339), Creator: "layso", Language: string(lang)}))
	var out bytes.Buffer
	b.check(b.Write(&out))
	return out.Bytes(), b.err
}

func (b *book) check(err error) { b.err = errors.Join(b.err, err) }

// formats are how numbers of a kind are shown.
var formats = map[quantity]string{count: "#,##0", duration: "[h]:mm:ss", share: "0.0%", mean: "0.00"}

func (b *book) makeStyles() {
	style := func(s excelize.Style) int {
		id, err := b.NewStyle(&s)
		b.check(err)
		return id
	}
	for kind, format := range formats {
		b.styles[kind] = style(excelize.Style{CustomNumFmt: &format})
	}
	dates := kiosk.Text{VI: "dd/mm/yyyy", EN: "yyyy-mm-dd"}.In(b.lang)
	b.styles[date] = style(excelize.Style{CustomNumFmt: &dates, Alignment: &excelize.Alignment{Horizontal: "left"}})
	b.styles[words] = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}})
	b.head = style(excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E6EEF7"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}, Border: []excelize.Border{{Type: "bottom", Color: "4A6785", Style: 1}},
	})
	b.title = style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
}

// put writes a value of its kind into a cell: a real number where it is one.
func (b *book) put(sheet string, col, row int, kind quantity, v any) {
	cell, err := excelize.CoordinatesToCellName(col, row)
	b.check(err)
	switch x := v.(type) {
	case nil:
		return
	case valued:
		b.put(sheet, col, row, x.kind, x.value)
		return
	case kiosk.Text:
		v = x.In(b.lang)
	case int:
		if kind == duration {
			v = float64(x) / (24 * 60 * 60) // of a day, as spreadsheets count
		}
	}
	if text, ok := v.(string); ok {
		b.check(b.SetCellStr(sheet, cell, text)) // never a formula
	} else {
		b.check(b.SetCellValue(sheet, cell, v))
	}
	b.check(b.SetCellStyle(sheet, cell, cell, b.styles[kind]))
}

// table writes a table from this row on, its heading frozen with what is above it and with its first column.
func (b *book) table(name string, s *sheet, top int) {
	for i, c := range s.columns {
		cell, err := excelize.CoordinatesToCellName(i+1, top)
		b.check(err)
		b.check(b.SetCellStr(name, cell, c.title.In(b.lang)))
		b.check(b.SetCellStyle(name, cell, cell, b.head))
	}
	for k, row := range s.rows {
		for i, v := range row {
			b.put(name, i+1, top+1+k, s.columns[i].kind, v)
		}
	}
	b.widths(name, s)
	b.check(b.SetRowHeight(name, top, 48))
	corner, err := excelize.CoordinatesToCellName(2, top+1)
	b.check(err)
	b.check(b.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: top, TopLeftCell: corner, ActivePane: "bottomRight"}))
}

// The widths of columns in characters: of numbers, and of texts at least and at most.
const (
	numberWidth = 13
	leastWidth  = 11
	mostWidth   = 60
)

func (b *book) widths(name string, s *sheet) {
	for i, c := range s.columns {
		width := numberWidth
		if c.kind == words {
			width = leastWidth
			for _, row := range s.rows {
				width = max(width, utf8.RuneCountInString(b.text(row[i]))+2)
			}
		}
		col, err := excelize.ColumnNumberToName(i + 1)
		b.check(err)
		b.check(b.SetColWidth(name, col, col, float64(min(width, mostWidth))))
	}
}

// text gives a value that is a text, or nothing.
func (b *book) text(v any) string {
	switch x := v.(type) {
	case kiosk.Text:
		return x.In(b.lang)
	case string:
		return x
	}
	return ""
}

// summary is the first sheet: whose report it is, of what span, and the figures of all.
func (b *book) summary(name string, s *sheet, r *kiosk.Report, office kiosk.Text) {
	b.put(name, 1, 1, words, office)
	b.check(b.SetCellStyle(name, "A1", "A1", b.title))
	rows := [][]any{
		{wordFrom, valued{date, midnight(r.From)}, nil},
		{wordTo, valued{date, midnight(r.To)}, nil},
		{wordBusinessDays, valued{count, r.BusinessDays}, nil},
	}
	if r.Before != nil {
		rows[0][2], rows[1][2] = valued{date, midnight(r.Before.From)}, valued{date, midnight(r.Before.To)}
	}
	if r.Provisional {
		b.put(name, 1, 2, words, wordProvisional)
	}
	b.table(name, &sheet{columns: s.columns, rows: append(rows, s.rows...)}, 3)
}

// peaks is the sheet of the weekdays' hours: how many took a number in each, and how long they waited.
func (b *book) peaks(name string, r *kiosk.Report) {
	first, last := 24, -1
	for _, c := range r.Heat {
		first, last = min(first, c.Hour), max(last, c.Hour)
	}
	block := func(top int, what kiosk.Text, kind quantity, of func(kiosk.HeatCell) any) {
		s := &sheet{columns: []column{{what, words}}}
		for _, day := range weekdays {
			s.columns = append(s.columns, column{day, kind})
		}
		for hour := first; hour <= last; hour++ {
			s.rows = append(s.rows, append([]any{hourName(hour)}, make([]any, 7)...))
		}
		for _, c := range r.Heat {
			s.rows[c.Hour-first][c.Weekday] = of(c)
		}
		b.table(name, s, top)
		b.shade(name, top+1, top+len(s.rows))
	}
	below := max(0, last-first+1) + 3
	block(below, wordMeanWait, duration, func(c kiosk.HeatCell) any { return c.MeanWaitS })
	block(1, wordTaken, count, func(c kiosk.HeatCell) any { return c.Taken }) // the heading of this one is frozen
}

// shade colours the cells of the seven weekdays by their values.
func (b *book) shade(name string, from, to int) {
	if to < from {
		return
	}
	first, err := excelize.CoordinatesToCellName(2, from)
	b.check(err)
	last, err := excelize.CoordinatesToCellName(8, to)
	b.check(err)
	b.check(b.SetConditionalFormat(name, first+":"+last, []excelize.ConditionalFormatOptions{
		{Type: "2_color_scale", Criteria: "=", MinType: "min", MaxType: "max", MinColor: "#FFFFFF", MaxColor: "#F0A35E"},
	}))
}

// forPaper makes the sheet come out of a printer on pages of its width.
func (b *book) forPaper(name string) {
	landscape, a4, one, free, fit := "landscape", 9, 1, 0, true
	b.check(b.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &free}))
	b.check(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}
