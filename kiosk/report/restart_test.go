package report_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// example is a stage after the same random days each time, some of which have ended.
func example() *stage {
	return rapid.Custom(func(r *rapid.T) *stage {
		s := newStage(r, setup("Asia/Ho_Chi_Minh"), time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC))
		for range 6 {
			s.do(kiosk.Probe{})
			s.play(40)
			s.now = s.now.Add(24 * time.Hour)
			s.do(kiosk.Probe{})
		}
		s.take()
		return s
	}).Example(7)
}

// ended counts the days that have.
func (s *stage) ended() int {
	return len(slices.DeleteFunc(daysOf(s.log), func(d []kiosk.Event) bool { return d[len(d)-1].Type != kiosk.DayClosed }))
}

func year(t *testing.T, r maker) kiosk.Report {
	t.Helper()
	out, err := r.Report(t.Context(), "2026-06-01", "2027-03-31")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Roll-ups that were lost, damaged, of another version, or not of all of their day are made anew, the same as
// before; so are those of days that ended before anybody kept any.
func TestLostRollups(t *testing.T) {
	s := example()
	if s.ended() < 5 {
		t.Fatalf("only %d days have ended", s.ended())
	}
	want := year(t, s.reader())
	if want.Total.Taken == 0 || len(s.states) != s.ended() {
		t.Fatalf("%d tickets, %d roll-ups of %d days", want.Total.Taken, len(s.states), s.ended())
	}
	whole := maps.Clone(s.states)
	for what, harm := range map[string]func(saved) saved{
		"lost":              func(saved) saved { return saved{} },
		"empty":             func(x saved) saved { return saved{x.seq, []byte{}} },
		"cut short":         func(x saved) saved { return saved{x.seq, x.state[:len(x.state)/2]} },
		"of another time":   func(x saved) saved { return saved{x.seq - 1, x.state} },
		"of another format": func(x saved) saved { return saved{x.seq, append([]byte{x.state[0] + 1}, x.state[1:]...)} },
		"something else":    func(x saved) saved { return saved{x.seq, append([]byte{x.state[0]}, "{}"...)} },
	} {
		for name, x := range whole {
			s.states[name] = harm(x)
		}
		if got := year(t, s.reader()); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the report is another one", what)
		}
		if !maps.EqualFunc(s.states, whole, func(a, b saved) bool { return a.seq == b.seq && bytes.Equal(a.state, b.state) }) {
			t.Errorf("%s: the roll-ups are not what they were", what)
		}
	}
}

// The roll-ups that are missing at the start are made while nobody asks, and those of an older layso anew.
func TestRollupsAreMadeByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := example()
		day := daysOf(s.log)[0]
		first := day[0].Day
		s.states["report/"+first] = saved{day[len(day)-1].Seq, []byte{0}} // of an older layso
		ctx, stop := context.WithCancel(t.Context())
		reader := s.reader()
		done := make(chan bool)
		go func() { reader.Run(ctx); close(done) }()
		time.Sleep(time.Minute)
		stop()
		<-done
		if len(s.states) != s.ended() || len(s.states["report/"+first].state) < 100 {
			t.Errorf("%d roll-ups of %d days, that of the first is %x", len(s.states), s.ended(), s.states["report/"+first].state)
		}
	})
}

// Where the disk keeps no roll-ups, reports are right all the same.
func TestRollupsCantBeKept(t *testing.T) {
	s := example()
	want := year(t, s.reader())
	clear(s.states)
	s.broken = true
	if got := year(t, s.read()); !reflect.DeepEqual(got, want) {
		t.Error("the report is another one")
	}
	if len(s.states) > 0 || !strings.Contains(s.warned.String(), "can't be kept") {
		t.Errorf("%d roll-ups are kept, and said was %q", len(s.states), s.warned.String())
	}
}

// lost is a stage whose log can't be read.
type lost struct{ *stage }

func (lost) DayEvents(string) ([]kiosk.Event, error) { return nil, errNoDay }

// A day that can't be read makes no report: figures without it would be wrong in silence.
func TestDayThatCantBeRead(t *testing.T) {
	s := example()
	if _, err := newReader(lost{s}, s).Report(t.Context(), "2026-11-01", "2026-12-31"); !errors.Is(err, errNoDay) {
		t.Errorf("the report ends with %v", err)
	}
}

func TestReportThatNobodyWaitsFor(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := example().reader().Report(ctx, "2026-11-01", "2026-12-31"); !errors.Is(err, context.Canceled) {
		t.Errorf("the report ends with %v", err)
	}
}
