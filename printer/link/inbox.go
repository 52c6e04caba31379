package link

import (
	"os"
	"sync"
	"time"
)

// inbox keeps what one goroutine hears until another reads it.
type inbox struct {
	mu       sync.Mutex
	said     []byte
	err      error // how it ended
	deadline time.Time
	changed  chan struct{}
}

// put takes bytes, and the error that ended them. What is more than inboxSize is lost: nobody reads.
func (b *inbox) put(said []byte, err error) {
	b.change(func() {
		b.said = append(b.said, said[:min(len(said), inboxSize-len(b.said))]...)
		b.err = err
	})
}

func (b *inbox) until(t time.Time) { b.change(func() { b.deadline = t }) }

func (b *inbox) change(set func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	set()
	close(b.changed)
	b.changed = make(chan struct{})
}

// take reads as [io.Reader] does, until the deadline.
func (b *inbox) take(p []byte) (int, error) {
	for {
		n, changed, pause, err := b.look(p)
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
		waitFor(changed, pause)
	}
}

func (b *inbox) look(p []byte) (n int, changed <-chan struct{}, pause time.Duration, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	pause = time.Hour
	if !b.deadline.IsZero() {
		pause = time.Until(b.deadline)
	}
	switch {
	case pause <= 0:
		err = os.ErrDeadlineExceeded
	case len(b.said) > 0:
		n = copy(p, b.said)
		b.said = append(b.said[:0], b.said[n:]...)
	default:
		err = b.err
	}
	return n, b.changed, pause, err
}
