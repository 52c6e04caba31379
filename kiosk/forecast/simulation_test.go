package forecast_test

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// learn teaches the model that the service always takes so long.
func (s *stage) learn(service string, took time.Duration) {
	for range 300 {
		s.model.Served(service, took)
	}
}

func wantP50(t *testing.T, what string, got kiosk.Range, want int) {
	t.Helper()
	if got.P50S != want || got.P80S < got.P50S {
		t.Errorf("%s: got %+v, want a P50 of %d s", what, got, want)
	}
}

// One counter, ten minutes each, one just called: the k-th in line is called after k services.
func TestSingleCounter(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.learn("land", 10*time.Minute)
	s.open("1")
	wantP50(t, "an idle counter", s.forecast().New("land", 0), 0)
	s.take("land", "")
	s.next("1")
	for k := 1; k <= 5; k++ {
		promised := s.forecast().New("land", 0)
		token := s.take("land", "")
		got := s.forecast().Left(s.hall.Ticket(token))
		if got.P50S != 600*k || promised != got {
			t.Errorf("%d in line: promised %+v, then %+v, want a P50 of %d s", k, promised, got, 600*k)
		}
		wantP50(t, "a priority ticket", s.forecast().New("land", 1800), 600)
	}
}

// P50 and P80 are the percentiles of the wait, P80 stretched by the factor: behind one service that took
// any of 1 to 10 minutes equally often.
func TestPercentiles(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 330)}, counter("1", "land"))
	for i := range 300 {
		s.model.Served("land", time.Duration(i+1)*2*time.Second)
	}
	s.open("1")
	s.take("land", "")
	s.next("1")
	for _, x := range []struct{ factor, p80 float64 }{{1, 480}, {2, 300 + 2*180}, {0.5, 390}} {
		s.model.Factor = x.factor
		got := s.forecast().New("land", 0)
		if math.Abs(float64(got.P50S)-300) > 30 || math.Abs(float64(got.P80S)-x.p80) > 30+20*x.factor {
			t.Errorf("factor %v: %+v, want about 300 and %v", x.factor, got, x.p80)
		}
	}
}

// With nothing learned the configured mean counts, spread as service times usually are.
func TestPrior(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.model.Factor = 1
	for range 300 {
		s.model.Missed("land", false)
	}
	s.open("1")
	for range 41 {
		s.take("land", "")
	}
	s.next("1")
	// 40 services of 600 s, cv 0.8: mean 24,000, standard deviation 3,036; the median is a little less.
	got := s.forecast().New("land", 0)
	if s.take("land", ""); got.P50S < 23_000 || got.P50S > 25_000 || got.P80S-got.P50S < 2000 || got.P80S-got.P50S > 3200 {
		t.Errorf("%+v after 40 services or so", got)
	}
}

// Equal moments and seeds give equal forecasts, whatever the memory was used for before; asking for
// one ticket only is as good.
func TestEqualSeedsGiveEqualForecasts(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600), service("result", 120)}, counter("1", "land", "result"), counter("2", "result"))
	s.open("1", "2")
	var simulation forecast.Simulation
	for i := range 40 {
		s.take([]string{"land", "result", "result"}[i%3], []string{"", "elderly"}[i%2])
		if i%9 == 0 {
			simulation.Run(forecast.MomentOf(s.hall.Snapshot(), s.now, s.model), s.model, forecast.Rollouts{Seed: uint64(i)})
		}
	}
	m := forecast.MomentOf(s.hall.Snapshot(), s.now, s.model)
	a, b := simulation.Run(m, s.model, forecast.Rollouts{Seed: 1}), s.forecast()
	if !reflect.DeepEqual(a, b) {
		t.Error("two forecasts differ")
	}
	other := simulation.Run(m, s.model, forecast.Rollouts{Seed: 2})
	if maps.Equal(a.Tickets, other.Tickets) {
		t.Error("the seed changes nothing")
	}
	only := simulation.Run(m, s.model, forecast.Rollouts{Seed: 1, Only: &forecast.Ask{Service: 1, CreditS: 600}})
	wait := simulation.Wait(m, s.model, forecast.Rollouts{Seed: 1, Only: &forecast.Ask{Service: 1, CreditS: 600}})
	if want := a.New("result", 600); only.New("result", 600) != want || wait != want || len(only.Tickets) != 0 {
		t.Errorf("only one ticket: %+v and %+v, want %+v", only, wait, want)
	}
}

// A simulator asks at every arrival: once it has its memory, a question takes no more.
func TestWaitAllocatesNothing(t *testing.T) {
	s := crowded(t)
	m := forecast.MomentOf(s.hall.Snapshot(), s.now, s.model)
	var simulation forecast.Simulation
	ask := func() { simulation.Wait(m, s.model, forecast.Rollouts{N: 50, Only: &forecast.Ask{Service: 1}}) }
	ask()
	if n := testing.AllocsPerRun(3, ask); n > 1 { // the question
		t.Errorf("%v allocations", n)
	}
}

// crowded is 300 waiting tickets for five services at 25 counters with differing skills.
func crowded(b testing.TB) *stage {
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
		id, credit := fmt.Sprint("s", i%5), []int{0, 0, 1800}[i%3]
		s.take(id, map[int]string{1800: "elderly"}[credit])
		s.model.Arrived(id, credit, s.now.In(s.hall.Location()))
		s.model.Served(id, time.Duration(60+7*i)*time.Second)
	}
	for _, c := range counters {
		s.open(c.ID)
		s.next(c.ID)
	}
	return s
}

// BenchmarkForecast is the budget: 25 ms on one core.
func BenchmarkForecast(b *testing.B) {
	s := crowded(b)
	v := s.hall.Snapshot()
	var simulation forecast.Simulation
	b.ReportAllocs()
	for b.Loop() {
		if f := simulation.Run(forecast.MomentOf(v, s.now, s.model), s.model, forecast.Rollouts{}); len(f.Tickets) != 300 {
			b.Fatal(len(f.Tickets))
		}
	}
}

// BenchmarkFarMoreWaiting is 3,000 people: fewer rollouts, so that the forecast stays cheap.
func BenchmarkFarMoreWaiting(b *testing.B) {
	s := crowded(b)
	for i := range 2700 {
		s.take(fmt.Sprint("s", i%5), "")
	}
	m := forecast.MomentOf(s.hall.Snapshot(), s.now, s.model)
	var simulation forecast.Simulation
	for b.Loop() {
		simulation.Run(m, s.model, forecast.Rollouts{})
	}
}

// BenchmarkWait is one ticket's question in the same hall, as a simulator asks it.
func BenchmarkWait(b *testing.B) {
	s := crowded(b)
	m := forecast.MomentOf(s.hall.Snapshot(), s.now, s.model)
	var simulation forecast.Simulation
	b.ReportAllocs()
	for b.Loop() {
		simulation.Wait(m, s.model, forecast.Rollouts{Only: &forecast.Ask{Service: 1}})
	}
}
