package voice

import (
	"math"
	"testing"
)

// sine gives a tone of that level in dBFS (of its peak).
func sine(pitch, level float64, seconds float64, rate int) []float64 {
	out := make([]float64, int(seconds*float64(rate)))
	for i := range out {
		out[i] = factor(level) * math.Sin(2*math.Pi*pitch*float64(i)/float64(rate))
	}
	return out
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.4f, want %.4f", what, got, want)
	}
}

// TestWeightingTable: at 48 kHz the filters are those that are printed in BS.1770-4, tables 1 and 2.
func TestWeightingTable(t *testing.T) {
	shelf, highpass := kWeighting(48000)
	for _, x := range []struct{ got, want float64 }{
		{shelf.b0, 1.53512485958697}, {shelf.b1, -2.69169618940638}, {shelf.b2, 1.19839281085285},
		{shelf.a1, -1.69065929318241}, {shelf.a2, 0.73248077421585},
		{highpass.a1, -1.99004745483398}, {highpass.a2, 0.99007225036621},
	} {
		near(t, "coefficient", x.got, x.want, 1e-8)
	}
}

// TestKnownLoudness: the standard's own value for a tone of 997 Hz at full scale, and the cases of EBU Tech
// 3341 that a single channel can have.
func TestKnownLoudness(t *testing.T) {
	for _, rate := range []int{Rate, 44100, 48000} {
		near(t, "997 Hz at 0 dBFS", loudness(sine(997, 0, 3, rate), rate), -3.01, 0.05)
		near(t, "1 kHz at -20 dBFS", loudness(sine(1000, -20, 5, rate), rate), -23.0, 0.1)
		// Case 3: what is more than 10 LU below the rest does not count.
		quiet, loud := sine(1000, -33, 3, rate), sine(1000, -20, 18, rate)
		near(t, "gated", loudness(append(append(append([]float64(nil), quiet...), loud...), quiet...), rate), -23.0, 0.1)
		// Case 4: silence does not count either.
		silent := sine(1000, -72, 3, rate)
		near(t, "gated silence", loudness(append(append([]float64(nil), silent...), loud...), rate), -23.0, 0.1)
		near(t, "a short tone", loudness(sine(1000, -20, 0.25, rate), rate), -23.0, 0.2)
	}
	if got := loudness(make([]float64, Rate), Rate); !math.IsInf(got, -1) {
		t.Errorf("silence has %f LUFS", got)
	}
	if got := loudness(nil, Rate); !math.IsInf(got, -1) {
		t.Errorf("nothing has %f LUFS", got)
	}
}

func TestLevel(t *testing.T) {
	for _, from := range []float64{-50, -20, -1} {
		x := sine(400, from, 1, Rate)
		level(x, Loudness)
		near(t, "loudness", loudness(x, Rate), Loudness, 0.1)
	}
	// A click in soft speech: its peak is pressed, the rest is as loud as ever.
	x := sine(400, -30, 1, Rate)
	for i := range 20 {
		x[Rate/2+i] += 0.9
	}
	level(x, Loudness)
	if p := decibels(peak(x)); p > Peak+0.001 {
		t.Errorf("a peak of %.2f dBFS", p)
	}
	near(t, "loudness with a click", loudness(x, Rate), Loudness, 1)
}

// TestResample: a tone keeps its pitch and its strength; one that is too high for the new rate is gone.
func TestResample(t *testing.T) {
	for _, rate := range []int{8000, 16000, 24000, 44100, 48000} {
		x := resample(sine(1000, -6, 1, rate), rate)
		near(t, "length", float64(len(x)), Rate, 2)
		want := sine(1000, -6, 1, Rate)
		worst := 0.0
		for i := Rate / 10; i < Rate*9/10; i++ {
			worst = max(worst, math.Abs(x[i]-want[i]))
		}
		if worst > 0.01 {
			t.Errorf("%d Hz: off by %f", rate, worst)
		}
	}
	for _, pitch := range []float64{12500, 15000, 20000} {
		if p := decibels(peak(resample(sine(pitch, 0, 1, 48000), 48000)[2000:20000])); p > -40 {
			t.Errorf("%g Hz comes through with %.0f dB", pitch, p)
		}
	}
}

func TestTrim(t *testing.T) {
	x := append(append(make([]float64, Rate), sine(500, -10, 0.3, Rate)...), make([]float64, Rate/2)...)
	got := trim(x)
	near(t, "seconds", float64(len(got))/Rate, 0.3, 0.03)
	if got[0] != 0 || got[len(got)-1] != 0 {
		t.Error("it begins or ends with a click")
	}
}
