package kiosk

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCallsOfAZone compares the last calls of any set of counters with all calls there were.
func TestCallsOfAZone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := NewHall()
		counters := []string{"1", "2", "3", "4", "5"}
		var all []Call // newest first, each ticket once
		for seq := range rapid.IntRange(0, 120).Draw(rt, "calls") {
			// Most are of one counter, which must not push out the others' calls.
			counter := counters[max(0, rapid.IntRange(-8, 4).Draw(rt, "counter"))]
			number := fmt.Sprintf("A%03d", seq+1)
			if len(all) > 0 && rapid.IntRange(0, 5).Draw(rt, "recalled") == 0 {
				which := all[rapid.IntRange(0, len(all)-1).Draw(rt, "which")]
				number, counter = which.Number, which.Counter
			}
			e := Event{Seq: uint64(seq + 1), Number: number, Counter: counter}
			h.remember(e)
			all = slices.DeleteFunc(all, func(c Call) bool { return c.Number == number })
			all = slices.Insert(all, 0, Call{Seq: e.Seq, Number: number, Counter: counter})
		}
		var zone []string
		for _, c := range counters {
			if rapid.Bool().Draw(rt, "in") {
				zone = append(zone, c)
			}
		}
		var want []Call
		known, of := 12, map[string]int{}
		for _, c := range all {
			if len(zone) > 0 && !slices.Contains(zone, c.Counter) {
				continue
			}
			if of[c.Counter]++; of[c.Counter] > 6 && len(zone) > 0 {
				known = min(known, len(want)) // from here on it may have been forgotten
			}
			want = append(want, c)
		}
		view := View{recent: h.recent, plan: &plan{zone: time.UTC}}
		got := view.CallsOf(zone)
		if n := min(known, len(want)); len(got) < n || !slices.Equal(got[:n], want[:n]) {
			rt.Fatalf("zone %v: %v, want at least %v", zone, got, want[:n])
		}
		if len(got) > 12 || !inOrder(got, want) {
			rt.Fatalf("zone %v: %v of %v", zone, got, want)
		}
	})
}

// inOrder reports whether got is some of all, in their order.
func inOrder(got, all []Call) bool {
	for _, c := range all {
		if len(got) > 0 && got[0] == c {
			got = got[1:]
		}
	}
	return len(got) == 0
}
