package kiosk_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
)

// busy is a hall with n waiting tickets of five services, a third of them with priority, and ten
// counters with two services each, all open, and the events that led there.
func busy(tb testing.TB, n int) (*kiosk.Hall, []kiosk.Event, time.Time) {
	tb.Helper()
	s := testSetup()
	s.Services, s.Counters = nil, nil
	for i := range 5 {
		s.Services = append(s.Services, kiosk.Service{ID: fmt.Sprint("s", i), Name: kiosk.Text{VI: "x"}, Prefix: string(rune('A' + i)), MeanS: 600})
	}
	for i := range 10 {
		s.Counters = append(s.Counters, kiosk.Counter{
			ID: fmt.Sprint(i), Name: kiosk.Text{VI: "x"}, Services: []string{fmt.Sprint("s", i%5), fmt.Sprint("s", (i+1)%5)},
		})
	}
	h, now := kiosk.NewHall(), time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	events := fold(h, nil, h.DecideDay(s, now))
	for i := range 10 {
		events = fold(h, events, decide(tb, h, kiosk.OpenCounter{Operator: at(fmt.Sprint(i))}, now).Events)
	}
	for i := range n {
		now = now.Add(2 * time.Second)
		events = fold(h, events, decide(tb, h, benchTake(i), now).Events)
	}
	return h, events, now
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
// waiting tickets: taking one, and calling the next.
func BenchmarkDecide(b *testing.B) {
	b.Run("take", func(b *testing.B) {
		h, _, now := busy(b, 1000)
		for i := 0; b.Loop(); i++ {
			if h.Pool().Len() > 1100 { // the queue stays as long as it was
				b.StopTimer()
				h, _, now = busy(b, 1000)
				b.StartTimer()
			}
			fold(h, nil, decide(b, h, benchTake(1_000_000+i), now).Events)
		}
	})
	b.Run("next", func(b *testing.B) {
		h, _, now := busy(b, 1000)
		hand := make([]string, 10)
		for i := 0; b.Loop(); i++ {
			if h.Pool().Len() < 900 {
				b.StopTimer()
				h, _, now = busy(b, 1000)
				clear(hand)
				b.StartTimer()
			}
			d := decide(b, h, kiosk.Next{Operator: at(fmt.Sprint(i % 10)), Finish: hand[i%10]}, now)
			fold(h, nil, d.Events)
			hand[i%10] = d.Token
		}
	})
}

// BenchmarkFold is the start on a day of 12,000 events: 4,000 tickets, each called and finished.
func BenchmarkFold(b *testing.B) {
	h, events, now := busy(b, 20)
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
	h, _, _ := busy(b, 4000)
	for b.Loop() {
		if h.Snapshot().Count() != 4000 {
			b.Fatal()
		}
	}
}

func BenchmarkHall(b *testing.B) {
	h, _, now := busy(b, 300)
	v := h.Snapshot()
	for b.Loop() {
		v.Hall(now, nil)
	}
}
