package kiosk

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

// with gives the table with x at its Ord; x.Ord is at most n, where it is appended.
func (t table) with(x *Ticket) table {
	i := x.Ord / chunk
	chunks := make([]*[chunk]*Ticket, max(len(t.chunks), i+1))
	copy(chunks, t.chunks)
	fresh := new([chunk]*Ticket)
	if chunks[i] != nil {
		*fresh = *chunks[i]
	}
	fresh[x.Ord%chunk] = x
	chunks[i] = fresh
	return table{chunks, max(t.n, x.Ord+1)}
}
