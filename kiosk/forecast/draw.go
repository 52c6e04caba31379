package forecast

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// CV is the coefficient of variation (standard deviation by mean) of a service time of which nothing
// is known but its mean: 0.8, between the 0.46 of a clinic and the 1.2 of a bank (facts: "The load").
const CV = 0.8

// grain is the number of equally likely values that stand for the lognormal distribution; a power of two.
const grain = 1024

// unit are the values of a lognormal distribution with mean 1 and the coefficient of variation [CV],
// smallest first: the medians of its grain equal parts, stretched so that their mean is 1 as well.
type unit [grain]float64

func newUnit() *unit {
	var u unit
	sigma, sum := math.Sqrt(math.Log(1+CV*CV)), 0.0
	for i := range u {
		z := math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/grain-1)
		u[i] = math.Exp(sigma * z)
		sum += u[i]
	}
	for i := range u {
		u[i] *= grain / sum
	}
	return &u
}

// urn is what a time is drawn from: each of the times seen, and with the weight of priorWeight of
// them the configured mean's distribution. All that is at most past is left out and past is taken off
// the rest: so it gives how long a service goes on that has lasted for past.
type urn struct {
	times []int32 // ms; past is taken off already
	prior *unit
	mean  float64 // of the prior, ms
	from  int     // the first of the prior's values that is above past
	past  int64
	balls uint64 // grain for each time, priorWeight for each of the prior's values
}

// newUrn is the urn of whole services.
func newUrn(seen []int32, meanS int, prior *unit) urn {
	return urn{times: seen, prior: prior, mean: 1000 * float64(max(1, meanS)), balls: grain * uint64(len(seen)+priorWeight)}
}

// longest is the number of means after which a service is no longer thought to be a long one: its
// ticket may have been forgotten, and it ends as if it had lasted for so long.
const longest = 3

// after is the urn of what is left of a service that has lasted for past ms; room is memory for it.
func (u urn) after(past int64, room []int32) urn {
	if past <= 0 {
		return u
	}
	past = min(past, int64(longest*u.average()))
	left := urn{times: room[:0], prior: u.prior, mean: u.mean, past: past}
	for _, x := range u.times {
		if int64(x) > past {
			left.times = append(left.times, int32(int64(x)-past))
		}
	}
	for left.from < grain && u.mean*u.prior[left.from] <= float64(past) {
		left.from++
	}
	left.balls = grain*uint64(len(left.times)) + priorWeight*uint64(grain-left.from)
	if left.balls == 0 { // longer than anything known
		return u
	}
	return left
}

// average is the mean of the times in the urn of whole services, ms.
func (u urn) average() float64 {
	sum := priorWeight * u.mean
	for _, x := range u.times {
		sum += float64(x)
	}
	return sum / float64(len(u.times)+priorWeight)
}

// draw gives a time in ms, at least 1, and whether nobody came, which is as likely as miss says; both from one
// random number, whose upper part chooses the ball, whose lower part is by chance within the ball.
func (u *urn) draw(rng *rand.PCG, miss uint64) (took int64, missed bool) {
	ball, chance := bits.Mul64(rng.Uint64(), u.balls)
	if seen := grain * uint64(len(u.times)); ball >= seen {
		i := u.from + int((ball-seen)/priorWeight)
		return max(1, int64(u.mean*u.prior[i])-u.past), chance < miss
	}
	return int64(u.times[ball/grain]), chance < miss
}

// likely gives the probability p as a part of the 64-bit numbers.
func likely(p float64) uint64 { return uint64(min(p, 1-0x1p-53) * 0x1p64) }

// gap gives the time until the next of events that come by chance, rate of them in each ms, in ms.
func gap(rng *rand.PCG, rate float64) float64 {
	return -math.Log(1-float64(rng.Uint64()>>11)*0x1p-53) / rate
}
