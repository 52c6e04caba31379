package forecast_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// morning is 08:00 on a Tuesday in Vietnam.
var morning = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

// stage is a hall without an owner, and its clock.
type stage struct {
	testing.TB
	hall  *kiosk.Hall
	now   time.Time
	taken int
	model *forecast.Model
	log   []kiosk.Event
}

// service is a service with its mean in seconds; counter is a desk with its services.
func service(id string, mean int) kiosk.Service {
	return kiosk.Service{ID: id, Prefix: string(rune('A' + len(id)%26)), MeanS: mean}
}

func counter(id string, services ...string) kiosk.Counter {
	return kiosk.Counter{ID: id, Services: services}
}

func newStage(t testing.TB, services []kiosk.Service, counters ...kiosk.Counter) *stage {
	s := &stage{TB: t, hall: kiosk.NewHall(), now: morning, model: forecast.NewModel()}
	for i := range services {
		services[i].Prefix = string(rune('A' + i))
	}
	s.apply(s.hall.DecideDay(&kiosk.Setup{
		TimeZone: "Asia/Ho_Chi_Minh", Hours: kiosk.Hours{Always: true}, Services: services, Counters: counters,
		Priorities: []kiosk.Priority{{ID: "elderly", CreditS: 1800}, {ID: "disabled", CreditS: 1800}, {ID: "child", CreditS: 600}},
	}, s.now))
	return s
}

func (s *stage) apply(events []kiosk.Event) {
	for _, e := range events {
		e.Seq = s.hall.Seq() + 1
		s.hall.Apply(e)
		s.log = append(s.log, e)
	}
}

// do carries a command out and gives the token that it is about.
func (s *stage) do(cmd kiosk.Command) string {
	s.Helper()
	d, err := s.hall.Decide(cmd, s.now)
	if err != nil {
		s.Fatalf("%T: %v", cmd, err)
	}
	s.apply(d.Events)
	return d.Token
}

func (s *stage) take(service, priority string) string {
	s.Helper()
	s.taken++
	return s.do(kiosk.Take{Service: service, Priority: priority, Token: fmt.Sprint("t", s.taken)})
}

func (s *stage) open(counters ...string) {
	s.Helper()
	for _, c := range counters {
		s.do(kiosk.OpenCounter{Operator: seat(c)})
	}
}

func (s *stage) next(counter string) string {
	s.Helper()
	return s.do(kiosk.Next{Operator: seat(counter)})
}

func (s *stage) forecast() *kiosk.Forecast {
	return new(forecast.Simulation).Run(forecast.MomentOf(s.hall.Snapshot(), s.now, s.model), s.model, forecast.Rollouts{Seed: 1})
}

func seat(counter string) kiosk.Operator { return kiosk.Operator{Counter: counter, User: "an"} }

// minute sets the clock to so many minutes after eight.
func (s *stage) minute(n float64) { s.now = morning.Add(time.Duration(n * float64(time.Minute))) }

// change lets an admin change the hall.
func (s *stage) change(edit func(*kiosk.Setup)) {
	setup := *s.hall.Setup()
	edit(&setup)
	s.apply([]kiosk.Event{{Type: kiosk.HallChanged, At: s.now, Setup: &setup}})
}

// minutes is how most of the tests write a wait.
func minutes(n float64) int { return int(n * 60) }
