package kiosk_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// forge changes the log in one place: drops or repeats an event, exchanges two, or gives one a field of
// another, or none.
func forge(r *rapid.T, f forgery) forgery {
	i, k := rapid.IntRange(0, len(f)-1).Draw(r, "event"), rapid.IntRange(0, len(f)-1).Draw(r, "another")
	switch dice(r, "forgery", 8) {
	case 0:
		return slices.Delete(f, i, i+1)
	case 1:
		return slices.Insert(f, i, f[k])
	case 2:
		f[i], f[k] = f[k], f[i]
		return f
	}
	to, from := reflect.ValueOf(&f[i]).Elem(), reflect.ValueOf(f[k])
	n := rapid.IntRange(0, to.NumField()-1).Draw(r, "field")
	if to.Field(n).Set(from.Field(n)); dice(r, "none", 4) == 0 {
		to.Field(n).SetZero()
	}
	return f
}

// TestForgedLogs gives the auditor logs that somebody who can compute numbers and checksums may have
// written. It must not fall over any; and what it takes for legal can be folded, counts right, and is the
// same folded from the last day on.
func TestForgedLogs(t *testing.T) {
	logs := [][]kiosk.Event{legalLog(t), printedLog(t), twoEvenings(t), richLog(t), deskLog(t)}
	rapid.Check(t, func(r *rapid.T) {
		f := forgery(slices.Clone(pick(r, "log", logs...)))
		for range 1 + dice(r, "forgeries", 3) {
			f = forge(r, f)
		}
		var a kiosk.Auditor
		hall := kiosk.NewHall()
		var today []kiosk.Event
		for i, e := range f {
			if e.Seq = uint64(i + 1); a.Check(e) != nil {
				break
			}
			if hall.Apply(e); e.Type == kiosk.DayOpened {
				today = nil
			}
			today = append(today, e)
		}
		v := hall.Snapshot()
		again := kiosk.NewHall()
		for _, e := range today {
			again.Apply(e)
		}
		if got, want := dump(again.Snapshot()), dump(v); len(today) > 0 && got != want {
			r.Fatalf("folded from the day on\n%s\nfrom the start\n%s", got, want)
		}
		if got := kiosk.TotalsOf(today); !v.DayClosed() && got.Taken != v.Count() {
			r.Fatalf("the day came to %d tickets of %d", got.Taken, v.Count())
		}
	})
}
