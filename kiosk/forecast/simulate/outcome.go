package simulate

import (
	"context"
	"slices"
	"time"
)

// Outcome is what a policy has come to.
type Outcome struct {
	Policy   string `json:"policy"`
	Regular  Waits  `json:"regular"`
	Priority Waits  `json:"priority"`
	// Late counts the tickets that were called after one for the same service that was taken more
	// than the credit later.
	Late int `json:"late_overtakes"`
	Left int `json:"left"` // of a log: calls that were never answered

	credit int64 // ms
	waits  [classes][]float64
}

// Waits are the waits of one class, in minutes (hall) or seconds (log).
type Waits struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean"`
	P95  float64 `json:"p95"`
	Max  float64 `json:"max"`
}

func waitsOf(all []float64) Waits {
	if len(all) == 0 {
		return Waits{}
	}
	slices.Sort(all)
	sum := 0.0
	for _, w := range all {
		sum += w
	}
	n := len(all)
	return Waits{n, sum / float64(n), all[(95*n-1)/100], all[n-1]}
}

// newOutcomes gives an empty outcome for each of the policies.
func newOutcomes(policies []Policy, credit time.Duration) []*Outcome {
	var out []*Outcome
	for _, p := range policies {
		out = append(out, &Outcome{Policy: p.Name, credit: credit.Milliseconds()})
	}
	return out
}

// sum joins the outcomes of parts, each with all policies.
func sum(parts [][]*Outcome) []*Outcome {
	all := parts[0]
	for _, part := range parts[1:] {
		for i, o := range part {
			all[i].Late += o.Late
			all[i].Left += o.Left
			for c := range o.waits {
				all[i].waits[c] = append(all[i].waits[c], o.waits[c]...)
			}
		}
	}
	for _, o := range all {
		o.Regular, o.Priority = waitsOf(o.waits[Regular]), waitsOf(o.waits[Priority])
	}
	return all
}

// Policies plays days of the hall under every policy, each with the same people, who come at the same
// times and take the same time; so many days for each of so many seeds from this one on. Waits are in
// minutes, without lunch.
func (h *Hall) Policies(ctx context.Context, seed uint64, seeds, days int, tell Progress) ([]*Outcome, error) {
	parts, err := each(ctx, seeds*days, tell, func(i int) []*Outcome {
		return h.policies(newDice(seed+uint64(i/days), i%days))
	})
	if err != nil {
		return nil, err
	}
	return sum(parts), nil
}

func (h *Hall) policies(d dice) []*Outcome {
	policies := Policies(h.Credit)
	visits, speeds := h.visits(d), h.speeds(d)
	desks := h.desks(d, speeds)
	out := newOutcomes(policies, h.Credit)
	for i, p := range policies {
		f := &floor{line: newLine(p, len(h.Services)), desks: slices.Clone(desks), result: out[i], wait: h.without}
		f.play(visits, len(h.Services))
	}
	return out
}
