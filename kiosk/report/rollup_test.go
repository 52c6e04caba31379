package report_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/report"
)

func tripsOf(day []kiosk.Event) *kiosk.Trips {
	trips := kiosk.NewTrips()
	for i := range day {
		trips.Add(&day[i])
	}
	return trips
}

// What goes into a roll-up comes out of it, and the same day gives the same bytes.
func TestRollupHoldsTheDay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		for _, day := range daysOf(played(r).log) {
			trips := tripsOf(day)
			rollup := report.Encode(trips)
			if !bytes.Equal(rollup, report.Encode(tripsOf(day))) {
				r.Fatal("the same day gives other bytes")
			}
			got, err := report.Decode(rollup)
			if err != nil || len(got) != len(trips.All) {
				r.Fatalf("%d of %d tickets: %v", len(got), len(trips.All), err)
			}
			for i, x := range trips.All {
				want := kiosk.Trip{Service: x.Service, Hour: x.Hour, Wait: x.Wait, Told: x.Told, First: x.First, Steps: x.Steps, SentHome: x.SentHome}
				switch x.State {
				case kiosk.Finished:
					want.State, want.Last, want.Stars, want.RatedAt = x.State, x.Last, x.Stars, x.RatedAt
				case kiosk.NoShow:
					want.State, want.Last = x.State, x.Last
				case kiosk.Cancelled:
					want.State = x.State
				}
				if len(want.Steps) == 0 {
					want.Steps = nil
				}
				if !reflect.DeepEqual(got[i], want) {
					r.Fatalf("ticket %d\ngot  %+v\nwant %+v", i, got[i], want)
				}
			}
		}
	})
}

// A roll-up is bytes from the disk: whatever they are, they are refused or make a report.
func FuzzRollup(f *testing.F) {
	d := imagined(20, rand.New(rand.NewPCG(1, 1)))
	whole := report.Encode(d)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(report.Encode(kiosk.NewTrips()))
	f.Add([]byte{1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, rollup []byte) {
		report.Decode(rollup)
	})
}

// A roll-up that ends early, or has more behind its end, is none.
func TestRollupCutShort(t *testing.T) {
	whole := report.Encode(imagined(20, rand.New(rand.NewPCG(1, 1))))
	if _, err := report.Decode(whole); err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := report.Decode(whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for a whole one", n, len(whole))
		}
	}
	if _, err := report.Decode(append(whole, 0)); err == nil {
		t.Error("one byte too many is taken")
	}
}
