package kiosk_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// weather is a hall on a PC whose wall clock does what it likes, beside the real time.
type weather struct {
	*rapid.T
	owner *kiosk.Owner
	log   *memory
	clock *stepClock // its moves are the real time
	begun time.Time
	given map[string]bool // tokens of acknowledged tickets
}

// real is the true time.
func (w *weather) real() time.Time {
	return w.begun.Add(time.Duration(w.clock.mono) * time.Millisecond)
}

// pass lets real time go by.
func (w *weather) pass() {
	w.clock.move(pick(w.T, "passes", time.Millisecond, time.Second, 7*time.Minute, 3*time.Hour, 11*time.Hour, 3*24*time.Hour))
}

// steps are what wall clocks do: an operator's mistake, a time server, summer time of a wrong zone, a
// dead battery, a year too many.
func (w *weather) step() {
	to := w.clock.now().Round(0)
	switch dice(w.T, "step", 6) {
	case 0:
		to = time.Unix(int64(dice(w.T, "since 1970", 256)), 0)
	case 1:
		to = w.real().AddDate(1, 0, dice(w.T, "days", 256))
	case 2:
		to = w.real() // a time server
	case 3:
		to = to.Add(time.Hour)
	case 4:
		to = to.Add(-time.Hour)
	case 5:
		to = to.Add(pick(w.T, "small", 1900*time.Millisecond, -1900*time.Millisecond, 3*time.Second))
	}
	w.clock.step(to.Sub(w.clock.now().Round(0)).Truncate(time.Millisecond))
}

// restart is a power cut: the PC comes back with its time, with 1970, or far ahead. (That it comes back
// a little wrong nobody can notice: the hall then follows it, which is not asked of here.)
func (w *weather) restart() {
	w.owner.Close()
	w.clock.move(pick(w.T, "off", time.Second, time.Hour, 16*time.Hour, 20*24*time.Hour))
	to := pick(w.T, "comes back", w.real(), w.real(), time.Unix(5, 0), w.real().AddDate(0, 2, 0))
	w.clock.step(to.Sub(w.clock.now().Round(0)))
	w.start()
}

func (w *weather) start() {
	o, err := kiosk.Start(w.log, kiosk.Options{Seed: testSetup(), Now: w.clock.now, Log: quiet})
	if err != nil {
		w.Fatal(err)
	}
	w.owner = o
}

// tap takes a number. Nothing but a day that nobody knows may keep the hall from giving it.
func (w *weather) tap() {
	c := take("land")
	if dice(w.T, "disk", 8) == 0 {
		w.log.failNext(rapid.Bool().Draw(w.T, "stored"))
	}
	res, err := w.owner.Do(context.Background(), c)
	w.log.unfail()
	switch {
	case err == nil:
		w.given[c.Token] = true
		if t := res.Ticket(); t.Undated != res.View.ClockSuspect() {
			w.Fatalf("%s is undated: %v", t.Number, t.Undated)
		}
	case errors.Is(err, kiosk.ErrClockSuspect) && w.owner.View().ClockSuspect():
	case !errors.Is(err, kiosk.ErrStorage):
		w.Fatalf("no number: %v", err)
	}
}

// ask is staff saying what time it really is: nothing that the clock did before may keep them from it.
func (w *weather) ask() {
	if _, err := w.owner.Do(context.Background(), kiosk.SetClock{Now: w.real(), Sure: true, By: "user:an"}); err != nil {
		w.Fatalf("the real time is refused: %v", err)
	}
	if w.owner.View().ClockSuspect() {
		w.Fatal("the clock is in doubt after it was set")
	}
}

// tick is the owner looking at the calendar. A trusted hall then has the real time, to the minute to
// which people say it and the steps that are too small to be noticed.
func (w *weather) tick() {
	res, err := w.owner.Do(context.Background(), kiosk.Probe{})
	if err != nil {
		w.Fatal(err)
	}
	if res.View.ClockSuspect() {
		return
	}
	if off := w.owner.Now().Sub(w.real()); off.Abs() > 90*time.Second {
		w.Fatalf("the hall trusts a clock that is %s off", off)
	}
	now, v := w.owner.Now().In(vietnam), w.owner.View()
	yesterday := now.Add(-4 * time.Hour).Format(time.DateOnly) // until four, for a clerk who has somebody left
	if v.Day() != now.Format(time.DateOnly) && !(v.Day() == yesterday && v.Pool().Len() > 0 && w.seated()) {
		w.Fatalf("at %s the business day is %s", now, v.Day())
	}
}

func (w *weather) seated() bool {
	c, _ := w.owner.View().Counter("1")
	return c.State != kiosk.CounterIsClosed
}

// sit is a clerk who opens a counter and goes away.
func (w *weather) sit() {
	_, err := w.owner.Do(context.Background(), kiosk.OpenCounter{Operator: at("1")})
	if err != nil && !errors.Is(err, kiosk.ErrClockSuspect) {
		w.Fatal(err)
	}
}

// look checks what always holds.
func (w *weather) look() {
	if now, at := w.owner.Now(), w.owner.View().At(); now.Before(at) {
		w.Fatalf("the hall's time is %s, its last event at %s", now, at)
	}
	var audit kiosk.Auditor
	var last time.Time
	day, logged := "", map[string]bool{}
	for _, e := range w.log.all() {
		if err := audit.Check(e); err != nil {
			w.Fatal(err)
		}
		if e.At.Before(last) || e.Type == kiosk.DayOpened && e.Day <= day {
			w.Fatalf("event %d goes back: %+v", e.Seq, e)
		}
		if e.At.After(w.real().Add(90 * time.Second)) {
			w.Fatalf("event %d is stamped %s, it is %s", e.Seq, e.At, w.real())
		}
		last = e.At
		if e.Type == kiosk.DayOpened {
			day = e.Day
		}
		logged[e.Ticket] = true
	}
	for token := range w.given {
		if !logged[token] {
			w.Fatalf("an acknowledged ticket is lost: %s", token)
		}
	}
}

// TestAnyClock plays any weather: times and days never go back, no acknowledged ticket is lost, no event
// is ever stamped ahead of the real time, the real time is never refused, and a trusted hall has it.
func TestAnyClock(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &weather{T: r, log: &memory{}, clock: newClock(), given: map[string]bool{}}
		w.begun = w.clock.now().Round(0)
		if dice(r, "dead at first", 4) == 0 {
			w.clock.step(time.Unix(7, 0).Sub(w.begun))
		}
		w.start()
		for range 5 + dice(r, "length", 60) {
			pick(r, "weather", w.pass, w.pass, w.pass, w.step, w.restart, w.tap, w.tap, w.tap, w.tick, w.sit, w.ask)()
			w.look()
		}
		w.owner.Close()
	})
}
