package printer

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"layso/kiosk"
)

const (
	// tendEvery is how often jobs are looked through when nothing happens.
	tendEvery = 5 * time.Second
	// calledAfter is how old the paper of a ticket may be that was called meanwhile.
	calledAfter = 30 * time.Second
	// mostPapers is how many papers one ticket gets without anybody asking for them.
	mostPapers = 3
)

// system is who asks for what nobody asked for.
const system = "system"

// tend looks after what no worker does, until ctx ends: jobs that have become too old, tickets that
// were being sent when layso ended, and papers that were lost. All it decides by is in the log, so that
// a restart changes nothing.
func (s *Spooler) tend(ctx context.Context) {
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		hall, printers := s.hall.Changed(), s.Changed()
		view := s.hall.View()
		for _, w := range s.workers {
			w.measure(view)
		}
		if err := errors.Join(s.sweep(ctx, view), s.repay(ctx)); err != nil && ctx.Err() == nil {
			s.opts.Log.Warn("the hall took no report of a printer", "err", err)
			pause(ctx, retryAfter)
			continue
		}
		select {
		case <-hall:
		case <-printers:
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// resume notes what the log says of the time before layso started: which papers were lost, and which
// printers may still hold a part of a ticket: one that was being sent, or that was lost. No worker runs yet.
func (s *Spooler) resume() {
	for t := range s.hall.View().Tickets() {
		s.owe(t.Token, t.Print, t.PrintFault)
		switch {
		case t.Prints > 1: // the hall no longer knows where the papers before were lost
			for _, w := range s.workers {
				w.torn.Store(true)
			}
		case t.Print == kiosk.Sending, s.owed[t.Token]:
			s.taker(t).torn.Store(true)
		}
	}
}

// named gives the printer that the hall hears of: the one that took the ticket last, or, where the hall has
// none any more, one that it had.
func (s *Spooler) named(t *kiosk.Ticket) string {
	if w := s.taker(t); w != nil {
		return w.Name
	}
	return cmp.Or(t.PrintedOn, t.Printer, "none")
}

// taker gives the printer that took a ticket last, or nil where the hall has none.
func (s *Spooler) taker(t *kiosk.Ticket) *worker {
	if w := s.find(t.PrintedOn); w != nil && t.PrintedOn != "" {
		return w
	}
	return s.owner(t)
}

// sweep takes out the jobs that nobody needs any more, and those that were being sent when layso ended.
func (s *Spooler) sweep(ctx context.Context, view *kiosk.View) (err error) {
	for _, t := range view.PrintJobs() {
		if t.Print == kiosk.Queued && s.stale(t) == "" {
			continue
		}
		if t = s.grab(t.Token); t == nil {
			continue
		}
		switch reason := s.stale(t); {
		case t.Print == kiosk.Sending:
			err = errors.Join(err, s.interrupted(ctx, t))
		case t.Print == kiosk.Queued && reason != "":
			err = errors.Join(err, s.report(ctx, t, s.named(t), result{kiosk.Expired, reason, 0}))
		}
		s.release(t.Token)
	}
	return err
}

// stale gives the reason why a job is not to be printed any more, or nothing.
func (s *Spooler) stale(t *kiosk.Ticket) string {
	age := s.opts.Now().Sub(t.PrintAsked)
	switch {
	case age > s.opts.Expire:
		return ReasonOld
	case t.State != kiosk.Waiting && age > calledAfter && !byStaff(t):
		return ReasonCalled
	}
	return ""
}

func byStaff(t *kiosk.Ticket) bool { return strings.HasPrefix(t.PrintBy, "user:") }

// interrupted deals with a ticket that is in sending although nobody is sending it: layso ended in the
// middle, or the commit before the first byte had no known outcome. Nobody knows whether there is
// paper, and its printer may still wait for the rest.
func (s *Spooler) interrupted(ctx context.Context, t *kiosk.Ticket) error {
	r := result{kiosk.PrintUncertain, ReasonInterrupted, 0}
	if w := s.taker(t); w != nil {
		w.torn.Store(true)
		if w.Name == t.PrintedOn { // else the paper came off a roll that is gone
			r.mm = int(w.ticketMM.Load())
		}
	}
	if err := s.report(ctx, t, s.named(t), r); err != nil {
		return err
	}
	s.owe(t.Token, r.outcome, r.reason)
	return nil
}

// owe notes that a ticket's paper was lost. A printer that is well and just never says what it has done
// (no reason) has cost nobody his paper.
func (s *Spooler) owe(token string, outcome kiosk.PrintState, reason string) {
	if (outcome == kiosk.Failed || outcome == kiosk.PrintUncertain) && reason != "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.owed[token] = true
	}
}

// repay asks for the lost papers again, each as soon as it could be printed: the same number with a
// mark. A second paper does no harm, since the hall knows one token.
func (s *Spooler) repay(ctx context.Context) (err error) {
	for _, t := range s.debts() {
		if w := s.owner(t); w != nil && s.Ready(w.Name) {
			_, e := s.hall.Do(ctx, kiosk.Reprint{Token: t.Token, By: system})
			err = errors.Join(err, e)
		}
	}
	return err
}

// debts gives the tickets whose paper is lost and still of use. The view is taken after the list: what
// is on that has been published.
func (s *Spooler) debts() (tickets []*kiosk.Ticket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	view := s.hall.View()
	for token := range s.owed {
		if t := view.Ticket(token); t != nil && s.due(t) {
			tickets = append(tickets, t)
		} else {
			delete(s.owed, token)
		}
	}
	slices.SortFunc(tickets, func(a, b *kiosk.Ticket) int { return a.Ord - b.Ord })
	return tickets
}

// due reports whether a lost paper is to be printed again.
func (s *Spooler) due(t *kiosk.Ticket) bool {
	return (t.Print == kiosk.Failed || t.Print == kiosk.PrintUncertain) && t.Prints < mostPapers &&
		s.opts.Now().Sub(t.PrintAsked) <= s.opts.Expire && (t.State == kiosk.Waiting || byStaff(t))
}
