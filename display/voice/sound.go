package voice

import (
	"math"
	"time"
)

// Rate is the samples a second of everything that is composed. espeak-ng speaks at this rate, and the
// speech of a hall's loudspeaker ends well below 11 kHz.
const Rate = 22050

// sound is a mono signal of 16 bits at [Rate].
type sound []int16

const full = 32768 // a sample of 0 dBFS

func samples(d time.Duration) int { return int(d * Rate / time.Second) }

// round makes 16 bits of samples between -1 and 1.
func round(x []float64) sound {
	out := make(sound, len(x))
	for i, v := range x {
		out[i] = int16(math.Round(max(-full, min(full-1, v*full))))
	}
	return out
}

func (s sound) float() []float64 {
	out := make([]float64, len(s))
	for i, v := range s {
		out[i] = float64(v) / full
	}
	return out
}

func peak(x []float64) float64 {
	p := 0.0
	for _, v := range x {
		p = max(p, math.Abs(v))
	}
	return p
}

// Where a clip begins and ends: frames this far below its loudest are silence. What is before the first
// and after the last that is heard stays for a moment, so that no consonant is cut.
const (
	frame  = Rate / 200 // 5 ms
	hush   = -40.0      // dB
	before = frame
	after  = 3 * frame
)

// trim cuts the silence off both ends and lets them fade, so that nothing clicks. A synthetic voice ends more
// abruptly than anybody does, so the last moment of it fades too.
func trim(x []float64) []float64 {
	if len(x) < 2*frame {
		return x
	}
	blocks := powers(x, frame)
	step := max(frame/4, 1)
	loudest := 0.0
	for _, b := range blocks {
		loudest = max(loudest, b)
	}
	least := loudest * math.Pow(10, hush/10)
	first, last := 0, len(blocks)-1
	for first < last && blocks[first] <= least {
		first++
	}
	for last > first && blocks[last] <= least {
		last--
	}
	out := append([]float64(nil), x[max(0, first*step-before):min(len(x), last*step+frame+after)]...)
	fade(out, before, 2*after)
	return out
}

// fade lets the signal grow and die away over these numbers of samples.
func fade(x []float64, in, out int) {
	for i := range min(in, len(x)) {
		x[i] *= float64(i) / float64(in)
	}
	for i := range min(out, len(x)) {
		x[len(x)-1-i] *= float64(i) / float64(out)
	}
}

// level brings the signal to a loudness in LUFS. Peaks that would rise above [Peak] are pressed below it.
func level(x []float64, lufs float64) {
	for range 4 { // pressing takes a little of the loudness away
		gain := factor(lufs - loudness(x, Rate))
		for i := range x {
			x[i] *= gain
		}
		if peak(x) <= factor(Peak) {
			return
		}
		limit(x, factor(Peak))
	}
}

// attack is how long before a peak the limiter begins to turn down, and how long after it turns up again.
const attack = Rate / 400 // 2.5 ms

// limit turns the signal down around each sample above most, smoothly.
func limit(x []float64, most float64) {
	gain := make([]float64, len(x))
	for i := range gain {
		gain[i] = 1
	}
	for i, v := range x {
		if a := math.Abs(v); a > most {
			for j := max(0, i-attack); j < min(len(x), i+attack+1); j++ {
				gain[j] = min(gain[j], most/a)
			}
		}
	}
	// The mean over the same width of what holds for the whole width never lets a peak through.
	sum := 0.0
	at := func(i int) float64 { return gain[max(0, min(len(gain)-1, i))] }
	half := attack / 2
	for i := -half; i < half; i++ {
		sum += at(i)
	}
	for i := range x {
		sum += at(i + half)
		x[i] *= sum / float64(2*half+1)
		sum -= at(i - half)
	}
}
