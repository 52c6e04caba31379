package printer

import (
	"context"

	"layso/kiosk"
	"layso/printer/paper"
)

// Page is a paper that is no ticket.
type Page struct {
	Kind string // [kiosk.TestPage] or [kiosk.ClosingPage]
	Day  string // that a closing slip sums up, YYYY-MM-DD
	By   string // who asked for it
	Draw func(*paper.Renderer) *paper.Bitmap
}

// page is one on its way to a worker.
type page struct {
	Page
	done chan kiosk.PrintState // takes one
}

// Page prints a paper that is no ticket between two tickets, on the printer of that name ("": the first)
// and on no stand-in. It waits for the outcome, which the hall is told: Failed where the printer does not
// print now; its state says why. The error is [ErrUnknownPrinter], or the context's: then the paper may
// still come out.
func (s *Spooler) Page(ctx context.Context, printer string, of Page) (kiosk.PrintState, error) {
	w := s.find(printer)
	if w == nil {
		return "", ErrUnknownPrinter
	}
	p := &page{of, make(chan kiosk.PrintState, 1)}
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
		r = w.print(ctx, w.sheet(p.Draw(w.renderer)))
	} else {
		r.reason = w.fault()
	}
	w.reportPage(ctx, p.Page, r)
	p.done <- r.outcome
}

// reportPage tells the hall what became of a paper that is no ticket of the open day.
func (w *worker) reportPage(ctx context.Context, p Page, r result) {
	if ctx.Err() != nil {
		return
	}
	_, err := w.spooler.hall.Do(ctx, kiosk.ReportPage{
		Printer: w.Name, Page: p.Kind, Day: p.Day, Outcome: r.outcome, Reason: r.reason, MM: r.mm, By: p.By,
	})
	if err != nil {
		w.log.Warn("the hall took no report", "page", p.Kind, "outcome", r.outcome, "err", err)
	}
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
