package kiosk_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
)

// told gives the log from event seq on, each event as "type reason".
func told(log *memory, seq int) []string {
	var out []string
	for _, e := range log.all()[seq:] {
		s := string(e.Type)
		if e.Reason != "" {
			s += " " + e.Reason
		}
		out = append(out, s)
	}
	return out
}

func wantLog(t *testing.T, log *memory, seq int, want ...string) {
	t.Helper()
	if got := told(log, seq); !slices.Equal(got, want) {
		t.Fatalf("the log says\n%q, want\n%q", got, want)
	}
}

func tick(t testing.TB, o *kiosk.Owner) { t.Helper(); do(t, o, kiosk.Probe{}) }

// A day of an office: it closes itself in the evening, with a word about everybody who is left, and
// the next one begins with its date.
func TestTheDayClosesItself(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 16:00"), &memory{}
	o := startWith(t, log, clock, limited())
	for range 3 {
		do(t, o, take("land"))
	}
	do(t, o, kiosk.OpenCounter{Operator: at("2")})
	do(t, o, kiosk.Next{Operator: at("2")})
	do(t, o, kiosk.Hold{Operator: at("2")})
	do(t, o, kiosk.Next{Operator: at("2")})
	n := len(log.all())

	clock.to(when(t, "2026-11-24 17:20")) // a ticket in hand
	tick(t, o)
	served := do(t, o, kiosk.Finish{Operator: at("2")})
	clock.to(when(t, "2026-11-24 18:00")) // the clerk is there, and two are left for him
	tick(t, o)
	do(t, o, kiosk.CloseCounter{Operator: at("2")})
	clock.to(when(t, "2026-11-24 18:04")) // nobody is there any more: but he may have made a mistake
	tick(t, o)
	do(t, o, kiosk.Rate{Token: served.Token, Stars: 5, By: "citizen"})
	clock.to(when(t, "2026-11-24 18:09"))
	tick(t, o)
	wantLog(t, log, n, "ticket.finished", "counter.closed", "ticket.rated", "ticket.cancelled closing", "ticket.cancelled closing", "day.closed hours")
	if v := o.View(); !v.DayClosed() || v.Day() != "2026-11-24" || v.Count() != 0 || v.Ticket(served.Token) != nil {
		t.Fatalf("after closing: %+v", v.Hall(o.Now(), nil))
	}
	for _, e := range log.all()[n+3:] {
		if e.By != "system" || e.Type == kiosk.DayClosed && e.Count != 3 {
			t.Errorf("%+v", e)
		}
	}
	refused(t, o, take("land"), kiosk.ErrHallClosed)
	refused(t, o, kiosk.OpenCounter{Operator: at("2")}, kiosk.ErrHallClosed)

	clock.to(when(t, "2026-11-25 00:00"))
	tick(t, o)
	wantLog(t, log, n+6, "day.opened")
	clock.to(when(t, "2026-11-25 08:00"))
	if got := do(t, o, take("land")); got.Number != "A001" || o.View().Day() != "2026-11-25" {
		t.Fatalf("%s on %s", got.Number, o.View().Day())
	}
	checkLog(t, log)
}

// A counter whose clerk has nobody left does not keep the day open; one with somebody on the way does.
func TestIdleCountersDoNotKeepTheDayOpen(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 16:00"), &memory{}
	o := startWith(t, log, clock, limited())
	do(t, o, kiosk.OpenCounter{Operator: at("3")}) // serves results only
	do(t, o, kiosk.PauseCounter{Operator: at("3")})
	do(t, o, take("land"))
	n := len(log.all())
	clock.to(when(t, "2026-11-24 17:00"))
	tick(t, o)
	wantLog(t, log, n, "ticket.cancelled closing", "counter.closed", "day.closed hours")
	checkLog(t, log)
}

// What is changed and booked after closing time is there when the next day opens, also when the PC was
// off in between.
func TestBetweenTheDays(t *testing.T) {
	for _, restart := range []bool{false, true} {
		clock, log, setup := clockAt(t, "2026-11-24 17:30"), &memory{}, limited()
		setup.Services[0].Slots = &kiosk.Slots{Capacity: 2}
		o := startWith(t, log, clock, setup)
		clock.move(5 * time.Minute)
		tick(t, o)
		if !o.View().DayClosed() {
			t.Fatal("the day is open")
		}
		changed := *o.View().Setup()
		changed.Name.VI = "Tên mới"
		do(t, o, kiosk.ChangeSetup{Setup: &changed, Seq: o.View().SetupSeq(), By: "user:binh"})
		book := kiosk.Book{Service: "land", Slot: when(t, "2026-11-26 08:00"), Token: kiosk.NewToken(), Codes: []string{"123456"}, By: "citizen"}
		do(t, o, book)
		if restart {
			o.Close()
			o = startWith(t, log, clock, nil)
			if v := o.View(); !v.DayClosed() || v.Setup().Name.VI != "Tên mới" || v.Appointment(book.Token) == nil {
				t.Fatal("folded anew, the evening is forgotten")
			}
		}
		clock.to(when(t, "2026-11-25 07:00"))
		tick(t, o)
		opened := log.all()[len(log.all())-1]
		if opened.Type != kiosk.DayOpened || opened.Setup.Name.VI != "Tên mới" || len(opened.Appointments) != 1 || opened.Appointments[0].Token != book.Token {
			t.Fatalf("the day opens with %+v", opened)
		}
		clock.to(when(t, "2026-11-26 07:50"))
		if got := do(t, o, kiosk.CheckIn{Code: "123456", Token: kiosk.NewToken(), Device: "k1", By: "device:k1"}); got == nil || got.CreditS != 1800 {
			t.Fatalf("checked in as %+v", got)
		}
		checkLog(t, log)
	}
}

