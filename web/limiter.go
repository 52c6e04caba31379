package web

import (
	"crypto/subtle"
	"sync"
	"time"
)

// A paired kiosk may take takeBurst tickets at once and then one each takeEvery: more than any
// queue of people can touch, less than a script can do harm with.
const (
	takeBurst = 30
	takeEvery = time.Second
)

// A ticket's holder may change his opinion rateBurst times, and then once each rateEvery.
const (
	rateBurst = 5
	rateEvery = time.Minute
)

// limiter is a token bucket for each key.
type limiter struct {
	mu    sync.Mutex
	burst float64
	every time.Duration
	left  map[string]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newLimiter(burst int, every time.Duration) *limiter {
	return &limiter{burst: float64(burst), every: every, left: map[string]bucket{}}
}

// take uses one up, or says how long to wait.
func (l *limiter) take(key string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.left[key]
	if !ok {
		b = bucket{l.burst, now}
	}
	b.tokens = min(l.burst, b.tokens+float64(max(0, now.Sub(b.at)))/float64(l.every))
	b.at = now
	if b.tokens < 1 {
		l.left[key] = b
		return time.Duration((1 - b.tokens) * float64(l.every))
	}
	b.tokens--
	l.left[key] = b
	l.forget(now)
	return 0
}

// giveBack undoes a take.
func (l *limiter) giveBack(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.left[key]; ok {
		b.tokens = min(l.burst, b.tokens+1)
		l.left[key] = b
	}
}

// forget drops the buckets that are full again once there are many.
func (l *limiter) forget(now time.Time) {
	if len(l.left) < 1000 {
		return
	}
	for k, b := range l.left {
		if now.Sub(b.at) > time.Duration(l.burst)*l.every {
			delete(l.left, k)
		}
	}
}

func sameText(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
