package kiosk

import (
	"slices"
	"sync"
)

// feedSize is how many events stay in memory for the readers; an older one comes from the journal.
const feedSize = 2048

// feed keeps the newest events for readers that are a little behind, and wakes those that wait.
type feed struct {
	mu      sync.Mutex
	events  []Event // at most 2*feedSize, but for those of the start; consecutive
	changed chan struct{}
}

func newFeed() *feed { return &feed{changed: make(chan struct{})} }

// begin publishes what the log held at the start, all of the open day: the readers that begin now all read it, and would each
// decode it anew. The next events leave the newest of it.
func (f *feed) begin(events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = events
}

// add publishes events and wakes all; without events it only wakes. After a failed commit the events
// of a closed day may be missing: memory then begins anew, and who is behind asks the journal.
func (f *feed) add(events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.events); n > 0 && len(events) > 0 && events[0].Seq != f.events[n-1].Seq+1 {
		f.events = nil
	}
	f.events = append(f.events, events...)
	if len(f.events) > 2*feedSize {
		f.events = append(make([]Event, 0, 2*feedSize), f.events[len(f.events)-feedSize:]...)
	}
	close(f.changed)
	f.changed = make(chan struct{})
}

func (f *feed) wait() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.changed
}

// after gives at most limit events with a Seq above since; false when memory does not reach back.
func (f *feed) after(since uint64, limit int) ([]Event, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.events) == 0 || since+1 < f.events[0].Seq {
		return nil, false
	}
	i := int(since + 1 - f.events[0].Seq)
	if i >= len(f.events) {
		return nil, true
	}
	return slices.Clip(f.events[i : i+min(limit, len(f.events)-i)]), true
}
