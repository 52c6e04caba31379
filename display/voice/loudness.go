package voice

import "math"

// Levels to which every clip is brought.
const (
	Loudness = -16.0 // LUFS, ITU-R BS.1770
	Peak     = -1.5  // dBFS, at most
)

// biquad is a filter of second order, a0 being 1.
type biquad struct{ b0, b1, b2, a1, a2 float64 }

func (q biquad) run(in []float64) []float64 {
	out := make([]float64, len(in))
	var s1, s2 float64
	for i, x := range in {
		y := q.b0*x + s1
		s1 = q.b1*x - q.a1*y + s2
		s2 = q.b2*x - q.a2*y
		out[i] = y
	}
	return out
}

// kWeighting gives the two filters of BS.1770 for any sample rate. The standard's own tables are for
// 48 kHz; the numbers here are the analogue filters behind them (a test compares the two).
func kWeighting(rate float64) (shelf, highpass biquad) {
	const gain, centre, q = 3.999843853973347, 1681.974450955533, 0.7071752369554196
	k := math.Tan(math.Pi * centre / rate)
	vh := math.Pow(10, gain/20)
	vb := math.Pow(vh, 0.4996667741545416)
	a0 := 1 + k/q + k*k
	shelf = biquad{(vh + vb*k/q + k*k) / a0, 2 * (k*k - vh) / a0, (vh - vb*k/q + k*k) / a0, 2 * (k*k - 1) / a0, (1 - k/q + k*k) / a0}

	const cutoff, q2 = 38.13547087602444, 0.5003270373238773
	k = math.Tan(math.Pi * cutoff / rate)
	a0 = 1 + k/q2 + k*k
	highpass = biquad{1, -2, 1, 2 * (k*k - 1) / a0, (1 - k/q2 + k*k) / a0}
	return shelf, highpass
}

// loudness is the integrated loudness of a mono signal in LUFS, -Inf for silence: blocks of 400 ms,
// without those below -70 LUFS and those more than 10 LU below the mean of the rest. A signal that is
// shorter than a block is one block.
func loudness(x []float64, rate int) float64 {
	shelf, highpass := kWeighting(float64(rate))
	weighted := highpass.run(shelf.run(x))
	blocks := powers(weighted, rate*4/10)
	blocks = above(blocks, fromLUFS(-70))
	return toLUFS(mean(above(blocks, mean(blocks)/10)))
}

// powers gives the mean squares of blocks of that size, each beginning a quarter of it after the one before.
func powers(x []float64, size int) []float64 {
	var out []float64
	if len(x) < size {
		size = len(x)
	}
	for from := 0; size > 0 && from+size <= len(x); from += max(size/4, 1) {
		sum := 0.0
		for _, v := range x[from : from+size] {
			sum += v * v
		}
		out = append(out, sum/float64(size))
	}
	return out
}

func above(blocks []float64, least float64) []float64 {
	var out []float64
	for _, b := range blocks {
		if b > least {
			out = append(out, b)
		}
	}
	return out
}

func mean(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

func toLUFS(power float64) float64    { return -0.691 + 10*math.Log10(power) }
func fromLUFS(lufs float64) float64   { return math.Pow(10, (lufs+0.691)/10) }
func decibels(factor float64) float64 { return 20 * math.Log10(factor) }
func factor(decibels float64) float64 { return math.Pow(10, decibels/20) }
