package kiosk_test

import (
	"slices"
	"testing"
	"time"

	"layso/kiosk"
)

// twoEvenings is a log of two days, each closed in order, with an appointment taken over, a step of the
// clock and its correction.
func twoEvenings(t testing.TB) []kiosk.Event {
	t.Helper()
	clock, log, setup := clockAt(t, "2026-11-24 16:00"), &memory{}, limited()
	setup.Services[0].Slots = &kiosk.Slots{Capacity: 2}
	o := startWith(t, log, clock, setup)
	do(t, o, take("land"))
	do(t, o, take("land"))
	do(t, o, kiosk.OpenCounter{Operator: at("3")})
	do(t, o, kiosk.Book{Service: "land", Slot: when(t, "2026-11-26 08:00"), Token: kiosk.NewToken(), Codes: []string{"123456"}, By: "citizen"})
	clock.to(when(t, "2026-11-24 17:10"))
	tick(t, o)
	clock.to(when(t, "2026-11-25 08:00"))
	tick(t, o)
	do(t, o, take("land"))
	clock.step(time.Hour)
	do(t, o, take("land"))
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-25 08:30"), By: "user:an"})
	clock.to(when(t, "2026-11-25 18:10")) // the PC's clock is half an hour behind
	tick(t, o)
	return log.all()
}

func TestAuditorKnowsDaysAndClocks(t *testing.T) {
	legal := twoEvenings(t)
	if err := audit(legal); err != nil {
		t.Fatal(err)
	}
	type event = kiosk.Event
	for what, forge := range map[string]func(forgery) forgery{
		"somebody forgotten at closing": func(f forgery) forgery { return f.drop(kiosk.TicketCancelled) },
		"a counter left open":           func(f forgery) forgery { return f.drop(kiosk.CounterClosed) },
		"closed by a citizen":           func(f forgery) forgery { return f.edit(kiosk.TicketCancelled, func(e *event) { e.By = "citizen" }) },
		"cancelled for nothing":         func(f forgery) forgery { return f.edit(kiosk.TicketCancelled, func(e *event) { e.Reason = "" }) },
		"an appointment lost":           func(f forgery) forgery { return f.last(kiosk.DayOpened, func(e *event) { e.Appointments = nil }) },
		"an appointment moved": func(f forgery) forgery {
			return f.last(kiosk.DayOpened, func(e *event) {
				e.Appointments = slices.Clone(e.Appointments)
				e.Appointments[0].Slot = e.Appointments[0].Slot.Add(time.Hour)
			})
		},
		"tomorrow opened today":       func(f forgery) forgery { return f.last(kiosk.DayOpened, func(e *event) { e.Day = "2026-11-26" }) },
		"closed with a suspect clock": func(f forgery) forgery { return f.drop(kiosk.ClockSet) },
		"opened with a suspect clock": func(f forgery) forgery {
			return f.after(kiosk.DayClosed, func(e *event) { *e = event{Type: kiosk.ClockStepped, At: e.At, By: "system", Reason: "behind"} })
		},
		"taken after closing time": func(f forgery) forgery {
			return f.edit(kiosk.TicketTaken, func(e *event) { e.At = e.At.Add(65 * time.Minute) })[:2]
		},
		"dated by a suspect clock":   func(f forgery) forgery { return f.last(kiosk.TicketTaken, func(e *event) { e.Undated = false }) },
		"a step for no known reason": func(f forgery) forgery { return f.edit(kiosk.ClockStepped, func(e *event) { e.Reason = "bored" }) },
		"a clock that set itself":    func(f forgery) forgery { return f.edit(kiosk.ClockSet, func(e *event) { e.By = "system" }) },
		"a clock set back": func(f forgery) forgery {
			return f.edit(kiosk.ClockSet, func(e *event) { e.At = e.At.Add(-2 * time.Hour) })
		},
	} {
		events := forge(slices.Clone(legal))
		for i := range events {
			events[i].Seq = uint64(i + 1)
		}
		if audit(events) == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

// last changes the last event of the type.
func (f forgery) last(kind kiosk.EventType, change func(*kiosk.Event)) forgery {
	for i := len(f) - 1; i >= 0; i-- {
		if f[i].Type == kind {
			change(&f[i])
			return f
		}
	}
	return f
}

// Logs from before the days closed in order ended them without a word about anybody.
func TestAuditorAcceptsOldDays(t *testing.T) {
	old := forgery(twoEvenings(t)).drop(kiosk.TicketCancelled).drop(kiosk.TicketCancelled).drop(kiosk.CounterClosed)
	old = old.edit(kiosk.DayClosed, func(e *kiosk.Event) { e.Reason = "" })
	for i := range old {
		old[i].Seq = uint64(i + 1)
	}
	if err := audit(old); err != nil {
		t.Error(err)
	}
}
