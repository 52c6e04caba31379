package report_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/report"
)

// stage is a hall without an owner, its clock and its log, which is also the journal that a reader sees.
type stage struct {
	*rapid.T
	hall  *kiosk.Hall
	seed  *kiosk.Setup
	now   time.Time
	n     int // tickets and appointments so far
	codes int
	log   []kiosk.Event

	states map[string]saved
	broken bool // it keeps no states
	warned bytes.Buffer
}

type saved struct {
	seq   uint64
	state []byte
}

var errNoDay = errors.New("no such day")

func newStage(t *rapid.T, seed *kiosk.Setup, now time.Time) *stage {
	return &stage{T: t, hall: kiosk.NewHall(), seed: seed, now: now, states: map[string]saved{}}
}

// setup is a hall in which most things can happen.
func setup(zone string) *kiosk.Setup {
	s := &kiosk.Setup{
		Name: kiosk.Text{VI: "Một cửa"}, TimeZone: zone, Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: kiosk.Hours{Always: true},
		Priorities: []kiosk.Priority{{ID: "elderly", Name: kiosk.Text{VI: "Người cao tuổi"}, CreditS: 1800}, {ID: "child", Name: kiosk.Text{VI: "Trẻ nhỏ"}, CreditS: 600}},
	}
	for i, id := range []string{"land", "civil", "result"} {
		s.Services = append(s.Services, kiosk.Service{ID: id, Name: kiosk.Text{VI: "Việc " + id, EN: id}, Prefix: string(rune('A' + i)), MeanS: 300})
	}
	s.Services[0].Slots = &kiosk.Slots{Capacity: 5}
	for i, services := range [][]string{{"land", "civil", "result"}, {"civil"}, {"result", "land"}} {
		id := fmt.Sprint(i + 1)
		s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: services})
	}
	for _, id := range []string{"an", "binh", "chi"} {
		s.Users = append(s.Users, kiosk.User{ID: id, Name: "Cán bộ " + id, Role: kiosk.Clerk})
	}
	s.Users = append(s.Users, kiosk.User{ID: "dung", Name: "Trưởng phòng", Role: kiosk.Manager}, kiosk.User{ID: "admin", Name: "Quản trị", Role: kiosk.Admin})
	return s
}

func (s *stage) apply(events []kiosk.Event) {
	for _, e := range events {
		e.Seq = s.hall.Seq() + 1
		s.hall.Apply(e)
		s.log = append(s.log, e)
	}
}

// do carries the command out, after what the calendar asks for; nothing happens where the hall refuses it.
func (s *stage) do(cmd kiosk.Command) (token string, err error) {
	s.apply(s.hall.DecideDay(s.seed, s.now))
	d, err := s.hall.Decide(cmd, s.now)
	if err != nil {
		return "", err
	}
	s.apply(d.Events)
	if _, ok := cmd.(kiosk.SetClock); ok {
		s.now = d.Events[0].At
		s.apply(s.hall.DecideDay(s.seed, s.now))
	}
	return d.Token, nil
}

// What a reader needs of the hall and of the journal.

func (s *stage) reader() *report.Reader { return newReader(s, s) }

func newReader(j report.Journal, s *stage) *report.Reader {
	return report.New(inMemory{s}, j, slog.New(slog.NewTextHandler(&s.warned, nil)))
}

// read lets a reader start, take in all there is, and end.
func (s *stage) read() *report.Reader {
	r := s.reader()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	r.Run(ctx)
	return r
}

func (s *stage) Since(since uint64, limit int) ([]kiosk.Event, error) {
	return s.log[since:min(len(s.log), int(since)+limit)], nil
}

func (s *stage) Days(from, to string) (days []kiosk.LoggedDay, err error) {
	for _, e := range s.log {
		switch {
		case e.Type == kiosk.DayOpened && e.Day >= from && e.Day <= to:
			days = append(days, kiosk.LoggedDay{Day: e.Day, First: e.Seq})
		case e.Type == kiosk.DayClosed && e.Day >= from && e.Day <= to:
			days[len(days)-1].Last = e.Seq
		}
	}
	return days, nil
}

func (s *stage) DayEvents(day string) ([]kiosk.Event, error) {
	for _, d := range daysOf(s.log) {
		if d[0].Day == day {
			return d, nil
		}
	}
	return nil, errNoDay
}

// daysOf cuts a log into its business days.
func daysOf(log []kiosk.Event) (days [][]kiosk.Event) {
	for {
		i := slices.IndexFunc(log, func(e kiosk.Event) bool { return e.Type == kiosk.DayOpened })
		if i < 0 {
			return days
		}
		log = log[i:]
		n := slices.IndexFunc(log, func(e kiosk.Event) bool { return e.Type == kiosk.DayClosed }) + 1
		if n == 0 {
			n = len(log)
		}
		days, log = append(days, log[:n]), log[n:]
	}
}

func (s *stage) State(name string) (uint64, []byte, error) {
	return s.states[name].seq, s.states[name].state, nil
}

func (s *stage) SaveState(name string, seq uint64, state []byte) error {
	if s.broken {
		return errors.New("no space left")
	}
	s.states[name] = saved{seq, bytes.Clone(state)}
	return nil
}

type inMemory struct{ s *stage }

func (h inMemory) View() *kiosk.View        { return h.s.hall.Snapshot() }
func (h inMemory) Changed() <-chan struct{} { return nil }
func (h inMemory) Since(since uint64, limit int) ([]kiosk.Event, bool) {
	if int(since) < len(h.s.log)-20 {
		return nil, false
	}
	events, _ := h.s.Since(since, limit)
	return events, true
}
