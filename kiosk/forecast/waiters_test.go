package forecast_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// Who waits is counted as people come and go, over restarts and days, and is what counting gives.
func TestWaiters(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r, true)
		a := newArchive(s)
		var ids []string
		for _, x := range s.hall.Setup().Services {
			ids = append(ids, x.ID)
		}
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			s.now = s.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(r, "s")) * time.Second)
			s.try(r, ids, s.hall.Setup().Counters)
			if rapid.IntRange(0, 20).Draw(r, "night") == 0 {
				s.now = s.now.Add(24 * time.Hour)
				s.apply(s.hall.DecideDay(nil, s.now))
			}
			if rapid.IntRange(0, 9).Draw(r, "restart") == 0 {
				sameLines(r, s, a.read(), ids)
			}
		}
		sameLines(r, s, newArchive(s).read(), ids)
	})
}

func sameLines(r *rapid.T, s *stage, reader *forecast.Reader, ids []string) {
	for _, id := range ids {
		kept, counted := reader.Lines(id, s.now)
		if kept != counted || kept.Waiting != s.hall.WaitingIn(id) {
			r.Fatalf("%s: %+v, counted %+v, the hall has %d", id, kept, counted, s.hall.WaitingIn(id))
		}
	}
}

// A finish is taken back although another ticket was here since: the ticket waits again, and is counted.
func TestWaitersAfterALateUndo(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"))
	s.open("1", "2")
	first := s.take("land", "")
	s.take("land", "")
	s.next("1")
	s.do(kiosk.Finish{Operator: seat("1")})
	s.next("1")
	s.do(kiosk.Transfer{Operator: seat("1"), ToCounter: "2"})
	if again := s.do(kiosk.Undo{Operator: seat("1")}); again != first {
		t.Fatalf("%s was reopened", again)
	}
	s.do(kiosk.Transfer{Operator: seat("1"), ToCounter: "2"})
	if kept, _ := newArchive(s).read().Lines("land", s.now); kept.Waiting != 2 {
		t.Errorf("%d wait, want 2", kept.Waiting)
	}
}

// A ticket costs the reader the same however many wait.
func BenchmarkLearn(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := newStage(b, []kiosk.Service{service("land", 600)}, counter("1", "land"))
			for range n {
				s.take("land", "")
			}
			for b.Loop() {
				forecast.LearnAll(s.log)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/ticket")
		})
	}
}
