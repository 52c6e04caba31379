package report

import (
	"math"
	"slices"

	"layso/kiosk"
)

// nobody is the number of no counter, clerk or hour.
const nobody = math.MaxUint16

// table holds the tickets of a span, one row each, and the names of what they refer to by number. Days are
// put in from the newest to the oldest, so that a name is the newest and the order that of the hall today.
type table struct {
	services, counters, clerks, reasons dictionary
	servicesNow, countersNow            int // those of the newest day, the first in the dictionaries

	days    []day // newest first
	tickets []ticket
	steps   []step
	given   []uint16 // numbers of the reasons of all ratings
}

// day is a business day of the table.
type day struct {
	date  string // YYYY-MM-DD
	taken int    // tickets
}

// ticket is one row.
type ticket struct {
	wait                int32 // milliseconds until the first call; below 0: not known
	p50, p80            int32 // seconds, as told; p50 below 0: nothing to score
	day, service        uint16
	firstDesk, lastDesk desk // who called it first; who finished it or noted that nobody came
	ratedAt             uint16
	hour                uint8 // 24: not known
	stands              uint8
	stars               uint8
}

// desk is a counter and a clerk, by their numbers.
type desk struct{ counter, clerk uint16 }

// step is a service at a counter.
type step struct {
	ticket   int32
	took     int32 // milliseconds; below 0: not known
	dossiers int32
	service  uint16
	desk
}

// unknownHour is the hour of a ticket that was taken while nobody knew the time.
const unknownHour = 24

// fill makes the table that of the days, whose roll-ups have so many bytes together, in the memory that it
// has. On an error it says in which of them there is a fault, and is of no use.
func (t *table) fill(days []kiosk.LoggedDay, rollups [][]byte, size int) (fault int, err error) {
	*t = table{tickets: t.tickets[:0], steps: t.steps[:0]}
	for i, d := range slices.Backward(days) {
		if err := t.add(d.Day, rollups[i]); err != nil {
			return i, err
		}
		if i == len(days)-1 { // the others are like the newest
			t.tickets = reserved(t.tickets, size, len(rollups[i]))
			t.steps = reserved(t.steps, size, len(rollups[i]))
		}
	}
	return 0, nil
}

// reserved gives the rows, which came from so many bytes, with room for those of size bytes and some more.
func reserved[T any](rows []T, size, bytes int) []T {
	return slices.Grow(rows, len(rows)*(size-bytes)/bytes*9/8)
}

// add puts a day's roll-up into the table, before those that are there. On an error the table is of no use.
func (t *table) add(date string, rollup []byte) error {
	d := &decoder{table: t, in: rollup, day: uint16(len(t.days))}
	before := len(t.tickets)
	if err := d.decode(); err != nil {
		return err
	}
	if len(t.days) == 0 {
		t.servicesNow, t.countersNow = len(d.services), len(d.counters)
	}
	t.days = append(t.days, day{date, len(t.tickets) - before})
	return nil
}
