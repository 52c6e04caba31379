package forecast_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"reflect"
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
