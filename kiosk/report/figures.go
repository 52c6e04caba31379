package report

import "layso/kiosk"

// grouping puts rows into groups: each column holds the number of a row's group, or nobody.
type grouping struct {
	n     int      // groups
	first []uint16 // of a ticket, for all but
	last  []uint16 // of a ticket that was finished, or to whose call nobody came
	step  []uint16 // of a step
}

// tally is a group on its way to its figures.
type tally struct {
	kiosk.Figures
	waited, served, off int64 // sums of milliseconds
	short               int   // waits of 15 minutes at most
	told, within        int   // forecasts of those who were told to wait, and those that were kept
	seen                int   // values of the ascending order that were met
	median, p90         int   // which of them they are, from 0
}

// rank begins an ascending order of n values.
func (a *tally) rank(n int) { a.seen, a.median, a.p90 = 0, kiosk.Rank(n, 5), kiosk.Rank(n, 9) }

// count gives the figures of each group.
func (t *table) count(g grouping, waits, lengths []measured) []kiosk.Figures {
	groups := make([]tally, g.n)
	for i := range t.tickets {
		if k := g.first[i]; k != nobody {
			groups[k].ticket(&t.tickets[i])
		}
		if k := g.last[i]; k != nobody {
			groups[k].end(t.tickets[i].stands)
		}
	}
	for i := range t.steps {
		if k := g.step[i]; k != nobody {
			groups[k].step(&t.steps[i])
		}
	}
	for i := range groups {
		groups[i].rank(groups[i].Called)
	}
	for _, w := range waits {
		if k := g.first[w.row()]; k != nobody {
			groups[k].wait(w.ms())
		}
	}
	for i := range groups {
		groups[i].rank(groups[i].Timed)
	}
	for _, l := range lengths {
		if k := g.step[l.row()]; k != nobody {
			groups[k].length(l.ms())
		}
	}
	out := make([]kiosk.Figures, g.n)
	for i := range groups {
		out[i] = groups[i].figures()
	}
	return out
}

func (a *tally) ticket(t *ticket) {
	a.Taken++
	switch t.stands {
	case sentHome:
		a.SentHome++
		a.Cancelled++
	case cancelled:
		a.Cancelled++
	}
	if t.wait < 0 {
		return
	}
	a.Called++
	a.waited += int64(t.wait)
	if t.wait <= int32(kiosk.ShortWait.Milliseconds()) {
		a.short++
	}
	if t.p50 >= 0 {
		a.forecast(t)
	}
}

func (a *tally) forecast(t *ticket) {
	wait := int64(t.wait)
	a.Foretold++
	a.off += max(wait-int64(t.p50)*1000, int64(t.p50)*1000-wait)
	if t.p80 > 0 {
		a.told++
		if wait <= int64(t.p80)*1000 {
			a.within++
		}
	}
}

func (a *tally) end(stands uint8) {
	switch stands {
	case finished:
		a.Served++
	case noShow:
		a.NoShows++
	}
}

func (a *tally) step(s *step) {
	a.Dossiers += int(s.dossiers)
	if s.took >= 0 {
		a.Timed++
		a.served += int64(s.took)
	}
}

// wait takes the group's next wait in ascending order.
func (a *tally) wait(ms int32) {
	if a.seen == a.median {
		a.MedianWaitS = seconds(int64(ms))
	}
	if a.seen == a.p90 {
		a.P90WaitS = seconds(int64(ms))
	}
	if a.seen++; a.seen == a.Called {
		a.LongestS = seconds(int64(ms))
	}
}

// length takes the group's next length of a service in ascending order.
func (a *tally) length(ms int32) {
	if a.seen == a.median {
		a.MedianServiceS = seconds(int64(ms))
	}
	if a.seen == a.p90 {
		a.P90ServiceS = seconds(int64(ms))
	}
	a.seen++
}
