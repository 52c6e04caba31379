package printer

import (
	"context"
	"errors"
	"time"

	"layso/kiosk"
	"layso/printer/escpos"
)

// job brings one ticket from queued to an outcome. An error means that the hall did not take a
// report; the job is then still in the hall's list.
func (s *Spooler) job(ctx context.Context, view *kiosk.View, t *kiosk.Ticket) error {
	if t.Print == kiosk.Sending {
		return s.leftover(ctx, t)
	}
	if fault := s.ready(ctx, false); stops(fault) {
		return s.report(ctx, t, kiosk.Failed, fault)
	}
	data := s.encode(view, t)
	// From here on a power cut leaves the ticket in sending: before the first byte goes out.
	if err := s.report(ctx, t, kiosk.Sending, ""); err != nil {
		return err
	}
	outcome, fault := s.print(ctx, data)
	if fault != "" {
		s.opts.Log.Warn("a ticket is not known to be printed", "number", t.Number, "outcome", outcome, "fault", fault)
	}
	return s.settle(ctx, t, outcome, fault)
}

// leftover deals with a ticket that is in sending although nobody is sending it: the program ended
// in the middle, or the commit before the first byte had no known outcome. Nobody knows whether
// there is paper, so the same number is printed again with a mark, if it is still of use: a second
// paper does no harm, since the server knows one token.
func (s *Spooler) leftover(ctx context.Context, t *kiosk.Ticket) error {
	s.torn = true
	if err := s.report(ctx, t, kiosk.PrintUncertain, ""); err != nil {
		return err
	}
	if t.State != kiosk.Waiting {
		return nil
	}
	_, err := s.hall.Do(ctx, kiosk.Reprint{Token: t.Token, By: "system"})
	return err
}

// report tells the hall, unless the spooler has to end: what was found out then is the end's own
// doing, and the next start knows better.
func (s *Spooler) report(ctx context.Context, t *kiosk.Ticket, outcome kiosk.PrintState, fault string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := s.hall.Do(ctx, kiosk.ReportPrint{Token: t.Token, Printer: s.opts.Name, Outcome: outcome, Reason: fault})
	return err
}

// settle reports an outcome for as long as the hall needs it: what happened to the paper is known
// here alone.
func (s *Spooler) settle(ctx context.Context, t *kiosk.Ticket, outcome kiosk.PrintState, fault string) error {
	for {
		err := s.report(ctx, t, outcome, fault)
		if !errors.Is(err, kiosk.ErrStorage) {
			return err
		}
		pause(ctx, retryAfter)
		if now := s.hall.View().Ticket(t.Token); now == nil || now.Print != kiosk.Sending {
			return nil // the report whose outcome was unknown had got through
		}
	}
}

// encode gives the ticket's bytes.
func (s *Spooler) encode(view *kiosk.View, t *kiosk.Ticket) []byte {
	dots, err := s.renderer.Render(Slip(view.Setup(), view.Location(), t, s.opts.BaseURL()))
	if err != nil {
		s.opts.Log.Warn("a ticket goes out incomplete", "number", t.Number, "err", err)
	}
	var data []byte
	if s.torn {
		// White dots for the rest of a band, and the torn ticket off.
		data = s.finish(escpos.AppendBlank(nil, (escpos.Band+16)*dots.Stride))
	}
	data = escpos.AppendInit(data)
	return s.finish(escpos.AppendRaster(data, dots.Stride, dots.Pix, escpos.Band))
}

func (s *Spooler) finish(data []byte) []byte {
	if s.opts.Profile.Cut {
		return escpos.AppendCut(data)
	}
	return escpos.AppendFeed(data, tearOff)
}

// print sends the bytes and finds out what became of them. Only a printer that says after the cut
// that it is done and has paper makes a ticket confirmed.
func (s *Spooler) print(ctx context.Context, data []byte) (kiosk.PrintState, string) {
	defer context.AfterFunc(ctx, s.hangUpNow())()
	s.talk.printed = false
	if s.opts.Profile.Status {
		data = escpos.AppendAskPaper(data)
	}
	if n, err := s.talk.write(data, takeWithin); err != nil {
		s.opts.Log.Warn("sending broke off", "bytes", n, "of", len(data), "err", err)
		s.torn = s.torn || n > 0
		return s.brokeOff(n)
	}
	s.torn = false
	if !s.opts.Profile.Status {
		return kiosk.Sent, ""
	}
	fault, err := s.talk.fence()
	switch {
	case err != nil:
		s.opts.Log.Warn("no answer after a ticket", "err", err)
		return s.lost(kiosk.PrintUncertain, FaultUnreachable)
	case fault != "":
		return s.lost(kiosk.Failed, fault)
	case !s.talk.printed:
		return s.lost(kiosk.PrintUncertain, "")
	case s.talk.empty:
		s.set(FaultPaperOut)
		return kiosk.PrintUncertain, FaultPaperOut
	}
	if fault := s.ready(ctx, false); stops(fault) {
		return kiosk.PrintUncertain, fault
	}
	return kiosk.Confirmed, ""
}

// brokeOff: the printer took n bytes and no more. If it says why, the ticket has failed.
func (s *Spooler) brokeOff(n int) (kiosk.PrintState, string) {
	if s.opts.Profile.Status {
		if status, err := s.talk.status(); err == nil && stops(faultOf(status)) {
			return s.lost(kiosk.Failed, faultOf(status))
		}
	}
	if n == 0 {
		return s.lost(kiosk.Failed, FaultUnreachable)
	}
	return s.lost(kiosk.PrintUncertain, FaultUnreachable)
}

// lost closes the wire: what was sent and not taken goes with it, and no late answer can be
// mistaken for the next ticket's.
func (s *Spooler) lost(outcome kiosk.PrintState, fault string) (kiosk.PrintState, string) {
	s.hangUp()
	if fault != "" {
		s.set(fault)
	}
	return outcome, fault
}

// ready finds out whether the printer would print, and gives its fault. A wire that could not be
// opened is left alone for a while unless force is set: the tickets of a rush must not each wait for
// a time-out.
func (s *Spooler) ready(ctx context.Context, force bool) string {
	for {
		fresh := s.talk == nil
		if fresh && !force && time.Since(s.tried) < probeEvery && stops(s.Status().Fault) {
			return s.Status().Fault
		}
		fault, err := s.look(ctx)
		if err == nil {
			s.set(fault)
			return fault
		}
		s.hangUp()
		if fresh || errors.Is(err, errSilent) || ctx.Err() != nil {
			s.opts.Log.Debug("the printer can't be reached", "err", err)
			s.tried = time.Now()
			s.set(FaultUnreachable)
			return FaultUnreachable
		}
		force = true // the printer had closed an idle wire, as network printers do: open it anew
	}
}

// look opens the wire where there is none and asks for the status where the printer answers.
func (s *Spooler) look(ctx context.Context) (fault string, err error) {
	if s.talk == nil {
		l, err := s.opts.Open(ctx)
		if err != nil {
			return "", err
		}
		s.talk = &dialog{link: l}
	}
	if !s.opts.Profile.Status {
		return "", nil
	}
	status, err := s.talk.status()
	return faultOf(status), err
}

func (s *Spooler) hangUp() {
	if s.talk != nil {
		s.hangUpNow()()
		s.talk = nil
	}
}

// hangUpNow gives what closes today's wire, from any goroutine: that ends a read or a write that
// waits on it.
func (s *Spooler) hangUpNow() func() {
	l := s.talk.link
	return func() { l.Close() }
}
