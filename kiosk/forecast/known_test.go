package forecast_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// These halls have services that always take equally long, so that the median is known exactly.

// sure is a hall whose services always take their mean.
func sure(t *testing.T, services []kiosk.Service, counters ...kiosk.Counter) *stage {
	s := newStage(t, services, counters...)
	for _, x := range services {
		s.learn(x.ID, time.Duration(x.MeanS)*time.Second)
	}
	return s
}

func TestSeveralCountersShareTheLine(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"), counter("3", "land"))
	s.open("1", "2", "3")
	for range 3 {
		s.take("land", "")
	}
	for _, c := range []string{"1", "2", "3"} {
		s.next(c)
	}
	var tokens []string
	for range 7 {
		tokens = append(tokens, s.take("land", ""))
	}
	f := s.forecast()
	for i, want := range []int{600, 600, 600, 1200, 1200, 1200, 1800} {
		wantP50(t, tokens[i], f.Tickets[tokens[i]], want)
	}
}

// A service takes as long as those that took longer than it has lasted. One that lasts longer than any
// takes what the lognormal distribution leaves, and after three means it is no longer believed.
func TestTicketInHand(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 1000)}, counter("1", "land"))
	for i := range 300 {
		s.model.Served("land", []time.Duration{400 * time.Second, 1000 * time.Second, 1000 * time.Second, 1600 * time.Second}[i%4])
	}
	s.open("1")
	s.take("land", "")
	s.next("1")
	for _, x := range []struct{ elapsed, want int }{{0, 1000}, {300, 700}, {700, 300}, {900, 100}, {1200, 400}, {-60, 1000}} {
		s.now = morning.Add(time.Duration(x.elapsed) * time.Second)
		wantP50(t, fmt.Sprint("after ", x.elapsed), s.forecast().New("land", 0), x.want)
	}
	known := s.model
	s.model = forecast.NewModel()
	s.minute(1000.0 / 60) // the median of what is left of a lognormal time, cv 0.8, that has lasted for its mean
	if got := s.forecast().New("land", 0).P50S; got < 440 || got > 520 {
		t.Errorf("nothing learned: another %d s after the mean, want about 481", got)
	}
	s.model = known
	var rest []int
	for _, elapsed := range []int{2000, 3000, 30000} {
		s.now = morning.Add(time.Duration(elapsed) * time.Second)
		rest = append(rest, s.forecast().New("land", 0).P50S)
	}
	if rest[0] < 200 || rest[1] < rest[0] || rest[2] != rest[1] || rest[2] > 1500 {
		t.Errorf("rest of an extremely long service: %d", rest)
	}
}

// Counter 1 does both, counter 2 only results: it calls first, and the land tickets can't use it.
func TestSkills(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600), service("result", 120)}, counter("1", "land", "result"), counter("2", "result"))
	s.open("1", "2")
	land1, land2 := s.take("land", ""), s.take("land", "")
	r1, r2, r3 := s.take("result", ""), s.take("result", ""), s.take("result", "")
	f := s.forecast()
	for token, want := range map[string]int{land1: 0, land2: 600, r1: 0, r2: 120, r3: 240} {
		wantP50(t, token, f.Tickets[token], want)
	}
	wantP50(t, "a new result", f.New("result", 0), 360)
	wantP50(t, "a new land", f.New("land", 0), 1200)
}

// Of several idle counters the one with the fewest skills calls first, then the one that has been idle
// longest; so the other is free for what only it can do.
func TestIdleCounters(t *testing.T) {
	services := []kiosk.Service{service("land", 600), service("result", 120), service("copy", 60)}
	s := sure(t, services, counter("1", "land", "result"), counter("2", "result"))
	s.open("1", "2")
	result, land := s.take("result", ""), s.take("land", "")
	f := s.forecast()
	wantP50(t, "by counter 2", f.Tickets[result], 0)
	wantP50(t, "by counter 1", f.Tickets[land], 0)

	s = sure(t, services, counter("1", "land", "result"), counter("2", "land", "copy"))
	s.open("2")
	s.minute(1)
	s.open("1")
	land, result = s.take("land", ""), s.take("result", "")
	f = s.forecast()
	wantP50(t, "by counter 2, idle longest", f.Tickets[land], 0)
	wantP50(t, "by counter 1", f.Tickets[result], 0)
}

