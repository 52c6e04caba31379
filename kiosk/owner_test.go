package kiosk_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
)

func TestNumbersAndOrder(t *testing.T) {
	clock := newClock()
	o := start(t, &memory{}, clock)
	first := do(t, o, take("land"))
	clock.move(time.Minute)
	do(t, o, take("result"))
	clock.move(time.Minute)
	elder := take("land")
	elder.Priority = "elderly"
	second := do(t, o, elder)
	if first.Number != "A001" || second.Number != "A002" || second.Ahead != 0 || second.CreditS != 1800 {
		t.Fatalf("got %+v and %+v", first, second)
	}
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	var order []string
	finish := ""
	for range 3 {
		got := do(t, o, kiosk.Next{Operator: at("1"), Finish: finish})
		order, finish = append(order, got.Number), got.Token
	}
	if want := []string{"A002", "A001", "B001"}; !slices.Equal(order, want) {
		t.Fatalf("called %v, want %v", order, want)
	}
	if got := do(t, o, kiosk.Next{Operator: at("1"), Finish: finish}); got != nil {
		t.Fatalf("called %s from an empty hall", got.Number)
	}
}

func TestNextRepeatedGivesTheSameAnswer(t *testing.T) {
	o := start(t, &memory{}, newClock())
	for range 3 {
		do(t, o, take("land"))
	}
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	a := do(t, o, kiosk.Next{Operator: at("1")})
	refused(t, o, kiosk.Next{Operator: at("1")}, kiosk.ErrTicketInService)
	b := do(t, o, kiosk.Next{Operator: at("1"), Finish: a.Token})
	again := do(t, o, kiosk.Next{Operator: at("1"), Finish: a.Token})
	if again.Number != b.Number || b.Number != "A002" {
		t.Fatalf("the repeated request called %s after %s", again.Number, b.Number)
	}
	refused(t, o, kiosk.Next{Operator: at("1"), Finish: kiosk.NewToken()}, kiosk.ErrNoTicketInHand)

	// Undo brings A002 back; the same finish is then a new wish, not a repeat.
	do(t, o, kiosk.Finish{Operator: at("1")})
	do(t, o, kiosk.Undo{Operator: at("1")})
	refused(t, o, kiosk.Undo{Operator: at("1")}, kiosk.ErrTicketInService)
	if c := do(t, o, kiosk.Next{Operator: at("1"), Finish: b.Token}); c.Number != "A003" {
		t.Fatalf("called %s, want A003", c.Number)
	}
}

func TestNextRepeatedAfterNobodyWaited(t *testing.T) {
	o := start(t, &memory{}, newClock())
	do(t, o, take("land"))
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	a := do(t, o, kiosk.Next{Operator: at("1")})
	if got := do(t, o, kiosk.Next{Operator: at("1"), Finish: a.Token}); got != nil {
		t.Fatalf("called %s", got.Number)
	}
	do(t, o, take("land"))
	if got := do(t, o, kiosk.Next{Operator: at("1"), Finish: a.Token}); got != nil {
		t.Fatalf("the repeated request called %s, the first one nobody", got.Number)
	}
}

func TestIdempotencyKey(t *testing.T) {
	o := start(t, &memory{}, newClock())
	c := take("land")
	c.Key = "touch-1"
	first := do(t, o, c)
	c.Token = kiosk.NewToken()
	res, err := o.Do(t.Context(), c)
	if err != nil || !res.Repeat || res.Token != first.Token {
		t.Fatalf("the repeated touch gave %+v, %v", res.Decision, err)
	}
	c.Service = "result"
	refused(t, o, c, kiosk.ErrKeyReused)
	c.Service, c.Device = "land", "k2"
	if other := do(t, o, c); other.Number != "A002" {
		t.Fatalf("another kiosk's key gave %s", other.Number)
	}
}

func TestTransferToCounterThatCloses(t *testing.T) {
	o := start(t, &memory{}, newClock())
	do(t, o, take("land"))
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	do(t, o, kiosk.Next{Operator: at("1")})
	refused(t, o, kiosk.Transfer{Operator: at("1"), ToCounter: "3"}, kiosk.ErrCounterClosed)
	binh := kiosk.Operator{Counter: "3", User: "binh"}
	do(t, o, kiosk.OpenCounter{Operator: binh})
	moved := do(t, o, kiosk.Transfer{Operator: at("1"), ToCounter: "3"})
	if got := do(t, o, kiosk.Next{Operator: at("1")}); got != nil {
		t.Fatalf("counter 1 called %s, which is bound to counter 3", got.Number)
	}
	do(t, o, kiosk.CloseCounter{Operator: binh})
	if got := do(t, o, kiosk.Next{Operator: at("1")}); got == nil || got.Token != moved.Token {
		t.Fatal("the ticket of the closed counter waits for ever")
	}
}

