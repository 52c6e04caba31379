package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// promised is what the server has acknowledged; a kill must take none of it back.
type promised struct {
	mu     sync.Mutex
	number map[string]string // token -> number
	called map[string]bool   // token
	paper  map[string]bool   // token of a ticket whose paper was said to be out
	papers []string          // tokens of the tickets whose paper somebody waits for
	quiet  int               // rounds in which no call was acknowledged
	left   int               // acknowledgements until the kill
	kill   func()
}

// note keeps one more acknowledgement, and kills the server when it is time: the others are in the
// middle of their requests then.
func (p *promised) note(keep func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	keep()
	if p.left--; p.left == 0 {
		p.kill()
	}
}

func promises() *promised {
	return &promised{number: map[string]string{}, called: map[string]bool{}, paper: map[string]bool{}}
}

// papersAtOnce is how many papers are waited for.
const papersAtOnce = 4

// round loads the server until it is killed after so many acknowledgements.
func (p *promised) round(ctx context.Context, server *process, clerks []*user, until int) {
	called := len(p.called)
	p.left, p.kill = until, func() { server.Process.Kill() }
	fullLoad(ctx, server.base, clerks, p)
	server.Wait() // killed
	if len(p.called) == called {
		p.quiet++
	}
}

// meant wants that something was promised in most of so many rounds: else the test means nothing.
func (p *promised) meant(t *testing.T, rounds int) {
	t.Helper()
	t.Logf("%d kills, %d tickets, %d calls and %d papers acknowledged", rounds, len(p.number), len(p.called), len(p.paper))
	if p.quiet > rounds/2 {
		t.Errorf("no call was acknowledged in %d of %d rounds: the test means nothing", p.quiet, rounds)
	}
}

// waitedFor gives a ticket whose paper is waited for, in turn; nothing where another one may be asked for.
func (p *promised) waitedFor() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.papers) < papersAtOnce {
		return ""
	}
	first := p.papers[0]
	p.papers = append(p.papers[1:], first)
	return first
}

// follow notes what was said of a paper. Nobody waits any more once it is out, or given up.
func (p *promised) follow(token string, is kiosk.PrintState) {
	if is == kiosk.Queued || is == kiosk.Sending {
		return
	}
	p.mu.Lock()
	p.papers = slices.DeleteFunc(p.papers, func(t string) bool { return t == token })
	p.mu.Unlock()
	if paperIsOut[is] {
		p.note(func() { p.paper[token] = true })
	}
}

// paperIsOut are the states of a ticket's paper that came out, as far as its printer can say.
var paperIsOut = map[kiosk.PrintState]bool{kiosk.Sent: true, kiosk.Processed: true, kiosk.Confirmed: true}

// checkPromises asks layso verify, and then the log itself for everything that was acknowledged. It says what
// is wrong or lost.
func checkPromises(t *testing.T, data string, kept *promised) error {
	t.Helper()
	var out bytes.Buffer
	if code := run(t.Context(), []string{"verify", "--data", data}, &out, &out); code != exitFine {
		return fmt.Errorf("layso verify: exit %d: %s", code, &out)
	}
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		return err
	}
	defer j.Close()
	taken, called, paper := map[string]string{}, map[string]bool{}, map[string]bool{}
	for since := uint64(0); ; {
		events, err := j.Since(since, 1000)
		if err != nil {
			return err
		}
		if len(events) == 0 {
			break
		}
		for _, e := range events {
			switch e.Type {
			case kiosk.TicketTaken:
				taken[e.Ticket] = e.Number
			case kiosk.PrintDone:
				paper[e.Ticket] = true
			case kiosk.TicketCalled:
				if called[e.Ticket] {
					return fmt.Errorf("%s was called twice", e.Number)
				}
				called[e.Ticket] = true
			}
		}
		since = events[len(events)-1].Seq
	}
	for token, number := range kept.number {
		if taken[token] != number {
			return fmt.Errorf("ticket %s was acknowledged and is lost (the log has %q)", number, taken[token])
		}
	}
	for token := range kept.called {
		if !called[token] {
			return fmt.Errorf("the call of %s was acknowledged and is lost", kept.number[token])
		}
	}
	for token := range kept.paper {
		if !paper[token] {
			return fmt.Errorf("that the paper of %s came out was said and is lost", kept.number[token])
		}
	}
	return nil
}
