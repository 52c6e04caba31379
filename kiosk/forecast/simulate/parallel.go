package simulate

import (
	"context"
	"runtime"
	"sync"
)

// Progress is told how many of how many parts of a simulation are done; from one goroutine at a time.
type Progress func(done, of int)

// each does n parts on all cores and gives their results in the order of the parts, so that the
// number of cores changes nothing. It ends early, with the context's error, when ctx does.
func each[T any](ctx context.Context, n int, tell Progress, part func(int) T) ([]T, error) {
	out := make([]T, n)
	next, done := 0, 0
	var mu sync.Mutex
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next <= n && ctx.Err() == nil
	}
	note := func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; tell != nil {
			tell(done, n)
		}
	}
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				out[i] = part(i)
				note()
			}
		})
	}
	all.Wait()
	return out, ctx.Err()
}