// A priority ticket taken now goes before those taken less than its credit ago.
func TestPriorityInTheTable(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	s.take("land", "")
	s.next("1")
	for i := range 4 { // at 0, 15, 30, 45 minutes
		s.minute(15 * float64(i))
		s.take("land", "")
	}
	s.minute(46) // ahead of a credit of 30 stands only what was taken before 16
	s.do(kiosk.Finish{Operator: seat("1")})
	s.next("1") // the one taken at 0
	f := s.forecast()
	wantP50(t, "regular", f.New("land", 0), 4*600)
	wantP50(t, "credit 10", f.New("land", 600), 3*600)
	wantP50(t, "credit 30", f.New("land", 1800), 2*600)
	if len(f.Table["land"]) != 3 {
		t.Errorf("the table has the credits %v, want 0, 600 and 1800", f.Table["land"])
	}
}

func TestBoundTicketWaitsForItsCounter(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"))
	s.open("1", "2")
	bound := s.take("land", "")
	s.take("land", "")
	s.next("2") // the first ticket
	s.minute(1)
	s.next("1")
	s.do(kiosk.Transfer{Operator: seat("2"), ToCounter: "1"})
	f := s.forecast()
	wantP50(t, "bound to counter 1", f.Tickets[bound], 600)
	wantP50(t, "a new one", f.New("land", 0), 0) // counter 2 is idle
}

func TestNoCounterOpen(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600), service("result", 120), service("orphan", 300)},
		counter("1", "land", "result"), counter("2", "land"))
	for range 4 {
		s.take("land", "")
	}
	s.take("orphan", "")
	f := s.forecast()
	wantP50(t, "two planned counters, four ahead", f.New("land", 0), 1200)
	wantP50(t, "nobody serves it, one ahead", f.New("orphan", 0), 300)

	// Counter 2 opens: counter 1 now helps out with results only.
	s.open("2")
	f = s.forecast()
	wantP50(t, "one open counter, four ahead", f.New("land", 0), 2400)
	wantP50(t, "results, by the planned counter", f.New("result", 0), 0)
}

func TestPausedCounterComesBack(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 60)}, counter("1", "land"))
	s.open("1")
	s.do(kiosk.PauseCounter{Operator: seat("1")})
	for _, x := range []struct{ after, want float64 }{{0, 15}, {5, 10}, {14, 5}, {60, 5}} {
		s.minute(x.after)
		wantP50(t, fmt.Sprint("in a break for ", x.after), s.forecast().New("land", 0), minutes(x.want))
	}
}

// Counter 2 helps with land as soon as somebody has waited there for ten minutes, and not before.
func TestAssist(t *testing.T) {
	two := counter("2", "result")
	two.Assist = []string{"land"}
	busy := func() *stage { // both have just called
		s := sure(t, []kiosk.Service{service("land", 1000), service("result", 250)}, counter("1", "land"), two)
		s.open("1", "2")
		s.take("land", "")
		s.next("1")
		s.take("result", "")
		s.next("2")
		return s
	}
	s := busy()
	wantP50(t, "nobody waits at counter 2", s.forecast().New("land", 0), 250)
	for range 5 {
		s.take("result", "")
	}
	wantP50(t, "a priority ticket alone in its line", s.forecast().New("land", 1800), 750) // 250 and 500 are too early

	s = busy()
	land := s.take("land", "")
	for range 5 {
		s.take("result", "")
	}
	f := s.forecast()
	wantP50(t, "the first who waits ten minutes", f.Tickets[land], 750)
	wantP50(t, "a new one", f.New("land", 0), 1000)           // by counter 1
	wantP50(t, "a priority ticket", f.New("land", 1800), 750) // before the first, and no sooner
}

// Who has an appointment comes five minutes before it and counts as here for half an hour by then.
func TestAppointments(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	for range 3 {
		s.take("land", "")
	}
	s.next("1")
	wantP50(t, "without", s.forecast().New("land", 0), 1800)
	slot := s.now.Add(20 * time.Minute)
	s.apply([]kiosk.Event{{Type: kiosk.AppointmentBooked, At: s.now, Appointment: "a", Code: "123456", Service: "land", Slot: &slot}})
	f := s.forecast()
	wantP50(t, "called before it comes", f.Tickets["t2"], 600)
	wantP50(t, "after it", f.Tickets["t3"], 1800)
	wantP50(t, "a new one", f.New("land", 0), 2400)
	s.change(func(x *kiosk.Setup) { x.Priorities, x.Services[0].Slots = nil, &kiosk.Slots{Capacity: 1} })
	if row := s.forecast().Table["land"]; len(row) != 3 || row[600] == (kiosk.Range{}) || row[1800] == (kiosk.Range{}) {
		t.Errorf("the table for those who check in is %v, want credits 0, 600 and 1800", row)
	}
}

