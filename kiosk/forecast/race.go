package forecast

import "math"

// race says which of several desks is the first to be free. It is a tree of minima: the desks' times
// are its leaves, and a change costs one comparison for each level. A time carries its desk in its last bits, so
// that a minimum finds both without a branch; of equal times the first desk's is less.
type race struct {
	nodes []int64 // the root is at 1, the children of i at 2i and 2i+1
	first int     // of the leaves
}

const (
	deskBits = 16
	never    = math.MaxInt64 >> deskBits // the time of a desk that has nobody to call
)

// reset makes it a race of n desks, at most 65536, that are never free.
func (r *race) reset(n int) {
	for r.first = 1; r.first < n; r.first *= 2 {
	}
	r.nodes = resized(r.nodes, 2*r.first)
	for i := range r.nodes {
		r.nodes[i] = math.MaxInt64
	}
}

// set says when desk d is free, in ms from 0 up to [never].
func (r *race) set(d int, t int64) {
	i := r.first + d
	x := t<<deskBits | int64(d)
	r.nodes[i] = x
	for i > 1 {
		x = min(x, r.nodes[i^1])
		i /= 2
		r.nodes[i] = x
	}
}

func (r *race) at(d int) int64 { return r.nodes[r.first+d] >> deskBits }

// earliest gives the first desk that is free, and when.
func (r *race) earliest() (d int, t int64) {
	return int(r.nodes[1] & (1<<deskBits - 1)), r.nodes[1] >> deskBits
}
