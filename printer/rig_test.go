package printer_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/escpos"
)

// rig knows which ticket each paper of its printers is: it listens at the wires, where the hall says
// which ticket is being sent, and at the printers, which say what a paper was made of.
type rig struct {
	hall *desk

	mu     sync.Mutex
	jobs   map[[32]byte]print // by the bytes of the whole paper
	papers map[string][]print // whole ones, by token
	alien  int                // whole papers that nobody sent
}

// print is one paper of a ticket. It is marked where the ticket had been asked for before.
type print struct {
	token  string
	marked bool
	on     string
}

func newRig(hall *desk) *rig {
	return &rig{hall: hall, jobs: map[[32]byte]print{}, papers: map[string][]print{}}
}

// printer gives an emulator whose papers the rig knows.
func (r *rig) printer(o emulator.Options) *emulator.Printer {
	o.Keep, o.OnPaper = 1, r.out
	return emulator.New(o)
}

func (r *rig) out(p *emulator.Paper) {
	r.mu.Lock()
	defer r.mu.Unlock()
	job, ok := r.jobs[sha256.Sum256(p.Raw[max(bytes.LastIndex(p.Raw, escpos.AppendInit(nil)), 0):])]
	switch {
	case ok: // a whole one, perhaps below a half one from which no cut parts it
		r.papers[job.token] = append(r.papers[job.token], job)
	case p.Whole():
		r.alien++
	}
}

// open gives wires to p that the rig listens at.
func (r *rig) open(name string, p *emulator.Printer) func(context.Context) (printer.Link, error) {
	return func(ctx context.Context) (printer.Link, error) {
		wire, err := p.Dial(ctx)
		if err != nil {
			return nil, err
		}
		return &earWire{Link: wire, rig: r, name: name}, nil
	}
}

// earWire is a wire that the rig listens at.
type earWire struct {
	printer.Link
	rig  *rig
	name string
	job  []byte
	what print
}

func (w *earWire) Write(b []byte) (int, error) {
	w.hear(b)
	return w.Link.Write(b)
}

// hear takes the bytes of a job, before the printer has them, and leaves out the questions.
func (w *earWire) hear(b []byte) {
	begin := escpos.AppendInit(nil)
	if len(b) <= 10 && (b[0] == escpos.DLE || b[0] == escpos.GS) {
		return
	}
	if rest := bytes.TrimLeft(b, "\x00"); bytes.HasPrefix(rest, begin) {
		w.job, w.what = nil, w.rig.sending(w.name)
		b = append(bytes.Clone(begin), bytes.TrimPrefix(rest[len(begin):], escpos.AppendAuto(nil))...)
	} else if w.job == nil {
		return
	}
	seen := max(len(w.job)-3, 0)
	w.job = append(w.job, b...)
	cut := escpos.AppendCut(nil)
	if end := bytes.LastIndex(w.job[seen:], cut); end >= 0 {
		w.rig.mu.Lock()
		whole := bytes.ReplaceAll(w.job[:seen+end+len(cut)], escpos.AppendAskPaper(nil), nil)
		w.rig.jobs[sha256.Sum256(whole)] = w.what
		w.rig.mu.Unlock()
	}
}

// sending gives the ticket that is in flight on the printer of that name.
func (r *rig) sending(name string) print {
	t := r.hall.View().Ticket(r.hall.log.lastSending(name))
	if t == nil {
		return print{}
	}
	return print{t.Token, t.Prints > 1, name}
}

// of gives how many whole papers of a ticket came out, without and with the mark.
func (r *rig) of(token string) (plain, marked int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.papers[token] {
		if p.marked {
			marked++
		} else {
			plain++
		}
	}
	return plain, marked
}

// idle waits until no paper is under way and none will be asked for again by itself.
func (d *desk) idle(t *testing.T) {
	t.Helper()
	limit := time.After(20 * time.Minute) // of the bubble's time
	for {
		changed := d.Changed()
		if d.settledAll() {
			return
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("papers are still under way: %v", d.left())
		}
	}
}

func (d *desk) settledAll() bool { return len(d.left()) == 0 }

// left gives the numbers whose paper is not settled yet.
func (d *desk) left() (numbers []string) {
	for t := range d.View().Tickets() {
		lost := (t.Print == kiosk.Failed || t.Print == kiosk.PrintUncertain) && t.PrintFault != "" && t.Prints < 3 && d.Now().Sub(t.PrintAsked) < 5*time.Minute
		if t.Print == kiosk.Queued || t.Print == kiosk.Sending || lost {
			numbers = append(numbers, t.Number+" "+string(t.Print)+" "+t.PrintFault)
		}
	}
	return numbers
}
