package web_test

import (
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

type liveAnswer struct {
	Seq         uint64
	BusinessDay string `json:"business_day"`
	Counters    []struct {
		ID, State, User, Reason string
		UserName                string `json:"user_name"`
		Since                   *time.Time
		Services, Assist        []string
		Idle                    *time.Time
		Ticket                  *struct {
			Number, Service string
			CalledAt        time.Time `json:"called_at"`
		}
	}
	Waiting []struct {
		Token, Number, Service, Priority, Counter string
		Since                                     time.Time
		Slot                                      *time.Time
	}
	Held  int
	Help  []helpAnswer
	Today struct {
		Day string
		kiosk.Sums
	}
	Users []struct{ ID, Name string }
}

type helpAnswer struct {
	Counter, Name, User, Reason string
	UserName                    string `json:"user_name"`
	Since                       time.Time
}

func (h *hall) live() liveAnswer {
	h.t.Helper()
	a := h.do(h.manager, "GET", "/api/live", "")
	if a.status != 200 {
		h.t.Fatalf("%d %s", a.status, a.body)
	}
	return into[liveAnswer](h, a)
}

func TestLive(t *testing.T) {
	h := newHall(t)
	begun := h.clock.now()
	h.take("dat-dai")
	h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"ho-tich","priority":"elderly"}`), 201)
	h.take("dat-dai")
	h.at("1", "open", "")
	h.do(h.manager, "POST", "/api/counters/2/open", "")
	h.do(h.manager, "POST", "/api/counters/2/pause", `{"reason":"Họp"}`)
	h.clock.move(16 * time.Minute)
	h.at("1", "next", "")
	l := h.live()
	c := l.Counters
	if len(c) != 4 || c[0].State != "open" || c[0].UserName != "Cán bộ 1" || c[0].Ticket == nil || c[0].Ticket.Number != "B001" || !c[0].Ticket.CalledAt.Equal(begun.Add(16*time.Minute)) {
		t.Errorf("counter 1 is %+v", c[0])
	}
	if c[1].State != "paused" || c[1].Reason != "Họp" || !c[1].Since.Equal(begun) || c[1].Ticket != nil || c[2].State != "closed" || c[2].User != "" || len(c[2].Services) != 4 {
		t.Errorf("counters 2 and 3 are %+v", c[1:3])
	}
	if w := l.Waiting; len(w) != 2 || w[0].Number != "A001" || w[1].Number != "A002" || !w[0].Since.Equal(begun) || len(w[0].Token) != 22 {
		t.Errorf("those who wait are %+v", w)
	}
	if d := l.Today; d.Day != "2026-11-24" || d.Taken != 3 || d.Called != 1 || d.MeanWaitS != 960 || d.Within15 != 0 {
		t.Errorf("today is %+v", d)
	}
	if len(l.Users) != 6 || l.Seq != h.owner.View().Seq() {
		t.Errorf("users %v at %d", l.Users, l.Seq)
	}
	if c[0].Idle != nil || c[1].Idle != nil || c[2].Idle != nil {
		t.Errorf("idle are %v, %v, %v", c[0].Idle, c[1].Idle, c[2].Idle)
	}
	h.at("1", "finish", "")
	h.do(h.manager, "POST", "/api/counters/2/resume", "")
	h.clock.move(time.Minute)
	if c := h.live().Counters; !c[0].Idle.Equal(begun.Add(16*time.Minute)) || !c[1].Idle.Equal(begun.Add(16*time.Minute)) {
		t.Errorf("then idle are since %v and %v", c[0].Idle, c[1].Idle)
	}
	h.at("1", "next", "")
	h.at("1", "no-show", "")
	if d := h.live().Today; d.Served != 1 || d.NoShows != 1 || d.Called != 2 {
		t.Errorf("then it is %+v", d)
	}
}

// TestTodayAddsUpOnce: the day's figures are those of the whole log, but no event is read twice, also over the
// end of a day.
func TestTodayAddsUpOnce(t *testing.T) {
	log := &countedLog{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		log.History = o.History
		o.History = log
	})
	same := func() {
		t.Helper()
		day, err := h.journal.DayEvents(h.owner.View().Day())
		h.must(err)
		if got, want := h.live().Today.Sums, kiosk.TotalsOf(day).Sums; got != want {
			t.Errorf("today is %+v, want %+v", got, want)
		}
	}
	for range 3 {
		h.at("1", "open", "")
		for range 5 {
			h.take("dat-dai")
			h.clock.move(time.Minute)
			h.at("1", "next", "")
			h.at("1", "finish", "")
			same()
		}
		h.take("ho-tich")
		if a := h.do(h.manager, "POST", "/api/day/close", ""); a.status != 200 {
			t.Fatalf("closing: %d %s", a.status, a.body)
		}
		same()
		h.clock.move(24 * time.Hour)
		h.signIn()
		h.take("chung-thuc")
		same()
	}
	if read, there := log.read, int(h.journal.Last()); read > there {
		t.Errorf("%d events were read of %d", read, there)
	}
}

// countedLog counts the events that are read from it.
type countedLog struct {
	web.History
	read int
}

func (l *countedLog) Since(since uint64, limit int) ([]kiosk.Event, error) {
	events, err := l.History.Since(since, limit)
	l.read += len(events)
	return events, err
}

func TestHelp(t *testing.T) {
	h := newHall(t)
	help := func() []helpAnswer { return into[[]helpAnswer](h, h.do(h.manager, "GET", "/api/help", "")) }
	other := h.server.Begin("clerk2")
	h.at("1", "open", "")
	h.do(other, "POST", "/api/counters/2/open", "")
	if len(help()) != 0 {
		t.Fatalf("nobody asks for help, and %v", help())
	}
	h.all([]expect{
		{"at a closed counter", h.clerk, "POST", "/api/counters/3/help", "", 409, "counter_closed"},
		{"at somebody else's", h.clerk, "POST", "/api/counters/2/help", "", 409, "counter_taken"},
		{"at none", h.clerk, "POST", "/api/counters/9/help", "", 404, "unknown_counter"},
		{"answering none", h.manager, "POST", "/api/counters/9/helped", "", 404, "unknown_counter"},
		{"answering for somebody else", h.clerk, "POST", "/api/counters/2/helped", "", 409, "counter_taken"},
		{"a clerk looks", h.clerk, "GET", "/api/help", "", 403, "forbidden"},
	})
	h.do(other, "POST", "/api/counters/2/help", `{"reason":"Công dân to tiếng"}`)
	first := h.clock.now()
	h.clock.move(time.Minute)
	h.at("1", "help", "")
	seq := h.owner.View().Seq()
	h.at("1", "help", `{"reason":"again"}`)
	if h.owner.View().Seq() != seq {
		t.Error("asking twice wrote an event")
	}
	got := help()
	if len(got) != 2 || got[0].Counter != "2" || got[0].Reason != "Công dân to tiếng" || got[0].UserName != "Cán bộ 2" || !got[0].Since.Equal(first) || got[1].Counter != "1" || got[1].Name != "Quầy 1" {
		t.Errorf("asking for help: %+v", got)
	}
	if a := h.do(h.manager, "POST", "/api/counters/2/helped", ""); a.status != 200 {
		t.Fatalf("answering: %d %s", a.status, a.body)
	}
	h.do(h.manager, "POST", "/api/counters/2/helped", "") // a second manager
	if got := help(); len(got) != 1 || got[0].Counter != "1" {
		t.Errorf("after the answer: %+v", got)
	}
	h.at("1", "close", "")
	if got := help(); len(got) != 0 {
		t.Errorf("the counter has closed, and %+v", got)
	}
}
