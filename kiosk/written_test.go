package kiosk_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// TestRandomWrittenNumbers plays histories that are mostly about numbers written by hand, in halls whose
// counters assist one another.
func TestRandomWrittenNumbers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawSetup(r)
		setup.Hours, setup.ClosedDays = kiosk.Hours{Always: true}, nil
		h := newHistory(r, setup)
		h.about = func() kiosk.Command {
			return pick(r, "about", h.take, h.written, h.written, h.staff, h.next, h.next, h.desk)()
		}
		h.play()
	})
}

// arrival is a citizen of a day with an outage.
type arrival struct {
	ms       int // after the day's begin, all different
	service  string
	priority string
	slip     string // the number that somebody wrote for him, or empty
	entered  int    // the order in which the slips are entered
	token    string
}

func drawArrivals(r *rapid.T) []arrival {
	var out []arrival
	ms, slips := 0, map[string]int{"land": 900, "result": 900}
	for range 2 + dice(r, "arrivals", 20) {
		ms += 1 + dice(r, "gap", 200)*1000
		a := arrival{ms: ms, service: pick(r, "service", "land", "result"), priority: pick(r, "priority", "", "", "elderly"), token: kiosk.NewToken()}
		if dice(r, "outage", 2) == 0 {
			slips[a.service]++
			prefix := map[string]string{"land": "A", "result": "B"}[a.service]
			a.slip, a.entered = fmt.Sprint(prefix, slips[a.service]), dice(r, "entered", 100)
		}
		out = append(out, a)
	}
	return out
}

// outage gives whom the counters call, one after another, after all have come; with slips, those who have
// one are entered when the others are there.
func outage(r *rapid.T, arrivals []arrival, slips bool) []string {
	hall, now, seq := kiosk.NewHall(), dawn, uint64(0)
	do := func(cmd kiosk.Command) string {
		d, err := hall.Decide(cmd, now)
		if err != nil {
			r.Fatalf("%#v: %v", cmd, err)
		}
		for _, e := range d.Events {
			seq++
			e.Seq = seq
			hall.Apply(e)
		}
		return d.Token
	}
	seq++
	hall.Apply(kiosk.Event{Seq: seq, At: now, Type: kiosk.DayOpened, Day: "2026-11-24", Setup: testSetup()})
	var late []arrival
	for _, a := range arrivals {
		at := dawn.Add(time.Duration(a.ms) * time.Millisecond)
		if slips && a.slip != "" {
			late = append(late, a)
			continue
		}
		now = at
		do(kiosk.Take{Service: a.service, Priority: a.priority, Token: a.token, Lang: kiosk.Vietnamese})
	}
	now = dawn.Add(3 * time.Hour)
	slices.SortStableFunc(late, func(a, b arrival) int { return cmp.Compare(a.entered, b.entered) })
	for _, a := range late {
		at := dawn.Add(time.Duration(a.ms) * time.Millisecond)
		do(kiosk.TakeWritten{Service: a.service, Priority: a.priority, Token: a.token, Number: a.slip, At: at, By: "user:an"})
	}
	var out []string
	for i, counter := range []string{"1", "2", "3"} {
		do(kiosk.OpenCounter{Operator: at(counter)})
		for range i + 1 { // each calls some, and the first one all that are left
			out = append(out, do(kiosk.Next{Operator: at(counter), Finish: handOf(hall, counter)}))
		}
	}
	for range arrivals {
		out = append(out, do(kiosk.Next{Operator: at("1"), Finish: handOf(hall, "1")}))
	}
	return out
}

func handOf(h *kiosk.Hall, counter string) string {
	seat, _ := h.Counter(counter)
	return seat.InHand
}

// TestWrittenNumbersStandWhereTheyWouldHaveStood wants a day with an outage to call the same citizens in
// the same order as one without.
func TestWrittenNumbersStandWhereTheyWouldHaveStood(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		arrivals := drawArrivals(r)
		if got, want := outage(r, arrivals, true), outage(r, arrivals, false); !slices.Equal(got, want) {
			r.Fatalf("with %+v\ncalled %v\nnot    %v", arrivals, got, want)
		}
	})
}

