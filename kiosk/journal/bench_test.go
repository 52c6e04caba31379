package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"layso/kiosk"
)

// BenchmarkAppend compares a commit of n tickets with one write and fdatasync of as many bytes into a
// file that does not grow, turn by turn on the same disk. bbolt syncs twice a commit: 50 % is the limit.
func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 8, 64} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkAppend(b, n) })
	}
}

func benchmarkAppend(b *testing.B, n int) {
	s := newStory()
	for range n {
		s.take()
	}
	dir := b.TempDir()
	j := open(b, filepath.Join(dir, "hall.db"))
	must(b, j.Append(s.events))
	batch := s.events[len(s.events)-n:]
	raw, err := os.Create(filepath.Join(dir, "raw"))
	must(b, err)
	defer raw.Close()
	bytes := make([]byte, 330*n)
	_, err = raw.Write(bytes)
	must(b, err)
	must(b, raw.Sync())
	var rawTime, appendTime time.Duration
	b.ResetTimer()
	for range b.N {
		for i := range batch {
			batch[i].Seq = j.Last() + uint64(i) + 1
		}
		t0 := time.Now()
		_, err := raw.WriteAt(bytes, 0)
		must(b, err)
		must(b, syscall.Fdatasync(int(raw.Fd())))
		t1 := time.Now()
		must(b, j.Append(batch))
		rawTime += t1.Sub(t0)
		appendTime += time.Since(t1)
	}
	b.ReportMetric(float64(rawTime.Microseconds())/float64(b.N), "raw-µs/op")
	b.ReportMetric(float64(appendTime.Microseconds())/float64(b.N), "append-µs/op")
	b.ReportMetric(100*rawTime.Seconds()/appendTime.Seconds(), "%raw")
	b.ReportMetric(float64(n*b.N)/appendTime.Seconds(), "tickets/s")
}

// BenchmarkToday folds a day of 12,000 events, as a start of the server does.
func BenchmarkToday(b *testing.B) {
	s := newStory()
	for range 4000 {
		s.take()
		s.serve()
	}
	j := open(b, written(b, s))
	for b.Loop() {
		must(b, j.Today(func(kiosk.Event) error { return nil }))
	}
}
