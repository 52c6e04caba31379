package forecast_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// One counter's morning, event by event: what counts as service time, as a missed call and as a score.
func TestWhatIsLearned(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600), service("copy", 60)}, counter("1", "land", "copy"))
	do := func(minute float64, cmd kiosk.Command) {
		t.Helper()
		s.minute(minute)
		s.do(cmd)
	}
	at := seat("1")
	s.open("1")
	do(0, kiosk.Take{Service: "land", Token: "a", Wait: kiosk.Range{P50S: 60, P80S: 100}})
	do(0, kiosk.Take{Service: "land", Token: "b", Priority: "elderly", Wait: kiosk.Range{P50S: 600, P80S: 1200}})
	do(1, kiosk.Next{Operator: at}) // b, after 1 minute
	do(2, kiosk.PauseCounter{Operator: at})
	do(4, kiosk.ResumeCounter{Operator: at})
	do(6, kiosk.Finish{Operator: at}) // 5 minutes less 2: learned at the next call
	do(7, kiosk.Undo{Operator: at})   // a mistake
	do(11, kiosk.Next{Operator: at, Finish: "b"})
	// 8 minutes of b; a is called after 11 minutes, printed 1
	do(12, kiosk.MarkNoShow{Operator: at})
	do(12, kiosk.Take{Service: "land", Token: "c", Route: []string{"copy"}, Wait: kiosk.Range{P50S: 0, P80S: 0}})
	do(12, kiosk.Next{Operator: at})
	do(14, kiosk.Hold{Operator: at}) // 2 minutes
	do(15, kiosk.CallTicket{Operator: at, Token: "c", Reason: "back"})
	do(18, kiosk.Finish{Operator: at}) // and 3: 5 of land; goes on to copy
	do(18, kiosk.Next{Operator: at})   // c again
	do(18.05, kiosk.Finish{Operator: at})
	do(19, kiosk.Take{Service: "copy", Token: "d"})
	do(20, kiosk.CallTicket{Operator: at, Token: "d", Reason: "asked"}) // 3 s of copy are none; d is not scored
	do(22, kiosk.Transfer{Operator: at, Service: "land"})               // 2 minutes of copy
	do(23, kiosk.Next{Operator: at})                                    // d
	r := newArchive(s).read()
	land, copies := r.Learned().Services["land"], r.Learned().Services["copy"]
	if want := []int32{480_000, 300_000}; !slices.Equal(land.Times, want) {
		t.Errorf("service times of land %v, want %v", land.Times, want)
	}
	if want := []int32{120_000}; !slices.Equal(copies.Times, want) {
		t.Errorf("service times of copy %v, want %v", copies.Times, want)
	}
	if land.Calls != (forecast.Share{N: 3, Yes: 1}) || copies.Calls != (forecast.Share{N: 1}) {
		t.Errorf("first calls: land %+v, copy %+v", land.Calls, copies.Calls)
	}
	if got := r.Learned().MissMS; got < 59_999 || got > 60_000 {
		t.Errorf("a clerk waits %v ms for nobody, want 60000 as seen", got)
	}
	if p := land.Priority[1800]; p == nil || p.Today[16] != 1 || len(land.Priority) != 1 {
		t.Errorf("priority tickets by half-hour: %+v", land.Priority)
	}
	wantScores(t, r.Scores(1)[0])
}

