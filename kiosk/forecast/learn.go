package forecast

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"layso/kiosk"
)

const (
	readerName  = "forecast"      // under which the journal keeps the book; the days stand beside it by month
	mostLearned = 20_000          // events: what is older is not read
	batch       = 500             // events that are read at once
	saveEvery   = 5 * time.Minute // while the hall works
	daysKept    = 400             // of scores
	monthsKept  = daysKept/28 + 1 // that may hold these days
)

// keeping is when the book has been saved.
type keeping struct {
	at     time.Time
	cursor uint64
	months map[string]bool // in which a day has ended since
}

// load takes up what was kept. What can't be used is dropped with a warning: the log is the truth, and
// what it holds of the last days is learned anew.
func (r *Reader) load() {
	v := r.hall.View()
	r.book = newLedger()
	if r.opts.Journal != nil {
		book, cursor, err := r.loadBook(v.Seq())
		if err != nil {
			r.opts.Log.Warn("what the forecast had learned can't be used; it learns anew", "err", err)
		} else if book != nil {
			r.book, r.cursor = book, cursor
		}
		r.loadDays(v.Day())
	}
	if v.Seq()-r.cursor > mostLearned {
		r.book.forgetNow()
		r.cursor = v.Seq() - mostLearned
		if r.cursor >= v.DayFirst() {
			r.book.Today.Day = v.Day()
		}
	}
	r.book.count()
	r.book.know(v.Setup())
	r.book.closed = r.dayEnded
	r.keep = keeping{at: r.opts.Now(), cursor: r.cursor}
}

// loadBook gives the kept book and its cursor, or nil when none is kept.
func (r *Reader) loadBook(last uint64) (*ledger, uint64, error) {
	cursor, state, err := r.opts.Journal.State(readerName)
	if err != nil || state == nil {
		return nil, 0, err
	}
	if cursor > last {
		return nil, 0, fmt.Errorf("it was made of %d events, the log has %d", cursor, last)
	}
	book := newLedger()
	if err := json.Unmarshal(state, book); err != nil {
		return nil, 0, err
	}
	if book.Version != ledgerVersion {
		return nil, 0, fmt.Errorf("it has version %d, this layso knows %d", book.Version, ledgerVersion)
	}
	return book, cursor, book.check()
}

// errHollow means that a part of the book is missing, which a book written by layso never is.
var errHollow = errors.New("a part of it is missing")

// check reports what would break those who use the book.
func (l *ledger) check() error {
	hollow := l.Model == nil || l.Model.Services == nil || l.Lines == nil || l.Tickets == nil || l.Counters == nil ||
		!(l.Model.Factor >= leastFactor && l.Model.Factor <= mostFactor && l.Model.MissMS >= 0)
	if hollow {
		return errHollow
	}
	for _, s := range l.Model.Services {
		if s == nil || s.Next < 0 || len(s.Times) > remembered {
			return errHollow
		}
		for _, p := range s.Priority {
			hollow = hollow || p == nil
		}
		for _, ms := range s.Times {
			hollow = hollow || ms < 1
		}
	}
	for _, e := range l.Lines {
		hollow = hollow || e == nil || e.N < 0
	}
	for _, t := range l.Tickets {
		hollow = hollow || t == nil
	}
	for _, p := range l.Counters {
		hollow = hollow || p == nil
	}
	if hollow {
		return errHollow
	}
	return l.Today.check()
}

// check reports what would break those who use the scores.
func (s *Scores) check() error {
	if _, err := time.Parse(time.DateOnly, s.Day); s.Day != "" && err != nil {
		return err
	}
	for _, cards := range []map[string]*Scorecard{s.Services, s.Classes, s.Hours} {
		for _, c := range cards {
			if c == nil {
				return errHollow
			}
		}
	}
	return nil
}

// forgetNow forgets what is under way, for the events that follow are not those that come next.
func (l *ledger) forgetNow() {
	clear(l.Tickets)
	clear(l.Counters)
	l.Today = Scores{}
}

// follow learns from the events after the cursor.
func (r *Reader) follow() {
	for {
		events, err := r.since()
		if err != nil {
			r.opts.Log.Warn("the forecast can't read the log", "after", r.cursor, "err", err)
			return
		}
		if len(events) == 0 {
			break
		}
		r.mu.Lock()
		for _, e := range events {
			r.book.learn(e)
			r.cursor = e.Seq
		}
		r.mu.Unlock()
	}
	if len(r.keep.months) > 0 || r.opts.Now().Sub(r.keep.at).Abs() >= saveEvery {
		r.save()
	}
}

// since gives the next events, none at the end of the log.
func (r *Reader) since() ([]kiosk.Event, error) {
	if events, ok := r.hall.Since(r.cursor, batch); ok {
		return events, nil
	}
	if r.opts.Journal != nil {
		return r.opts.Journal.Since(r.cursor, batch)
	}
	r.cursor = r.hall.View().Seq()
	return nil, nil
}
