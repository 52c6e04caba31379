package report

import (
	"cmp"
	"slices"

	"layso/kiosk"
)

// rate fills in the ratings.
func (t *table) rate(r *kiosk.Report) {
	all, counters := kiosk.Rated{}, make([]kiosk.Rated, len(t.counters.names))
	for i := range t.tickets {
		x := &t.tickets[i]
		if x.stands != finished {
			continue
		}
		all.Finished++
		if k := x.lastDesk.counter; k != nobody {
			counters[k].Finished++
		}
		if x.stars == 0 {
			continue
		}
		all.Stars[x.stars-1]++
		if k := x.ratedAt; k != nobody {
			counters[k].Stars[x.stars-1]++
		}
	}
	r.Ratings.Rated = summed(all)
	for k, c := range counters {
		if n := t.counters.names[k]; c != (kiosk.Rated{}) {
			r.Ratings.Counters = append(r.Ratings.Counters, kiosk.CounterRatings{ID: n.id, Name: n.text.VI, NameEN: n.text.EN, Rated: summed(c)})
		}
	}
	r.Ratings.Reasons = t.mostGiven()
}

// summed fills in what follows from the stars.
func summed(r kiosk.Rated) kiosk.Rated {
	stars := 0
	for i, n := range r.Stars {
		r.Rated += n
		stars += n * (i + 1)
	}
	r.Rate, r.Mean = share(r.Rated, r.Finished), share(stars, r.Rated)
	return r
}

// mostGiven gives the reasons, the most frequent first.
func (t *table) mostGiven() []kiosk.ReasonCount {
	out := make([]kiosk.ReasonCount, len(t.reasons.names))
	for i, n := range t.reasons.names {
		out[i].Reason = n.id
	}
	for _, k := range t.given {
		out[k].N++
	}
	slices.SortFunc(out, func(a, b kiosk.ReasonCount) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Reason, b.Reason)) })
	return out
}
