package load

import (
	"math"
	"math/bits"
	"time"
)

// finer is by how many bits the histogram tells durations apart within a power of two: 128 steps, so that a percentile is
// off by less than 0.8 %.
const finer = 7

// Histogram counts durations, as HdrHistogram does: in steps that grow with the duration, so that a microsecond and
// an hour fit into a few thousand counters and recording costs nothing. (hdrhistogram-go does it as well, and brings
// gonum and testify into the program's module graph for these forty lines.) It is not safe for concurrent use.
type Histogram struct {
	counts []int64
	n      int64
	max    time.Duration
}

// Record counts a duration; a negative one counts as none.
func (h *Histogram) Record(d time.Duration) {
	d = max(d, 0)
	i := slot(uint64(d))
	if i >= len(h.counts) {
		h.counts = append(h.counts, make([]int64, i+1-len(h.counts))...)
	}
	h.counts[i]++
	h.n++
	h.max = max(h.max, d)
}

// slot gives the counter of a duration in nanoseconds.
func slot(v uint64) int {
	shift := max(bits.Len64(v)-finer-1, 0)
	return shift<<finer + int(v>>shift)
}

// top gives the longest duration that a counter counts.
func top(i int) time.Duration {
	shift := max(i>>finer-1, 0)
	return time.Duration((i-shift<<finer+1)<<shift - 1)
}

// Count gives how many durations were recorded.
func (h *Histogram) Count() int64 { return h.n }

// Max gives the longest duration, exactly.
func (h *Histogram) Max() time.Duration { return h.max }

// At gives the duration that the share p of all stay below or at, 0 ≤ p ≤ 1; zero where nothing was recorded.
func (h *Histogram) At(p float64) time.Duration {
	rank, seen := max(int64(math.Ceil(p*float64(h.n))), 1), int64(0)
	for i, c := range h.counts {
		if seen += c; seen >= rank {
			return min(top(i), h.max)
		}
	}
	return h.max
}

// Add counts what another one has counted.
func (h *Histogram) Add(o *Histogram) {
	if short := len(o.counts) - len(h.counts); short > 0 {
		h.counts = append(h.counts, make([]int64, short)...)
	}
	for i, c := range o.counts {
		h.counts[i] += c
	}
	h.n += o.n
	h.max = max(h.max, o.max)
}
