package printer

import (
	"context"
	"errors"
	"time"

	"layso/kiosk"
	"layso/printer/escpos"
)

const (
	// fenceWithin is how long after the last byte the printer has to say that it is done, and
	// fenceShort how long once it was found that it never does.
	fenceWithin = 10 * time.Second
	fenceShort  = 3 * time.Second
	// fenceRound is how often it is asked meanwhile whether something is wrong.
	fenceRound = 2 * time.Second
	// coolWithin is how long a print head gets to cool down in the middle of a ticket.
	coolWithin = time.Minute
	// quietFor is how long nothing must come from a printer for its old answers to be over.
	quietFor = 500 * time.Millisecond
)

// print sends a paper's bytes and finds out what became of it. Only a printer that says that the paper
// is printed makes it confirmed.
func (w *worker) print(ctx context.Context, s sheet) result {
	data, id := s.data, w.identify()
	if w.unfenced || w.fresh && !w.Profile.Status { // it may have lost the end of the last one, and wait for dots
		data = append(escpos.AppendBlank(nil, len(w.Profile.blank(nil))), data...)
	}
	if w.Profile.Status {
		data = escpos.AppendAskPaper(data)
	}
	if w.Profile.counts() {
		data = escpos.AppendProcessID(data, id)
	}
	mm := w.Profile.millimetres(s.rows)
	n, err := w.send(ctx, data, s.questions+1)
	if err != nil {
		w.log.Warn("sending broke off", "bytes", n, "of", len(data), "err", err)
		outcome, reason := w.brokeOff(n, err)
		return result{outcome, reason, mm * n / len(data)}
	}
	if w.fresh = false; !w.Profile.Status {
		return result{kiosk.Sent, "", mm}
	}
	outcome, reason := w.confirm(ctx, id)
	return result{outcome, reason, mm}
}

// identify gives the number of the next paper in the characters that a process ID takes.
func (w *worker) identify() (id [4]byte) {
	w.serial++
	n := w.serial
	for i := range id {
		id[i] = byte(' ' + n%95)
		n /= 95
	}
	return id
}

// send writes the bytes and gives how many left. Where nothing did, the wire was dead already, and one
// that is opened anew gets them.
func (w *worker) send(ctx context.Context, data []byte, questions int) (int, error) {
	for again := false; ; again = true {
		w.wire.expect(questions)
		hangUp := context.AfterFunc(ctx, w.cutOff())
		n, err := w.wire.offer(data)
		hangUp()
		if err == nil || n > 0 || again || ctx.Err() != nil {
			return n, err
		}
		if w.hangUp(); !w.look(ctx) {
			return 0, err
		}
	}
}

// cutOff gives what closes today's wire, from any goroutine: that ends what waits on it.
func (w *worker) cutOff() func() {
	l := w.wire.link
	return func() { l.Close() }
}

// brokeOff: the printer took n bytes and no more. If it says why, the paper has failed.
func (w *worker) brokeOff(n int, err error) (kiosk.PrintState, string) {
	if w.wire == nil {
		return kiosk.Failed, FaultUnreachable
	}
	if n > 0 {
		w.torn.Store(true)
	}
	if s, ok := w.wire.told(); ok && halts(faultOf(s)) {
		return w.stopped(s)
	}
	if w.Profile.Status {
		if s, err := w.wire.status(w.news); err == nil && faultOf(s) != "" {
			return w.stopped(s)
		}
	}
	w.hangUp()
	w.unreached(err)
	if n == 0 {
		return kiosk.Failed, FaultUnreachable
	}
	return kiosk.PrintUncertain, FaultUnreachable
}

// confirm waits until the printer says that it has dealt with all that was sent. It looks at the status
// now and then: a printer that has stopped never gets there.
func (w *worker) confirm(ctx context.Context, id [4]byte) (kiosk.PrintState, string) {
	defer context.AfterFunc(ctx, w.cutOff())()
	begun := time.Now()
	end := begun.Add(w.patience())
	for {
		printed, passed, err := w.fence(id, end)
		switch {
		case printed || passed && !w.Profile.counts():
			return w.passed(ctx, printed)
		case err != nil:
			return w.gone(err)
		}
		s, err := w.wire.status(w.news)
		if err != nil {
			return w.gone(err)
		}
		switch fault := faultOf(s); {
		case fault == FaultHot && time.Since(begun) < coolWithin:
			end = time.Now().Add(w.patience()) // it goes on by itself
		case stops(fault) && (fault != FaultOffline || !time.Now().Before(end)):
			return w.stopped(s)
		case !time.Now().Before(end):
			return w.unanswered(passed)
		}
	}
}

func (w *worker) patience() time.Duration {
	if w.unfenced {
		return fenceShort
	}
	return fenceWithin
}

