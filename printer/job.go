package printer

import (
	"context"
	"errors"

	"layso/kiosk"
	"layso/printer/paper"
)

// result is what became of a paper: its outcome, the fault code or reason where it did not come out, and
// what it took of the roll in millimetres.
type result struct {
	outcome kiosk.PrintState
	reason  string
	mm      int
}

// ticket brings one claimed ticket to an outcome, or leaves it queued where the printer does not print
// after all.
func (w *worker) ticket(ctx context.Context, t *kiosk.Ticket) {
	if !w.look(ctx) || !w.mend(ctx) {
		return
	}
	data := w.encode(w.spooler.hall.View(), t)
	// From here on a power cut leaves the ticket in sending: before the first byte goes out.
	if !w.insist(ctx, t, result{kiosk.Sending, "", 0}) {
		return
	}
	r := w.print(ctx, data)
	if r.outcome == kiosk.Failed || r.outcome == kiosk.PrintUncertain {
		w.log.Warn("a ticket is not known to be printed", "number", t.Number, "outcome", r.outcome, "fault", r.reason)
	}
	w.figures.count(t, r.outcome)
	if r.mm > 0 {
		w.ticketMM.Store(int32(r.mm))
	}
	switch {
	case w.insist(ctx, t, r):
		w.spooler.owe(t.Token, r.outcome, r.reason)
	case r.mm > 0 && w.spooler.hall.View().Ticket(t.Token) == nil: // its day is over, but its paper counts
		w.reportPage(ctx, Page{Kind: kiosk.LatePage, By: t.PrintBy}, r)
	}
}

// report tells the hall once, unless the spooler has to end: what was found out then is the end's own
// doing, and the next start knows better.
func (s *Spooler) report(ctx context.Context, t *kiosk.Ticket, printer string, r result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := s.hall.Do(ctx, kiosk.ReportPrint{Token: t.Token, Printer: printer, Outcome: r.outcome, Reason: r.reason, MM: r.mm})
	return err
}

// insist reports for as long as it takes to know that the hall has it: what happened to the paper is
// known here alone. It gives false where the hall wants to hear of that paper no more.
func (w *worker) insist(ctx context.Context, t *kiosk.Ticket, r result) bool {
	for {
		err := w.spooler.report(ctx, t, w.Name, r)
		if err == nil {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		w.log.Warn("the hall took no report", "number", t.Number, "outcome", r.outcome, "err", err)
		unknown := errors.Is(err, kiosk.ErrStorage)
		if unknown {
			pause(ctx, retryAfter)
		}
		now := w.spooler.hall.View().Ticket(t.Token)
		if now != nil && now.Print == r.outcome && now.PrintedOn == w.Name {
			return true // a report whose outcome was unknown had got through
		}
		if now == nil || !unknown {
			return false
		}
	}
}

// sheet is a paper in the printer's bytes.
type sheet struct {
	data      []byte
	rows      int // of its picture
	questions int // that stand in the data and will be answered
}

// encode gives the ticket's bytes.
func (w *worker) encode(view *kiosk.View, t *kiosk.Ticket) sheet {
	dots, err := w.renderer.Render(Slip(view.Setup(), view.Location(), t, w.spooler.opts.BaseURL()))
	if err != nil {
		w.log.Warn("a ticket goes out incomplete", "number", t.Number, "err", err)
	}
	return w.sheet(dots)
}

func (w *worker) sheet(dots *paper.Bitmap) sheet {
	data := make([]byte, 0, len(dots.Pix)+1024)
	data, questions := w.Profile.picture(w.Profile.begin(data), dots.Stride, dots.Pix)
	return sheet{w.Profile.finish(data), dots.Height, questions}
}
