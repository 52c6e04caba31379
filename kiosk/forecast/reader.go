package forecast

import (
	"context"
	"time"

	"layso/kiosk"
)

// Hall is what the reader needs of the hall's owner.
type Hall interface {
	View() *kiosk.View
	Changed() <-chan struct{}
	SetForecast(*kiosk.Forecast)
}

// Options are the settings of a [Reader]; the zero value is ready for use.
type Options struct {
	Now    func() time.Time // the wall clock; nil: time.Now
	Least  time.Duration    // at least this long between two forecasts; 0: 100 ms
	AtMost time.Duration    // a new one after this long without a commit, because time passes; 0: 30 s
}

// Reader keeps the hall's forecast up to date.
type Reader struct {
	hall       Hall
	opts       Options
	model      *Model
	simulation Simulation
	seq        uint64        // of the view that the last forecast was made from
	took       time.Duration // to make it
}

// New makes the first forecast before it returns, so that the first ticket carries one already.
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
	r := &Reader{hall: hall, opts: opts, model: NewModel()}
	r.compute()
	return r
}

func (r *Reader) compute() {
	v, start := r.hall.View(), time.Now()
	r.seq = v.Seq()
	f := r.simulation.Run(MomentOf(v, r.opts.Now()), r.model, Rollouts{})
	r.took = time.Since(start)
	r.hall.SetForecast(f)
}

// share is the least ratio of the time between two forecasts to the time that one takes: with more
// people waiting than any hall can hold, the forecast still leaves the processor to the tickets.
const share = 10

// Run makes a new forecast after commits and as time passes, until the context ends.
func (r *Reader) Run(ctx context.Context) {
	for {
		least := max(r.opts.Least, share*r.took)
		if !r.pause(ctx, least) {
			return
		}
		if !r.news(ctx, max(0, r.opts.AtMost-least)) {
			return
		}
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
// forecasts wake it too: they have no new Seq.
func (r *Reader) news(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		changed := r.hall.Changed()
		if r.hall.View().Seq() != r.seq {
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
