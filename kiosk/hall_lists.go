package kiosk

import "slices"

// unlist takes t off the lists that its state puts it on.
func (h *Hall) unlist(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.without(t, h.plan.service[t.Service])
	case Held:
		h.held = dropped(h.held, t)
	case NoShow:
		h.pool = h.pool.unmiss(t)
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = dropped(h.jobs, t)
	}
}

// list puts t on the lists that its state asks for.
func (h *Hall) list(t *Ticket) {
	switch t.State {
	case Waiting:
		h.pool = h.pool.with(t, h.plan.service[t.Service])
	case Held:
		h.held = append(slices.Clip(h.held), t)
	case NoShow:
		if t.Misses == 1 {
			h.pool = h.pool.miss(t, h.plan.service[t.Service])
		}
	}
	if t.Print == Queued || t.Print == Sending {
		h.jobs = append(slices.Clip(h.jobs), t)
		slices.SortFunc(h.jobs, func(a, b *Ticket) int { return a.Ord - b.Ord })
	}
}

// relist puts t on the lists in place of old. A ticket that stays on hold keeps its turn there, one
// that stays missed its count.
func (h *Hall) relist(old, t *Ticket) {
	held, lost := h.held, h.pool.missed
	h.unlist(old)
	h.list(t)
	switch {
	case old.State == Held && t.State == Held:
		h.held = slices.Clone(held)
		h.held[slices.Index(held, old)] = t
	case old.State == NoShow && t.State == NoShow:
		h.pool.missed = slices.Clone(lost)
		for i := range lost {
			if lost[i].Token == t.Token {
				h.pool.missed[i].Ticket = t
			}
		}
	}
}

func dropped(list []*Ticket, t *Ticket) []*Ticket {
	out := make([]*Ticket, 0, len(list))
	for _, x := range list {
		if x.Token != t.Token {
			out = append(out, x)
		}
	}
	return out
}

// How many calls a view remembers: of the hall twice what a TV shows, and of each counter what a TV shows, for
// a TV may be a single counter's.
const (
	recentCalls = 12
	recentOfOne = 6
)

// remember makes a new list for each call: views share it. It is one of pointers, for with many counters it is long.
func (h *Hall) remember(e Event) {
	out := make([]*Call, 0, len(h.recent)+1)
	out = append(out, &Call{e.Seq, e.Number, e.Service, e.Counter, e.At})
	newer := map[string]int{e.Counter: 1}
	for _, c := range h.recent {
		if c.Number == e.Number {
			continue
		}
		if len(out) < recentCalls || newer[c.Counter] < recentOfOne {
			out = append(out, c)
		}
		newer[c.Counter]++
	}
	h.recent = out
}
