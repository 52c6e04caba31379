package simulate

import (
	"context"
	"math"
)

// Tolerance is how far a simulated value may be from its reference, as a share of the reference.
const Tolerance = 0.02

// Check compares a simulated value with what it must come to.
type Check struct {
	Model     string  `json:"model"`
	Value     string  `json:"value"`
	Exact     bool    `json:"exact"` // the reference is proved; otherwise it is from an earlier simulation
	Reference float64 `json:"reference"`
	Simulated float64 `json:"simulated"`
	Deviation float64 `json:"deviation"` // (simulated − reference) ÷ reference
	Margin    float64 `json:"margin"`    // half-width of the 95 % confidence interval of the simulated value ÷ reference
	Pass      bool    `json:"pass"`
}

// Exact simulates every model of queueing theory in facts/waiting.md and compares. The models that
// settle slowest get this many runs of this many arrivals, the others a share of the runs; the checks
// come in the order of the models.
func Exact(ctx context.Context, seed uint64, runs, arrivals int, tell Progress) ([]Check, error) {
	models := Models()
	var parts []func() *Tally
	for _, m := range models {
		m.Queue.N = arrivals
		for n := range m.runs(runs) {
			parts = append(parts, func() *Tally { return m.Queue.Run(seed, n) })
		}
	}
	tallies, err := each(ctx, len(parts), tell, func(i int) *Tally { return parts[i]() })
	if err != nil {
		return nil, err
	}
	var out []Check
	for _, m := range models {
		n := m.runs(runs)
		out = append(out, m.Compare(tallies[:n])...)
		tallies = tallies[n:]
	}
	return out, nil
}

// Model is a queue and the values that are known of it.
type Model struct {
	Name   string
	Queue  Queue
	Share  int // of the runs: one in so many
	Values []Value
}

func (m Model) runs(all int) int { return max(min(all, 4), all/m.Share) }

// Value is something known of a model. Get computes it from a simulation.
type Value struct {
	Name      string
	Exact     bool
	Reference float64
	Get       func(*Tally) float64
	Control   *Control // nil: none
}

// Control is a second value of a simulation whose exact mean is known, and with which the first one
// rises and falls: what the second is off by tells what the first is off by (a control variate).
type Control struct {
	Known float64
	Get   func(*Tally) float64
}

// Compare gives the checks of the model for what its runs came to.
func (m Model) Compare(runs []*Tally) []Check {
	all := &Tally{}
	for _, r := range runs {
		all.Merge(r)
	}
	var out []Check
	for _, v := range m.Values {
		c := Check{Model: m.Name, Value: v.Name, Exact: v.Exact, Reference: v.Reference}
		each := v.each(runs)
		c.Simulated = v.Get(all)
		if slope := v.slope(runs); slope != 0 {
			c.Simulated -= slope * (v.Control.Get(all) - v.Control.Known)
			for i, r := range runs {
				each[i] -= slope * v.Control.Get(r)
			}
		}
		c.Deviation = c.Simulated/c.Reference - 1
		c.Margin = margin(each) / c.Reference
		c.Pass = math.Abs(c.Deviation) <= Tolerance
		out = append(out, c)
	}
	return out
}

func (v Value) each(runs []*Tally) []float64 {
	out := make([]float64, len(runs))
	for i, r := range runs {
		out[i] = v.Get(r)
	}
	return out
}

// slope is how much the value rises with its control from run to run; 0 with too few runs to tell.
func (v Value) slope(runs []*Tally) float64 {
	const enough = 8
	if v.Control == nil || len(runs) < enough {
		return 0
	}
	n := float64(len(runs))
	var x, y, xx, xy float64
	for _, r := range runs {
		a, b := v.Control.Get(r), v.Get(r)
		x, y, xx, xy = x+a, y+b, xx+a*a, xy+a*b
	}
	return (xy - x*y/n) / (xx - x*x/n)
}

// margin is the half-width of the 95 % confidence interval of the mean of independent values.
func margin(values []float64) float64 {
	n := float64(len(values))
	if n < 2 {
		return 0
	}
	var sum, square float64
	for _, x := range values {
		sum += x
	}
	for _, x := range values {
		square += (x - sum/n) * (x - sum/n)
	}
	return 1.96 * math.Sqrt(square/(n-1)/n)
}