func TestFailedCommit(t *testing.T) {
	for _, stored := range []bool{false, true} {
		log := &memory{}
		o := start(t, log, newClock())
		do(t, o, take("land"))
		log.mu.Lock()
		log.fail, log.stored = errors.New("I/O error"), stored
		log.mu.Unlock()
		c := take("land")
		c.Key = "again"
		if _, err := o.Do(t.Context(), c); !errors.Is(err, kiosk.ErrStorage) {
			t.Fatalf("got %v, want storage_unavailable", err)
		}
		c.Token = kiosk.NewToken()
		res, err := o.Do(t.Context(), c)
		if err != nil || res.Ticket().Number != "A002" || res.Repeat != stored {
			t.Fatalf("stored %v: the repeat gave %+v, %v", stored, res.Decision, err)
		}
	}
}

func TestDayChangesWithTheDate(t *testing.T) {
	clock, log := newClock(), &memory{}
	o := start(t, log, clock)
	old := do(t, o, take("land"))
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	do(t, o, kiosk.Next{Operator: at("1")})
	clock.move(17 * time.Hour) // 01:00 on the next day in Vietnam, a ticket still in hand
	if got := do(t, o, take("land")); got.Number != "A002" {
		t.Fatalf("the day changed under a busy counter: %s", got.Number)
	}
	clock.move(3 * time.Hour)
	if got := do(t, o, take("land")); got.Number != "A001" || o.View().Day() != "2026-11-25" {
		t.Fatalf("got %s on %s", got.Number, o.View().Day())
	}
	if o.View().Ticket(old.Token) != nil {
		t.Fatal("yesterday's ticket is still here")
	}
	clock.move(-48 * time.Hour)
	if got := do(t, o, take("land")); got.Number != "A002" || got.IssuedAt.Before(old.IssuedAt) {
		t.Fatalf("a clock that went back gave %s at %s", got.Number, got.IssuedAt)
	}
	checkLog(t, log)
}

func TestRestartFoldsTheSameHall(t *testing.T) {
	clock, log := newClock(), &memory{}
	o := start(t, log, clock)
	for range 5 {
		do(t, o, take("land"))
	}
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	do(t, o, kiosk.Next{Operator: at("1")})
	o.Close()
	p := start(t, log, clock)
	before, after := o.View().Hall(clock.now(), nil), p.View().Hall(clock.now(), nil)
	if before.Seq != after.Seq || before.Services[0].Waiting != after.Services[0].Waiting || *after.Counters[0].Now != "A001" {
		t.Fatalf("before %+v\nafter %+v", before, after)
	}
	if events, ok := p.Since(0, 100); !ok || len(events) != int(after.Seq) {
		t.Fatalf("the feed has %d events of %d", len(events), after.Seq)
	}
}

// A browser may send a request again after it lost the answer, and meanwhile another ticket may be
// in hand: the repeated wish must neither be done twice nor hit that other ticket.
func TestRepeatedActionHitsNoOtherTicket(t *testing.T) {
	for name, action := range map[string]func(kiosk.Operator) kiosk.Command{
		"finish":   func(o kiosk.Operator) kiosk.Command { return kiosk.Finish{Operator: o, Dossiers: 2} },
		"no-show":  func(o kiosk.Operator) kiosk.Command { return kiosk.MarkNoShow{Operator: o} },
		"hold":     func(o kiosk.Operator) kiosk.Command { return kiosk.Hold{Operator: o} },
		"transfer": func(o kiosk.Operator) kiosk.Command { return kiosk.Transfer{Operator: o, ToCounter: "3"} },
	} {
		t.Run(name, func(t *testing.T) {
			o := start(t, &memory{}, newClock())
			for range 2 {
				do(t, o, take("land"))
			}
			do(t, o, kiosk.OpenCounter{Operator: at("1")})
			do(t, o, kiosk.OpenCounter{Operator: kiosk.Operator{Counter: "3", User: "binh"}})
			first := do(t, o, kiosk.Next{Operator: at("1")})
			sees := at("1")
			sees.InHand = first.Token
			do(t, o, action(sees))
			second := do(t, o, kiosk.Next{Operator: at("1")})
			res, err := o.Do(t.Context(), action(sees))
			if err != nil || !res.Repeat || res.Token != first.Token {
				t.Fatalf("the repeat gave %+v, %v", res.Decision, err)
			}
			if c, _ := o.View().Counter("1"); c.InHand != second.Token {
				t.Fatal("the repeat took the next ticket out of the clerk's hand")
			}
			sees.InHand = kiosk.NewToken()
			refused(t, o, action(sees), kiosk.ErrNoTicketInHand)
			refused(t, o, kiosk.Recall{Operator: sees}, kiosk.ErrNoTicketInHand)
		})
	}
}

func TestNextCountsDossiers(t *testing.T) {
	o := start(t, &memory{}, newClock())
	do(t, o, take("land"))
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	first := do(t, o, kiosk.Next{Operator: at("1")})
	do(t, o, kiosk.Next{Operator: at("1"), Finish: first.Token, Dossiers: 3})
	if got := o.View().Ticket(first.Token).Dossiers; got != 3 {
		t.Fatalf("%d dossiers, want 3", got)
	}
	refused(t, o, kiosk.Next{Operator: at("1"), Dossiers: 1}, kiosk.ErrInvalidField)
}
