package kiosk_test

import (
	"slices"
	"testing"
	"time"

	"layso/kiosk"
)

// legalLog is two days with every kind of ticket's and counter's event.
func legalLog(t testing.TB) []kiosk.Event {
	t.Helper()
	log, clock := &memory{}, newClock()
	o := start(t, log, clock)
	one, two := at("1"), kiosk.Operator{Counter: "2", User: "binh"}
	paper := take("land")
	paper.Print = true
	a := do(t, o, paper)
	b, c := do(t, o, take("land")), do(t, o, take("result"))
	d := do(t, o, take("land"))
	for _, cmd := range []kiosk.Command{
		kiosk.ReportPrint{Token: a.Token, Printer: "p", Outcome: kiosk.Sending},
		kiosk.ReportPrint{Token: a.Token, Printer: "p", Outcome: kiosk.Confirmed},
		kiosk.SetPriority{Token: c.Token, Priority: "elderly", Reason: "declared", By: "user:an"},
		kiosk.SetPriority{Token: c.Token, Reason: "by mistake", By: "user:an"},
		kiosk.OpenCounter{Operator: one}, kiosk.OpenCounter{Operator: two},
		kiosk.Next{Operator: one}, kiosk.Recall{Operator: one}, kiosk.Next{Operator: one, Finish: a.Token},
		kiosk.Rate{Token: a.Token, Stars: 5, By: "citizen"},
		kiosk.MarkNoShow{Operator: one}, kiosk.Undo{Operator: one}, kiosk.Hold{Operator: one, Reason: "form"},
		kiosk.CallTicket{Operator: one, Token: b.Token, Reason: "form done"}, kiosk.Transfer{Operator: one, ToCounter: "2"},
		kiosk.Next{Operator: two}, kiosk.PauseCounter{Operator: one}, kiosk.ResumeCounter{Operator: one},
		kiosk.Cancel{Token: d.Token, By: "citizen"}, kiosk.Finish{Operator: two}, kiosk.CloseCounter{Operator: two},
	} {
		do(t, o, cmd)
	}
	do(t, o, kiosk.ChangeSetup{Setup: testSetup(), Seq: o.View().SetupSeq(), By: "user:binh"})
	clock.move(24 * time.Hour)
	do(t, o, take("land"))
	return log.all()
}

func audit(events []kiosk.Event) error {
	var a kiosk.Auditor
	for _, e := range events {
		if err := a.Check(e); err != nil {
			return err
		}
	}
	return nil
}

// Whatever is cut out of a log, put in twice or exchanged, the numbers give it away.
func TestAuditorSeesEveryGap(t *testing.T) {
	legal := legalLog(t)
	if err := audit(legal); err != nil {
		t.Fatal(err)
	}
	for i := range legal[:len(legal)-1] {
		swapped := slices.Clone(legal)
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		for what, events := range map[string][]kiosk.Event{
			"dropped": slices.Delete(slices.Clone(legal), i, i+1), "doubled": slices.Insert(slices.Clone(legal), i, legal[i]), "swapped": swapped,
		} {
			if audit(events) == nil {
				t.Errorf("event %d (%s) %s: accepted", legal[i].Seq, legal[i].Type, what)
			}
		}
	}
}

// forgery is a log that somebody changed and numbered anew, so that only its meaning is wrong.
type forgery []kiosk.Event

// find gives the first event of the type.
func (f forgery) find(kind kiosk.EventType) int {
	return slices.IndexFunc(f, func(e kiosk.Event) bool { return e.Type == kind })
}

func (f forgery) drop(kind kiosk.EventType) forgery {
	i := f.find(kind)
	return slices.Delete(f, i, i+1)
}

func (f forgery) double(kind kiosk.EventType) forgery {
	i := f.find(kind)
	return slices.Insert(f, i, f[i])
}

func (f forgery) edit(kind kiosk.EventType, change func(*kiosk.Event)) forgery {
	change(&f[f.find(kind)])
	return f
}

// after puts an event about the same ticket behind the first of the type.
func (f forgery) after(kind kiosk.EventType, change func(*kiosk.Event)) forgery {
	i := f.find(kind)
	e := f[i]
	change(&e)
	return slices.Insert(f, i+1, e)
}

func setupWithout(change func(*kiosk.Setup)) func(*kiosk.Event) {
	return func(e *kiosk.Event) {
		s := testSetup()
		change(s)
		e.Setup = s
	}
}

