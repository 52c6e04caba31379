package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// helping is a hall where counter 1 has land and helps with results, and counter 3 has results.
func helping() *kiosk.Setup {
	s := testSetup()
	s.Counters[0].Services, s.Counters[0].Assist = []string{"land"}, []string{"result"}
	return s
}

func TestAssistingCounter(t *testing.T) {
	clock := newClock()
	o := startWith(t, &memory{}, clock, helping())
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	next := func(service string) {
		t.Helper()
		if got := do(t, o, kiosk.Next{Operator: at("1")}); got.Service != service {
			t.Fatalf("at %s it called for %s", clock.now(), got.Service)
		}
		do(t, o, kiosk.Finish{Operator: at("1")})
	}
	do(t, o, take("result"))
	clock.move(time.Minute)
	do(t, o, take("land"))
	next("land") // its own, although that came later
	next("result")
	do(t, o, take("result"))
	clock.move(10*time.Minute - time.Millisecond)
	do(t, o, take("land"))
	do(t, o, take("land"))
	next("land")
	clock.move(time.Millisecond)
	next("result") // has waited ten minutes
	next("land")
}

func TestHintsPreferTheSpecialist(t *testing.T) {
	clock := newClock()
	s := helping()
	s.Counters = append(s.Counters, kiosk.Counter{ID: "4", Name: kiosk.Text{VI: "Quầy 4"}, Services: []string{"result"}})
	o := startWith(t, &memory{}, clock, s)
	for _, id := range []string{"1", "4", "3"} {
		do(t, o, kiosk.OpenCounter{Operator: at(id)})
		clock.move(time.Minute)
	}
	hint := func(want map[string]string) {
		t.Helper()
		got := o.View().Hints(clock.now())
		if len(got) != len(want) {
			t.Fatalf("%d hints, want %v", len(got), want)
		}
		for id, x := range got {
			if x.Number != want[id] {
				t.Fatalf("counter %s is told %s, want %v", id, x.Number, want)
			}
		}
	}
	hint(nil)
	do(t, o, take("result"))
	hint(map[string]string{"4": "B001"}) // not counter 1, which only helps; idle longer than 3
	do(t, o, take("result"))
	hint(map[string]string{"4": "B001", "3": "B002"})
	do(t, o, take("result"))
	hint(map[string]string{"4": "B001", "3": "B002", "1": "B003"})
	do(t, o, take("land"))
	hint(map[string]string{"4": "B001", "3": "B002", "1": "A001"})
	do(t, o, kiosk.PauseCounter{Operator: at("4")})
	hint(map[string]string{"3": "B001", "1": "A001"})
	do(t, o, kiosk.Next{Operator: at("3")})
	do(t, o, kiosk.ResumeCounter{Operator: at("4")})
	clock.move(time.Minute)
	do(t, o, kiosk.Finish{Operator: at("3")})
	do(t, o, kiosk.Next{Operator: at("1")})
	hint(map[string]string{"4": "B002", "3": "B003"}) // 4 has been idle since its break, 3 since its finish
}
