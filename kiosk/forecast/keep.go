package forecast

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// dayEnded puts the scores of a day that has ended among the others; one that is learned anew takes
// the place of what was known of it.
func (r *Reader) dayEnded(d Scores) {
	i, found := slices.BinarySearchFunc(r.days, d.Day, func(x Scores, day string) int { return strings.Compare(x.Day, day) })
	if found {
		r.days[i] = d
	} else {
		r.days = slices.Insert(r.days, i, d)
	}
	if n := len(r.days) - daysKept; n > 0 {
		r.days = slices.Delete(r.days, 0, n)
	}
	if r.keep.months == nil {
		r.keep.months = map[string]bool{}
	}
	r.keep.months[monthName(d.Day)] = true
}

// save keeps the book, and after the end of a day its month too. What fails is tried again at the next
// time: nothing is lost but the work of learning it anew.
func (r *Reader) save() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.opts.Journal == nil || r.cursor == r.keep.cursor {
		r.keep.at = r.opts.Now()
		return
	}
	state, err := json.Marshal(r.book)
	for month := range r.keep.months {
		err = errors.Join(err, r.saveMonth(month))
	}
	if err == nil {
		err = r.opts.Journal.SaveState(readerName, r.cursor, state)
	}
	if err != nil {
		r.opts.Log.Warn("what the forecast has learned can't be kept", "err", err)
		r.keep.at = r.opts.Now()
		return
	}
	r.keep = keeping{at: r.opts.Now(), cursor: r.cursor}
}

// monthName gives the name under which a month's days stand, of a day YYYY-MM-DD.
func monthName(day string) string { return readerName + " " + day[:len("2006-01")] }

// saveMonth keeps the month with this name and forgets the one that is too old by then.
func (r *Reader) saveMonth(name string) error {
	days := slices.DeleteFunc(slices.Clone(r.days), func(d Scores) bool { return monthName(d.Day) != name })
	state, err := json.Marshal(days)
	if err != nil {
		return err
	}
	if err := r.opts.Journal.SaveState(name, r.cursor, state); err != nil {
		return err
	}
	old := monthsBefore(strings.TrimPrefix(name, readerName+" "), monthsKept)
	if _, state, err := r.opts.Journal.State(old); err != nil || state != nil {
		return r.opts.Journal.SaveState(old, 0, nil)
	}
	return nil
}

// monthsBefore gives the name of the month n before that of the day.
func monthsBefore(day string, n int) string {
	t, _ := time.Parse("2006-01", day[:len("2006-01")]) // of an opened day or a month of ours
	return monthName(t.AddDate(0, -n, 0).Format(time.DateOnly))
}

// loadDays takes up the days that are kept, seen from the open one.
func (r *Reader) loadDays(today string) {
	if len(today) < len(time.DateOnly) {
		return
	}
	for n := monthsKept - 1; n >= 0; n-- {
		name := monthsBefore(today, n)
		_, state, err := r.opts.Journal.State(name)
		var days []Scores
		if err == nil && state != nil {
			err = json.Unmarshal(state, &days)
		}
		for _, d := range days {
			if err == nil {
				err = d.check()
			}
			if err == nil && d.Day == "" {
				err = errHollow
			}
		}
		if err != nil {
			r.opts.Log.Warn("the forecast's scores of a month can't be read", "month", name, "err", err)
			continue
		}
		for _, d := range days {
			r.dayEnded(d)
		}
	}
	r.keep.months = nil
}