// Neither the service's hours nor its quota are in the way of a number that the office has given.
func TestWrittenNumbersNeedNoHoursAndNoQuota(t *testing.T) {
	setup := limited()
	setup.Services[0].Quota = 1
	clock, log := clockAt(t, "2026-11-24 16:00"), &memory{}
	o := startWith(t, log, clock, setup)
	by := func(number, local string) kiosk.TakeWritten {
		return kiosk.TakeWritten{Service: "land", Number: number, At: when(t, local), Token: kiosk.NewToken(), Device: "user:an", By: "user:an", Key: number + local}
	}
	do(t, o, take("land"))
	refused(t, o, take("land"), kiosk.ErrQuotaReached)
	first := by("A901", "2026-11-24 06:10")
	x := do(t, o, first)
	if y := do(t, o, first); y.Token != x.Token || !x.Written || !x.IssuedAt.Equal(first.At) || x.Print != kiosk.PrintOff {
		t.Errorf("entered twice with one key: %+v and %+v", x, y)
	}
	for number, at := range map[string]string{"A901": "2026-11-24 06:11", "A001": "2026-11-24 06:11"} {
		refused(t, o, by(number, at), kiosk.ErrNumberTaken)
	}
	for number, at := range map[string]string{"A902": "2026-11-24 16:01", "A903": "2026-11-23 16:00", "B904": "2026-11-24 15:00", "A0905": "2026-11-24 15:00", "": "2026-11-24 15:00"} {
		refused(t, o, by(number, at), kiosk.ErrInvalidField)
	}
	again := first
	again.Number = "A906"
	refused(t, o, again, kiosk.ErrKeyReused)
	checkLog(t, log)
}

// Who waits since he got his slip is helped by other counters as long after that as anybody.
func TestWrittenNumbersWaitSinceTheyWereWritten(t *testing.T) {
	setup := testSetup()
	setup.Counters[1].Assist = []string{"result"}
	clock, log := newClock(), &memory{}
	o := startWith(t, log, clock, setup)
	clock.move(20 * time.Minute)
	do(t, o, take("land"))
	slip := do(t, o, kiosk.TakeWritten{Service: "result", Number: "B901", At: clock.now().Add(-15 * time.Minute), Token: kiosk.NewToken(), By: "user:an"})
	do(t, o, kiosk.OpenCounter{Operator: at("2")})
	if got := do(t, o, kiosk.Next{Operator: at("2")}); got.Token != slip.Token {
		t.Errorf("counter 2 calls %s, while %s has waited 15 minutes", got.Number, slip.Number)
	}
}

// deskLog is two days with all that the staff does beside the queue.
func deskLog(t testing.TB) []kiosk.Event {
	t.Helper()
	log, clock := &memory{}, newClock()
	o := start(t, log, clock)
	one := at("1")
	slip := func(number string, ago time.Duration) kiosk.TakeWritten {
		return kiosk.TakeWritten{Service: "land", Number: number, At: clock.now().Add(-ago), Priority: "elderly", Token: kiosk.NewToken(), Device: "user:an", By: "user:an", Key: number}
	}
	do(t, o, take("land"))
	do(t, o, slip("A003", time.Hour))
	do(t, o, slip("A901", time.Minute))
	do(t, o, take("land"))
	if got := do(t, o, take("land")).Number; got != "A004" {
		t.Fatalf("after A002 comes %s, and A003 is somebody's", got)
	}
	for _, cmd := range []kiosk.Command{
		kiosk.Note{Event: kiosk.Event{Type: kiosk.SessionBegun, By: "user:an", User: "an", What: "127.0.0.1"}},
		kiosk.OpenCounter{Operator: one}, kiosk.Next{Operator: one},
		kiosk.CallHelp{Operator: one, Reason: "angry"}, kiosk.HandOver{Operator: one, To: "binh"},
		kiosk.AnswerHelp{Operator: kiosk.Operator{Counter: "1", User: "binh"}},
		kiosk.Finish{Operator: kiosk.Operator{Counter: "1", User: "binh"}},
		kiosk.CloseCounter{Operator: kiosk.Operator{Counter: "1", User: "binh"}},
	} {
		do(t, o, cmd)
	}
	clock.move(24 * time.Hour)
	do(t, o, take("land"))
	return log.all()
}

