package simulate

import (
	"math"
	"math/rand/v2"
)

// dice is where chance comes from: the same seed and run always give the same numbers, whatever else
// runs beside it.
type dice struct{ *rand.Rand }

func newDice(seed uint64, run int) dice {
	return dice{rand.New(rand.NewPCG(seed, uint64(run)*0x9e3779b97f4a7c15+1))}
}

// exp draws an exponential time of this mean.
func (d dice) exp(mean float64) int64 { return int64(d.ExpFloat64()*mean + 0.5) }

// lognormal draws a lognormal time of this mean and coefficient of variation.
func (d dice) lognormal(mean, cv float64) float64 {
	v := math.Log1p(cv * cv)
	return mean * math.Exp(d.NormFloat64()*math.Sqrt(v)-v/2)
}

// hyper draws a time of this mean that is hyperexponential of two phases with balanced means and the
// squared coefficient of variation c2 > 1.
func (d dice) hyper(mean, c2 float64) int64 {
	p := (1 + math.Sqrt((c2-1)/(c2+1))) / 2
	if d.Float64() >= p {
		p = 1 - p
	}
	return d.exp(mean / (2 * p))
}
