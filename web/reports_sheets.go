package web

import (
	"fmt"
	"time"

	"layso/kiosk"
)

// quantity is what kind of value a column of a table has.
type quantity int

const (
	words    quantity = iota // string
	count                    // int
	duration                 // int, seconds
	share                    // float64, 0-1
	mean                     // float64
	date                     // time.Time, at midnight UTC
)

// column is a column of a table.
type column struct {
	title kiosk.Text
	kind  quantity
}

// sheet is a table of a report, for a file.
type sheet struct {
	by      string // its key in sheetNames
	columns []column
	rows    [][]any // a value of its column's kind in each; nil: nothing to say
}

// figureColumns are the columns of all figures, in the order of figureValues.
var figureColumns = []column{
	{wordTaken, count}, {wordServed, count}, {wordNoShows, count}, {wordCancelled, count}, {wordSentHome, count}, {wordDossiers, count},
	{wordCalled, count}, {wordMeanWait, duration}, {wordMedianWait, duration}, {wordP90Wait, duration}, {wordLongest, duration}, {wordWithin15, share},
	{wordTimed, count}, {wordMeanService, duration}, {wordMedianService, duration}, {wordP90Service, duration},
	{wordForetold, count}, {wordOff, duration}, {wordForecast, share},
}

// figureValues gives the figures; nothing where nothing was measured, for a 0 would be a figure.
func figureValues(f kiosk.Figures) []any {
	out := []any{f.Taken, f.Served, f.NoShows, f.Cancelled, f.SentHome, f.Dossiers}
	out = append(out, measured(f.Called, f.MeanWaitS, f.MedianWaitS, f.P90WaitS, f.LongestS, f.Within15)...)
	out = append(out, measured(f.Timed, f.MeanServiceS, f.MedianServiceS, f.P90ServiceS)...)
	return append(out, measured(f.Foretold, f.ForecastOffS, f.ForecastWithin)...)
}

// measured gives how often it was measured and the values, or no values where it never was.
func measured(n int, values ...any) []any {
	if n == 0 {
		clear(values)
	}
	return append([]any{n}, values...)
}

// reportSheets gives all tables of a report, in the order of their sheets.
func reportSheets(r *kiosk.Report, lang kiosk.Lang) []sheet {
	out := []sheet{totalSheet(r)}
	for _, by := range []string{"services", "counters", "clerks", "hours", "days", "weeks", "months"} {
		out = append(out, rowSheet(by, r, lang))
	}
	return append(out, heatSheet(r, lang), ratingSheet(r, lang), reasonSheet(r, lang))
}

// sheetOf gives one table; nil where there is none of this name.
func sheetOf(by string, r *kiosk.Report, lang kiosk.Lang) *sheet {
	for _, s := range reportSheets(r, lang) {
		if s.by == by {
			return &s
		}
	}
	return nil
}

// totalSheet is a figure a row, beside that of the span before.
func totalSheet(r *kiosk.Report) sheet {
	s := sheet{by: "total", columns: []column{{wordFigure, words}, {wordThis, count}, {wordBefore, count}}}
	now, then := figureValues(r.Total), make([]any, len(figureColumns))
	if r.Before != nil {
		then = figureValues(r.Before.Total)
	}
	for i, c := range figureColumns {
		s.rows = append(s.rows, []any{c.title, valued{c.kind, now[i]}, valued{c.kind, then[i]}})
	}
	return s
}

// valued is a value in a column of another kind.
type valued struct {
	kind  quantity
	value any
}

// rowSheet is a table of figures by something.
func rowSheet(by string, r *kiosk.Report, lang kiosk.Lang) sheet {
	kind := words
	if by == "days" {
		kind = date
	}
	s := sheet{by: by, columns: append([]column{{sheetNames[by].head, kind}}, figureColumns...)}
	if by == "weeks" {
		s.columns = append([]column{s.columns[0], {wordFrom, date}, {wordTo, date}}, figureColumns...)
	}
	add := func(f kiosk.Figures, head ...any) { s.rows = append(s.rows, append(head, figureValues(f)...)) }
	switch by {
	case "services":
		for _, x := range r.Services {
			add(x.Figures, kiosk.Text{VI: x.Name, EN: x.NameEN}.In(lang))
		}
	case "counters":
		for _, x := range r.Counters {
			add(x.Figures, kiosk.Text{VI: x.Name, EN: x.NameEN}.In(lang))
		}
	case "clerks":
		for _, x := range r.Clerks {
			add(x.Figures, x.Name)
		}
	case "hours":
		for _, x := range r.Hours {
			add(x.Figures, hourName(x.Hour))
		}
	case "days":
		for _, x := range r.Days {
			add(x.Figures, midnight(x.Day))
		}
	case "weeks":
		for _, x := range r.Weeks {
			add(x.Figures, x.Week, midnight(x.From), midnight(x.To))
		}
	case "months":
		for _, x := range r.Months {
			add(x.Figures, x.Month)
		}
	}
	return s
}

func hourName(hour int) string { return fmt.Sprintf("%02d:00–%02d:00", hour, hour+1) }

// midnight gives a date of a report as a time.
func midnight(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}

func heatSheet(r *kiosk.Report, lang kiosk.Lang) sheet {
	s := sheet{by: "heat", columns: []column{{wordWeekday, words}, {sheetNames["hours"].head, words}, {wordTaken, count}, {wordDays, count}, {wordMeanWait, duration}}}
	for _, c := range r.Heat {
		s.rows = append(s.rows, []any{weekdays[c.Weekday-1].In(lang), hourName(c.Hour), c.Taken, c.Days, c.MeanWaitS})
	}
	return s
}

func ratingSheet(r *kiosk.Report, lang kiosk.Lang) sheet {
	s := sheet{by: "ratings", columns: []column{{sheetNames["ratings"].head, words}, {wordFinished, count}, {wordRated, count}, {wordRate, share}, {wordMeanStars, mean}}}
	for _, w := range wordStars {
		s.columns = append(s.columns, column{w, count})
	}
	add := func(name string, x kiosk.Rated) {
		row := []any{name, x.Finished, x.Rated, x.Rate, x.Mean}
		if x.Rated == 0 {
			row[4] = nil
		}
		for _, n := range x.Stars {
			row = append(row, n)
		}
		s.rows = append(s.rows, row)
	}
	for _, x := range r.Ratings.Counters {
		add(kiosk.Text{VI: x.Name, EN: x.NameEN}.In(lang), x.Rated)
	}
	add(wordAll.In(lang), r.Ratings.Rated)
	return s
}

func reasonSheet(r *kiosk.Report, lang kiosk.Lang) sheet {
	s := sheet{by: "reasons", columns: []column{{wordReason, words}, {wordRated, count}}}
	for _, x := range r.Ratings.Reasons {
		s.rows = append(s.rows, []any{kiosk.ReasonText(x.Reason).In(lang), x.N})
	}
	return s
}
