package report

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"layso/kiosk"
)

// Report makes the report of the business days from one date to another (YYYY-MM-DD), both included. It
// fails where the log can't be read.
func (r *Reader) Report(ctx context.Context, from, to string) (kiosk.Report, error) {
	r.making.Lock()
	defer r.making.Unlock()
	r.follow()
	earlier, err := r.before(ctx, from, to)
	if err != nil {
		return kiosk.Report{}, err
	}
	t, provisional, err := r.table(ctx, from, to)
	if err != nil {
		return kiosk.Report{}, err
	}
	out := t.report(from, to)
	out.Provisional, out.Before = provisional, earlier
	return out, nil
}

// before gives what the span before came to; nil where the log has no business day there.
func (r *Reader) before(ctx context.Context, from, to string) (*kiosk.SpanFigures, error) {
	first, last := before(from, to)
	t, _, err := r.table(ctx, first, last)
	if err != nil || len(t.tickets) == 0 {
		return nil, err
	}
	return &kiosk.SpanFigures{From: first, To: last, Total: t.total()}, nil
}

// table reads the days of a span, and says whether one of them is open. A roll-up that turns out to be
// damaged is made anew.
func (r *Reader) table(ctx context.Context, from, to string) (t *table, open bool, err error) {
	days, err := r.journal.Days(from, to)
	if err != nil {
		return nil, false, err
	}
	anew := map[string]bool{}
	for {
		t = &table{}
		day, err := r.read(ctx, t, days, anew)
		if err == nil {
			return t, len(days) > 0 && days[len(days)-1].Last == 0, nil
		}
		if !errors.Is(err, errRollup) || anew[day] {
			return nil, false, fmt.Errorf("report: %s: %w", day, err)
		}
		r.log.Warn("the roll-up of a day is damaged and is made anew", "day", day)
		anew[day] = true
	}
}

// read puts the days into the table, the newest first, and says which could not be read.
func (r *Reader) read(ctx context.Context, t *table, days []kiosk.LoggedDay, anew map[string]bool) (day string, err error) {
	for _, d := range slices.Backward(days) {
		if err := ctx.Err(); err != nil {
			return d.Day, err
		}
		rollup, err := r.rollup(d, anew[d.Day])
		if err == nil {
			err = t.add(d.Day, rollup)
		}
		if err != nil {
			return d.Day, err
		}
	}
	return "", nil
}
