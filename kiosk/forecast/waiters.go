package forecast

import (
	"container/heap"
	"time"

	"layso/kiosk"
)

// waiters are those who wait for one service: how many, and since when the first of them. They are
// counted as they come and go, so that a ticket costs the same however many wait. They are made of the
// ledger's tickets and not kept.
type waiters struct {
	n     int
	since sinceHeap // with some that wait no more
}

// wish is that a ticket waits for a service, since when in Unix nanoseconds; empty when it does not.
type wish struct {
	service string
	since   int64
}

type waiter struct {
	wish
	token string
}

// wish gives what the ticket with this token waits for.
func (l *ledger) wish(token string) wish {
	if t := l.Tickets[token]; t != nil && t.State == kiosk.Waiting {
		return wish{t.At, t.Since.UnixNano()}
	}
	return wish{}
}

// moved notes that the ticket waited for something else before.
func (l *ledger) moved(token string, before wish) {
	now := l.wish(token)
	if now == before {
		return
	}
	if w := l.waiting[before.service]; w != nil {
		w.n--
	}
	if now != (wish{}) {
		l.enter(waiter{now, token})
	}
}

func (l *ledger) enter(x waiter) {
	w := l.waiting[x.service]
	if w == nil {
		w = &waiters{}
		l.waiting[x.service] = w
	}
	w.n++
	heap.Push(&w.since, x)
}

// count makes the waiters anew.
func (l *ledger) count() {
	l.waiting = map[string]*waiters{}
	for token := range l.Tickets {
		l.moved(token, wish{})
	}
}

// first gives since when the first waits for the service, and false when nobody does.
func (l *ledger) first(service string) (time.Time, bool) {
	w := l.waiting[service]
	for w != nil && len(w.since) > 0 {
		if x := w.since[0]; l.wish(x.token) == x.wish {
			return time.Unix(0, x.since), true
		}
		heap.Pop(&w.since)
	}
	return time.Time{}, false
}

// sinceHeap is a heap of waiters (container/heap), the earliest first.
type sinceHeap []waiter

func (h sinceHeap) Len() int           { return len(h) }
func (h sinceHeap) Less(i, j int) bool { return h[i].since < h[j].since }
func (h sinceHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push puts a waiter at the end.
func (h *sinceHeap) Push(x any) { *h = append(*h, x.(waiter)) }

// Pop takes the last one off.
func (h *sinceHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
