package printer

import (
	"context"

	"layso/kiosk"
	"layso/printer/paper"
)

// page is a paper that is no ticket, on its way to a worker.
type page struct {
	kind, by string
	draw     func(*paper.Renderer) *paper.Bitmap
	done     chan kiosk.PrintState // takes one
}

// Page prints a paper that is no ticket ([kiosk.TestPage], [kiosk.ClosingPage]) between two tickets, on
// the printer of that name ("": the first) and on no stand-in. It waits for the outcome, which the hall
// is told in the name of by: Failed where the printer does not print now; its state says why. The error
// is [ErrUnknownPrinter], or the context's: then the paper may still come out.
func (s *Spooler) Page(ctx context.Context, printer, kind, by string, draw func(*paper.Renderer) *paper.Bitmap) (kiosk.PrintState, error) {
	w := s.find(printer)
	if w == nil {
		return "", ErrUnknownPrinter
	}
	p := &page{kind, by, draw, make(chan kiosk.PrintState, 1)}
	select {
	case w.pages <- p:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	select {
	case outcome := <-p.done:
		return outcome, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// page prints one.
func (w *worker) page(ctx context.Context, p *page) {
	r := result{kiosk.Failed, "", 0}
	if w.look(ctx) && w.mend(ctx) {
		r = w.print(ctx, w.sheet(p.draw(w.renderer)))
	} else {
		r.reason = w.fault()
	}
	if ctx.Err() == nil {
		_, err := w.spooler.hall.Do(ctx, kiosk.ReportPage{Printer: w.Name, Page: p.kind, Outcome: r.outcome, Reason: r.reason, MM: r.mm, By: p.by})
		if err != nil {
			w.log.Warn("the hall took no report", "page", p.kind, "outcome", r.outcome, "err", err)
		}
	}
	p.done <- r.outcome
}

// fault gives what stops the printer, or nothing.
func (w *worker) fault() string {
	w.spooler.mu.Lock()
	defer w.spooler.mu.Unlock()
	if w.health.ready() {
		return ""
	}
	return w.health.first()
}
