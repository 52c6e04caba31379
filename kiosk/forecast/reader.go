package forecast

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"layso/kiosk"
)

// Hall is what the reader needs of the hall's owner.
type Hall interface {
	View() *kiosk.View
	Changed() <-chan struct{}
	SetForecast(*kiosk.Forecast)
	Since(since uint64, limit int) ([]kiosk.Event, bool) // the newest ones, from memory
}

// Journal is where the reader finds older events and keeps what it has learned.
type Journal interface {
	Since(since uint64, limit int) ([]kiosk.Event, error)
	State(reader string) (seq uint64, state []byte, err error)
	SaveState(reader string, seq uint64, state []byte) error
}

// Options are the settings of a [Reader]; the zero value is ready for use.
type Options struct {
	Journal Journal          // nil: it learns from now on only, and forgets at the end
	Now     func() time.Time // the hall's time; nil: time.Now
	Least   time.Duration    // at least this long between two forecasts; 0: 100 ms
	AtMost  time.Duration    // a new one after this long without a commit, because time passes; 0: 30 s
	Log     *slog.Logger     // nil: slog.Default()
}

// Reader keeps the hall's forecast up to date, learns from the log, and scores what it foretold.
type Reader struct {
	hall       Hall
	opts       Options
	simulation Simulation
	seq        uint64 // of the view that the last forecast was made from

	mu     sync.Mutex // of all that follows
	took   time.Duration
	book   *ledger
	cursor uint64   // of the newest event in the book
	days   []Scores // that have ended, in order
	keep   keeping
}

// New learns what it has missed and makes the first forecast before it returns, so that the first
// ticket carries one already.
func New(hall Hall, opts Options) *Reader {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Least <= 0 {
		opts.Least = 100 * time.Millisecond
	}
	if opts.AtMost <= 0 {
		opts.AtMost = 30 * time.Second
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	r := &Reader{hall: hall, opts: opts}
	r.load()
	r.follow()
	r.compute()
	return r
}

// Scores gives how well the forecast came true on the newest days, the open one first; at most 400.
func (r *Reader) Scores(days int) []kiosk.ForecastDay {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []kiosk.ForecastDay{}
	if r.book.Today.Day != "" && days > 0 {
		today := r.book.Today
		today.Factor = r.book.Model.Factor
		out = append(out, today.Figures())
	}
	for _, d := range slices.Backward(r.days) {
		if len(out) >= min(days, daysKept) {
			break
		}
		out = append(out, d.Figures())
	}
	return out
}

// Took gives how long the last forecast took to make.
func (r *Reader) Took() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.took
}

func (r *Reader) compute() {
	v, start := r.hall.View(), time.Now()
	r.seq = v.Seq()
	// One seed for the whole day: what is told changes when the hall does, and not by another chance.
	f := r.simulation.Run(MomentOf(v, r.opts.Now(), r.book.Model), r.book.Model, Rollouts{Seed: v.DayFirst()})
	r.mu.Lock()
	r.took = time.Since(start)
	r.mu.Unlock()
	r.hall.SetForecast(f)
}

// share is the least ratio of the time between two forecasts to the time that one takes: with more
// people waiting than any hall can hold, the forecast still leaves the processor to the tickets.
const share = 10

// Run learns and makes a new forecast after commits and as time passes, until the context ends.
func (r *Reader) Run(ctx context.Context) {
	defer r.save()
	for {
		least := max(r.opts.Least, share*r.Took())
		if !r.pause(ctx, least) {
			return
		}
		if !r.news(ctx, max(0, r.opts.AtMost-least)) {
			return
		}
		r.follow()
		r.compute()
	}
}

// pause waits; false when the context ended.
func (r *Reader) pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// news waits for a commit, but not longer than d; false when the context ended. The reader's own
// forecasts wake it too: they have no new Seq. A view may be published just before its events can be
// read, so that a forecast is newer than what has been learned: then the events are the news.
func (r *Reader) news(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		changed := r.hall.Changed()
		if events, ok := r.hall.Since(r.cursor, 1); r.hall.View().Seq() != r.seq || ok && len(events) > 0 {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return true
		case <-ctx.Done():
			return false
		}
	}
}