func TestAuditorSeesForgedDesks(t *testing.T) {
	legal := deskLog(t)
	if err := audit(legal); err != nil {
		t.Fatal(err)
	}
	type event = kiosk.Event
	taken, help, helped, handed, begun := kiosk.TicketTaken, kiosk.CounterHelp, kiosk.CounterHelped, kiosk.CounterHandedOver, kiosk.SessionBegun
	edit := func(kind kiosk.EventType, n int, change func(*event)) func(forgery) forgery {
		return func(f forgery) forgery { return f.editNth(kind, n, change).until(kind, n) }
	}
	written := func(to func(time.Time) time.Time) func(forgery) forgery {
		return edit(taken, 1, func(e *event) { at := to(*e.Written); e.Written = &at })
	}
	note := func(change func(*event)) func(forgery) forgery { return edit(begun, 0, change) }
	setup := testSetup()
	cases := forging{
		"a written number twice":          edit(taken, 2, func(e *event) { e.Number = "A003" }),
		"a written number of a printed":   edit(taken, 1, func(e *event) { e.Number = "A001" }),
		"a printed number of a written":   edit(taken, 4, func(e *event) { e.Number = "A003" }),
		"a running number passed over":    edit(taken, 3, func(e *event) { e.Number = "A004" }),
		"a written number below the last": edit(taken, 2, func(e *event) { e.Number = "A000" }),
		"a written number of another":     edit(taken, 1, func(e *event) { e.Number = "B003" }),
		"a written number padded":         edit(taken, 1, func(e *event) { e.Number = "A0003" }),
		"written tomorrow":                written(func(t time.Time) time.Time { return t.Add(24 * time.Hour) }),
		"written yesterday":               written(func(t time.Time) time.Time { return t.Add(-24 * time.Hour) }),
		"written in a minute":             edit(taken, 1, func(e *event) { at := e.At.Add(time.Minute); e.Written = &at }),
		"written, and printed":            edit(taken, 1, func(e *event) { e.Print = kiosk.Queued }),
		"written with another's credit":   edit(taken, 1, func(e *event) { e.CreditS = 3600 }),
		"written with a route":            edit(taken, 1, func(e *event) { e.Route = []string{"result"} }),
		"written with a forecast":         edit(taken, 1, func(e *event) { e.Wait = &kiosk.Range{P50S: 60} }),
		"written for an appointment":      edit(taken, 1, func(e *event) { e.Appointment = "x" }),
		"written while nobody knows the time": func(f forgery) forgery {
			i := f.where(taken, 1)
			f[i].Undated = true
			return slices.Insert(f, i, event{Type: kiosk.ClockStepped, At: f[i].At, By: "system", Reason: "behind"})[:i+2]
		},
		"help twice":                func(f forgery) forgery { return f.double(help).until(help, 1) },
		"help that nobody called":   func(f forgery) forgery { return f.drop(help).until(helped, 0) },
		"helped twice":              func(f forgery) forgery { return f.double(helped).until(helped, 1) },
		"help for a closed counter": edit(help, 0, func(e *event) { e.Counter = "2" }),
		"help for no counter":       edit(help, 0, func(e *event) { e.Counter = "" }),
		"help about a ticket":       edit(help, 0, func(e *event) { e.Ticket, e.Number = legal[1].Ticket, legal[1].Number }),
		"handed over to nobody":     edit(handed, 0, func(e *event) { e.User = "" }),
		"handed over to a stranger": edit(handed, 0, func(e *event) { e.User = "dung" }),
		"handed over to himself":    edit(handed, 0, func(e *event) { e.User = "an" }),
		"handed over twice":         func(f forgery) forgery { return f.double(handed).until(handed, 1) },
		"handed over while closed":  edit(handed, 0, func(e *event) { e.Counter = "3" }),
		"a note with a ticket":      note(func(e *event) { e.Ticket = legal[1].Ticket }),
		"a note with a number":      note(func(e *event) { e.Number = "A001" }),
		"a note with a counter":     note(func(e *event) { e.Counter = "1" }),
		"a note with a setup":       note(func(e *event) { e.Setup = setup }),
		"a note with a day":         note(func(e *event) { e.Day = "2026-11-24" }),
		"a note with appointments":  note(func(e *event) { e.Appointments = []kiosk.Appointment{{}} }),
		"a note of nobody":          note(func(e *event) { e.By = "" }),
		"a note of less than none":  note(func(e *event) { e.Count = -1 }),
		"a note of two lines":       note(func(e *event) { e.What = "a\nb" }),
		"a change that undoes later": func(f forgery) forgery {
			return append(f[:2:2], event{Type: kiosk.HallChanged, At: f[1].At, Setup: setup, Of: 3})
		},
	}
	cases.refused(t, legal)
	if n := len(slices.Collect(maps.Keys(cases))); n < 30 {
		t.Errorf("%d forgeries", n)
	}
}
