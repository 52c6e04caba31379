package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// suspects wants the clock in doubt, or not, and tickets as that has it.
func suspects(t *testing.T, o *kiosk.Owner, want bool) {
	t.Helper()
	hall := o.View().Hall(o.Now(), nil)
	if o.View().ClockSuspect() != want || (hall.Clock == kiosk.ClockSuspect) != want {
		t.Fatalf("the clock is %s", hall.Clock)
	}
}

// next wants the next ticket to have this number and time, dated or not.
func nextTicket(t *testing.T, o *kiosk.Owner, number, issued string, undated bool) {
	t.Helper()
	got := do(t, o, take("land"))
	if at := shown(got.IssuedAt, true); got.Number != number || at != issued || got.Undated != undated {
		t.Fatalf("ticket %s at %s, undated %v; want %s at %s, %v", got.Number, at, got.Undated, number, issued, undated)
	}
}

// A PC whose battery is dead starts in 1970: numbers go on in the open day, whatever the hours say, and
// staff say what time it is.
func TestDeadBattery(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	setup := limited()
	o := startWith(t, log, clock, setup)
	nextTicket(t, o, "A001", "2026-11-24 09:00", false)
	o.Close()

	clock.move(time.Hour)
	clock.step(time.Unix(0, 0).Sub(clock.now().Round(0)))
	o = startWith(t, log, clock, nil)
	wantLog(t, log, 2, "clock.stepped behind")
	suspects(t, o, true)
	nextTicket(t, o, "A002", "2026-11-24 09:00", true) // nobody knows how long the PC was off
	clock.move(10 * time.Hour)                         // past closing, and past midnight by any count
	nextTicket(t, o, "A003", "2026-11-24 19:00", true)
	clock.move(10 * time.Hour)
	nextTicket(t, o, "A004", "2026-11-25 05:00", true)
	if o.View().Day() != "2026-11-24" {
		t.Fatalf("the day has rolled over to %s", o.View().Day())
	}
	refused(t, o, kiosk.CloseDay{By: "user:binh"}, kiosk.ErrClockSuspect)
	o.Close()

	clock.move(time.Minute)
	o = startWith(t, log, clock, nil) // again, while nobody has said anything
	suspects(t, o, true)
	wantLog(t, log, 6)
	refused(t, o, kiosk.SetClock{Now: when(t, "2026-11-25 04:58"), By: "user:an"}, kiosk.ErrInvalidField)
	refused(t, o, kiosk.SetClock{Now: when(t, "2027-11-25 05:00"), By: "user:an"}, kiosk.ErrTimeFarAhead)
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-26 08:00"), By: "user:an"})
	suspects(t, o, false)
	wantLog(t, log, 6, "clock.set", "ticket.cancelled closing", "ticket.cancelled closing", "ticket.cancelled closing", "ticket.cancelled closing", "day.closed date", "day.opened")
	clock.move(30 * time.Minute)
	nextTicket(t, o, "A001", "2026-11-26 08:30", false)
	checkLog(t, log)
}

// The fault that this is all about: a clock that is a year ahead must not move the hall there, neither
// at the start nor while it runs; nor the way back.
func TestAYearAhead(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for name, start := range map[string]bool{"at the start": true, "while it runs": false} {
		t.Run(name, func(t *testing.T) {
			clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
			o := startWith(t, log, clock, limited())
			nextTicket(t, o, "A001", "2026-11-24 09:00", false)
			clock.move(time.Minute)
			clock.step(year)
			reason, at := "jumped", "2026-11-24 09:01"
			if start {
				o.Close()
				o = startWith(t, log, clock, nil)
				reason, at = "ahead", "2026-11-24 09:00"
			}
			nextTicket(t, o, "A002", at, true)
			wantLog(t, log, 2, "clock.stepped "+reason, "ticket.taken")
			clock.move(time.Minute)
			clock.step(-year) // somebody sets the PC right
			do(t, o, kiosk.SetClock{Now: clock.now(), By: "user:an"})
			suspects(t, o, false)
			nextTicket(t, o, "A003", "2026-11-24 09:02", false)
			clock.move(24 * time.Hour)
			nextTicket(t, o, "A001", "2026-11-25 09:02", false)
			if last := log.all()[len(log.all())-1]; last.At.Year() != 2026 {
				t.Errorf("stamped %s", last.At)
			}
			checkLog(t, log)
		})
	}
}

