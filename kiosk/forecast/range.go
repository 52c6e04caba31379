package forecast

import (
	"math"
	"time"

	"layso/kiosk"
)

// CV is the coefficient of variation of a service time (standard deviation by mean): 0.8, between
// the 0.46 of a clinic and the 1.2 of a bank (facts: "The load").
const CV = 0.8

// z80 is the 80th percentile of the standard normal distribution.
const z80 = 0.8416

// spread gathers what makes a wait uncertain: the services that the counters finish meanwhile.
type spread struct {
	desks   int     // counters that finish them
	squares float64 // sum of the squares of their times in seconds
}

func (s *spread) add(busy time.Duration) {
	s.squares += busy.Seconds() * busy.Seconds()
}

// around gives the range of a wait (package comment, "The range").
func (s spread) around(wait time.Duration) kiosk.Range {
	m := wait.Seconds()
	sd := CV / float64(max(1, s.desks)) * math.Sqrt(s.squares)
	if wait == 0 {
		sd = 0
	}
	return kiosk.Range{P50S: int(math.Round(m)), P80S: int(math.Round(m + z80*sd))}
}

// remaining gives how long a service goes on whose ticket was called elapsed ago (package comment,
// "The ticket in hand"), in whole milliseconds, above 0 and at most the mean.
func remaining(mean, elapsed time.Duration) time.Duration {
	x := max(0, elapsed.Seconds()) / mean.Seconds()
	share := min(1, residual(x))
	return max(time.Millisecond, time.Duration(share*float64(mean)).Round(time.Millisecond))
}

// residual is E[S−x | S>x] of a lognormal S with mean 1 and coefficient of variation CV. It rises
// above 1 for x beyond 3, and is not asked for further than 10, where its parts are still exact.
func residual(x float64) float64 {
	if x == 0 || x > 10 {
		return 1
	}
	sigma := math.Sqrt(math.Log(1 + CV*CV))
	normal := func(y float64) float64 { return math.Erfc(-y/math.Sqrt2) / 2 }
	above := normal((-sigma*sigma/2 - math.Log(x)) / sigma)
	mass := normal((sigma*sigma/2 - math.Log(x)) / sigma)
	return mass/above - x
}
