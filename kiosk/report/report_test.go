package report_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// played is a stage after some random days.
func played(r *rapid.T) *stage {
	zone := rapid.SampledFrom([]string{"Asia/Ho_Chi_Minh", "America/New_York"}).Draw(r, "zone")
	s := newStage(r, setup(zone), time.Date(2026, 11, rapid.IntRange(20, 30).Draw(r, "day"), 1, 0, 0, 0, time.UTC))
	s.do(kiosk.Probe{})
	s.play(rapid.IntRange(1, 300).Draw(r, "steps"))
	return s
}

// span is a random span around the days of the log, often one of them or a whole month.
func (s *stage) span() (from, to string) {
	first, last := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), s.now
	days := max(1, int(last.Sub(first)/(24*time.Hour)))
	switch rapid.IntRange(0, 3).Draw(s.T, "span") {
	case 0:
		return "2026-11-01", "2026-11-30"
	case 1:
		return "2026-12-01", "2026-12-31"
	case 2:
		i := rapid.IntRange(0, days+3).Draw(s.T, "day")
		return first.AddDate(0, 0, i).Format(time.DateOnly), first.AddDate(0, 0, i).Format(time.DateOnly)
	}
	i := rapid.IntRange(0, days+3).Draw(s.T, "from")
	n := rapid.IntRange(0, 60).Draw(s.T, "days")
	return first.AddDate(0, 0, i).Format(time.DateOnly), first.AddDate(0, 0, i+n).Format(time.DateOnly)
}

// within gives the days of the log in a span.
func (s *stage) within(from, to string) (out [][]kiosk.Event) {
	for _, d := range daysOf(s.log) {
		if d[0].Day >= from && d[0].Day <= to {
			out = append(out, d)
		}
	}
	return out
}

// Every figure of a report is what the slow function makes of the raw log, to the ticket, over random days,
// whenever the reader was started or ended on the way.
func TestReportsAreExact(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := played(r)
		reader := s.reader()
		for range rapid.IntRange(0, 3).Draw(r, "later") {
			reader.Report(r.Context(), "2026-11-24", "2026-11-24")
			if rapid.Bool().Draw(r, "again") {
				reader = s.read()
			}
			s.play(rapid.IntRange(0, 60).Draw(r, "more"))
		}
		for range 3 {
			s.compare(reader)
		}
		if s.warned.Len() > 0 {
			r.Fatal(s.warned.String())
		}
	})
}

type maker interface {
	Report(ctx ctx, from, to string) (kiosk.Report, error)
}

// compare makes a report both ways.
func (s *stage) compare(reader maker) {
	from, to := s.span()
	got, err := reader.Report(s.Context(), from, to)
	if err != nil {
		s.Fatal(err)
	}
	days := s.within(from, to)
	all := facts(days)
	s.same("total", got.Total, slowRow(all, same(func(fact) string { return "" }), ""))
	s.rows("services", len(got.Services), func(i int) (string, kiosk.Figures) { return got.Services[i].ID, got.Services[i].Figures },
		slowFigures(all, keys{service, service, func(_ fact, p part) string { return p.service }}))
	s.rows("counters", len(got.Counters), func(i int) (string, kiosk.Figures) { return got.Counters[i].ID, got.Counters[i].Figures }, slowFigures(all, desks(0)))
	s.rows("clerks", len(got.Clerks), func(i int) (string, kiosk.Figures) { return got.Clerks[i].ID, got.Clerks[i].Figures }, slowFigures(all, desks(1)))
	s.rows("hours", len(got.Hours), func(i int) (string, kiosk.Figures) { return fmt.Sprint(got.Hours[i].Hour), got.Hours[i].Figures }, slowFigures(all, same(hourName)))
	s.rows("days", len(got.Days), func(i int) (string, kiosk.Figures) { return got.Days[i].Day, got.Days[i].Figures }, slowFigures(all, same(func(f fact) string { return f.day })))
	s.rows("months", len(got.Months), func(i int) (string, kiosk.Figures) { return got.Months[i].Month, got.Months[i].Figures }, slowFigures(all, same(func(f fact) string { return f.day[:7] })))
	s.rows("weeks", len(got.Weeks), func(i int) (string, kiosk.Figures) { return got.Weeks[i].Week, got.Weeks[i].Figures }, slowFigures(all, same(weekName)))
	s.order(got)
	s.names(got, days)
	s.heat(got, all)
	s.ratings(got, all)
	s.frame(got, from, to, days)
	s.totals(got, days)
}

func service(f fact) string { return f.service }

// desks are the keys of the counters (0) or of the clerks (1).
func desks(i int) keys {
	return keys{func(f fact) string { return f.first[i] }, func(f fact) string { return f.last[i] }, func(_ fact, p part) string { return p.desk[i] }}
}

func weekName(f fact) string {
	day, _ := time.Parse(time.DateOnly, f.day)
	year, week := day.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

func (s *stage) same(what string, got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("%s\ngot  %+v\nwant %+v", what, got, want)
	}
}

