package forecast_test

import (
	"fmt"
	"testing"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// office are the usual hours; they begin before eight.
var office = []kiosk.Span{{From: 7*60 + 30, To: 11*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}

func (s *stage) officeHours() {
	s.change(func(x *kiosk.Setup) { x.Hours, x.OvertimeS = kiosk.Hours{Tue: office}, 3600 })
}

func TestPlannedCountersBeginAtTheOpening(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 60)}, counter("1", "land"))
	s.officeHours()
	for _, x := range []struct{ at, want float64 }{{-60, 30}, {-30, 0}, {60, 0}, {3.5 * 60, 120}, {5 * 60, 30}, {10 * 60, 0}} {
		s.minute(x.at)
		v := s.hall.Snapshot() // its last event is not later
		f := new(forecast.Simulation).Run(forecast.MomentOf(v, s.now, s.model), s.model, forecast.Rollouts{})
		if x.at >= 0 {
			wantP50(t, fmt.Sprint("at minute ", x.at), f.New("land", 0), minutes(x.want))
		}
	}
	s.minute(0)
	s.change(func(x *kiosk.Setup) {
		x.Hours = kiosk.Hours{Tue: []kiosk.Span{{From: 8*60 + 20, To: 11 * 60}}}
	})
	wantP50(t, "before the opening", s.forecast().New("land", 0), minutes(20))
	s.change(func(x *kiosk.Setup) { x.ClosedDays = []kiosk.ClosedDay{{Date: "2026-11-24"}} })
	wantP50(t, "on a closed day, by who works all the same", s.forecast().New("land", 0), 0)
}

// A counter that gets free in the lunch break calls after it; one that has called in it works through.
func TestLunch(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.officeHours()
	s.open("1")
	s.minute(3*60 + 10) // 11:10
	for range 4 {
		s.take("land", "")
	}
	s.next("1")
	f := s.forecast()
	wantP50(t, "the one before lunch", f.Tickets["t2"], minutes(10)) // at 11:20, until 11:30
	wantP50(t, "the first after it", f.Tickets["t3"], minutes(140))  // at 13:30
	wantP50(t, "the second", f.Tickets["t4"], minutes(150))
	s.minute(3*60 + 35) // 11:35: the ticket in hand takes longer than any
	wantP50(t, "in the break", s.forecast().Tickets["t2"], minutes(115))
	s.apply([]kiosk.Event{{Type: kiosk.ClockStepped, At: s.now, Reason: "jumped"}})
	if got := s.forecast().Tickets["t2"].P50S; got > 900 {
		t.Errorf("while nobody knows the time there is no lunch: got %d s", got)
	}
	s.apply([]kiosk.Event{{Type: kiosk.ClockSet, At: s.now}})
	s.do(kiosk.Finish{Operator: seat("1")})
	s.next("1")
	wantP50(t, "it works through", s.forecast().Tickets["t3"], minutes(10))
}

// A counter that closes just before lunch comes back after it; one that closed at nine does not.
func TestClosedForLunch(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"), counter("3", "land"))
	s.officeHours()
	s.open("1", "2", "3")
	s.minute(60)
	s.do(kiosk.CloseCounter{Operator: seat("3")})
	s.minute(3*60 + 20)
	s.do(kiosk.CloseCounter{Operator: seat("2")})
	for range 4 {
		s.take("land", "")
	}
	s.minute(3*60 + 31)
	f := s.forecast()
	for token, want := range map[string]float64{"t1": 119, "t2": 119, "t3": 129, "t4": 129} {
		wantP50(t, token, f.Tickets[token], minutes(want))
	}
}

// After the last closing time the counters go on with those who wait.
func TestClosing(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.officeHours()
	s.open("1")
	s.minute(8*60 + 55) // 16:55
	for range 3 {
		s.take("land", "")
	}
	s.next("1")
	wantP50(t, "at 17:05", s.forecast().Tickets["t2"], minutes(10))
	wantP50(t, "at 17:15", s.forecast().Tickets["t3"], minutes(20))
}

// A service may have hours of its own: its counter works through the hall's lunch.
func TestServiceHours(t *testing.T) {
	s := sure(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.officeHours()
	s.change(func(x *kiosk.Setup) {
		x.Services[0].Hours = &kiosk.Hours{Tue: []kiosk.Span{{From: 7 * 60, To: 12 * 60}}}
	})
	s.open("1")
	s.minute(3*60 + 25)
	s.take("land", "")
	s.next("1")
	wantP50(t, "at 11:35", s.forecast().New("land", 0), minutes(10))
}

// For a quarter of an hour after an opening, counters that are late are expected in five minutes: in the
// morning those that are open on most days, after lunch those that were open before it.
func TestLateCounters(t *testing.T) {
	counters := []kiosk.Counter{counter("1", "land"), counter("2", "land"), counter("3", "land")}
	s := sure(t, []kiosk.Service{service("land", 600)}, counters...)
	s.change(func(x *kiosk.Setup) {
		x.Hours = kiosk.Hours{Tue: []kiosk.Span{{From: 8 * 60, To: 11*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}}
	})
	for range 3 {
		s.model.Worked("1", true)
		s.model.Worked("2", true)
		s.model.Worked("3", false)
	}
	s.take("land", "")
	wantP50(t, "none is open yet", s.forecast().Tickets["t1"], minutes(5))
	s.open("1")
	s.take("land", "")
	s.take("land", "")
	s.next("1")
	s.minute(2)
	f := s.forecast()
	wantP50(t, "by counter 2, in five minutes", f.Tickets["t2"], minutes(5))
	wantP50(t, "by counter 1, since it has one in hand", f.Tickets["t3"], minutes(8))
	s.minute(9)
	wantP50(t, "still by counter 1", s.forecast().Tickets["t2"], minutes(1))
	wantP50(t, "still by counter 2", s.forecast().Tickets["t3"], minutes(5))
	s.open("2")
	s.do(kiosk.CloseCounter{Operator: seat("2")})
	wantP50(t, "it was there and went", s.forecast().Tickets["t3"], minutes(11))
	s.open("2")
	s.minute(3*60 + 20)
	s.do(kiosk.CloseCounter{Operator: seat("2")})
	s.minute(5*60 + 32) // 13:32
	s.do(kiosk.Finish{Operator: seat("1")})
	s.next("1")
	wantP50(t, "back from lunch in five minutes", s.forecast().Tickets["t3"], minutes(5))
	s.minute(5*60 + 46)
	s.do(kiosk.Finish{Operator: seat("1")})
	s.next("1")
	wantP50(t, "it does not come back", s.forecast().New("land", 0), minutes(10))
}
