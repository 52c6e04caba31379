package load_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/cmd/layso/load"
	"layso/kiosk/journal"
)

// TestHistogram compares percentiles with those of the sorted list: never below, and less than 0.8 % above.
func TestHistogram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, int64(time.Hour)), 1, 200).Draw(t, "values")
		split := rapid.IntRange(0, len(values)).Draw(t, "split")
		var h, other load.Histogram
		for i, v := range values {
			if i < split {
				h.Record(time.Duration(v))
			} else {
				other.Record(time.Duration(v))
			}
		}
		h.Add(&other)
		slices.Sort(values)
		for _, p := range []float64{0, 0.5, 0.9, 0.99, 0.999, 1} {
			rank := 1
			for float64(rank) < p*float64(len(values)) {
				rank++
			}
			want, got := values[rank-1], int64(h.At(p))
			if got < want || float64(got) > float64(want)*1.008+1 {
				t.Fatalf("p %v of %v: %d, want %d", p, values, got, want)
			}
		}
		if int64(h.Max()) != values[len(values)-1] || h.Count() != int64(len(values)) {
			t.Fatalf("max %v, count %d", h.Max(), h.Count())
		}
	})
}

// TestFill checks that a log that is made for measuring is one that a hall could have.
func TestFill(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		tickets, days int
		from          string
	}{{0, 1, "2026-11-24"}, {1, 1, "2026-11-24"}, {2600, 1, "2026-11-24"}, {5500, 3, "2026-11-22"}} {
		path := filepath.Join(t.TempDir(), "layso.db")
		filled, err := load.Fill(t.Context(), path, c.tickets, now)
		if err != nil {
			t.Fatal(err)
		}
		r, err := journal.Verify(path)
		if err != nil {
			t.Fatal(err)
		}
		if r.Tickets != c.tickets || r.Days != c.days || r.Events != filled.Events || filled.From != c.from || filled.To != "2026-11-24" {
			t.Errorf("%d tickets: %+v, %+v", c.tickets, filled, r)
		}
	}
}
