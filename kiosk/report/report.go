package report

import (
	"context"
	"fmt"

	"layso/kiosk"
)

// Report makes the report of the business days from one date to another (YYYY-MM-DD), both included. It
// fails where the log can't be read.
func (r *Reader) Report(ctx context.Context, from, to string) (kiosk.Report, error) {
	r.making.Lock()
	defer r.making.Unlock()
	r.follow()
	var t table // of the span before, and then of the span: in the same memory
	earlier, err := r.before(ctx, &t, from, to)
	if err != nil {
		return kiosk.Report{}, err
	}
	provisional, err := r.load(ctx, &t, from, to)
	if err != nil {
		return kiosk.Report{}, err
	}
	out := t.report(from, to)
	out.Provisional, out.Before = provisional, earlier
	return out, nil
}

// before gives what the span before came to; nil where the log has no business day there.
func (r *Reader) before(ctx context.Context, t *table, from, to string) (*kiosk.SpanFigures, error) {
	first, last := before(from, to)
	_, err := r.load(ctx, t, first, last)
	if err != nil || len(t.tickets) == 0 {
		return nil, err
	}
	return &kiosk.SpanFigures{From: first, To: last, Total: t.total()}, nil
}

// load reads the days of a span into the table, and says whether one of them is open. A roll-up that turns
// out to be damaged is made anew.
func (r *Reader) load(ctx context.Context, t *table, from, to string) (open bool, err error) {
	days, err := r.journal.Days(from, to)
	if err != nil {
		return false, err
	}
	rollups, size := make([][]byte, len(days)), 0
	for i, d := range days {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		if rollups[i], err = r.rollup(d); err != nil {
			return false, fmt.Errorf("report: %s: %w", d.Day, err)
		}
		size += len(rollups[i])
	}
	for anew := -1; ; {
		i, err := t.fill(days, rollups, size)
		if err == nil {
			return len(days) > 0 && days[len(days)-1].Last == 0, nil
		}
		if i == anew {
			return false, fmt.Errorf("report: %s: %w", days[i].Day, err)
		}
		r.log.Warn("the roll-up of a day is damaged and is made anew", "day", days[i].Day)
		if rollups[i], err = r.remake(days[i]); err != nil {
			return false, fmt.Errorf("report: %s: %w", days[i].Day, err)
		}
		anew = i
	}
}
