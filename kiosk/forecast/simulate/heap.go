package simulate

// moment is a thing that will happen: when, and to whom.
type moment struct {
	at   int64
	what int
}

// heap is the moments to come, the earliest at the top; of those at the same time, the one with the
// smallest what.
type heap []moment

func (h heap) less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].what < h[j].what
}

func (h *heap) push(m moment) {
	*h = append(*h, m)
	a := *h
	for i := len(a) - 1; i > 0; {
		up := (i - 1) / 2
		if !a.less(i, up) {
			return
		}
		a[i], a[up] = a[up], a[i]
		i = up
	}
}

func (h *heap) pop() moment {
	a := *h
	top, last := a[0], len(a)-1
	a[0] = a[last]
	*h = a[:last]
	if last > 1 {
		(*h).sink()
	}
	return top
}

// replace takes the top away and puts m in.
func (h heap) replace(m moment) {
	h[0] = m
	h.sink()
}

// sink moves the top down to its place.
func (h heap) sink() {
	m, i := h[0], 0
	for {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h.less(c+1, c) {
			c++
		}
		if h[c].at > m.at || h[c].at == m.at && h[c].what >= m.what {
			break
		}
		h[i] = h[c]
		i = c
	}
	h[i] = m
}
