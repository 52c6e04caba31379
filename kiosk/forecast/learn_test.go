package forecast_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// archive is a stage as a reader sees it: its hall, of whose events only the newest are in memory, and
// its journal, which keeps states.
type archive struct {
	*stage
	states map[string]saved
	broken bool // the journal takes no states
	warned bytes.Buffer
}

type saved struct {
	seq   uint64
	state []byte
}

func newArchive(s *stage) *archive { return &archive{stage: s, states: map[string]saved{}} }

func (a *archive) reader() *forecast.Reader {
	return forecast.New(inMemory{a}, forecast.Options{
		Journal: a, Now: func() time.Time { return a.now }, Log: slog.New(slog.NewTextHandler(&a.warned, nil)),
	})
}

// read lets a reader start, learn all there is, and end.
func (a *archive) read() *forecast.Reader {
	r := a.reader()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	r.Run(ctx)
	return r
}

func (a *archive) Since(since uint64, limit int) ([]kiosk.Event, error) {
	return a.log[since:min(len(a.log), int(since)+limit)], nil
}

func (a *archive) State(name string) (uint64, []byte, error) {
	return a.states[name].seq, a.states[name].state, nil
}

func (a *archive) SaveState(name string, seq uint64, state []byte) error {
	switch {
	case a.broken:
		return fmt.Errorf("no space left")
	case state == nil:
		delete(a.states, name)
	default:
		a.states[name] = saved{seq, bytes.Clone(state)}
	}
	return nil
}

type inMemory struct{ a *archive }

func (h inMemory) View() *kiosk.View           { return h.a.hall.Snapshot() }
func (h inMemory) Changed() <-chan struct{}    { return nil }
func (h inMemory) SetForecast(*kiosk.Forecast) {}
func (h inMemory) Since(since uint64, limit int) ([]kiosk.Event, bool) {
	if int(since) < len(h.a.log)-20 {
		return nil, false
	}
	events, _ := h.a.Since(since, limit)
	return events, true
}

// A reader that ends and starts again, or dies without having kept anything, at any time of several
// days, has learned and scored the same as one that has read the whole log at once.
func TestRestart(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r, true)
		a := newArchive(s)
		var ids []string
		for _, x := range s.hall.Setup().Services {
			ids = append(ids, x.ID)
		}
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			s.now = s.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(r, "s")) * time.Second)
			s.try(r, ids, s.hall.Setup().Counters)
			switch rapid.IntRange(0, 12).Draw(r, "then") {
			case 0:
				a.read()
			case 1:
				a.reader() // dies
			case 2:
				s.now = s.now.Add(24 * time.Hour)
				s.apply(s.hall.DecideDay(nil, s.now))
			}
		}
		got := a.read()
		whole := newArchive(s)
		want := whole.read()
		if !reflect.DeepEqual(got.Scores(400), want.Scores(400)) {
			r.Fatalf("scores with restarts:\n%+v\nwithout:\n%+v", got.Scores(400), want.Scores(400))
		}
		for name, want := range whole.states {
			if got := a.states[name]; !bytes.Equal(got.state, want.state) || len(a.states) != len(whole.states) {
				r.Fatalf("kept as %s with restarts:\n%s\nwithout:\n%s", name, got.state, want.state)
			}
		}
		if a.warned.Len() > 0 {
			r.Fatal(a.warned.String())
		}
	})
}

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

// The clock was set while tickets waited: their times mean nothing.
func TestClockSet(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	s.take("land", "")
	s.take("land", "")
	s.next("1")
	s.now = s.now.Add(3 * time.Hour)
	s.apply([]kiosk.Event{{Type: kiosk.ClockStepped, At: s.now, StepS: 10800}, {Type: kiosk.ClockSet, At: s.now}})
	s.do(kiosk.Next{Operator: seat("1"), Finish: "t1"})
	r := newArchive(s).read()
	if l := r.Learned().Services["land"]; r.Scores(1)[0].Total.N != 1 || len(l.Times) != 0 {
		t.Errorf("%d scored, service times %v; want 1 and none", r.Scores(1)[0].Total.N, l.Times)
	}
}

// Days stay in the scores, by month in the journal, and old ones go.
func TestScoresOfManyDays(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	a := newArchive(s)
	for day := range 600 {
		s.open("1")
		s.take("land", "")
		s.now = s.now.Add(time.Minute)
		s.next("1")
		s.do(kiosk.Finish{Operator: seat("1")})
		s.now = s.now.Add(24 * time.Hour)
		s.apply(s.hall.DecideDay(nil, s.now))
		if day%9 == 0 {
			a.read()
		}
	}
	days := a.read().Scores(1000)
	if len(days) != 400 || days[0].Day != s.hall.Day() || days[399].Day != s.now.AddDate(0, 0, -399).Format(time.DateOnly) {
		t.Fatalf("%d days, %s to %s", len(days), days[0].Day, days[len(days)-1].Day)
	}
	if days[0].Total.N != 0 || days[399].Total.N != 1 || len(a.read().Scores(3)) != 3 || len(a.read().Scores(0)) != 0 {
		t.Errorf("today %+v, the first %+v", days[0].Total, days[399].Total)
	}
	if len(a.states) > 1+16 {
		t.Errorf("%d states are kept", len(a.states))
	}
	if a.warned.Len() > 0 {
		t.Error(a.warned.String())
	}
}