// Steps of an hour and of a few seconds are steps; what staff say is kept until the next start.
func TestTheClockJumps(t *testing.T) {
	for _, d := range []time.Duration{time.Hour, -time.Hour, 3 * time.Second, -3 * time.Second} {
		clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
		o := startWith(t, log, clock, limited())
		clock.move(10 * time.Minute)
		clock.step(d)
		nextTicket(t, o, "A001", "2026-11-24 09:10", true)
		if got := steps(log); len(got) != 1 || got[0] != d.Seconds() {
			t.Errorf("a step of %s is on record as %v s", d, got)
		}
		// The hall was right, staff say; the PC's clock stays where it is.
		said := when(t, "2026-11-24 09:12")
		clock.move(2 * time.Minute)
		do(t, o, kiosk.SetClock{Now: said, By: "user:an"})
		suspects(t, o, false)
		clock.move(2 * time.Minute)
		got := do(t, o, take("land"))
		if off := got.IssuedAt.Sub(when(t, "2026-11-24 09:14")); got.Undated || off.Abs() > 3*time.Second {
			t.Errorf("after a step of %s: %s off, undated %v", d, off, got.Undated)
		}
		checkLog(t, log)
	}
}

// People say the time to the minute, and the PC's seconds are better where it is right; a minute late
// is not before the last event.
func TestTheTimeIsSaidToTheMinute(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	o := startWith(t, log, clock, limited())
	clock.move(40 * time.Second)
	clock.step(time.Hour)
	do(t, o, take("land"))
	clock.step(-time.Hour)
	do(t, o, take("land"))
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 09:00"), By: "user:an"})
	if got := o.Now(); !got.Equal(clock.now()) {
		t.Errorf("the hall's time is %s, the PC's %s", got, clock.now().Round(0))
	}
	clock.step(time.Hour)
	do(t, o, take("land"))
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 09:00"), By: "user:an"}) // 40 s before the last ticket
	if got := shown(o.Now(), true); got != "2026-11-24 09:00" || o.Now().Before(o.View().At()) {
		t.Errorf("the hall's time is %s, the last event's %s", o.Now(), o.View().At())
	}
	checkLog(t, log)
}

