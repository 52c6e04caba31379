package voice

import "math"

// resample brings a signal to [Rate] with a windowed sinc that ends below the lower half of both rates.
func resample(x []float64, rate int) []float64 {
	if rate == Rate {
		return x
	}
	k := newKernel(rate)
	out := make([]float64, len(x)*Rate/rate)
	for i := range out {
		at := i * rate // in samples of x, times Rate
		taps := k.phase(at % Rate)
		from := at/Rate - k.reach
		for j, tap := range taps {
			if n := from + j; n >= 0 && n < len(x) {
				out[i] += x[n] * tap
			}
		}
	}
	return out
}

// kernel holds the weights for each place that an output sample has between two input samples; there are
// 147 such places from 48 kHz.
type kernel struct {
	cut    float64 // of the old rate's half
	reach  int     // samples on each side
	phases map[int][]float64
}

func newKernel(rate int) kernel {
	const lobes = 16
	cut := 0.95 * min(1, Rate/float64(rate))
	return kernel{cut, int(math.Ceil(lobes / cut)), map[int][]float64{}}
}

// phase gives the weights of the samples from reach before to reach behind, at place/Rate between two.
func (k kernel) phase(place int) []float64 {
	if taps := k.phases[place]; taps != nil {
		return taps
	}
	taps := make([]float64, 2*k.reach+1)
	for j := range taps {
		d := float64(j-k.reach) - float64(place)/Rate
		if w := d / float64(k.reach); w > -1 && w < 1 {
			taps[j] = k.cut * sinc(k.cut*d) * (0.5 + 0.5*math.Cos(math.Pi*w))
		}
	}
	k.phases[place] = taps
	return taps
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}
