package printer

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"layso/printer/escpos"
	"layso/printer/paper"
)

const (
	// probeEvery is how often the printer is looked after when there is nothing to print.
	probeEvery = 5 * time.Second
	// healEvery is how often it is while something is wrong with it.
	healEvery = time.Second
	// firstDelay is the pause before a wire that could not be opened is tried again; it doubles up to
	// mostDelay.
	firstDelay = 500 * time.Millisecond
	mostDelay  = 10 * time.Second
	// openWithin is how long the opening of a wire may take.
	openWithin = 5 * time.Second
	// usualMM is the length of a ticket before the first one was measured.
	usualMM = 95
)

// worker drives one printer. What stands below wire is its goroutine's own; the spooler's lock guards
// health.
type worker struct {
	Printer
	spooler  *Spooler
	renderer *paper.Renderer
	log      *slog.Logger
	health   health
	pages    chan *page
	news     chan struct{} // the wire has something new
	torn     atomic.Bool   // the printer may still hold a part of a ticket, or wait for the rest of it
	figures  figures
	ticketMM atomic.Int32 // length of the last ticket

	wire     *wire         // nil: none is open
	opened   time.Time     // when it was
	fresh    bool          // nothing was sent over it yet
	next     time.Time     // when the printer is looked after next
	delay    time.Duration // before the next try to reach it; 0: the last one succeeded
	fenced   bool          // it has answered all GS r of a paper once
	answers  bool          // it has said once that it is done with a paper
	unfenced bool          // it did not answer the last one, although it was well
	serial   uint32        // of the next process ID
}

func newWorker(s *Spooler, p Printer, r *paper.Renderer) *worker {
	var seed [4]byte
	rand.Read(seed[:]) // never fails: crypto/rand ends the program instead
	w := &worker{
		Printer: p, spooler: s, renderer: r, log: s.opts.Log.With("printer", p.Name),
		pages: make(chan *page), news: make(chan struct{}, 1), serial: binary.BigEndian.Uint32(seed[:]),
	}
	w.ticketMM.Store(usualMM)
	w.health.since, w.health.faults = time.Now(), w.health.found()
	return w
}

// run prints until ctx ends; work ends a while later.
func (w *worker) run(ctx, work context.Context) {
	defer w.hangUp()
	for ctx.Err() == nil {
		hall, printers := w.spooler.hall.Changed(), w.spooler.Changed()
		if w.due() && w.look(work) {
			w.mend(work)
		}
		select {
		case p := <-w.pages:
			w.page(work, p)
			continue
		default:
		}
		if t := w.spooler.claim(w); t != nil {
			w.ticket(work, t)
			w.spooler.release(t.Token)
			continue
		}
		w.wait(ctx, work, hall, printers)
	}
}

// wait waits for something to do.
func (w *worker) wait(ctx, work context.Context, hall, printers <-chan struct{}) {
	probe := time.NewTimer(time.Until(w.next))
	defer probe.Stop()
	select {
	case <-hall:
	case <-printers:
	case <-w.news:
	case p := <-w.pages:
		w.page(work, p)
	case <-probe.C:
	case <-ctx.Done():
	}
}

// due reports whether the printer is to be looked after. A network printer that closes a wire that idles
// has no fault: it is opened anew, but not more often than the first delay. Where nothing ever comes
// back, a read may end at once.
func (w *worker) due() bool {
	if w.wire != nil && w.wire.ended() != nil {
		if w.hangUp(); !w.Profile.Status {
			w.next = w.opened.Add(probeEvery)
		}
	}
	return !time.Now().Before(w.next)
}

// hangUp closes the wire. The next one is opened soon.
func (w *worker) hangUp() {
	if w.wire != nil {
		w.wire.close()
		w.wire, w.next = nil, w.opened.Add(firstDelay)
	}
}

// look finds out how the printer is and reports whether it would print. A wire that could not be opened
// is left alone for a while: the tickets of a rush must not each wait for a time-out.
func (w *worker) look(ctx context.Context) bool {
	if w.wire == nil && w.delay > 0 && time.Now().Before(w.next) {
		return false
	}
	for {
		fresh := w.wire == nil
		s, err := w.reach(ctx)
		if err == nil {
			return w.reached(s)
		}
		w.hangUp()
		if fresh || ctx.Err() != nil || errors.Is(err, errSilent) || errors.Is(err, errStrange) {
			w.unreached(err)
			return false
		} // else the printer had closed an idle wire, as network printers do: open it anew
	}
}

// reach opens the wire where there is none and gives the status where the printer tells it.
func (w *worker) reach(ctx context.Context) (s escpos.Status, err error) {
	if w.wire == nil {
		limited, cancel := context.WithTimeout(ctx, openWithin)
		defer cancel()
		l, err := w.Open(limited)
		if err != nil {
			return s, err
		}
		w.opened, w.fresh = time.Now(), true
		w.wire = newWire(l, func(s escpos.Status) { w.note(func(h *health) { h.sees(s) }) }, w.news)
		if err := w.greet(); err != nil {
			return s, err
		}
	}
	if !w.Profile.Status {
		return s, nil
	}
	s, err = w.wire.status(w.news)
	if err == nil && s.Cutter && !s.Fatal && w.Profile.Recover {
		_, err = w.wire.write(escpos.AppendRecover(nil)) // somebody may have taken the paper out
	}
	return s, err
}

// greet makes a printer that can do so tell its state from now on.
func (w *worker) greet() error {
	if !w.Profile.Auto {
		return nil
	}
	_, err := w.wire.write(escpos.AppendAuto(nil))
	return err
}

// reached notes how the printer is. One that tells nothing and took no more bytes has to take some
// again, see mend, before it counts as well.
func (w *worker) reached(s escpos.Status) bool {
	w.next = time.Now().Add(probeEvery)
	if !w.Profile.Status && w.torn.Load() && w.delay > 0 {
		return true
	}
	w.delay = 0
	w.note(func(h *health) { h.sees(s) })
	if w.fault() != "" {
		w.next = time.Now().Add(healEvery)
		return false
	}
	return true
}

// unreached notes that the printer can't be talked to.
func (w *worker) unreached(err error) {
	w.log.Debug("the printer can't be reached", "err", err)
	w.delay = min(max(2*w.delay, firstDelay), mostDelay)
	w.next = time.Now().Add(w.delay)
	w.fails(wireFault(err))
}

// wireFault gives the fault code of an error of a wire.
func wireFault(err error) string {
	switch {
	case errors.Is(err, errSilent):
		return FaultSilent
	case errors.Is(err, errStrange):
		return FaultWrongDevice
	}
	return FaultUnreachable
}