// A clock that is trusted can be set as well, also back, but not before the last event.
func TestStaffCorrectATrustedClock(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	o := startWith(t, log, clock, limited())
	do(t, o, take("land"))
	clock.move(time.Hour)
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 09:30"), By: "user:an"})
	nextTicket(t, o, "A002", "2026-11-24 09:30", false)
	refused(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 09:00"), By: "user:an"}, kiosk.ErrInvalidField)
	clock.move(time.Minute)
	nextTicket(t, o, "A003", "2026-11-24 09:31", false)
	checkLog(t, log)
}

// An empty log does not say what time it can be: only the build does.
func TestTheFirstStart(t *testing.T) {
	built := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	first := func(t *testing.T, local string, log *memory, clock *stepClock) *kiosk.Owner {
		o, err := kiosk.Start(log, kiosk.Options{Seed: limited(), Now: clock.now, Built: built, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(o.Close)
		return o
	}
	t.Run("in time", func(t *testing.T) {
		log, clock := &memory{}, clockAt(t, "2030-01-07 09:00") // years after the build: a long-lived release
		o := first(t, "", log, clock)
		nextTicket(t, o, "A001", "2030-01-07 09:00", false)
		wantLog(t, log, 0, "day.opened", "ticket.taken")
	})
	for _, local := range []string{"1970-01-01 07:00", "2026-10-01 09:00"} {
		t.Run(local, func(t *testing.T) {
			log, clock := &memory{}, clockAt(t, local)
			o := first(t, local, log, clock)
			wantLog(t, log, 0, "clock.stepped behind", "hall.changed")
			suspects(t, o, true)
			if h := o.View().Hall(o.Now(), nil); h.Open || h.OpensAt != nil || len(h.Services) != 2 || h.Services[0].Reason != "clock_suspect" {
				t.Fatalf("%+v", h)
			}
			refused(t, o, take("land"), kiosk.ErrClockSuspect)
			refused(t, o, kiosk.OpenCounter{Operator: at("1")}, kiosk.ErrClockSuspect)
			o.Close()
			o = first(t, local, log, clock)
			wantLog(t, log, 2)
			do(t, o, kiosk.SetClock{Now: when(t, "2027-03-01 09:00"), By: "user:an"}) // no day was open: not far ahead of anything
			nextTicket(t, o, "A001", "2027-03-01 09:00", false)
			wantLog(t, log, 2, "clock.set", "day.opened", "ticket.taken")
			checkLog(t, log)
		})
	}
	t.Run("without a build time", func(t *testing.T) {
		log, clock := &memory{}, clockAt(t, "1970-01-01 07:00")
		suspects(t, start(t, log, clock), true)
	})
}

// A PC that was off over a long holiday is believed, one that was off for longer is not.
func TestLongHolidays(t *testing.T) {
	for days, believed := range map[int]bool{1: true, 20: true, 44: true, 46: false} {
		clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
		o := startWith(t, log, clock, limited())
		o.Close()
		clock.move(time.Duration(days) * 24 * time.Hour)
		o = startWith(t, log, clock, nil)
		suspects(t, o, !believed)
		if !believed {
			now := clock.now()
			refused(t, o, kiosk.SetClock{Now: now, By: "user:an"}, kiosk.ErrTimeFarAhead)
			do(t, o, kiosk.SetClock{Now: now, Sure: true, By: "user:an"})
		}
		if want := clock.now().In(vietnam).Format(time.DateOnly); o.View().Day() != want {
			t.Errorf("after %d days the business day is %s, want %s", days, o.View().Day(), want)
		}
		checkLog(t, log)
	}
}

// What staff have corrected is known at the next start: a PC whose clock was a day ahead is not believed
// just because it comes back so, nor one that was far behind. Nights in between do not forget it.
func TestAClockThatWasWrong(t *testing.T) {
	for reason, off := range map[string]time.Duration{"ahead": 24 * time.Hour, "behind": -time.Hour} {
		clock, log := clockAt(t, "2026-11-24 10:00"), &memory{}
		o := startWith(t, log, clock, limited())
		nextTicket(t, o, "A001", "2026-11-24 10:00", false)
		clock.step(off)
		do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 10:01"), By: "user:an"})
		nextTicket(t, o, "A002", "2026-11-24 10:01", false)
		clock.move(24 * time.Hour)
		nextTicket(t, o, "A001", "2026-11-25 10:01", false)
		o.Close()

		clock.move(65 * time.Minute)
		n := len(log.all())
		o = startWith(t, log, clock, nil)
		wantLog(t, log, n, "clock.stepped "+reason)
		if got := steps(log); len(got) != 2 || (got[1] > 0) != (off > 0) {
			t.Errorf("%s: steps of %v s", reason, got)
		}
		nextTicket(t, o, "A002", "2026-11-25 10:01", true)
		clock.step(-off) // somebody sets the PC right
		do(t, o, kiosk.SetClock{Now: clock.now(), By: "user:an"})
		nextTicket(t, o, "A003", "2026-11-25 11:05", false)
		o.Close()
		clock.move(time.Minute)
		o = startWith(t, log, clock, nil)
		suspects(t, o, false)
		checkLog(t, log)
	}
}

// A year with a wrong digit would stay in the log for good, said twice or not.
func TestTheYearIsOurs(t *testing.T) {
	o := start(t, &memory{}, newClock())
	for _, said := range []string{"2206-11-24 08:00", "9999-12-31 23:59"} {
		refused(t, o, kiosk.SetClock{Now: when(t, said), Sure: true, By: "user:an"}, kiosk.ErrInvalidField)
	}
	nextTicket(t, o, "A001", "2026-11-24 08:00", false)
}

// A build that was made on a PC whose clock was ahead puts every clock in doubt, but staff can say what
// time it is, in a new hall and in one that has a log.
func TestABuildFromTheFuture(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	first := func() *kiosk.Owner {
		o, err := kiosk.Start(log, kiosk.Options{Seed: limited(), Now: clock.now, Built: when(t, "2027-03-01 00:00"), Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(o.Close)
		return o
	}
	for _, number := range []string{"A001", "A002"} {
		o := first()
		suspects(t, o, true)
		clock.move(time.Minute)
		do(t, o, kiosk.SetClock{Now: clock.now(), By: "user:an"})
		suspects(t, o, false)
		nextTicket(t, o, number, shown(clock.now(), true), false)
		o.Close()
	}
	checkLog(t, log)
}
