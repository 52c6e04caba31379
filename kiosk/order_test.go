package kiosk_test

import (
	"testing"
	"time"

	"layso/kiosk"
)

// calls counts how often each number was called by itself or by hand.
func calls(log *memory) map[string]int {
	out := map[string]int{}
	for _, e := range log.all() {
		if e.Type == kiosk.TicketCalled {
			out[e.Number]++
		}
	}
	return out
}

// One counter does both steps of a route, so the Next that ends the first one calls the ticket again.
// A browser that lost the answer and asks again must not end the second step.
func TestNextRepeatedOnARoute(t *testing.T) {
	log := &memory{}
	o := start(t, log, newClock())
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	x := do(t, o, through("land", "result"))
	do(t, o, kiosk.Next{Operator: at("1")})
	first := kiosk.Next{Operator: at("1"), Finish: x.Token}
	first.For = "land"
	if got := do(t, o, first); got.Token != x.Token || got.Service != "result" || got.State != kiosk.Called {
		t.Fatalf("the next step is %+v", got)
	}
	blind := first
	blind.For = ""
	for _, again := range []kiosk.Next{first, blind} {
		res, err := o.Do(t.Context(), again)
		if err != nil || !res.Repeat || res.Token != x.Token || res.Ticket().State != kiosk.Called {
			t.Fatalf("the repeat gave %+v, %v", res.Decision, err)
		}
	}
	late := kiosk.Finish{Operator: at("1")}
	late.InHand, late.For = x.Token, "land"
	if res, err := o.Do(t.Context(), late); err != nil || !res.Repeat {
		t.Fatalf("a finish of the first step gave %+v, %v", res.Decision, err)
	}
	second := first
	second.For = "result"
	if got := do(t, o, second); got != nil {
		t.Fatalf("called %s, nobody waits", got.Number)
	}
	if got := o.View().Ticket(x.Token); got.State != kiosk.Finished || len(got.Route) != 0 {
		t.Fatalf("at the end it is %+v", got)
	}
	if n := calls(log)["A001"]; n != 2 {
		t.Errorf("called %d times for two services", n)
	}
	checkLog(t, log)
}

func TestUndoOfARouteWhileItWaits(t *testing.T) {
	log := &memory{}
	o := start(t, log, newClock())
	binh := kiosk.Operator{Counter: "3", User: "binh"} // results only
	do(t, o, kiosk.OpenCounter{Operator: kiosk.Operator{Counter: "2", User: "an"}})
	do(t, o, kiosk.OpenCounter{Operator: binh})
	two := at("2") // land only
	x := do(t, o, through("land", "result"))
	do(t, o, kiosk.Next{Operator: two})
	do(t, o, kiosk.Finish{Operator: two, Dossiers: 3})
	back := do(t, o, kiosk.Undo{Operator: two})
	if back.State != kiosk.Called || back.Service != "land" || len(back.Route) != 1 || back.Dossiers != 0 {
		t.Fatalf("taken back it is %+v", back)
	}
	do(t, o, kiosk.Finish{Operator: two})
	if got := do(t, o, kiosk.Next{Operator: binh}); got.Token != x.Token {
		t.Fatalf("counter 3 called %s", got.Number)
	}
	refused(t, o, kiosk.Undo{Operator: two}, kiosk.ErrNothingToUndo) // it is in another hand
	do(t, o, kiosk.Transfer{Operator: binh, Service: "result"})
	refused(t, o, kiosk.Undo{Operator: two}, kiosk.ErrNothingToUndo) // it waits, but not from there
	checkLog(t, log)
}

// Only the counter that did the step takes it back, and not one where the ticket had been before.
func TestUndoOfARouteByAnother(t *testing.T) {
	o := start(t, &memory{}, newClock())
	binh := kiosk.Operator{Counter: "1", User: "binh"}
	do(t, o, kiosk.OpenCounter{Operator: at("2")})
	do(t, o, kiosk.OpenCounter{Operator: binh})
	x := do(t, o, through("land", "result"))
	do(t, o, kiosk.Next{Operator: binh})
	do(t, o, kiosk.MarkNoShow{Operator: binh})
	do(t, o, kiosk.CallTicket{Operator: at("2"), Token: x.Token})
	do(t, o, kiosk.Finish{Operator: at("2")})
	refused(t, o, kiosk.Undo{Operator: binh}, kiosk.ErrNothingToUndo)
	do(t, o, kiosk.Undo{Operator: at("2")})
}

// A transfer to a service that is on the ticket's way takes it off the way.
func TestTransferAlongTheRoute(t *testing.T) {
	log := &memory{}
	o := start(t, log, newClock())
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	x := do(t, o, through("land", "result"))
	do(t, o, kiosk.Next{Operator: at("1")})
	if got := do(t, o, kiosk.Transfer{Operator: at("1"), Service: "result"}); len(got.Route) != 0 {
		t.Fatalf("it is for %s and then for %v", got.Service, got.Route)
	}
	do(t, o, kiosk.Next{Operator: at("1")})
	if got := do(t, o, kiosk.Finish{Operator: at("1")}); got.Token != x.Token || got.State != kiosk.Finished {
		t.Fatalf("it is %s", got.State)
	}
	checkLog(t, log)
}

func TestRouteIsRefused(t *testing.T) {
	o := start(t, &memory{}, newClock())
	refused(t, o, through("land", "moon"), kiosk.ErrUnknownService)
	refused(t, o, through("land", "land"), kiosk.ErrInvalidField)
	refused(t, o, through("land", "result", "result"), kiosk.ErrInvalidField)
	refused(t, o, through("land", "a", "b", "c", "d", "e"), kiosk.ErrInvalidField)
	s := testSetup()
	s.Services[1].Closed = true
	do(t, o, kiosk.ChangeSetup{Setup: s, Seq: o.View().SetupSeq()})
	refused(t, o, through("land", "result"), kiosk.ErrServiceClosed)
}

