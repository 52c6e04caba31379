package web_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// BenchmarkHTTPTake takes tickets through HTTP on a real journal with 1 and 64 callers, turn by turn
// with single writes of as many bytes and an fdatasync on the same disk: %raw is what is left of the
// disk's own rate.
func BenchmarkHTTPTake(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) { benchmarkTake(b, callers) })
	}
}

func benchmarkTake(b *testing.B, callers int) {
	h := newHall(b, func(_ *kiosk.Setup, o *web.Options) { o.LoopbackIs = "kiosk" }) // which has no limit
	h.http.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = callers
	raw, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	h.must(err)
	defer raw.Close()
	record := make([]byte, 330)
	var rawTime, takeTime time.Duration
	taken := 0
	b.ResetTimer()
	for range b.N {
		t0 := time.Now()
		for range 8 {
			_, err := raw.Write(record)
			h.must(err)
			h.must(syscall.Fdatasync(int(raw.Fd())))
		}
		rawTime += time.Since(t0) / 8
		t0 = time.Now()
		var all sync.WaitGroup
		for range callers {
			all.Go(func() {
				for range 8 {
					if a, err := h.ask("", "/api/tickets", `{"service":"dat-dai"}`, ""); err != nil || a.status != 201 {
						b.Errorf("%d %s %v", a.status, a.body, err)
						return
					}
				}
			})
		}
		all.Wait()
		takeTime += time.Since(t0)
		taken += 8 * callers
	}
	perSecond := float64(taken) / takeTime.Seconds()
	rawRate := float64(b.N) / rawTime.Seconds()
	b.ReportMetric(perSecond, "tickets/s")
	b.ReportMetric(rawRate, "raw-syncs/s")
	b.ReportMetric(100*perSecond/rawRate, "%raw")
}
