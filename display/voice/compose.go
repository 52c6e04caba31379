package voice

import (
	"math"
	"slices"
	"sync"
	"time"

	"layso/kiosk"
)

// Part is what of a call is heard.
type Part string

// The parts. Whole is a call as the hall wants it: the chime, the sentence, and the sentence again
// unless it is read once. First and Again are its two halves, for who decides between them.
const (
	Whole Part = "whole"
	First Part = "first" // the chime and the sentence
	Again Part = "again" // the silence and the sentence
)

// Valid reports whether there is such a part.
func (p Part) Valid() bool { return p == Whole || p == First || p == Again }

// tail is the silence behind a call, so that no player cuts its last sound.
const tail = 100 * time.Millisecond

// WAV composes one WAV file of a call, mono, 16 bits, at [Rate]: 44,100 bytes a second.
func (c *Clips) WAV(call Call, set kiosk.Voice, part Part) []byte {
	return encodeWAV(c.compose(call, set, part))
}

func (c *Clips) compose(call Call, set kiosk.Voice, part Part) sound {
	sentence := c.join(Sentences(call, set))
	out := make(sound, 0, 2*len(sentence)+samples(3*time.Second))
	if part != Again {
		out = append(out, chimeOf(set.Chime)...)
		out = append(out, sentence...)
	}
	if part == Again || part == Whole && !set.Once {
		out = append(out, silence(Between)...)
		out = append(out, sentence...)
	}
	return append(out, silence(tail)...)
}

func (c *Clips) join(words []Word) sound {
	out := make(sound, 0, len(words)*Rate/2)
	for _, w := range words {
		out = append(out, silence(w.Pause)...)
		out = append(out, c.sound(w.Clip)...)
	}
	return out
}

// sound gives a clip, or that of the program where this voice does not have it.
func (c *Clips) sound(name string) sound {
	own := c.sounds[name]
	switch {
	case own != nil:
	case isHelp(name):
		own = builtinHelp().sounds[name]
	default:
		own = Builtin().sounds[name]
	}
	if own == nil {
		return nil
	}
	return own()
}

func silence(d time.Duration) sound { return make(sound, samples(d)) }

// ChimeWAV is the chime alone, to try the loudspeaker with.
func ChimeWAV() []byte { return encodeWAV(append(chimeOf(kiosk.ChimeNormal), silence(tail)...)) }

// SilentWAV is a tenth of a second of nothing: whether it may be played tells whether a call may.
func SilentWAV() []byte { return encodeWAV(silence(100 * time.Millisecond)) }

func chimeOf(c kiosk.Chime) sound {
	switch c {
	case kiosk.ChimeOff:
		return nil
	case kiosk.ChimeSoft:
		return softChime()
	}
	return normalChime()
}

// The chimes are made once: they are most of the work of a call.
var (
	normalChime = sync.OnceValue(func() sound { return slices.Clip(chime(Loudness)) }) // clipped: who appends gets a copy
	softChime   = sync.OnceValue(func() sound { return slices.Clip(chime(Loudness - 10)) })
)

// chime is two tones of a bell, a major third down, of that loudness.
func chime(lufs float64) sound {
	const second = 0.32 // when it begins, in seconds
	out := make([]float64, samples(time.Second))
	strike(out, 0, 830.6) // g sharp, above the voice
	strike(out[int(second*Rate):], 0, 659.3)
	fade(out, 1, samples(120*time.Millisecond))
	level(out, lufs)
	return round(out)
}

// strike adds one tone: soft in the first milliseconds, so that it does not click, then dying away, the
// overtones sooner.
func strike(out []float64, from int, pitch float64) {
	const attack = 0.006 // seconds
	for i := from; i < len(out); i++ {
		t := float64(i-from) / Rate
		v := 0.0
		for n, strength := range []float64{1, 0.35, 0.12, 0.05} {
			v += strength * math.Exp(-t*(3.2+1.6*float64(n))) * math.Sin(2*math.Pi*pitch*float64(n+1)*t)
		}
		out[i] += v * (1 - math.Exp(-t/attack))
	}
}