func TestMissedCalls(t *testing.T) {
	log, clock := &memory{}, newClock()
	o := start(t, log, clock)
	two, three := at("2"), kiosk.Operator{Counter: "3", User: "binh"}
	do(t, o, kiosk.OpenCounter{Operator: two})
	do(t, o, kiosk.OpenCounter{Operator: three})
	x := do(t, o, take("land"))
	miss := func() {
		t.Helper()
		if got := do(t, o, kiosk.Next{Operator: two}); got == nil || got.Token != x.Token {
			t.Fatalf("called %+v instead of the one that missed", got)
		}
		do(t, o, kiosk.MarkNoShow{Operator: two})
	}
	others := func(n int) {
		t.Helper()
		for range n {
			do(t, o, take("land"))
			do(t, o, take("result"))
			for _, counter := range []kiosk.Operator{two, three} { // counter 3 does not serve it: its calls do not count
				if got := do(t, o, kiosk.Next{Operator: counter}); got.Token == x.Token {
					t.Fatal("called again too early")
				}
				do(t, o, kiosk.Finish{Operator: counter})
			}
		}
	}
	miss()
	if got := do(t, o, kiosk.Next{Operator: two}); got != nil {
		t.Fatalf("an idle counter called %s again", got.Number)
	}
	others(3)
	do(t, o, take("land")) // younger: the missed one has its old place
	miss()
	others(1)
	do(t, o, take("land"))
	others(4)
	if got := o.View().Ticket(x.Token); got.State != kiosk.NoShow || got.Misses != 2 {
		t.Fatalf("after the second miss it is %+v", got)
	}
	clock.move(30 * time.Minute)
	key := clock.now().Add(-10 * time.Minute).UnixMilli()
	for _, repeat := range []bool{false, true} {
		res, err := o.Do(t.Context(), kiosk.Return{Token: x.Token, By: "device:k1"})
		if err != nil || res.Repeat != repeat || res.Ticket().State != kiosk.Waiting || res.Ticket().Key() != key {
			t.Fatalf("the return gave %+v, %v", res.Decision, err)
		}
	}
	checkLog(t, log)
}

// With all counters of its service closed a missed ticket waits for better times, and for the end of the day.
func TestMissedCallWithoutACounter(t *testing.T) {
	log, clock := &memory{}, newClock()
	o := start(t, log, clock)
	two := at("2")
	do(t, o, kiosk.OpenCounter{Operator: two})
	x := do(t, o, take("land"))
	do(t, o, kiosk.Next{Operator: two})
	do(t, o, kiosk.MarkNoShow{Operator: two})
	do(t, o, kiosk.CloseCounter{Operator: two})
	refused(t, o, kiosk.Undo{Operator: two}, kiosk.ErrCounterClosed)
	do(t, o, kiosk.OpenCounter{Operator: two})
	refused(t, o, kiosk.Undo{Operator: two}, kiosk.ErrNothingToUndo)
	if got := do(t, o, kiosk.CallTicket{Operator: two, Token: x.Token, Reason: "here now"}); got.State != kiosk.Called {
		t.Fatalf("it is %s", got.State)
	}
	do(t, o, kiosk.MarkNoShow{Operator: two})
	clock.move(24 * time.Hour)
	do(t, o, take("land")) // the next day
	refused(t, o, kiosk.Return{Token: x.Token}, kiosk.ErrUnknownTicket)
	checkLog(t, log)
}

// A citizen who missed his call and gives up is not called again.
func TestCancelAfterAMissedCall(t *testing.T) {
	log := &memory{}
	o := start(t, log, newClock())
	two := at("2")
	do(t, o, kiosk.OpenCounter{Operator: two})
	x := do(t, o, take("land"))
	do(t, o, kiosk.Next{Operator: two})
	do(t, o, kiosk.MarkNoShow{Operator: two})
	do(t, o, kiosk.Cancel{Token: x.Token, By: "citizen"})
	refused(t, o, kiosk.Undo{Operator: two}, kiosk.ErrNothingToUndo)
	refused(t, o, kiosk.Return{Token: x.Token}, kiosk.ErrTicketNotWaiting)
	for range 4 {
		do(t, o, take("land"))
		if got := do(t, o, kiosk.Next{Operator: two}); got.Token == x.Token {
			t.Fatal("called again")
		}
		do(t, o, kiosk.Finish{Operator: two})
	}
	checkLog(t, log)
}

func TestConfirmedPriorityKeepsItsCredit(t *testing.T) {
	o := start(t, &memory{}, newClock())
	c := take("land")
	c.Priority = "elderly"
	x := do(t, o, c)
	s := testSetup()
	s.Priorities[0].CreditS = 60
	do(t, o, kiosk.ChangeSetup{Setup: s, Seq: o.View().SetupSeq()})
	confirm := kiosk.SetPriority{Token: x.Token, Priority: "elderly", Reason: "card seen", By: "user:an"}
	for _, repeat := range []bool{false, true} {
		res, err := o.Do(t.Context(), confirm)
		if got := res.Ticket(); err != nil || res.Repeat != repeat || !got.Confirmed || got.CreditS != 1800 {
			t.Fatalf("confirming gave %+v, %v", got, err)
		}
	}
	revoke := confirm
	revoke.Priority = ""
	if got := do(t, o, revoke); got.Confirmed || got.CreditS != 0 {
		t.Fatalf("revoking gave %+v", got)
	}
}
