package voice

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"layso/kiosk"
)

// TestEveryClip listens by proxy: no clip is silent, overdriven, softer or louder than the others, or
// longer or shorter than its syllables take.
func TestEveryClip(t *testing.T) {
	calls, help := Builtin(), builtinHelp()
	if len(calls.sounds) != 107 || len(help.sounds) != 100 || len(names) != 107+100 {
		t.Fatalf("%d and %d clips for %d names", len(calls.sounds), len(help.sounds), len(names))
	}
	for _, name := range names {
		x, slow, hole := Builtin().sound(name).float(), 0.20, 0.12
		if isHelp(name) {
			slow, hole = 0.29, 0.30 // said to the old, with commas
		}
		seconds, n := float64(len(x))/Rate, float64(syllables[name])
		if n < 1 || seconds < 0.12*n+0.06 || seconds > slow*n+0.40 {
			t.Errorf("%s (%q, %g syllables) takes %.2f s", name, texts[name], n, seconds)
		}
		if l := loudness(x, Rate); math.Abs(l-Loudness) > 0.6 {
			t.Errorf("%s has %.1f LUFS", name, l)
		}
		if p := decibels(peak(x)); p > Peak+0.01 || p < Peak-6 {
			t.Errorf("%s has a peak of %.1f dBFS", name, p)
		}
		if clippedPeaks(x) > 0 {
			t.Errorf("%s is overdriven", name)
		}
		if h := holes(x); h > hole {
			t.Errorf("%s is silent for %.2f s in its midst", name, h)
		}
		if math.Abs(x[0]) > 0.01 || math.Abs(x[len(x)-1]) > 0.01 {
			t.Errorf("%s begins or ends with a click", name)
		}
	}
}

// holes gives the longest silence within the signal in seconds: 40 dB below its loudest 5 ms.
func holes(x []float64) float64 {
	blocks := powers(x, frame)
	loudest := 0.0
	for _, b := range blocks {
		loudest = max(loudest, b)
	}
	longest, run := 0, 0
	for _, b := range blocks {
		if run++; b > loudest/10000 {
			run = 0
		}
		longest = max(longest, run)
	}
	return float64(longest*(frame/4)) / Rate
}

// TestEveryCounter composes calls to all of 1-105 and looks at each as somebody who listens would.
func TestEveryCounter(t *testing.T) {
	for n := 1; n <= 105; n += 4 {
		call := Call{Number: "A" + string(rune('0'+n%10)) + "07", Counter: itoa(n), Lang: kiosk.Vietnamese}
		checkCall(t, call, kiosk.Voice{}, 9.4, 13)
		checkCall(t, call, kiosk.Voice{Once: true}, 4.9, 7)
	}
	checkCall(t, Call{"A007", "3", kiosk.Vietnamese}, kiosk.Voice{}, 9, 10.5) // the facts: 9 to 10 s
	checkCall(t, Call{"A007", "3", kiosk.English}, kiosk.Voice{}, 17, 21)
	checkCall(t, Call{"A007", "3", kiosk.Vietnamese}, kiosk.Voice{Chime: kiosk.ChimeOff}, 8, 9.3)
	checkCall(t, Call{"A007", "3", kiosk.Vietnamese}, kiosk.Voice{Chime: kiosk.ChimeSoft}, 9, 10.5)
}

func itoa(n int) string { return string(digitsOf(n)) }

func digitsOf(n int) []byte {
	if n < 10 {
		return []byte{byte('0' + n)}
	}
	return append(digitsOf(n/10), byte('0'+n%10))
}

func checkCall(t *testing.T, call Call, set kiosk.Voice, least, most float64) {
	t.Helper()
	wav := Builtin().WAV(call, set, Whole)
	x, rate, err := decodeWAV(wav)
	if err != nil || rate != Rate {
		t.Fatal(rate, err)
	}
	seconds := float64(len(x)) / Rate
	if seconds < least || seconds > most {
		t.Errorf("%v takes %.1f s, not %g to %g", call, seconds, least, most)
	}
	if l := loudness(x, rate); math.Abs(l-Loudness) > 1 {
		t.Errorf("%v has %.1f LUFS", call, l)
	}
	if p := decibels(peak(x)); p > Peak+0.01 {
		t.Errorf("%v has a peak of %.2f dBFS", call, p)
	}
	if got, want := holes(x), Between.Seconds()+0.1; got > want {
		t.Errorf("%v has a silence of %.2f s", call, got)
	}
}

