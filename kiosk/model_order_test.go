package kiosk_test

import "slices"

// The calling policy once more, naively: every ticket is looked at, nothing is kept in order.

const modelMinute = 60_000

// key is the place in the order: time of issue, or of the slot, less the credit; and no earlier than ten
// minutes before a return.
func (t *modelTicket) key() int64 {
	return max(max(t.Issued, t.Slot)-int64(t.Credit)*1000, t.behind)
}

// earlier is the order of calling; at the same key who came first.
func earlier(a, b *modelTicket) bool {
	return a.key() < b.key() || a.key() == b.key() && a.Order < b.Order
}

func (m *model) services(counter string) (own, assist []string) {
	for _, c := range m.setup.Counters {
		if c.ID == counter {
			return c.Services, c.Assist
		}
	}
	return nil, nil
}

// serves says whether the service is one of the counter's, and whether its own.
func (m *model) serves(counter, service string) (able, own bool) {
	mine, assist := m.services(counter)
	own = slices.Contains(mine, service)
	return own || slices.Contains(assist, service), own
}

// mayCall says whether the counter may call the waiting ticket.
func (m *model) mayCall(counter string, t *modelTicket) bool {
	if t.Counter != "" {
		return t.Counter == counter
	}
	able, _ := m.serves(counter, t.Service)
	return able
}

// due says whether a ticket that nobody came to is to be called again.
func due(t *modelTicket) bool { return t.State == "no_show" && t.Misses == 1 && t.left == 0 }

// young says whether the time of the ticket's appointment has not come.
func (m *model) young(t *modelTicket) bool { return t.Slot > 0 && m.at < t.Slot-5*modelMinute }

// needsHelp says whether somebody whom any counter of the service could call now has waited ten minutes.
func (m *model) needsHelp(service string) bool {
	for i := range m.tickets {
		t := &m.tickets[i]
		here := t.Service == service && (t.State == "waiting" && t.Counter == "" && !m.young(t) || due(t))
		if here && m.at-t.since >= 10*modelMinute {
			return true
		}
	}
	return false
}

// rank is how willingly the counter calls the ticket, 0 the most, or -1 where it may not.
func (m *model) rank(counter string, t *modelTicket) int {
	able, own := m.serves(counter, t.Service)
	rank := 0
	switch {
	case due(t) && !able, !due(t) && (t.State != "waiting" || !m.mayCall(counter, t)):
		return -1
	case t.State == "waiting" && t.Counter != "": // bound to it
	case !own && (m.young(t) || !m.needsHelp(t.Service)):
		rank = 1
	}
	if t.State == "waiting" && m.young(t) {
		rank += 2
	}
	return rank
}

// choice is whom the counter calls next.
func (m *model) choice(counter string) *modelTicket {
	var best *modelTicket
	for i := range m.tickets {
		t := &m.tickets[i]
		r := m.rank(counter, t)
		if r < 0 {
			continue
		}
		if best == nil || r < m.rank(counter, best) || r == m.rank(counter, best) && earlier(t, best) {
			best = t
		}
	}
	return best
}

// ahead counts the waiting tickets that the counters able to call t would call before it. Those are the
// ones with a clerk whose own service it is, else those that assist, else the same without a clerk.
func (m *model) ahead(t *modelTicket) int {
	n, able := 0, m.able(t)
	for i := range m.tickets {
		u := &m.tickets[i]
		may := slices.ContainsFunc(able, func(c string) bool {
			_, own := m.serves(c, u.Service)
			return u.Counter == c || u.Counter == "" && (own || u.Service == t.Service && m.mayCall(c, u))
		})
		if u.State == "waiting" && may && earlier(u, t) {
			n++
		}
	}
	return n
}

func (m *model) able(t *modelTicket) []string {
	if t.Counter != "" {
		return []string{t.Counter}
	}
	for _, want := range []struct{ own, clerk bool }{{true, true}, {false, true}, {true, false}, {false, false}} {
		var out []string
		for _, c := range m.counters {
			able, own := m.serves(c.ID, t.Service)
			if able && own == want.own && (c.State != "closed") == want.clerk {
				out = append(out, c.ID)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// hints says whom each idle counter should call, once those before it have called theirs.
func (m *model) hints() map[string]string {
	m = m.clone()
	out := map[string]string{}
	for {
		var best *modelTicket
		to := ""
		for _, c := range m.counters {
			if out[c.ID] != "" || c.State != "open" || c.InHand != "" {
				continue
			}
			t := m.choice(c.ID)
			if t != nil && (best == nil || earlier(t, best) || t == best && m.better(t, c.ID, to)) {
				best, to = t, c.ID
			}
		}
		if best == nil {
			return out
		}
		out[to], best.State = best.Token, "called"
	}
}

// better says whether counter a rather than b should call the ticket.
func (m *model) better(t *modelTicket, a, b string) bool {
	if x, y := m.rank(a, t), m.rank(b, t); x != y {
		return x < y
	}
	ownA, assistA := m.services(a)
	ownB, assistB := m.services(b)
	if x, y := len(ownA)+len(assistA), len(ownB)+len(assistB); x != y {
		return x < y
	}
	return m.counter(a).idle < m.counter(b).idle
}