// fence waits a round for the printer to get to the end of the paper. Without an error it gives what is
// known so far.
func (w *worker) fence(id [4]byte, end time.Time) (printed, passed bool, err error) {
	wire := w.wire
	if round := time.Now().Add(fenceRound); round.Before(end) {
		end = round
	}
	err = wire.await(w.news, end, func() bool {
		printed, passed = wire.id == id, wire.passed
		fault := wire.fault()
		return printed || passed && !w.Profile.counts() || halts(fault)
	})
	if errors.Is(err, errSilent) {
		err = nil
	}
	return printed, passed, err
}

// passed: the printer got to the end. Unless it said that the paper is printed, it must still be well:
// what left its buffer is not on the paper yet.
func (w *worker) passed(ctx context.Context, printed bool) (kiosk.PrintState, string) {
	w.unfenced, w.answers = false, true
	w.wire.mu.Lock()
	missing, empty := w.wire.fences, w.wire.empty
	w.wire.mu.Unlock()
	if missing == 0 {
		w.fenced = true
	}
	switch {
	case printed && missing > 0 && w.fenced:
		w.torn.Store(true)
		return kiosk.PrintUncertain, ReasonLost
	case printed:
		return kiosk.Confirmed, ""
	case empty:
		w.torn.Store(true)
		w.note(func(h *health) { h.status.PaperOut = true })
		return kiosk.PrintUncertain, FaultPaperOut
	case !w.look(ctx):
		w.torn.Store(true)
		return kiosk.PrintUncertain, orElse(w.fault(), FaultOffline)
	}
	return kiosk.Processed, ""
}

// unanswered: the time is up and the printer is well. One that does say when it is done has lost bytes, and
// may still wait for the rest of the picture.
func (w *worker) unanswered(passed bool) (kiosk.PrintState, string) {
	if passed {
		w.unfenced = true
		return kiosk.Processed, ""
	}
	w.answers = w.answers || !w.unfenced && w.answersNow()
	w.unfenced = true
	w.hangUp()
	if w.answers {
		w.torn.Store(true)
		return kiosk.PrintUncertain, ReasonLost
	}
	return kiosk.PrintUncertain, ""
}

// answersNow finds out whether a printer that did not say that it was done ever does: what it may still wait
// for goes before the question.
func (w *worker) answersNow() bool {
	w.wire.expect(1)
	_, err := w.wire.write(escpos.AppendAskPaper(w.Profile.blank(nil)))
	return err == nil && w.wire.await(w.news, time.Now().Add(fenceShort), func() bool { return w.wire.passed }) == nil
}

// stopped: the printer says why it does not go on. What it still holds is thrown away, else it would
// come out as a second paper when the fault is gone.
func (w *worker) stopped(s escpos.Status) (kiosk.PrintState, string) {
	w.torn.Store(true)
	if !w.clear() {
		w.hangUp() // and what was sent and not taken goes with it
	}
	w.note(func(h *health) { h.sees(s) })
	return kiosk.Failed, faultOf(s)
}

// gone: the wire broke off, or the printer fell silent.
func (w *worker) gone(err error) (kiosk.PrintState, string) {
	w.torn.Store(true)
	w.hangUp()
	w.unreached(err)
	return kiosk.PrintUncertain, wireFault(err)
}

// clear throws away what the printer holds and reports whether it did.
func (w *worker) clear() bool {
	if !w.Profile.Clear {
		return false
	}
	if _, err := w.wire.write(escpos.AppendClear(nil)); err != nil {
		return false
	}
	return w.wire.await(w.news, time.Now().Add(answerWithin), func() bool { return w.wire.cleared }) == nil
}

// mend gets rid of what is left in the printer of a paper that broke off, and of late answers to it. It
// reports whether the printer would print then.
func (w *worker) mend(ctx context.Context) bool {
	if !w.torn.Load() {
		return true
	}
	defer context.AfterFunc(ctx, w.cutOff())()
	w.wire.expect(1)
	w.clear()
	data := w.Profile.blank(nil)
	if w.Profile.Status {
		data = escpos.AppendAskPaper(data)
	}
	_, err := w.wire.write(data)
	if err == nil && w.Profile.Status {
		err = w.drain()
	}
	if err != nil {
		w.hangUp()
		w.unreached(err)
		return false
	}
	w.torn.Store(false)
	w.delay = 0
	return w.look(ctx)
}

// drain waits for the answer to GS r and then until no other comes.
func (w *worker) drain() error {
	for within := fenceWithin; ; within = quietFor {
		err := w.wire.await(w.news, time.Now().Add(within), func() bool { return w.wire.passed })
		if errors.Is(err, errSilent) {
			return nil // a fault in the middle, or a printer that never answers: look will tell
		}
		if err != nil {
			return err
		}
		w.wire.expect(1)
	}
}
