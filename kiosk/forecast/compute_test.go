package forecast_test

import (
	"math"
	"reflect"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

func wantP50(t *testing.T, what string, got kiosk.Range, want int) {
	t.Helper()
	if got.P50S != want || got.P80S < got.P50S {
		t.Errorf("%s: got %+v, want a P50 of %d s", what, got, want)
	}
}

// One counter, ten minutes each, one just called: the k-th in line is called after k services.
func TestSingleCounter(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	wantP50(t, "an idle counter", s.forecast().New("land", 0), 0)
	s.take("land", "")
	s.next("1")
	for k := 1; k <= 5; k++ {
		promised := s.forecast().New("land", 0)
		token := s.take("land", "")
		got := s.forecast().Left(s.hall.Ticket(token))
		sd := 0.8 * 600 * math.Sqrt(float64(k))
		want := kiosk.Range{P50S: 600 * k, P80S: int(math.Round(600*float64(k) + 0.8416*sd))}
		if got != want || promised != want {
			t.Errorf("%d in line: promised %+v, then %+v, want %+v", k, promised, got, want)
		}
	}
}

// Three counters share the line: with all of them just begun, three are called at each mean.
func TestSeveralCountersShareTheLine(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"), counter("3", "land"))
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

// The ticket in hand: its rest is the mean at first, 0.76 of it after a mean, and never more.
func TestTicketInHand(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 1000)}, counter("1", "land"))
	s.open("1")
	s.take("land", "")
	s.next("1")
	for _, x := range []struct{ elapsed, want int }{{0, 1000}, {500, 734}, {1000, 759}, {3600, 1000}, {36000, 1000}, {-60, 1000}} {
		s.now = morning.Add(time.Duration(x.elapsed) * time.Second)
		if got := s.forecast().New("land", 0).P50S; got < x.want-1 || got > x.want+1 {
			t.Errorf("after %d s: another %d s, want %d", x.elapsed, got, x.want)
		}
	}
}

// Counter 1 does both, counter 2 only results. The land tickets can't use counter 2.
func TestSkills(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600), service("result", 120)}, counter("1", "land", "result"), counter("2", "result"))
	s.open("1", "2")
	land1, land2 := s.take("land", ""), s.take("land", "")
	r1, r2, r3 := s.take("result", ""), s.take("result", ""), s.take("result", "")
	f := s.forecast()
	// Counter 2, with fewer skills, is first: r1 at 0, r2 at 2, r3 at 4 minutes; counter 1: land1 at 0, land2 at 10.
	for token, want := range map[string]int{land1: 0, land2: 600, r1: 0, r2: 120, r3: 240} {
		wantP50(t, token, f.Tickets[token], want)
	}
	wantP50(t, "a new result", f.New("result", 0), 360)
	wantP50(t, "a new land", f.New("land", 0), 1200)
}

// A priority ticket taken now goes before those taken less than its credit ago.
func TestPriorityInTheTable(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	s.take("land", "")
	s.next("1")
	for range 4 { // at 0, 15, 30, 45 minutes
		s.take("land", "")
		s.now = s.now.Add(15 * time.Minute)
	}
	s.now = s.now.Add(-14 * time.Minute) // minute 46: ahead of a credit of 30 stands only what was taken before 16
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
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"), counter("2", "land"))
	s.open("1", "2")
	bound := s.take("land", "")
	s.take("land", "")
	s.next("2") // the first ticket
	s.now = s.now.Add(time.Minute)
	s.next("1")
	s.do(kiosk.Transfer{Operator: seat("2"), ToCounter: "1"})
	f := s.forecast()
	wantP50(t, "bound to counter 1", f.Tickets[bound], 600)
	wantP50(t, "a new one", f.New("land", 0), 0) // counter 2 is idle
}

func TestNoCounterOpen(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600), service("result", 120), service("orphan", 300)},
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
	s := newStage(t, []kiosk.Service{service("land", 60)}, counter("1", "land"))
	s.open("1")
	s.do(kiosk.PauseCounter{Operator: seat("1")})
	for _, x := range []struct{ after, want float64 }{{0, 15}, {5, 10}, {14, 5}, {60, 5}} {
		s.now = morning.Add(time.Duration(x.after) * time.Minute)
		wantP50(t, "in a break", s.forecast().New("land", 0), minutes(x.want))
	}
}

func TestPlannedCountersBeginAtTheOpening(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 60)}, counter("1", "land"))
	setup := *s.hall.Setup()
	setup.Hours = kiosk.Hours{Tue: []kiosk.Span{{From: 8*60 + 20, To: 11 * 60}}, Wed: []kiosk.Span{{From: 450, To: 690}}}
	s.apply([]kiosk.Event{{Type: kiosk.HallChanged, At: s.now, Setup: &setup}})
	wantP50(t, "before the opening", s.forecast().New("land", 0), minutes(20))
	s.now = s.now.Add(30 * time.Minute)
	wantP50(t, "in the opening hours", s.forecast().New("land", 0), 0)
	s.now = s.now.Add(6 * time.Hour)
	wantP50(t, "closed until tomorrow", s.forecast().New("land", 0), 0)
}

// In a single pool one more ticket ahead never shortens a wait, whatever its service.
func TestMoreAheadNeverShortens(t *testing.T) {
	services := []kiosk.Service{service("long", 840), service("short", 10)}
	s := newStage(t, services, counter("1", "long", "short"), counter("2", "long", "short"))
	s.open("1", "2")
	last := kiosk.Range{}
	for i := range 60 {
		s.take([]string{"long", "short", "short"}[i%3], "")
		got := s.forecast().New("long", 0)
		if got.P50S < last.P50S || got.P80S < last.P80S {
			t.Fatalf("with %d ahead %+v, with one less %+v", i+1, got, last)
		}
		last = got
	}
}

func TestHeldAndEndedTicketsDoNotWait(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	held := s.take("land", "")
	s.next("1")
	s.do(kiosk.Hold{Operator: seat("1")})
	s.do(kiosk.Cancel{Token: s.take("land", "")})
	f := s.forecast()
	if len(f.Tickets) != 0 || f.Left(s.hall.Ticket(held)) != (kiosk.Range{}) || f.Seq != s.hall.Seq() {
		t.Errorf("got %+v", f)
	}
	if !reflect.DeepEqual(f, s.forecast()) {
		t.Error("the same hall gave another forecast")
	}
}

func TestHallBeforeItsFirstDay(t *testing.T) {
	if f := forecast.Compute(kiosk.NewHall().Snapshot(), morning); len(f.Table) != 0 || len(f.Tickets) != 0 {
		t.Errorf("got %+v", f)
	}
}
