package kiosk_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
)

// busy is a hall with n waiting tickets of five services, a third of them with priority, and ten
// counters, all open, each with two services of its own and two where it assists; and the events that
// led there. With early, so many of each service have come before the time of their appointment and
// stand before all others, who have no priority then.
func busy(tb testing.TB, n, early int) (*kiosk.Hall, []kiosk.Event, time.Time) {
	tb.Helper()
	s := testSetup()
	s.Services, s.Counters = nil, nil
	for i := range 5 {
		s.Services = append(s.Services, kiosk.Service{
			ID: fmt.Sprint("s", i), Name: kiosk.Text{VI: "x"}, Prefix: string(rune('A' + i)), MeanS: 600, Slots: &kiosk.Slots{Capacity: 100},
		})
	}
	service := func(i int) string { return fmt.Sprint("s", i%5) }
	for i := range 10 {
		s.Counters = append(s.Counters, kiosk.Counter{
			ID: fmt.Sprint(i), Name: kiosk.Text{VI: "x"}, Services: []string{service(i), service(i + 1)}, Assist: []string{service(i + 2), service(i + 3)},
		})
	}
	h, now := kiosk.NewHall(), time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	events := fold(h, nil, h.DecideDay(s, now))
	for i := range 10 {
		events = fold(h, events, decide(tb, h, kiosk.OpenCounter{Operator: at(fmt.Sprint(i))}, now).Events)
	}
	events = appointments(tb, h, events, now, 5*early)
	now = now.Add(41 * time.Minute)
	for i := range n {
		now = now.Add(500 * time.Millisecond)
		c := benchTake(i)
		if early > 0 {
			c.Priority = ""
		}
		events = fold(h, events, decide(tb, h, c, now).Events)
	}
	return h, events, now
}

// appointments books n, for 09:00, and lets all come at 08:40.
func appointments(tb testing.TB, h *kiosk.Hall, events []kiosk.Event, now time.Time, n int) []kiosk.Event {
	for i := range n {
		events = fold(h, events, decide(tb, h, kiosk.Book{
			Service: fmt.Sprint("s", i%5), Slot: now.Add(time.Hour), Token: fmt.Sprint("booked", i), Codes: []string{fmt.Sprintf("%06d", i)},
		}, now).Events)
	}
	for i := range n {
		c := kiosk.CheckIn{Appointment: fmt.Sprint("booked", i), Token: fmt.Sprint("early", i)}
		events = fold(h, events, decide(tb, h, c, now.Add(40*time.Minute)).Events)
	}
	return events
}

func benchTake(i int) kiosk.Take {
	c := kiosk.Take{Service: fmt.Sprint("s", i%5), Token: fmt.Sprintf("token-%016d", i), Device: "k1", Lang: kiosk.Vietnamese, Key: fmt.Sprint(i)}
	if i%3 == 0 {
		c.Priority = "elderly"
	}
	return c
}

func decide(tb testing.TB, h *kiosk.Hall, cmd kiosk.Command, now time.Time) kiosk.Decision {
	d, err := h.Decide(cmd, now)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// fold numbers the events, applies them and adds them to the log.
func fold(h *kiosk.Hall, log, events []kiosk.Event) []kiosk.Event {
	for _, e := range events {
		e.Seq = h.Seq() + 1
		h.Apply(e)
		log = append(log, e)
	}
	return log
}

// BenchmarkDecide is what one command costs the owner, deciding and applying, with about 1,000
// waiting tickets: taking one, calling the next, the same where 20 early appointments of each service
// stand before those who can be called, and calling a certain one out of the middle. Hints are what it
// costs to say whom each of ten idle counters should call.
func BenchmarkDecide(b *testing.B) {
	b.Run("take", func(b *testing.B) {
		h, _, now := busy(b, 1000, 0)
		for i := 0; b.Loop(); i++ {
			if h.Pool().Len() > 1100 { // the queue stays as long as it was
				b.StopTimer()
				h, _, now = busy(b, 1000, 0)
				b.StartTimer()
			}
			fold(h, nil, decide(b, h, benchTake(1_000_000+i), now).Events)
		}
	})
	b.Run("next", func(b *testing.B) { benchNext(b, 0) })
	b.Run("next-early", func(b *testing.B) { benchNext(b, 20) })
	b.Run("call", func(b *testing.B) {
		h, _, now := busy(b, 1000, 20)
		for i := 0; b.Loop(); i++ {
			if h.Pool().Len() < 900 {
				b.StopTimer()
				h, _, now = busy(b, 1000, 20)
				b.StartTimer()
			}
			o, waiting := at(fmt.Sprint(i%10)), h.Pool().First(h.Reach(fmt.Sprint(i%10)), now.UnixMilli())
			fold(h, nil, decide(b, h, kiosk.CallTicket{Operator: o, Token: waiting.Token, Reason: "x"}, now).Events)
			fold(h, nil, decide(b, h, kiosk.Finish{Operator: o}, now).Events)
		}
	})
	for _, early := range []int{0, 20} {
		b.Run(fmt.Sprint("hints-", early, "-early"), func(b *testing.B) {
			h, _, now := busy(b, 1000, early)
			for b.Loop() {
				if n := len(h.Hints(now)); n != 10 {
					b.Fatal(n)
				}
			}
		})
	}
}

func benchNext(b *testing.B, early int) {
	h, _, now := busy(b, 1000, early)
	hand := make([]string, 10)
	for i := 0; b.Loop(); i++ {
		if h.Pool().Len() < 900 {
			b.StopTimer()
			h, _, now = busy(b, 1000, early)
			clear(hand)
			b.StartTimer()
		}
		d := decide(b, h, kiosk.Next{Operator: at(fmt.Sprint(i % 10)), Finish: hand[i%10]}, now)
		fold(h, nil, d.Events)
		hand[i%10] = d.Token
	}
}

// BenchmarkFold is the start on a day of 12,000 events: 4,000 tickets, each called and finished.
func BenchmarkFold(b *testing.B) {
	h, events, now := busy(b, 20, 0)
	for i := 0; len(events) < 12_000; i++ {
		o := at(fmt.Sprint(i % 10))
		events = fold(h, events, decide(b, h, benchTake(1_000_000+i), now).Events)
		now = now.Add(time.Second)
		seat, _ := h.Counter(o.Counter)
		events = fold(h, events, decide(b, h, kiosk.Next{Operator: o, Finish: seat.InHand}, now).Events)
	}
	for b.Loop() {
		fresh := kiosk.NewHall()
		for _, e := range events {
			fresh.Apply(e)
		}
		if fresh.Count() != h.Count() {
			b.Fatal(fresh.Count())
		}
	}
}

// BenchmarkSnapshot is what publishing costs at the end of a long day, and BenchmarkHall what one
// GET /api/hall costs.
func BenchmarkSnapshot(b *testing.B) {
	h, _, _ := busy(b, 4000, 0)
	for b.Loop() {
		if h.Snapshot().Count() != 4000 {
			b.Fatal()
		}
	}
}

func BenchmarkHall(b *testing.B) {
	h, _, now := busy(b, 300, 0)
	v := h.Snapshot()
	for b.Loop() {
		v.Hall(now, nil)
	}
}
