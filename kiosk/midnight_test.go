package kiosk_test

import (
	"slices"
	"testing"
	"time"

	"layso/kiosk"
)

// A clerk who works at midnight keeps his day, also between two tickets, until he is done or four in the
// morning: then even the ticket in hand is closed with a reason.
func TestMidnightAtWork(t *testing.T) {
	finish := func(o *kiosk.Owner) { do(t, o, kiosk.Finish{Operator: at("1")}) }
	next := func(o *kiosk.Owner) { do(t, o, kiosk.Next{Operator: at("1")}) }
	leave := func(o *kiosk.Owner) { do(t, o, kiosk.CloseCounter{Operator: at("1")}) }
	hold := func(o *kiosk.Owner) { do(t, o, kiosk.Hold{Operator: at("1")}) }
	rest := func(o *kiosk.Owner) { do(t, o, kiosk.PauseCounter{Operator: at("1"), Reason: "tea"}) }
	for name, x := range map[string]struct {
		after []func(*kiosk.Owner) // from half past midnight on, an hour between two
		until string               // to this time nobody does anything more
		want  []string
	}{
		"done with everybody": {
			[]func(*kiosk.Owner){finish, next, finish}, "",
			[]string{"ticket.finished", "ticket.called", "ticket.finished", "counter.closed", "day.closed date", "day.opened"},
		},
		"gone home with one left": {
			[]func(*kiosk.Owner){finish, leave}, "",
			[]string{"ticket.finished", "counter.closed", "ticket.cancelled closing", "day.closed date", "day.opened"},
		},
		"a break with one on hold": {
			[]func(*kiosk.Owner){hold, next, finish, rest}, "03:59",
			[]string{"ticket.held", "ticket.called", "ticket.finished", "counter.paused tea"},
		},
		"forgotten in hand": {
			nil, "04:00",
			[]string{"ticket.held closing", "ticket.cancelled closing", "ticket.cancelled closing", "counter.closed", "day.closed date", "day.opened"},
		},
		"forgotten in the queue": {
			[]func(*kiosk.Owner){finish}, "04:00",
			[]string{"ticket.finished", "ticket.cancelled closing", "counter.closed", "day.closed date", "day.opened"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			clock, log := clockAt(t, "2026-11-24 23:50"), &memory{}
			o := start(t, log, clock) // always open
			do(t, o, take("land"))
			do(t, o, take("land"))
			do(t, o, kiosk.OpenCounter{Operator: at("1")})
			do(t, o, kiosk.Next{Operator: at("1")})
			n := len(log.all())
			clock.to(when(t, "2026-11-25 00:30"))
			for _, does := range x.after {
				tick(t, o)
				does(o)
				clock.move(time.Hour)
			}
			if x.until != "" {
				clock.to(when(t, "2026-11-25 "+x.until))
			}
			tick(t, o)
			wantLog(t, log, n, x.want...)
			if opened := slices.Contains(x.want, "day.opened"); opened != (o.View().Day() == "2026-11-25") || o.View().DayClosed() {
				t.Errorf("the day is %s", o.View().Day())
			}
			checkLog(t, log)
		})
	}
}

// A hall that never closes, with a clerk who never gets done, has a new day every day all the same.
func TestAHallThatNeverSleepsHasDays(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 12:00"), &memory{}
	o := start(t, log, clock)
	for _, want := range []string{"2026-11-25", "2026-11-26"} {
		do(t, o, kiosk.OpenCounter{Operator: at("1")})
		for {
			clock.move(10 * time.Minute)
			do(t, o, take("land"))
			do(t, o, take("land"))
			if o.View().Day() == want {
				break
			}
			do(t, o, kiosk.Next{Operator: at("1"), Finish: inHand(o, "1")})
		}
		if now := o.Now().In(o.View().Location()); now.Format("2006-01-02 15:04") != want+" 04:00" {
			t.Errorf("%s began at %s", want, now)
		}
	}
	checkLog(t, log)
}

func inHand(o *kiosk.Owner, counter string) string {
	c, _ := o.View().Counter(counter)
	return c.InHand
}
