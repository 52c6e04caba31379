package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// slotSetup is the test's hall with appointments for land, two in each half-hour, and a quota.
func slotSetup() *kiosk.Setup {
	s := testSetup()
	s.Services[0].Slots = &kiosk.Slots{Capacity: 3}
	s.Services[0].Quota = 7
	return s
}

// morning is a time of the test's day, 24 November 2026, in the hall's zone.
func morning(hour, minute int) time.Time {
	return time.Date(2026, 11, 24, hour-7, minute, 0, 0, time.UTC)
}

// book makes an appointment for land and gives its token.
func book(t testing.TB, o *kiosk.Owner, slot time.Time, code string) string {
	t.Helper()
	res, err := o.Do(t.Context(), kiosk.Book{Service: "land", Slot: slot, Token: kiosk.NewToken(), Codes: []string{code}, Device: "web", By: "citizen"})
	if err != nil {
		t.Fatalf("booking %s: %v", slot, err)
	}
	return res.Token
}

func through(service string, route ...string) kiosk.Take {
	c := take(service)
	c.Route = route
	return c
}

// richLog is two days with routes, returns, and appointments of every fate.
func richLog(t testing.TB) []kiosk.Event {
	t.Helper()
	log, clock := &memory{}, newClock() // 08:00
	o := startWith(t, log, clock, slotSetup())
	one, binh := at("1"), kiosk.Operator{Counter: "2", User: "binh"}
	kept, lost, late := book(t, o, morning(8, 30), "111111"), book(t, o, morning(8, 30), "222222"), book(t, o, morning(8, 30), "333333")
	book(t, o, morning(9+24, 0), "444444")
	do(t, o, kiosk.CancelBooking{Token: lost, By: "citizen"})
	do(t, o, kiosk.OpenCounter{Operator: one})
	do(t, o, kiosk.OpenCounter{Operator: binh})
	clock.move(20 * time.Minute)
	x := do(t, o, kiosk.CheckIn{Code: "111111", Token: kiosk.NewToken(), Priority: "elderly"})
	do(t, o, kiosk.SetPriority{Token: x.Token, Priority: "elderly", Reason: "card seen", By: "user:an"})
	do(t, o, kiosk.SetPriority{Token: x.Token, Reason: "another's card", By: "user:an"})
	r := do(t, o, through("land", "result"))
	do(t, o, kiosk.Next{Operator: one})
	for _, cmd := range []kiosk.Command{
		kiosk.Finish{Operator: one}, kiosk.Undo{Operator: one}, // the route goes on, and comes back
		kiosk.Finish{Operator: one, Dossiers: 2}, kiosk.Next{Operator: one}, kiosk.Finish{Operator: one},
	} {
		do(t, o, cmd)
	}
	if got := o.View().Ticket(r.Token); got.State != kiosk.Finished || got.Dossiers != 2 {
		t.Fatalf("the ticket with a route is %+v", got)
	}
	q, h := do(t, o, take("land")), do(t, o, take("land"))
	for _, cmd := range []kiosk.Command{
		kiosk.Next{Operator: one}, kiosk.MarkNoShow{Operator: one}, kiosk.Return{Token: q.Token, By: "device:k1"},
		kiosk.Next{Operator: one}, kiosk.Hold{Operator: one}, kiosk.Return{Token: q.Token, By: "user:an"},
		kiosk.Next{Operator: one}, kiosk.MarkNoShow{Operator: one}, kiosk.Cancel{Token: q.Token, By: "citizen"},
		kiosk.Next{Operator: binh}, kiosk.Finish{Operator: binh},
	} {
		do(t, o, cmd)
	}
	if got := o.View().Ticket(h.Token); got.State != kiosk.Finished {
		t.Fatalf("%s is %s", got.Number, got.State)
	}
	clock.move(21 * time.Minute)
	if y := do(t, o, kiosk.CheckIn{Appointment: late, Token: kiosk.NewToken()}); !y.Slot.IsZero() || y.CreditS != 600 {
		t.Fatalf("the late one has %+v", y)
	}
	if a := o.View().Appointment(kept); a.Ticket != x.Token {
		t.Fatalf("the appointment is %+v", a)
	}
	clock.move(24 * time.Hour)
	do(t, o, take("land"))
	return log.all()
}
