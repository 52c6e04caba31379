package forecast_test

import (
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