// TestParts: the two halves are the whole, but for the moment of silence behind each.
func TestParts(t *testing.T) {
	call, behind := Call{"B115", "24", kiosk.Vietnamese}, samples(tail)
	for _, set := range []kiosk.Voice{{}, {Once: true}} {
		whole, first, again := Builtin().compose(call, set, Whole), Builtin().compose(call, set, First), Builtin().compose(call, set, Again)
		want := append(sound(nil), first[:len(first)-behind]...)
		if !set.Once {
			want = append(want, again[:len(again)-behind]...)
		}
		if want = append(want, silence(tail)...); string(encodeWAV(want)) != string(encodeWAV(whole)) {
			t.Errorf("once %v: %d samples and %d are not %d", set.Once, len(first), len(again), len(whole))
		}
		if again[0] != 0 || len(again) < samples(Between) {
			t.Error("no silence before the second reading")
		}
	}
}

func TestChime(t *testing.T) {
	for level, want := range map[kiosk.Chime]float64{kiosk.ChimeNormal: Loudness, kiosk.ChimeSoft: Loudness - 10} {
		x := chimeOf(level).float()
		near(t, "loudness", loudness(x, Rate), want, 0.5)
		if p := decibels(peak(x)); p > Peak+0.01 {
			t.Errorf("a peak of %.1f dBFS", p)
		}
		// A click is a jump that the tones themselves never make.
		steepest := peak(x) * 2 * math.Pi * 830.6 * 2 / Rate
		for i := 1; i < len(x); i++ {
			if math.Abs(x[i]-x[i-1]) > steepest {
				t.Fatalf("a click after %.3f s", float64(i)/Rate)
			}
		}
		if first := peak(x[:samples(2*time.Millisecond)]); first > 0.4*peak(x) {
			t.Errorf("it begins with %.0f %% of its strength", 100*first/peak(x))
		}
		if math.Abs(x[0]) > 0.001 || math.Abs(x[len(x)-1]) > 0.001 {
			t.Error("it begins or ends with a click")
		}
	}
	if chimeOf(kiosk.ChimeOff) != nil {
		t.Error("off is heard")
	}
}

func TestWAVHead(t *testing.T) {
	wav := Builtin().WAV(Call{"A007", "3", kiosk.Vietnamese}, kiosk.Voice{}, First)
	if size := int(binary.LittleEndian.Uint32(wav[4:])); size != len(wav)-8 {
		t.Errorf("RIFF says %d of %d", size, len(wav))
	}
	for _, raw := range [][]byte{ChimeWAV(), SilentWAV()} {
		x, rate, err := decodeWAV(raw)
		if err != nil || rate != Rate || len(x) < samples(50*time.Millisecond) {
			t.Errorf("%d samples at %d: %v", len(x), rate, err)
		}
	}
}

// FuzzWAV gives a recording of any bytes: what is taken sounds like a clip.
func FuzzWAV(f *testing.F) {
	f.Add(ChimeWAV()[:20000])
	f.Add(SilentWAV())
	f.Add(Builtin().WAV(Call{}, kiosk.Voice{Chime: kiosk.ChimeOff, Once: true}, Whole)[:30000])
	f.Fuzz(func(t *testing.T, raw []byte) {
		x, rate, err := decodeWAV(raw)
		if err != nil {
			return
		}
		r := &reader{}
		s := r.improve("vi.7", x, rate)
		if (s == nil) != (len(r.faults) == 1) {
			t.Fatal(len(s), r.faults)
		}
		if s != nil && (decibels(peak(s.float())) > Peak+0.01 || len(s) > 2*Rate) {
			t.Fatalf("%d samples, %.1f dBFS", len(s), decibels(peak(s.float())))
		}
	})
}

// BenchmarkCompose is one call, as a screen asks for it: 20 ms are allowed.
func BenchmarkCompose(b *testing.B) {
	clips := Builtin()
	for b.Loop() {
		clips.WAV(Call{"A007", "105", kiosk.English}, kiosk.Voice{}, Whole)
	}
}

func BenchmarkUnpack(b *testing.B) {
	for b.Loop() {
		if _, err := Read(espeak); err != nil {
			b.Fatal(err)
		}
	}
}
