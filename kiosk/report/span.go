package report

import (
	"fmt"
	"time"
)

// dateOf reads a date of the log or of a span that was checked.
func dateOf(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}

// weekdayOf gives 0 for Monday to 6 for Sunday.
func weekdayOf(day string) int { return int(dateOf(day).Weekday()+6) % 7 }

// weekOf gives the ISO 8601 week of a date, e.g. 2026-W48.
func weekOf(day string) string {
	year, week := dateOf(day).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// boundsOf gives the Monday and the Sunday of a week that weekOf gave.
func boundsOf(name string) (from, to string) {
	var year, week int
	fmt.Sscanf(name, "%d-W%d", &year, &week)
	first := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // is in week 1
	monday := first.AddDate(0, 0, -(int(first.Weekday()+6)%7)+7*(week-1))
	return monday.Format(time.DateOnly), monday.AddDate(0, 0, 6).Format(time.DateOnly)
}

// monthOf gives the month of a date, YYYY-MM.
func monthOf(day string) string { return day[:len("2026-11")] }

// before gives the span of the same kind just before: as many months where it is whole months, else as many days.
func before(from, to string) (string, string) {
	first, next := dateOf(from), dateOf(to).AddDate(0, 0, 1)
	begin := first.AddDate(0, 0, -int(next.Sub(first)/(24*time.Hour)))
	if first.Day() == 1 && next.Day() == 1 {
		months := 12*(next.Year()-first.Year()) + int(next.Month()-first.Month())
		begin = first.AddDate(0, -months, 0)
	}
	return begin.Format(time.DateOnly), first.AddDate(0, 0, -1).Format(time.DateOnly)
}
