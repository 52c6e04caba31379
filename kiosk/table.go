package kiosk

import "slices"

const chunk = 64

// table is the day's tickets by order of issue, copy-on-write in chunks, so that a view of 12,000
// tickets costs a copy of some hundred pointers and not of all tickets.
type table struct {
	chunks []*[chunk]*Ticket
	n      int
}

func (t table) at(ord int) *Ticket {
	if ord < 0 || ord >= t.n {
		return nil
	}
	return t.chunks[ord/chunk][ord%chunk]
}

// with gives the table with x at its Ord; x.Ord is at most n, where it is appended. An append goes
// into the room that older tables have not counted yet; a change copies the chunk.
func (t table) with(x *Ticket) table {
	i := x.Ord / chunk
	if x.Ord < t.n {
		fresh := *t.chunks[i]
		fresh[x.Ord%chunk] = x
		t.chunks = slices.Clone(t.chunks)
		t.chunks[i] = &fresh
		return t
	}
	if i == len(t.chunks) {
		t.chunks = append(t.chunks, new([chunk]*Ticket))
	}
	t.chunks[i][x.Ord%chunk] = x
	t.n++
	return t
}
