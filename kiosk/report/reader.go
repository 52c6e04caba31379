package report

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"layso/kiosk"
)

// Hall is what the reader needs of the hall's owner.
type Hall interface {
	View() *kiosk.View
	Changed() <-chan struct{}
	Since(since uint64, limit int) ([]kiosk.Event, bool) // the newest ones, from memory
}

// Journal is where the reader finds the days and keeps their roll-ups.
type Journal interface {
	Days(from, to string) ([]kiosk.LoggedDay, error)
	DayEvents(day string) ([]kiosk.Event, error)
	Since(since uint64, limit int) ([]kiosk.Event, error)
	State(reader string) (seq uint64, state []byte, err error)
	SaveState(reader string, seq uint64, state []byte) error
}

// batch is how many events are read at once.
const batch = 500

// Reader follows the hall, keeps a roll-up of every business day that has ended, and makes reports.
type Reader struct {
	hall    Hall
	journal Journal
	log     *slog.Logger

	making sync.Mutex // of a report: one at a time, for each takes the memory of all of its tickets

	mu     sync.Mutex   // of all that follows
	cursor uint64       // of the newest event that was read
	open   *kiosk.Trips // of the open day; nil before it is known
}

// New gives a reader that has read nothing yet. log nil: slog.Default().
func New(hall Hall, journal Journal, log *slog.Logger) *Reader {
	if log == nil {
		log = slog.Default()
	}
	return &Reader{hall: hall, journal: journal, log: log, cursor: max(hall.View().DayFirst(), 1) - 1}
}

// Run makes the roll-ups that are missing, and follows the hall until the context ends.
func (r *Reader) Run(ctx context.Context) {
	r.follow()
	r.fill(ctx)
	for {
		changed := r.hall.Changed()
		r.follow()
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// follow takes the events after the cursor in.
func (r *Reader) follow() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		events, err := r.since()
		if err != nil {
			r.log.Warn("the reports can't read the log", "after", r.cursor, "err", err)
			return
		}
		for i := range events {
			r.take(&events[i])
		}
		if len(events) == 0 {
			return
		}
	}
}

func (r *Reader) since() ([]kiosk.Event, error) {
	if events, ok := r.hall.Since(r.cursor, batch); ok {
		return events, nil
	}
	return r.journal.Since(r.cursor, batch)
}

func (r *Reader) take(e *kiosk.Event) {
	r.cursor = e.Seq
	if e.Type == kiosk.DayOpened {
		r.open = kiosk.NewTrips()
	}
	if r.open == nil {
		return
	}
	r.open.Add(e)
	if e.Type == kiosk.DayClosed {
		if seq, _, err := r.journal.State(stateName(e.Day)); err != nil || seq != e.Seq {
			r.keep(e.Day, e.Seq, encode(r.open))
		}
		r.open = nil
	}
}

// fill makes the roll-ups of the days that have none, from the newest to the oldest, and leaves most of the
// processor to the hall.
func (r *Reader) fill(ctx context.Context) {
	days, err := r.journal.Days("", "9999")
	if err != nil {
		r.log.Warn("the reports can't read the days of the log", "err", err)
		return
	}
	for i := len(days) - 1; i >= 0 && ctx.Err() == nil; i-- {
		if days[i].Last == 0 || r.kept(days[i]) != nil {
			continue
		}
		begun := time.Now()
		if _, err := r.remake(days[i]); err != nil {
			r.log.Warn("the roll-up of a day can't be made", "day", days[i].Day, "err", err)
		}
		select {
		case <-time.After(rest * time.Since(begun)):
		case <-ctx.Done():
		}
	}
}

// rest is how many times as long as the making of a roll-up the reader waits before the next.
const rest = 4
