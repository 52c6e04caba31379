package simulate_test

import (
	"fmt"
	"testing"

	"layso/kiosk/forecast/simulate"
)

// Tickets a second of an M/M/s queue with all estimators.
func BenchmarkQueue(b *testing.B) {
	for _, s := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(s), func(b *testing.B) {
			b.ReportAllocs()
			simulate.Queue{Servers: s, Load: 0.95, N: b.N}.Run(1, 0)
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tickets/s")
		})
	}
}