func TestAuditorSeesForgeries(t *testing.T) {
	legal := legalLog(t)
	type event = kiosk.Event
	cases := map[string]func(forgery) forgery{
		"ticket never taken":           func(f forgery) forgery { return f.drop(kiosk.TicketTaken) },
		"ticket taken twice":           func(f forgery) forgery { return f.double(kiosk.TicketTaken) },
		"number given twice":           func(f forgery) forgery { f[2].Number = "A001"; return f },
		"token given twice":            func(f forgery) forgery { f[2].Ticket = f[1].Ticket; return f },
		"taken without a token":        func(f forgery) forgery { f[1].Ticket = ""; return f[:2] },
		"taken for no service":         func(f forgery) forgery { f[1].Service = "moon"; return f[:2] },
		"call of another number":       func(f forgery) forgery { return f.edit(kiosk.TicketCalled, func(e *event) { e.Number = "A002" }) },
		"call of another service":      func(f forgery) forgery { return f.edit(kiosk.TicketCalled, func(e *event) { e.Service = "result" }) },
		"never called":                 func(f forgery) forgery { return f.drop(kiosk.TicketCalled) },
		"called twice":                 func(f forgery) forgery { return f.double(kiosk.TicketCalled) },
		"called at two counters":       func(f forgery) forgery { return f.after(kiosk.TicketCalled, func(e *event) { e.Counter = "2" }) },
		"called nowhere":               func(f forgery) forgery { return f.edit(kiosk.TicketCalled, func(e *event) { e.Counter = "" })[:12] },
		"called at a closed counter":   func(f forgery) forgery { return f.edit(kiosk.TicketCalled, func(e *event) { e.Counter = "3" }) },
		"called into a full hand":      func(f forgery) forgery { return f.after(kiosk.TicketCalled, func(e *event) { *e = called(legal[2]) }) },
		"finished twice":               func(f forgery) forgery { return f.double(kiosk.TicketFinished) },
		"finished elsewhere":           func(f forgery) forgery { return f.edit(kiosk.TicketFinished, func(e *event) { e.Counter = "2" }) },
		"finished nowhere":             func(f forgery) forgery { return f.edit(kiosk.TicketFinished, func(e *event) { e.Counter = "" }) },
		"never opened":                 func(f forgery) forgery { return f.drop(kiosk.CounterOpened) },
		"opened twice":                 func(f forgery) forgery { return f.double(kiosk.CounterOpened) },
		"paused twice":                 func(f forgery) forgery { return f.double(kiosk.CounterPaused) },
		"resumed without a pause":      func(f forgery) forgery { return f.drop(kiosk.CounterPaused) },
		"closed twice":                 func(f forgery) forgery { return f.double(kiosk.CounterClosed) },
		"closed with a ticket in hand": func(f forgery) forgery { return f.drop(kiosk.TicketHeld) },
		"opened a counter not there":   func(f forgery) forgery { return f.edit(kiosk.CounterOpened, func(e *event) { e.Counter = "77" }) },
		"transferred to no service":    func(f forgery) forgery { return f.edit(kiosk.TicketTransferred, func(e *event) { e.Service = "moon" }) },
		"transferred to no counter":    func(f forgery) forgery { return f.edit(kiosk.TicketTransferred, func(e *event) { e.ToCounter = "77" }) },
		"transferred to a closed one":  func(f forgery) forgery { return f.edit(kiosk.TicketTransferred, func(e *event) { e.ToCounter = "3" }) },
		"transferred from elsewhere": func(f forgery) forgery {
			return f.edit(kiosk.TicketTransferred, func(e *event) { e.FromService = "result" })
		},
		"reopened at another counter": func(f forgery) forgery { return f.edit(kiosk.TicketReopened, func(e *event) { e.Counter = "2" }) },
		"reopened what waits":         func(f forgery) forgery { return f.drop(kiosk.TicketNoShow) },
		"rated before the end":        func(f forgery) forgery { i := f.find(kiosk.TicketCalled); f[i+1].Type = kiosk.TicketRated; return f },
		"cancelled twice":             func(f forgery) forgery { return f.double(kiosk.TicketCancelled) },
		"printed without being asked": func(f forgery) forgery { return f.double(kiosk.PrintDone) },
		"asked for again in the middle": func(f forgery) forgery {
			return f.after(kiosk.PrintSending, func(e *event) { e.Type = kiosk.PrintQueued })
		},
		"of a type nobody knows": func(f forgery) forgery {
			return f.edit(kiosk.TicketRecalled, func(e *event) { e.Type = "ticket.eaten" })
		},
		"the day not closed":            func(f forgery) forgery { return f.drop(kiosk.DayClosed) },
		"another day closed":            func(f forgery) forgery { return f.edit(kiosk.DayClosed, func(e *event) { e.Day = "2026-11-23" }) },
		"tickets of the day miscounted": func(f forgery) forgery { return f.edit(kiosk.DayClosed, func(e *event) { e.Count++ }) },
		"the same day opened again":     func(f forgery) forgery { f[len(f)-2].Day = f[0].Day; return f },
		"a day without a setup":         func(f forgery) forgery { return f.edit(kiosk.DayOpened, func(e *event) { e.Setup = nil }) },
		"begins in the middle of a day": func(f forgery) forgery { return f[1:] },
		"work on a closed day":          func(f forgery) forgery { return f.after(kiosk.DayClosed, func(e *event) { *e = legal[1] }) },
		"time runs back": func(f forgery) forgery {
			return f.edit(kiosk.DayClosed, func(e *event) { e.At = e.At.Add(-48 * time.Hour) })
		},
		"a hall that is not valid": func(f forgery) forgery {
			return f.edit(kiosk.HallChanged, setupWithout(func(s *kiosk.Setup) { s.Counters = nil }))
		},
		"a service in use taken away": func(f forgery) forgery {
			return f.edit(kiosk.HallChanged, setupWithout(func(s *kiosk.Setup) {
				s.Services, s.Counters = s.Services[:1], s.Counters[1:2]
				s.Counters[0].ID = "1"
			}))
		},
		"an open counter taken away": func(f forgery) forgery {
			return f.edit(kiosk.HallChanged, setupWithout(func(s *kiosk.Setup) { s.Counters = s.Counters[1:] }))
		},
	}
	for what, forge := range cases {
		events := forge(slices.Clone(legal))
		for i := range events {
			events[i].Seq = uint64(i + 1)
		}
		if audit(events) == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

// called is the call of a ticket at counter 1.
func called(taken kiosk.Event) kiosk.Event {
	return kiosk.Event{
		Type: kiosk.TicketCalled, Ticket: taken.Ticket, Number: taken.Number, Service: taken.Service, Counter: "1", At: taken.At, From: kiosk.Waiting,
	}
}