func TestCloseDayByHand(t *testing.T) {
	clock, log := newClock(), &memory{}
	o := start(t, log, clock) // always open: it never closes itself
	token := do(t, o, take("land")).Token
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	do(t, o, kiosk.Next{Operator: at("1")})
	refused(t, o, kiosk.CloseDay{By: "user:binh"}, kiosk.ErrTicketInService)
	do(t, o, kiosk.Finish{Operator: at("1"), Dossiers: 1})
	do(t, o, take("land"))
	n := len(log.all())
	do(t, o, kiosk.CloseDay{By: "user:binh"})
	wantLog(t, log, n, "ticket.cancelled closing", "counter.closed", "day.closed hand")
	if last := log.all()[n+2]; last.By != "user:binh" || o.View().Ticket(token) != nil {
		t.Errorf("%+v", last)
	}
	res, err := o.Do(t.Context(), kiosk.CloseDay{By: "user:binh"})
	if err != nil || !res.Repeat {
		t.Errorf("closing a closed day: %+v %v", res.Decision, err)
	}
	clock.move(10 * time.Hour)
	tick(t, o)
	if !o.View().DayClosed() {
		t.Error("a day that a manager closed is open again on the same date")
	}
	clock.move(10 * time.Hour)
	if got := do(t, o, take("land")); got.Number != "A001" {
		t.Errorf("%s", got.Number)
	}
	checkLog(t, log)
}

// The business day is the hall's date, wherever the PC thinks that it is.
func TestTheZoneIsTheHalls(t *testing.T) {
	kept := time.Local
	defer func() { time.Local = kept }()
	for _, zone := range []string{"America/Los_Angeles", "Pacific/Kiritimati", "UTC"} {
		local, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = local
		clock, log := clockAt(t, "2026-11-24 23:59"), &memory{}
		o, err := kiosk.Start(log, kiosk.Options{Seed: testSetup(), Now: func() time.Time { return clock.now().In(local) }, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		first := o.View().Day()
		clock.move(time.Minute)
		tick(t, o)
		if days := fmt.Sprint(first, o.View().Day()); days != "2026-11-242026-11-25" {
			t.Errorf("in %s: %s", zone, days)
		}
		o.Close()
	}
}

// A hall whose zone is changed to one where it is still yesterday waits for tomorrow.
func TestTheDayNeverGoesBack(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 01:00"), &memory{}
	o := start(t, log, clock)
	do(t, o, kiosk.CloseDay{By: "user:binh"})
	west := *testSetup()
	west.TimeZone = "America/Los_Angeles"
	do(t, o, kiosk.ChangeSetup{Setup: &west, Seq: o.View().SetupSeq(), By: "user:binh"})
	for range 60 {
		clock.move(time.Hour)
		tick(t, o)
		if o.View().Day() < "2026-11-24" {
			t.Fatalf("the day is %s", o.View().Day())
		}
	}
	if o.View().Day() != "2026-11-25" {
		t.Errorf("two days later the day is %s", o.View().Day())
	}
	checkLog(t, log)
}

// Nobody has to ask: the owner looks at the calendar by itself.
func TestTheCalendarNeedsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which begins at 07:00 in Vietnam
		setup, log := testSetup(), &memory{}
		setup.Hours = everyDay(kiosk.Span{From: 8 * 60, To: 17 * 60})
		o, err := kiosk.Start(log, kiosk.Options{Seed: setup, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		time.Sleep(2 * time.Hour)
		do(t, o, take("land"))
		time.Sleep(8*time.Hour + 2*time.Minute)
		if !o.View().DayClosed() {
			t.Error("two minutes past five the day is open")
		}
		time.Sleep(7 * time.Hour)
		if o.View().Day() != "2000-01-02" || o.View().DayClosed() {
			t.Errorf("after midnight the day is %s", o.View().Day())
		}
		wantLog(t, log, 1, "ticket.taken", "ticket.cancelled closing", "day.closed hours", "day.opened")
	})
}