// rows compares rows with those that were wanted; rows of zeros may be there or not.
func (s *stage) rows(what string, n int, at func(int) (string, kiosk.Figures), want map[string]kiosk.Figures) {
	got := map[string]kiosk.Figures{}
	for i := range n {
		name, f := at(i)
		if _, twice := got[name]; twice {
			s.Fatalf("%s: %s is there twice", what, name)
		}
		if got[name] = f; f == (kiosk.Figures{}) {
			want[name] = f
		}
	}
	s.same(what, got, want)
}

// order looks at the order of the rows.
func (s *stage) order(got kiosk.Report) {
	days := slices.IsSortedFunc(got.Days, func(a, b kiosk.DayFigures) int { return cmp.Compare(a.Day, b.Day) })
	weeks := slices.IsSortedFunc(got.Weeks, func(a, b kiosk.WeekFigures) int { return cmp.Compare(a.Week, b.Week) })
	months := slices.IsSortedFunc(got.Months, func(a, b kiosk.MonthFigures) int { return cmp.Compare(a.Month, b.Month) })
	hours := slices.IsSortedFunc(got.Hours, func(a, b kiosk.HourFigures) int { return cmp.Compare(a.Hour, b.Hour) })
	heat := slices.IsSortedFunc(got.Heat, func(a, b kiosk.HeatCell) int {
		return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Hour, b.Hour))
	})
	if !days || !weeks || !months || !hours || !heat {
		s.Fatalf("rows are out of order: %+v", got)
	}
	for _, w := range got.Weeks {
		for _, day := range []string{w.From, w.To} {
			if day < got.From || day > got.To || weekName(fact{day: day}) != w.Week {
				s.Fatalf("the week %+v of %s to %s", w, got.From, got.To)
			}
		}
	}
}

// names compares what services, counters and clerks are called with the newest setup of the span that knows
// them, and their order with the last one's.
func (s *stage) names(got kiosk.Report, days [][]kiosk.Event) {
	services, counters, clerks := map[string]kiosk.Text{}, map[string]kiosk.Text{}, map[string]string{}
	var last *kiosk.Setup
	for _, day := range days {
		for _, e := range day {
			if e.Setup == nil {
				continue
			}
			last = e.Setup
			for _, x := range last.Services {
				services[x.ID] = x.Name
			}
			for _, x := range last.Counters {
				counters[x.ID] = x.Name
			}
			for _, x := range last.Users {
				clerks[x.ID] = x.Name
			}
		}
	}
	for i, x := range got.Services {
		s.same("name of a service", kiosk.Text{VI: x.Name, EN: x.NameEN}, services[x.ID])
		if i < len(last.Services) {
			s.same("order of the services", x.ID, last.Services[i].ID)
		}
	}
	for i, x := range got.Counters {
		s.same("name of a counter", kiosk.Text{VI: x.Name, EN: x.NameEN}, counters[x.ID])
		if i < len(last.Counters) {
			s.same("order of the counters", x.ID, last.Counters[i].ID)
		}
	}
	for _, x := range got.Clerks {
		s.same("name of a clerk", x.Name, clerks[x.ID])
	}
}

// frame compares what stands around the rows.
func (s *stage) frame(got kiosk.Report, from, to string, days [][]kiosk.Event) {
	n, open := 0, false
	for _, day := range days {
		if len(facts([][]kiosk.Event{day})) > 0 {
			n++
		}
		open = open || day[len(day)-1].Type != kiosk.DayClosed
	}
	s.same("span", []any{got.From, got.To, got.BusinessDays, got.Provisional}, []any{from, to, n, open})
	first, last := from, to
	switch {
	case from == "2026-11-01" && to == "2026-11-30":
		first, last = "2026-10-01", "2026-10-31"
	case from == "2026-12-01" && to == "2026-12-31":
		first, last = "2026-11-01", "2026-11-30"
	default:
		f, _ := time.Parse(time.DateOnly, from)
		l, _ := time.Parse(time.DateOnly, to)
		n := l.Sub(f) + 24*time.Hour
		first, last = f.Add(-n).Format(time.DateOnly), l.Add(-n).Format(time.DateOnly)
	}
	all := facts(s.within(first, last))
	if len(all) == 0 {
		s.same("before", got.Before == nil, true)
		return
	}
	s.same("before", *got.Before, kiosk.SpanFigures{From: first, To: last, Total: slowRow(all, same(func(fact) string { return "" }), "")})
}

// totals compares a single day with what its closing slip says.
func (s *stage) totals(got kiosk.Report, days [][]kiosk.Event) {
	if len(days) != 1 {
		return
	}
	slip := kiosk.TotalsOf(days[0])
	s.same("totals", sumsOf(got.Total, slip.Reprints), slip.Sums)
	for i, x := range slip.Services {
		s.same("totals of "+x.Service, sumsOf(got.Services[i].Figures, x.Reprints), x.Sums)
	}
}

func sumsOf(f kiosk.Figures, reprints int) kiosk.Sums {
	return kiosk.Sums{
		Taken: f.Taken, Served: f.Served, NoShows: f.NoShows, Cancelled: f.Cancelled, SentHome: f.SentHome, Reprints: reprints,
		Called: f.Called, MeanWaitS: f.MeanWaitS, MedianWaitS: f.MedianWaitS, P90WaitS: f.P90WaitS, LongestS: f.LongestS, Within15: f.Within15,
	}
}
