package web

import (
	"slices"
	"sync"

	"layso/kiosk"
)

// briefsKept is how many changes are remembered in brief, about a kilobyte each.
const briefsKept = 500

// briefs remembers what a list says of each change: that never changes, and to find it out two whole setups have to be
// read and compared.
type briefs struct {
	mu    sync.Mutex
	known map[uint64]changeStatus // by seq
}

// of gives the changes with these seqs, which follow one another, newest first.
func (b *briefs) of(c *call, seqs []uint64) ([]changeStatus, error) {
	b.mu.Lock() // Two who ask at once would do the same work.
	defer b.mu.Unlock()
	out := make([]changeStatus, len(seqs))
	var pair []kiosk.Event // the change that was read last, and the one before it
	for i, seq := range slices.Backward(seqs) {
		if x, ok := b.known[seq]; ok {
			out[i], pair = x, nil
			continue
		}
		var err error
		if pair, err = c.read(seq, pair); err != nil {
			return nil, err
		}
		x := c.changed(pair[0], pair[1:])
		x.Differences = slices.Clone(x.Differences[:min(briefly, len(x.Differences))])
		out[i] = x
		b.keep(x)
	}
	return out, nil
}

// read gives the change and the one before it, where there is one, out of what was read for the change before where that
// is at hand.
func (c *call) read(seq uint64, before []kiosk.Event) ([]kiosk.Event, error) {
	if len(before) == 0 {
		return c.Changes.Changes(seq+1, 2)
	}
	newer, err := c.Changes.Changes(seq+1, 1)
	return append(newer, before[0]), err
}

// keep remembers a change; the oldest gives way.
func (b *briefs) keep(x changeStatus) {
	if b.known == nil {
		b.known = map[uint64]changeStatus{}
	}
	b.known[x.Seq] = x
	if len(b.known) <= briefsKept {
		return
	}
	oldest := x.Seq
	for seq := range b.known {
		oldest = min(oldest, seq)
	}
	delete(b.known, oldest)
}
