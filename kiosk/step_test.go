package kiosk_test

import (
	"errors"
	"testing"
	"time"

	"layso/kiosk"
)

// A step must not be lost with the commit that it was to be part of, nor be told twice.
func TestAStepSurvivesAFailedCommit(t *testing.T) {
	for _, stored := range []bool{false, true} {
		clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
		o := startWith(t, log, clock, limited())
		clock.move(time.Minute)
		clock.step(365 * 24 * time.Hour)
		log.failNext(stored)
		if _, err := o.Do(t.Context(), take("land")); !errors.Is(err, kiosk.ErrStorage) {
			t.Fatal(err)
		}
		do(t, o, take("land"))
		if got := steps(log); len(got) != 1 {
			t.Fatalf("stored %v: %d steps on record", stored, len(got))
		}
		suspects(t, o, true)

		// The same for what staff say.
		said := kiosk.SetClock{Now: when(t, "2026-11-24 10:00"), By: "user:an"}
		log.failNext(stored)
		if _, err := o.Do(t.Context(), said); !errors.Is(err, kiosk.ErrStorage) {
			t.Fatal(err)
		}
		suspects(t, o, !stored)
		want := map[bool]string{false: "2026-11-24 09:01", true: "2026-11-24 10:00"}[stored]
		if got := shown(o.Now(), true); got != want {
			t.Errorf("stored %v: the hall's time is %s, want %s", stored, got, want)
		}
		do(t, o, said)
		suspects(t, o, false)
		clock.move(time.Minute)
		if got := shown(do(t, o, take("land")).IssuedAt, true); got != "2026-11-24 10:01" {
			t.Errorf("stored %v: stamped %s", stored, got)
		}
		checkLog(t, log)
	}
}

// meddler is a log during whose writing the clock jumps and somebody asks for the time.
type meddler struct {
	*memory
	meddle func()
}

func (m *meddler) Append(events []kiosk.Event) error {
	if m.meddle != nil {
		m.meddle()
		m.meddle = nil
	}
	return m.memory.Append(events)
}

// A step that comes to light while a commit is under way is the next one's, and what staff said a
// moment before does not make up for it.
func TestAStepWhileACommitIsUnderWay(t *testing.T) {
	for name, cmd := range map[string]kiosk.Command{
		"a number":            take("land"),
		"what time it is now": kiosk.SetClock{Now: when(t, "2026-11-24 09:30"), By: "user:an"},
	} {
		clock, log := clockAt(t, "2026-11-24 09:00"), &meddler{memory: &memory{}}
		o := startWith(t, log, clock, limited())
		clock.step(time.Hour)
		log.meddle = func() {
			clock.step(-2 * time.Hour)
			o.Now()
		}
		do(t, o, cmd)
		do(t, o, take("land"))
		if got := steps(log.memory); len(got) != 2 || got[0] != 3600 || got[1] != -7200 {
			t.Errorf("%s: steps of %v s on record", name, got)
		}
		suspects(t, o, true)
		clock.move(time.Minute)
		if got, want := shown(o.Now(), true), map[string]string{"a number": "2026-11-24 09:01", "what time it is now": "2026-11-24 09:31"}[name]; got != want {
			t.Errorf("%s: the hall's time is %s, want %s", name, got, want)
		}
		checkLog(t, log.memory)
	}
}
