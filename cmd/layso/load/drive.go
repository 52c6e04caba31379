package load

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// work is one request of a caller, who is numbered from 0.
type work func(ctx context.Context, caller int) error

// outcome is what a load came to.
type outcome struct {
	Histogram
	took  time.Duration
	asked float64 // requests a second of an open loop; 0: closed
}

// rate gives the requests a second that were answered.
func (o *outcome) rate() float64 { return float64(o.n) / o.took.Seconds() }

// closed has so many callers ask one thing after another for the span, or until there were limit requests, 0 for no limit.
func closed(ctx context.Context, callers int, span time.Duration, limit int64, do work) (*outcome, error) {
	var asked atomic.Int64
	begun := time.Now()
	return crowd(ctx, callers, func(ctx context.Context, caller int, h *Histogram) error {
		for time.Since(begun) < span && (limit == 0 || asked.Add(1) <= limit) {
			sent := time.Now()
			if err := do(ctx, caller); err != nil {
				return err
			}
			h.Record(time.Since(sent))
		}
		return nil
	})
}

// open has requests come at a fixed rate for the span. While all callers are busy a request is sent late, and its latency
// counts from when it was due all the same.
func open(ctx context.Context, callers int, rate float64, span time.Duration, do work) (*outcome, error) {
	var next atomic.Int64
	begun, all := time.Now(), int64(max(rate*span.Seconds(), 1))
	o, err := crowd(ctx, callers, func(ctx context.Context, caller int, h *Histogram) error {
		for i := next.Add(1) - 1; i < all; i = next.Add(1) - 1 {
			due := begun.Add(time.Duration(float64(i) / rate * 1e9))
			if !waitUntil(ctx, due) {
				return ctx.Err()
			}
			if err := do(ctx, caller); err != nil {
				return err
			}
			h.Record(time.Since(due))
		}
		return nil
	})
	if o != nil {
		o.asked = rate
	}
	return o, err
}

// waitUntil reports false when ctx ended first.
func waitUntil(ctx context.Context, due time.Time) bool {
	wait := time.Until(due)
	if wait <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// crowd runs the callers side by side, each with a histogram of his own. The first error ends all.
func crowd(ctx context.Context, callers int, run func(context.Context, int, *Histogram) error) (*outcome, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	each := make([]Histogram, callers)
	var all sync.WaitGroup
	begun := time.Now()
	for i := range callers {
		all.Go(func() {
			if err := run(ctx, i, &each[i]); err != nil {
				stop(err)
			}
		})
	}
	all.Wait()
	o := &outcome{took: time.Since(begun)}
	for i := range each {
		o.Add(&each[i])
	}
	return o, context.Cause(ctx)
}