// wantScores checks the scores of TestWhatIsLearned: b waited 60 s of 600-1200, a 660 s of 60-100, c 0 s
// of 0-0.
func wantScores(t *testing.T, day kiosk.ForecastDay) {
	t.Helper()
	total := day.Total
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.01 {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	if day.Day != "2026-11-24" || total.N != 3 || len(total.Estimators) != 5 {
		t.Fatalf("scores %+v", day)
	}
	near("mean wait", total.MeanWaitS, 240)
	near("cover", total.Cover80, 1.0/2) // c was told no wait
	near("pinball", total.PinballS, (0.2*1140+0.8*560)/3)
	near("late", total.Late10, 0)
	us := total.Estimators[0]
	near("MAE", us.MAES, (540+600)/3.0)
	near("bias", us.BiasS, (540-600)/3.0)
	near("RMSE", us.RMSES, math.Sqrt((540*540+600*600)/3.0))
	near("relative", us.Relative, 380.0/240)
	// The counter was idle each time: the others foretell 0.
	for _, x := range total.Estimators[1:] {
		near(x.Name, x.MAES, 240)
	}
	near("factor", day.Factor, 1.2+0.02*(1-2*0.2))
	groups := func(list []kiosk.ForecastScore) (out string) {
		for _, g := range list {
			out += fmt.Sprint(g.Group, g.N, " ")
		}
		return strings.TrimSpace(out)
	}
	if got := groups(day.Services) + "/" + groups(day.Classes) + "/" + groups(day.Hours); got != "land3/priority1 regular2/083" {
		t.Errorf("groups %s", got)
	}
}

// How long a counter takes to call the next one is learned where somebody waits, and adds to each service.
func TestBetweenTwoCalls(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	for i := range 3 {
		s.take("land", "")
		s.minute(float64(i))
	}
	do := func(minute float64, cmd kiosk.Command) {
		s.minute(minute)
		s.do(cmd)
	}
	at := seat("1")
	do(5, kiosk.Next{Operator: at})
	do(6, kiosk.Finish{Operator: at})
	do(6.5, kiosk.Next{Operator: at}) // 30 s
	do(7, kiosk.Finish{Operator: at})
	do(7, kiosk.PauseCounter{Operator: at})
	do(9, kiosk.ResumeCounter{Operator: at})
	do(10, kiosk.Next{Operator: at}) // a break
	do(11, kiosk.Finish{Operator: at})
	do(14, kiosk.Take{Service: "land", Token: "later"})
	do(15, kiosk.Next{Operator: at}) // nobody waited
	r := newArchive(s).read()
	if got := r.Learned().BetweenMS; got != 30_000.0/50 {
		t.Errorf("between two calls %v ms, want 600", got)
	}
	s.learn("land", 10*time.Minute)
	s.model.BetweenMS = 30_000
	s.take("land", "")
	wantP50(t, "after one service and two", s.forecast().New("land", 0), 630+630)
}

// Which counters are open is learned day by day, but not from days on which none was.
func TestUsualCounters(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"))
	for day := range 9 {
		if day%3 != 2 {
			s.open("1")
		}
		if day == 0 {
			s.open("2")
		}
		s.now = s.now.Add(24 * time.Hour)
		s.apply(s.hall.DecideDay(nil, s.now))
	}
	got := newArchive(s).read().Learned().Counters
	if got["1"] != 1 || math.Abs(got["2"]-math.Pow(0.7, 5)) > 1e-9 {
		t.Errorf("open on %v, want 1 and %v", got, math.Pow(0.7, 5))
	}
}

// Tickets that were not called in the order that they were told are not scored.
func TestWhatIsNotScored(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	s.take("land", "elderly") // t1, confirmed: counts
	s.take("land", "elderly") // t2, revoked
	s.take("land", "")        // t3, granted
	s.take("land", "child")   // t4, more of it
	s.do(kiosk.SetPriority{Token: "t1", Priority: "elderly", Reason: "card", By: "user:an"})
	s.do(kiosk.SetPriority{Token: "t2", Reason: "no card", By: "user:an"})
	s.do(kiosk.SetPriority{Token: "t3", Priority: "elderly", Reason: "card", By: "user:an"})
	s.do(kiosk.SetPriority{Token: "t4", Priority: "elderly", Reason: "card", By: "user:an"})
	slot := s.now
	s.apply([]kiosk.Event{
		{Type: kiosk.TicketTaken, At: s.now, Ticket: "booked", Service: "land", CreditS: 1800, Appointment: "x", Slot: &slot},
		{Type: kiosk.TicketTaken, At: s.now, Ticket: "late", Service: "land", CreditS: 600, Appointment: "y"},
		{Type: kiosk.TicketTaken, At: s.now, Ticket: "undated", Service: "land", CreditS: 600, Undated: true},
	})
	for range 7 {
		s.now = s.now.Add(time.Minute)
		s.next("1")
		s.now = s.now.Add(time.Minute)
		s.do(kiosk.MarkNoShow{Operator: seat("1")})
		s.now = s.now.Add(time.Minute)
		s.do(kiosk.Return{Token: s.hall.Snapshot().Undoable(s.hall.Counters()[0]).Token})
	}
	r := newArchive(s).read()
	if got := r.Learned().Services["land"].Priority[600].Today[16]; got != 1 { // t4 only
		t.Errorf("%d tickets with a credit of 600 s at eight, want 1", got)
	}
	day := r.Scores(1)[0]
	if day.Total.N != 1 || day.Total.MeanWaitS != 60 || len(day.Classes) != 1 || day.Classes[0].Group != "priority" {
		t.Errorf("scored: %+v", day)
	}
}

// What the others say, to a ticket that finds the counters busy.
func TestBaselines(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"))
	s.open("1", "2")
	for _, c := range []string{"1", "2"} {
		s.take("land", "")
		s.minute(map[string]float64{"1": 2, "2": 4}[c])
		s.next(c) // after 2 minutes each
	}
	s.take("land", "")
	s.minute(9)
	s.take("land", "") // finds one that has waited for 5 minutes
	s.minute(10)
	s.do(kiosk.Next{Operator: seat("1"), Finish: "t1"}) // t3, after 6
	s.minute(14)
	s.do(kiosk.Next{Operator: seat("2"), Finish: "t2"}) // t4, after 5
	var mae []float64
	total := newArchive(s).read().Scores(1)[0].Total
	for _, x := range total.Estimators {
		mae = append(mae, x.MAES*4)
	}
	// t1, t2: an idle counter, 0. t3: les 120, hol 0, ql 300, avg 120. t4: les 120, hol 300, ql 600, avg 120.
	want := []float64{120 + 120 + 360 + 300, 240 + 240 + 180, 240 + 360 + 0, 240 + 60 + 300, 240 + 240 + 180}
	for i := range want {
		if math.Abs(mae[i]-want[i]) > 0.01 {
			t.Errorf("%s: absolute errors of %v s, want %v", total.Estimators[i].Name, mae[i], want[i])
		}
	}
}

// The hall's time was set while tickets waited: their times mean nothing. A jump of the PC's clock that
// the hall's time did not follow costs nothing.
func TestClockSet(t *testing.T) {
	for _, x := range []struct {
		events []kiosk.Event
		scored int
	}{
		{[]kiosk.Event{{Type: kiosk.ClockStepped, Reason: "jumped", StepS: 9e6}, {Type: kiosk.ClockSet}}, 2},
		{[]kiosk.Event{{Type: kiosk.ClockStepped, Reason: "jumped", StepS: 9e6}, {Type: kiosk.ClockSet, StepS: 10800}}, 1},
		{[]kiosk.Event{{Type: kiosk.ClockStepped, Reason: "behind", StepS: -9e6}}, 1},
	} {
		s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
		s.open("1")
		s.take("land", "")
		s.take("land", "")
		s.next("1")
		s.now = s.now.Add(3 * time.Hour)
		for _, e := range x.events {
			e.At = s.now
			s.apply([]kiosk.Event{e})
		}
		s.do(kiosk.Next{Operator: seat("1"), Finish: "t1"})
		s.do(kiosk.Next{Operator: seat("1"), Finish: "t2"})
		r := newArchive(s).read()
		l := r.Learned().Services["land"]
		if n := r.Scores(1)[0].Total.N; n != x.scored || (len(l.Times) == 1) != (x.scored == 2) {
			t.Errorf("%+v: %d scored, service times %v; want %d", x.events, n, l.Times, x.scored)
		}
	}
}