// A state that can't be used is dropped with a warning, and learned anew.
func TestUnusableState(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	s.open("1")
	for range 5 {
		s.take("land", "elderly")
		s.next("1")
		s.now = s.now.Add(time.Minute)
		s.do(kiosk.Finish{Operator: seat("1")})
	}
	a := newArchive(s)
	a.read()
	good := a.states["forecast"]
	states := map[string]saved{
		"no JSON":     {good.seq, good.state[:len(good.state)/2]},
		"of a future": {good.seq + 1000, good.state},
		"newer":       {good.seq, bytes.Replace(good.state, []byte(`"version":1`), []byte(`"version":2`), 1)},
		"empty":       {good.seq, []byte(`{"version":1}`)},
		"hollow":      {good.seq, []byte(`{"version":1,"model":{"services":{"land":null},"factor":1}}`)},
		"too wide":    {good.seq, bytes.Replace(good.state, []byte(`"factor":`), []byte(`"factor":9`), 1)},
	}
	for what, state := range states {
		if what == "empty" {
			state.state = []byte(`{"version":1,"model":null}`)
		}
		b := newArchive(s)
		b.states["forecast"], b.states["forecast 2026-11"] = state, saved{1, []byte("?")}
		b.read()
		if n := strings.Count(b.warned.String(), "level=WARN"); n != 2 {
			t.Errorf("%s: %d warnings, want one for the state and one for the month: %s", what, n, b.warned.String())
		}
		if !bytes.Equal(b.states["forecast"].state, good.state) {
			t.Errorf("%s: learned\n%s\nwant\n%s", what, b.states["forecast"].state, good.state)
		}
	}
}

// A start reads a bounded part of the log, and says nothing of days that it has not seen whole.
func TestOldLog(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	a := newArchive(s)
	for range 3 {
		s.open("1")
		for range 3000 {
			s.take("land", "")
			s.next("1")
			s.now = s.now.Add(10 * time.Second)
			s.do(kiosk.Finish{Operator: seat("1")})
		}
		s.now = s.now.Add(16 * time.Hour)
		s.apply(s.hall.DecideDay(nil, s.now))
	}
	days := a.read().Scores(9)
	if len(days) != 3 || days[1].Total.N != 3000 || days[2].Total.N != 3000 {
		t.Errorf("%d days of %d events: %+v", len(days), len(s.log), days)
	}
	delete(a.states, "forecast") // the days are kept, and learned once more
	if again := a.read().Scores(9); !reflect.DeepEqual(again, days) {
		t.Errorf("learned once more: %d days", len(again))
	}
}

// A journal that can't keep the state costs a warning and nothing else.
func TestJournalThatKeepsNothing(t *testing.T) {
	s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
	a := newArchive(s)
	a.broken = true
	if r := a.read(); len(r.Scores(9)) != 1 || strings.Count(a.warned.String(), "level=WARN") != 1 {
		t.Errorf("scores %+v, warnings %s", r.Scores(9), a.warned.String())
	}
}

// Whatever is wrong with the spread of the rollouts, in the end four of five waits are within the P80.
func TestCalibration(t *testing.T) {
	for _, wrong := range []float64{0.4, 1, 1.5} {
		rng := rand.New(rand.NewPCG(1, uint64(wrong*10)))
		m := forecast.NewModel()
		within, n := 0, 0
		for i := range 6000 {
			spread := 300 + 600*rng.Float64()
			wait := 3000 + spread*rng.NormFloat64()
			printed := m.Calibrated(kiosk.Range{P50S: 3000, P80S: 3000 + int(wrong*0.8416*spread)})
			took := time.Duration(wait * float64(time.Second))
			if i >= 1000 {
				n++
				if forecast.Within(took, printed) {
					within++
				}
			}
			m.Scored(took, printed)
		}
		if cover := float64(within) / float64(n); cover < 0.78 || cover > 0.82 {
			t.Errorf("spread wrong by %v: %.3f of the waits are within the P80, factor %.2f", wrong, cover, m.Factor)
		}
	}
	m := forecast.NewModel()
	for range 1000 {
		m.Scored(time.Hour, kiosk.Range{P80S: 60})
	}
	if m.Factor != 4 {
		t.Errorf("the factor grows to %v, want 4 at most", m.Factor)
	}
	for range 10000 {
		m.Scored(0, kiosk.Range{P80S: 60})
	}
	if m.Factor != 0.5 {
		t.Errorf("the factor shrinks to %v, want 0.5 at least", m.Factor)
	}
}

// The model keeps the newest 300 times, and survives JSON.
func TestModel(t *testing.T) {
	m := forecast.NewModel()
	for i := range 750 {
		m.Served("land", time.Duration(i+1)*time.Second)
	}
	m.Served("land", 0)
	m.Served("land", 48*time.Hour)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	back := forecast.NewModel()
	if err := json.Unmarshal(text, back); err != nil || !reflect.DeepEqual(m, back) {
		t.Errorf("%v: %+v, want %+v", err, back, m)
	}
	times := slices.Sorted(slices.Values(back.Services["land"].Times))
	if len(times) != 300 || times[0] != 451_000 || times[299] != 750_000 {
		t.Errorf("%d times from %d to %d ms", len(times), times[0], times[len(times)-1])
	}
	if got, want := m.Mean("land", 100), (600*time.Second*300+50*time.Second+8*100*time.Second+100*time.Second)/308; (got - want).Abs() > 2*time.Second {
		t.Errorf("mean %v, want about %v", got, want)
	}
}
