package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

func TestClockStepsAreOnRecord(t *testing.T) {
	clock, log := newClock(), &memory{}
	o := start(t, log, clock)
	first := do(t, o, take("land"))

	clock.move(time.Minute) // time passes: no step
	do(t, o, take("land"))
	clock.step(1500 * time.Millisecond) // drift: no step
	do(t, o, take("land"))
	if n := steps(log); len(n) != 0 {
		t.Fatalf("steps of %v s without a step", n)
	}
	clock.step(-10 * time.Minute)
	last := do(t, o, take("land"))
	do(t, o, take("land"))
	if n := steps(log); len(n) != 1 || n[0] != -600 {
		t.Fatalf("steps of %v s, want one of -600 s", n)
	}
	if last.IssuedAt.Before(first.IssuedAt.Add(time.Minute)) {
		t.Errorf("the ticket after the step was issued at %s, one before it at %s", last.IssuedAt, first.IssuedAt)
	}
	checkLog(t, log) // among others: no stamp runs back
}

func steps(log *memory) []float64 {
	var out []float64
	for _, e := range log.all() {
		if e.Type == kiosk.ClockStepped {
			out = append(out, e.StepS)
		}
	}
	return out
}

// Stamps are UTC and whole milliseconds, as they come back from the log.
func TestStamps(t *testing.T) {
	clock := newClock()
	clock.move(123456789 * time.Nanosecond)
	o := start(t, &memory{}, clock)
	got := do(t, o, take("land")).IssuedAt
	if got != time.Date(2026, 11, 24, 1, 0, 0, 123e6, time.UTC) {
		t.Errorf("stamped %v", got)
	}
}

func TestOwnerOfAClosedHall(t *testing.T) {
	o := start(t, &memory{}, newClock())
	o.Close()
	refused(t, o, take("land"), kiosk.ErrStorage)
}
