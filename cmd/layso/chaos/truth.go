package chaos

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"sync"
)

// ticket is an answer about a ticket.
type ticket struct {
	Token, Number, State, Print string
	Counter                     *string
}

// promise is something that was answered and must be in the log.
type promise struct {
	what, token, number, counter string
}

// truth is the log as the server gives it out, folded, and what was promised beside it.
type truth struct {
	client *client
	one    sync.Mutex // one pass at a time
	mu     sync.Mutex
	fold   fold
	last   []byte // the newest line
	sum    hash.Hash
	bytes  int64
	owed   []promise // not found in the log yet
	keys   int       // requests for a ticket that were answered
}

func newTruth(c *client) *truth { return &truth{client: c, fold: newFold(), sum: sha256.New()} }

// promised notes that something was answered.
func (t *truth) promised(p promise) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.owed = append(t.owed, p)
	if p.what == "taken" {
		t.keys++
	}
}

// pageSize is how many events are asked for at once.
const pageSize = 5000

// pass reads what is new in the log and holds it, and what was promised before, against the model. The fault is a broken
// promise; err says that the log can't be read now.
func (t *truth) pass(ctx context.Context) (fault, err error) {
	t.one.Lock()
	defer t.one.Unlock()
	t.mu.Lock()
	owed := slices.Clone(t.owed) // the log is read after that
	t.mu.Unlock()
	for {
		n, fault, err := t.page(ctx)
		if fault != nil || err != nil {
			return fault, err
		}
		if n < pageSize-1 {
			break
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range owed {
		if err := t.fold.keeps(p); err != nil {
			return err, nil
		}
	}
	t.owed = t.owed[len(owed):]
	return nil, nil
}

// page reads on from the newest line, which must still be what it was.
func (t *truth) page(ctx context.Context) (n int, fault, err error) {
	t.mu.Lock()
	since := t.fold.seq
	t.mu.Unlock()
	var text []byte
	if err := t.client.ask(ctx, "GET", fmt.Sprintf("/api/events?since=%d&limit=%d", max(since, 1)-1, pageSize), nil, &text); err != nil {
		return 0, nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if since > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if !bytes.Equal(line, t.last) {
			return 0, fmt.Errorf("event %d was %q and is %q", since, t.last, line), nil
		}
		text = rest
	}
	for line := range bytes.Lines(text) {
		if !bytes.HasSuffix(line, []byte("\n")) {
			return n, nil, fmt.Errorf("the answer ends in the midst of a line")
		}
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			return n, fmt.Errorf("a line of the log: %w: %q", err, line), nil
		}
		if err := t.fold.apply(e); err != nil {
			return n, fmt.Errorf("event %d (%s %s): %w", e.Seq, e.Type, e.Number, err), nil
		}
		t.sum.Write(line)
		t.bytes += int64(len(line))
		t.last = bytes.Clone(line[:len(line)-1])
		n++
	}
	return n, nil, nil
}

// reread reads the whole log once more, which must be what was read bit by bit.
func (t *truth) reread(ctx context.Context) error {
	sum, since := sha256.New(), uint64(0)
	for since < t.fold.seq {
		var text []byte
		if err := t.client.ask(ctx, "GET", fmt.Sprintf("/api/events?since=%d&limit=%d", since, min(pageSize, t.fold.seq-since)), nil, &text); err != nil {
			return err
		}
		sum.Write(text)
		if n := bytes.Count(text, []byte("\n")); n > 0 {
			since += uint64(n)
		} else {
			break
		}
	}
	if !bytes.Equal(sum.Sum(nil), t.sum.Sum(nil)) {
		return fmt.Errorf("%w: the log that is read as a whole is not the one that was read bit by bit", ErrBroken)
	}
	return nil
}

// look lets f see the model.
func (t *truth) look(f func(*fold)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.fold)
}
