package chaos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// settleTime is how long all get to come to rest once nothing is wrong any more: a printer has papers to print.
const settleTime = 2 * time.Minute

// settle waits until all has come to rest, and checks what can only be checked then.
func (r *run) settle(ctx context.Context) error {
	fmt.Fprintln(r.Log, "all comes to rest")
	r.report.File = r.file()
	until, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	var unrest error
	for {
		if err := r.check(ctx); err == nil {
			if unrest = r.rest(ctx); unrest == nil {
				break
			}
		} else {
			unrest = err
		}
		if !pause(until, again) {
			if cause := context.Cause(ctx); cause != nil {
				return cause
			}
			return fmt.Errorf("%w: %v after all was well again: %w", ErrBroken, settleTime, unrest)
		}
	}
	for _, look := range []func(context.Context) error{
		r.surplus, r.truth.reread, r.flat, func(context.Context) error { return r.report.File.explained() }, r.lastLook, r.noPanic,
	} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rest says what is still under way: papers, displays and phones that do not know all, a queue that is not the log's.
func (r *run) rest(ctx context.Context) error {
	var waiting []ticket
	if err := r.admin.ask(ctx, "GET", "/api/waiting", nil, &waiting); err != nil {
		return err
	}
	var out []error
	r.truth.look(func(f *fold) {
		out = append(out, f.sameQueue(waiting), f.noPaperForgotten(int(r.paper.whole.Load())))
		for _, d := range r.shown {
			out = append(out, d.knowsAll(f))
		}
		for _, p := range r.held {
			out = append(out, p.right(f))
		}
	})
	return errors.Join(out...)
}

// sameQueue compares who waits.
func (f *fold) sameQueue(waiting []ticket) error {
	told := map[string]string{}
	for _, t := range waiting {
		told[t.Token] = t.State
	}
	n := 0
	for token, t := range f.tickets {
		if t.day != f.day || t.state != "waiting" && t.state != "held" {
			continue
		}
		if n++; told[token] != t.state {
			return fmt.Errorf("ticket %s is %s and told to be %q", t.number, t.state, told[token])
		}
	}
	if n != len(told) {
		return fmt.Errorf("%d tickets wait, and %d are told to", n, len(told))
	}
	return nil
}

// noPaperForgotten wants each paper of the day to have come to an end, and each that is said to be printed to be there.
func (f *fold) noPaperForgotten(whole int) error {
	for _, t := range f.tickets {
		if t.day == f.day && (t.print == "queued" || t.print == "sending") {
			return fmt.Errorf("the paper of %s is still %s", t.number, t.print)
		}
	}
	if f.papers > whole {
		return fmt.Errorf("%d papers are said to be printed, and %d came out whole", f.papers, whole)
	}
	return nil
}

// knowsAll wants a display to have been told all calls.
func (d *display) knowsAll(f *fold) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(f.calls); n > 0 && d.seq < f.calls[n-1].seq {
		return fmt.Errorf("a display knows event %d and not the call of event %d", d.seq, f.calls[n-1].seq)
	}
	return nil
}

// surplus looks for numbers that nobody has got: each request was asked until it was answered.
func (r *run) surplus(context.Context) error {
	var taken int
	r.truth.look(func(f *fold) { taken = f.counts["ticket.taken"] })
	if taken != r.truth.keys {
		return fmt.Errorf("%w: the log has %d tickets for %d requests that were answered with one", ErrBroken, taken, r.truth.keys)
	}
	return nil
}

// flat compares what the server used, in a run that is long enough.
func (r *run) flat(context.Context) error {
	if r.Span < warm {
		return nil
	}
	return r.report.Flat.grown()
}

// lastLook ends the hall cleanly and checks all that is left.
func (r *run) lastLook(ctx context.Context) error {
	if err := r.hall.stop(); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if err := r.hall.ask(ctx, "verify", "--data", r.hall.data); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// noPanic looks through what layso has logged: who met a panic saw only a connection that was cut.
func (r *run) noPanic(context.Context) error {
	text, err := os.ReadFile(filepath.Join(r.Dir, "layso.log"))
	if err != nil {
		return err
	}
	r.tally.add("errors in layso's log", bytes.Count(text, []byte("level=ERROR")))
	if at := bytes.Index(text, []byte("panic")); at >= 0 {
		return fmt.Errorf("%w: it panicked: %s", ErrBroken, text[at:min(len(text), at+2000)])
	}
	return nil
}
