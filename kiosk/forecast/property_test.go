package forecast_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// randomStage is a hall with random skills in the middle of its work.
func randomStage(t *testing.T, r *rapid.T) *stage {
	var services []kiosk.Service
	var ids []string
	for i := range rapid.IntRange(1, 4).Draw(r, "services") {
		ids = append(ids, fmt.Sprint("s", i))
		services = append(services, service(ids[i], rapid.IntRange(10, 1200).Draw(r, "mean")))
	}
	var counters []kiosk.Counter
	for i := range rapid.IntRange(1, 4).Draw(r, "counters") {
		skills := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(r, "skills")
		counters = append(counters, counter(fmt.Sprint(i+1), skills...))
	}
	s := newStage(t, services, counters...)
	for range rapid.IntRange(0, 60).Draw(r, "steps") {
		s.now = s.now.Add(time.Duration(rapid.IntRange(0, 300_000).Draw(r, "ms")) * time.Millisecond)
		s.try(r, ids, counters)
	}
	return s
}

// try carries one random command out, and nothing when the hall refuses it.
func (s *stage) try(r *rapid.T, ids []string, counters []kiosk.Counter) {
	c := kiosk.Operator{Counter: rapid.SampledFrom(counters).Draw(r, "counter").ID, User: "an"}
	var cmd kiosk.Command
	switch rapid.SampledFrom([]string{"take", "take", "take", "open", "next", "next", "pause", "close", "finish", "transfer"}).Draw(r, "command") {
	case "take":
		s.taken++
		priority := rapid.SampledFrom([]string{"", "", "elderly", "child"}).Draw(r, "priority")
		cmd = kiosk.Take{Service: rapid.SampledFrom(ids).Draw(r, "service"), Priority: priority, Token: fmt.Sprint("t", s.taken)}
	case "open":
		cmd = kiosk.OpenCounter{Operator: c}
	case "next":
		cmd = kiosk.Next{Operator: c}
	case "pause":
		cmd = kiosk.PauseCounter{Operator: c}
	case "close":
		cmd = kiosk.CloseCounter{Operator: c}
	case "finish":
		cmd = kiosk.Finish{Operator: c}
	case "transfer":
		cmd = kiosk.Transfer{Operator: c, ToCounter: rapid.SampledFrom(counters).Draw(r, "to").ID}
	}
	if d, err := s.hall.Decide(cmd, s.now); err == nil {
		s.apply(d.Events)
	}
}

func TestForecastOfRandomHalls(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r)
		f := s.forecast()
		var waiting []string
		for _, x := range s.hall.Waiting() {
			waiting = append(waiting, x.Token)
		}
		if got := slices.Sorted(maps.Keys(f.Tickets)); !slices.Equal(got, slices.Sorted(slices.Values(waiting))) {
			r.Fatalf("forecast for %v, waiting are %v", got, waiting)
		}
		for token, got := range f.Tickets {
			sane(r, token, got)
		}
		for _, x := range s.hall.Setup().Services {
			row := f.Table[x.ID]
			if len(row) != 3 || row[1800].P50S > row[600].P50S || row[600].P50S > row[0].P50S {
				r.Fatalf("%s: a larger credit waits longer: %v", x.ID, row)
			}
			for credit, got := range row {
				sane(r, fmt.Sprint(x.ID, " ", credit), got)
			}
		}
	})
}

func sane(r *rapid.T, what string, got kiosk.Range) {
	if got.P50S < 0 || got.P80S < got.P50S || got.P80S > 100*1200*2 {
		r.Fatalf("%s: %+v", what, got)
	}
}

// What the table promises is what the ticket gets once it is taken.
func TestTheTableIsKept(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r)
		x := rapid.SampledFrom(s.hall.Setup().Services).Draw(r, "service").ID
		priority := rapid.SampledFrom([]string{"", "elderly", "child"}).Draw(r, "of")
		credit := map[string]int{"": 0, "elderly": 1800, "child": 600}[priority]
		promised := s.forecast().New(x, credit)
		token := s.take(x, priority)
		if got := s.forecast().Tickets[token]; got != promised {
			r.Fatalf("%s with credit %d: promised %+v, got %+v", x, credit, promised, got)
		}
	})
}

// The moment of the call is right: play the hall on at exactly mean service times, and the tickets are
// called when the forecast said. Only for counters that begin together and without pauses, where the
// forecast has nothing to guess.
func TestForecastComesTrueAtMeanTimes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 3).Draw(r, "counters")
		var counters []kiosk.Counter
		for i := range n {
			counters = append(counters, counter(fmt.Sprint(i+1), "a", "b"))
		}
		s := newStage(t, []kiosk.Service{service("a", 600), service("b", 170)}, counters...)
		for range rapid.IntRange(1, 20).Draw(r, "tickets") {
			s.now = s.now.Add(time.Duration(rapid.IntRange(1, 600).Draw(r, "gap")) * time.Second)
			s.take(rapid.SampledFrom([]string{"a", "b"}).Draw(r, "service"), rapid.SampledFrom([]string{"", "elderly"}).Draw(r, "priority"))
		}
		for _, c := range counters {
			s.open(c.ID)
		}
		f, begin := s.forecast(), s.now
		free := make([]time.Time, n)
		for s.hall.Pool().Len() > 0 {
			k := 0
			for i := range free {
				if free[i].Before(free[k]) {
					k = i
				}
			}
			if !free[k].IsZero() {
				s.now = free[k]
				s.do(kiosk.Finish{Operator: seat(counters[k].ID)})
			}
			token := s.next(counters[k].ID)
			if got := f.Tickets[token].P50S; got != int(s.now.Sub(begin).Seconds()) {
				r.Fatalf("%s: forecast %d s, called after %s", token, got, s.now.Sub(begin))
			}
			free[k] = s.now.Add(time.Duration(s.hall.Setup().Service(s.hall.Ticket(token).Service).MeanS) * time.Second)
		}
	})
}

// BenchmarkCompute is 300 waiting tickets for five services at 25 counters with differing skills.
func BenchmarkCompute(b *testing.B) {
	var services []kiosk.Service
	var counters []kiosk.Counter
	for i := range 5 {
		services = append(services, service(fmt.Sprint("s", i), 240+120*i))
	}
	for i := range 25 {
		counters = append(counters, counter(fmt.Sprint(i+1), fmt.Sprint("s", i%5), fmt.Sprint("s", (i+1)%5)))
	}
	s := newStage(b, services, counters...)
	for i := range 325 {
		s.now = s.now.Add(7 * time.Second)
		s.take(fmt.Sprint("s", i%5), []string{"", "", "elderly"}[i%3])
	}
	for _, c := range counters {
		s.open(c.ID)
		s.next(c.ID)
	}
	v := s.hall.Snapshot()
	for b.Loop() {
		if f := forecast.Compute(v, s.now); len(f.Tickets) != 300 {
			b.Fatal(len(f.Tickets))
		}
	}
}
