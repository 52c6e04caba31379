package simulate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Log is what a queue has recorded of its calls, in the format of the bank's log in facts/waiting.md.
type Log struct {
	Types []string // of calls, in alphabetical order
	Days  []LogDay // in the order of their dates
}

// LogDay is one day of a log, calls in the order in which they came.
type LogDay struct {
	Date  string
	Calls []LogCall
}

// LogCall is somebody who wanted to be served. Times are seconds after the day's midnight.
type LogCall struct {
	Type   string
	Class  int    // Regular or Priority
	At     int    // came into the queue
	Called int    // was called, or left
	Ended  int    // of the service
	Served bool   // otherwise left
	Queued bool   // had to wait
	Server string // NO_SERVER where the log does not know
}

// LineError is a line of a log that cannot be read.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives what is wrong with the line.
func (e *LineError) Unwrap() error { return e.Err }

// ReadLog reads a log: tab-separated, the names of the columns in the first line, times as hh:mm:ss,
// priority 0-2 with 2 for the higher class, q_time 0 for who did not have to wait, outcome AGENT for
// who was served and HANG for who left. Calls with another outcome (the bank's PHANTOM) and those that
// hung up before they queued are left out, and so are the services without any time. The error is a [*LineError].
func ReadLog(r io.Reader) (*Log, error) {
	lines := bufio.NewScanner(r)
	lines.Scan()
	columns, err := columnsOf(lines.Text())
	if err != nil {
		return nil, &LineError{1, errors.Join(lines.Err(), err)}
	}
	days := map[string][]LogCall{}
	n := 1
	for lines.Scan() {
		if n++; strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		row := row{columns: columns, cells: strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")}
		call, date, wanted := row.call()
		if row.err != nil {
			return nil, &LineError{n, row.err}
		}
		if wanted {
			days[date] = append(days[date], call)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, &LineError{n + 1, err}
	}
	return newLog(days), nil
}

func newLog(days map[string][]LogCall) *Log {
	l, types := &Log{}, map[string]bool{}
	for _, date := range slices.Sorted(maps.Keys(days)) {
		calls := days[date]
		slices.SortStableFunc(calls, func(a, b LogCall) int { return a.At - b.At })
		for _, c := range calls {
			types[c.Type] = true
		}
		l.Days = append(l.Days, LogDay{date, calls})
	}
	l.Types = slices.Sorted(maps.Keys(types))
	return l
}

// columnsOf gives the places of the columns by their names, all of which must be there.
func columnsOf(header string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range strings.Split(strings.TrimSuffix(header, "\r"), "\t") {
		at[name] = i
	}
	for _, name := range []string{"priority", "type", "date", "q_start", "q_exit", "q_time", "outcome", "ser_start", "ser_exit", "server"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("no column %q; want the names of the columns, with tabs between them", name)
		}
	}
	return at, nil
}

// row is one line. The first cell that cannot be read is its error.
type row struct {
	columns map[string]int
	cells   []string
	err     error
}

func (r *row) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *row) text(column string) string {
	i := r.columns[column]
	if i >= len(r.cells) {
		r.fail("%d cells, too few for %s", len(r.cells), column)
		return ""
	}
	return r.cells[i]
}

// number reads a whole number from 0 to a day's seconds.
func (r *row) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil || n < 0 || n > 86400 {
		r.fail("%s %q: want a whole number from 0 to 86400", column, r.text(column))
	}
	return n
}

// time reads hh:mm:ss as seconds.
func (r *row) time(column string) int {
	parts := strings.Split(r.text(column), ":")
	sum := 0
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > []int{23, 59, 59}[min(i, 2)] || len(p) > 2 {
			parts = nil
			break
		}
		sum = sum*60 + n
	}
	if len(parts) != 3 {
		r.fail("%s %q: want hh:mm:ss", column, r.text(column))
		return 0
	}
	return sum
}

// call gives the call of the row, its date, and whether it wanted to be served.
func (r *row) call() (c LogCall, date string, wanted bool) {
	c.Type, c.Server = r.text("type"), r.text("server")
	priority, queued, start, end := r.number("priority"), r.number("q_time"), r.time("q_start"), r.time("q_exit")
	served, ended := r.time("ser_start"), r.time("ser_exit")
	if priority > 2 {
		r.fail("priority %d: want 0, 1 or 2", priority)
	}
	if priority == 2 {
		c.Class = Priority
	}
	outcome := r.text("outcome")
	c.Queued, c.Served = queued > 0, outcome == "AGENT"
	c.At, c.Called = served, served
	if c.Queued {
		c.At, c.Called = start, after(start, end)
	}
	if c.Served {
		c.Ended = after(c.Called, ended)
	}
	known := c.Queued || served > 0 || ended > 0
	return c, r.text("date"), known && c.Served || c.Queued && outcome == "HANG"
}

// after gives t on the next day where that day has begun since from; a t that is a little earlier than
// from, because two clocks have written the log, is from.
func after(from, t int) int {
	const day = 86400
	if t += from / day * day; t < from-day/2 {
		t += day
	}
	return max(from, t)
}