// A ticket in hand goes on to its next service with the key that it has.
func TestRoute(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 590), service("copy", 400)}, counter("1", "land"), counter("2", "copy"))
	s.open("1", "2")
	s.do(kiosk.Take{Service: "land", Token: "on", Route: []string{"copy"}})
	s.next("1")
	s.take("copy", "")
	s.next("2")
	s.take("copy", "")
	f := s.forecast()
	wantP50(t, "the next", f.Tickets["t2"], 400)          // until 800; the one from counter 1 comes at 590
	wantP50(t, "a new copy", f.New("copy", 0), 2*400+400) // after both
	s.do(kiosk.Take{Service: "land", Token: "also", Route: []string{"copy"}})
	f = s.forecast()
	wantP50(t, "who waits", f.Tickets["also"], 590)
	wantP50(t, "and goes on at 1180, before those who come now", f.New("copy", 0), 1600)
}

// Priority tickets that will come are reckoned with once the hall has seen when they come.
func TestPrioritiesToCome(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	s.take("land", "")
	s.next("1")
	regular := s.take("land", "")
	wantP50(t, "none are known", s.forecast().Tickets[regular], 600)
	for day := range 5 {
		for n := range 60 { // one each half-minute from 8:00 on
			s.model.Arrived("land", 1800, morning.In(s.hall.Location()).AddDate(0, 0, day-5).Add(time.Duration(n)*30*time.Second))
		}
		s.model.EndDay()
	}
	f := s.forecast()
	if got := f.Tickets[regular].P50S; got < 3*600 {
		t.Errorf("a regular ticket is called after %d s, in spite of two priority tickets a minute", got)
	}
	wantP50(t, "a priority ticket", f.New("land", 1800), 600)
	s.minute(180) // at eleven none come
	s.do(kiosk.Finish{Operator: seat("1")})
	wantP50(t, "at another hour", s.forecast().Tickets[regular], 0)
}

// Who has missed a call is called again after three others and shortens nobody's wait.
func TestMissedCalls(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	for range 6 {
		s.take("land", "")
	}
	s.next("1")
	for range 300 {
		s.model.Missed("land", true) // nobody ever comes
	}
	s.minute(2)
	f := s.forecast()
	wantP50(t, "after the one in hand", f.Tickets["t2"], 480)
	wantP50(t, "a minute for each call", f.Tickets["t4"], 480+2*60)
	if got := f.Tickets["t6"].P50S; got < 480+5*60 { // t2 is called again before it
		t.Errorf("t6 after %d s, want at least %d", got, 480+5*60)
	}
	s.do(kiosk.MarkNoShow{Operator: seat("1")})
	f = s.forecast()
	if _, ok := f.Tickets["t1"]; ok || len(f.Tickets) != 5 {
		t.Errorf("a missed ticket has a forecast: %v", f.Tickets)
	}
	wantP50(t, "the first now", f.Tickets["t2"], 0)
	// t1, t2, t3 miss; t2, t3, t4 are the three calls, and then t1 is called again before t5.
	if a, b := f.Tickets["t4"].P50S, f.Tickets["t5"].P50S; a != 120 || b < 240 {
		t.Errorf("t4 after %d s, t5 after %d s; want 120, and at least 240", a, b)
	}
}

func TestHallBeforeItsFirstDay(t *testing.T) {
	f := new(forecast.Simulation).Run(forecast.MomentOf(kiosk.NewHall().Snapshot(), morning, nil), forecast.NewModel(), forecast.Rollouts{})
	if len(f.Table) != 0 || len(f.Tickets) != 0 {
		t.Errorf("got %+v", f)
	}
}

func TestHeldAndEndedTicketsDoNotWait(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	held := s.take("land", "")
	s.next("1")
	s.do(kiosk.Hold{Operator: seat("1")})
	s.do(kiosk.Cancel{Token: s.take("land", "")})
	f := s.forecast()
	if len(f.Tickets) != 0 || f.Left(s.hall.Ticket(held)) != (kiosk.Range{}) || f.Seq != s.hall.Seq() {
		t.Errorf("got %+v", f)
	}
}
