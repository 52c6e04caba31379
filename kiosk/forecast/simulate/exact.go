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
}

// Compare gives the checks of the model for what its runs came to.
func (m Model) Compare(runs []*Tally) []Check {
	all := &Tally{}
	for _, r := range runs {
		all.Merge(r)
	}
	var out []Check
	for _, v := range m.Values {
		c := Check{Model: m.Name, Value: v.Name, Exact: v.Exact, Reference: v.Reference, Simulated: v.Get(all)}
		c.Deviation = c.Simulated/c.Reference - 1
		c.Margin = margin(runs, v.Get) / c.Reference
		c.Pass = math.Abs(c.Deviation) <= Tolerance
		out = append(out, c)
	}
	return out
}

// margin is the half-width of the 95 % confidence interval of a mean of independent runs.
func margin(runs []*Tally, get func(*Tally) float64) float64 {
	n := float64(len(runs))
	if n < 2 {
		return 0
	}
	var sum, square float64
	for _, r := range runs {
		x := get(r)
		sum += x
		square += x * x
	}
	variance := (square - sum*sum/n) / (n - 1)
	return 1.96 * math.Sqrt(max(0, variance)/n)
}
