package display_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// BenchmarkCall measures from the clerk's command, whose commit costs nothing here, to the arrival
// of its frame at the last of the displays, all on this machine.
func BenchmarkCall(b *testing.B) {
	for _, n := range []int{50, 300} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := newHall(b, nil)
			h.do(kiosk.OpenCounter{Operator: at("1")})
			arrived := make(chan time.Time, n)
			for range n {
				s := h.dial("")
				s.until("snapshot")
				go func() {
					for {
						_, data, err := s.conn.ReadMessage()
						if err != nil {
							return
						}
						if strings.HasPrefix(string(data), `{"type":"ticket.called"`) {
							arrived <- time.Now()
						}
					}
				}()
			}
			var took []time.Duration
			for b.Loop() {
				h.take("k1")
				start := time.Now()
				if _, err := h.owner.Do(context.Background(), kiosk.Next{Operator: at("1")}); err != nil {
					b.Fatal(err)
				}
				last := start
				for range n {
					if t := <-arrived; t.After(last) {
						last = t
					}
				}
				took = append(took, last.Sub(start))
				h.do(kiosk.Finish{Operator: at("1")})
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2]), "p50-ns")
			b.ReportMetric(float64(took[len(took)*99/100]), "p99-ns")
		})
	}
}
