package forecast_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// A ticket that found an idle counter says nothing of the P80: in a quiet hall such tickets would
// make it worthless for the others.
func TestIdleCountersTeachNothing(t *testing.T) {
	m, card := forecast.NewModel(), forecast.Scorecard{}
	start := m.Factor
	for range 100 {
		m.Scored(0, kiosk.Range{})
		card.Add(forecast.Told{}, 0)
	}
	if m.Factor != start {
		t.Errorf("the factor went from %v to %v", start, m.Factor)
	}
	told := kiosk.Range{P50S: 60, P80S: 120}
	for i := range 5 {
		card.Add(forecast.Told{Printed: told}, time.Duration(i)*32*time.Second) // the last one takes 128 s
	}
	if got := card.Score(""); got.N != 105 || got.Cover80 != 0.8 {
		t.Errorf("%d tickets, cover %v, want 105 and 0.8 of the five that were told a wait", got.N, got.Cover80)
	}
	m.Scored(200*time.Second, told)
	late := m.Factor
	if m.Scored(100*time.Second, told); late <= start || m.Factor >= late {
		t.Errorf("the factor went from %v to %v by a late call, then to %v", start, late, m.Factor)
	}
}

// Whatever is wrong with the spread of the rollouts, in the end four of five waits are within the P80.
func TestCalibration(t *testing.T) {
	for _, wrong := range []float64{0.4, 1, 1.5} {
		rng := rand.New(rand.NewPCG(1, uint64(wrong*10)))
		m := forecast.NewModel()
		within, n := 0, 0
		for i := range 6000 {
			spread := 300 + 600*rng.Float64()
			wait := 3000 + spread*rng.NormFloat64()
			printed := m.Calibrated(kiosk.Range{P50S: 3000, P80S: 3000 + int(wrong*0.8416*spread)})
			took := time.Duration(wait * float64(time.Second))
			if i >= 1000 {
				n++
				if forecast.Within(took, printed) {
					within++
				}
			}
			m.Scored(took, printed)
		}
		if cover := float64(within) / float64(n); cover < 0.78 || cover > 0.82 {
			t.Errorf("spread wrong by %v: %.3f of the waits are within the P80, factor %.2f", wrong, cover, m.Factor)
		}
	}
	m := forecast.NewModel()
	for range 1000 {
		m.Scored(time.Hour, kiosk.Range{P80S: 60})
	}
	if m.Factor != 4 {
		t.Errorf("the factor grows to %v, want 4 at most", m.Factor)
	}
	for range 10000 {
		m.Scored(0, kiosk.Range{P80S: 60})
	}
	if m.Factor != 0.5 {
		t.Errorf("the factor shrinks to %v, want 0.5 at least", m.Factor)
	}
}

// The model keeps the newest 300 times, and survives JSON.
func TestModel(t *testing.T) {
	m := forecast.NewModel()
	for i := range 750 {
		m.Served("land", time.Duration(i+1)*time.Second)
	}
	m.Served("land", 0)
	m.Served("land", 48*time.Hour)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	back := forecast.NewModel()
	if err := json.Unmarshal(text, back); err != nil || !reflect.DeepEqual(m, back) {
		t.Errorf("%v: %+v, want %+v", err, back, m)
	}
	times := slices.Sorted(slices.Values(back.Services["land"].Times))
	if len(times) != 300 || times[0] != 451_000 || times[299] != 750_000 {
		t.Errorf("%d times from %d to %d ms", len(times), times[0], times[len(times)-1])
	}
	if got, want := m.Mean("land", 100), (600*time.Second*300+50*time.Second+8*100*time.Second+100*time.Second)/308; (got - want).Abs() > 2*time.Second {
		t.Errorf("mean %v, want about %v", got, want)
	}
}
