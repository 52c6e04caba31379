package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"layso/kiosk"
	"layso/printer/paper"
)

// waitsAreSaidAlike: a tile, the phone and the paper round a wait in the same way, and what the phone
// shows moves by two minutes or not at all.
func waitsAreSaidAlike(t *testing.T, b *chromium) {
	h := startDemo(t)
	page := b.open(t, h.base, "/appointments", phoneSize)
	random := rand.New(rand.NewPCG(1, 2))
	var waits []kiosk.Range
	want := [][2]int{}
	for range 2000 {
		p50 := random.IntN(3 * 3600)
		w := kiosk.Range{P50S: p50, P80S: p50 + random.IntN(3600)}
		low, high := paper.Minutes(w)
		waits, want = append(waits, w), append(want, [2]int{low, high})
	}
	raw, err := json.Marshal(waits)
	if err != nil {
		t.Fatal(err)
	}
	module := fmt.Sprintf(`import("/static/%s/js/lib/wait.js")`, eval[string](page, "document.documentElement.dataset.build"))
	got := await[[][2]int](page, fmt.Sprintf("%s.then((m) => %s.map((w) => [m.waitMinutes(w).low, m.waitMinutes(w).high]))", module, raw))
	for i := range waits {
		if got[i] != want[i] {
			t.Fatalf("%+v is %v minutes on the screen and %v on the paper", waits[i], got[i], want[i])
		}
	}
	for seconds, want := range map[[2]int]string{{0, 0}: "", {10, 200}: "< 5'", {700, 900}: "10–15'", {2000, 5500}: "< 2h", {4000, 6000}: "1–2h", {32000, 36000}: "8–10h"} {
		if short := await[string](page, fmt.Sprintf(`%s.then((m) => "=" + m.waitShort({ p50_s: %d, p80_s: %d }))`, module, seconds[0], seconds[1])); short != "="+want {
			t.Errorf("%v s are %q where there is little room, want %q", seconds, short, want)
		}
	}
	for _, x := range []struct {
		now   string
		moves bool
	}{
		{`{ service: "a", wait: { p50_s: 719, p80_s: 1019 } }`, false},
		{`{ service: "a", wait: { p50_s: 481, p80_s: 781 } }`, false},
		{`{ service: "a", wait: { p50_s: 720, p80_s: 900 } }`, true},
		{`{ service: "a", wait: { p50_s: 600, p80_s: 780 } }`, true},
		{`{ service: "b", wait: { p50_s: 600, p80_s: 901 } }`, true},
	} {
		shown := await[string](page, fmt.Sprintf(`%s.then((m) => JSON.stringify(m.steadyWait({ service: "a", p50_s: 600, p80_s: 900 }, %s)))`, module, x.now))
		if moved := shown != `{"service":"a","p50_s":600,"p80_s":900}`; moved != x.moves {
			t.Errorf("after %s the phone shows %s", x.now, shown)
		}
	}
}
