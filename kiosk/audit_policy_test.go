package kiosk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// where gives the nth event of the type, from 0.
func (f forgery) where(kind kiosk.EventType, n int) int {
	for i, e := range f {
		if e.Type == kind {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return -1
}

func (f forgery) editNth(kind kiosk.EventType, n int, change func(*kiosk.Event)) forgery {
	change(&f[f.where(kind, n)])
	return f
}

// until ends the log with the nth event of the type, so that nothing after it can give the forgery away.
func (f forgery) until(kind kiosk.EventType, n int) forgery { return f[:f.where(kind, n)+1] }

type forging map[string]func(forgery) forgery

func TestAuditorSeesForgedBookings(t *testing.T) {
	booked := kiosk.AppointmentBooked
	between := morning(8, 40)
	seen(t, forging{
		"booked in the past": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Slot = &e.At }).until(booked, 0)
		},
		"booked without a slot": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Slot = nil }).until(booked, 0)
		},
		"booked without a token": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Appointment = "" }).until(booked, 0)
		},
		"booked with a bad code": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Code = "12345x" }).until(booked, 0)
		},
		"booked for no service": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Service = "moon" }).until(booked, 0)
		},
		"booked where there are no slots": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Service = "result" }).until(booked, 0)
		},
		"a code given twice": func(f forgery) forgery {
			return f.editNth(booked, 1, func(e *kiosk.Event) { e.Code = "111111" }).until(booked, 1)
		},
		"an appointment given twice": func(f forgery) forgery {
			return f.editNth(booked, 1, func(e *kiosk.Event) { e.Appointment = f[f.where(booked, 0)].Appointment }).until(booked, 1)
		},
		"a fourth at a slot of three": func(f forgery) forgery {
			return f.editNth(booked, 3, func(e *kiosk.Event) { e.Slot = f[f.where(booked, 0)].Slot }).until(booked, 3)
		},
		"booked between the half-hours": func(f forgery) forgery {
			return f.editNth(booked, 0, func(e *kiosk.Event) { e.Slot = &between }).until(booked, 0)
		},
		"booked while the clock is in doubt": func(f forgery) forgery {
			i := f.where(booked, 1)
			return slices.Insert(f[:i+1], i, kiosk.Event{Type: kiosk.ClockStepped, At: f[i].At, StepS: 9, Reason: "jumped"})
		},
		"booked beyond the quota": func(f forgery) forgery {
			f[0].Setup = slotSetup()
			f[0].Setup.Services[0].Quota = 2
			return f.until(booked, 2)
		},
		"cancelled another's code": func(f forgery) forgery {
			return f.editNth(kiosk.AppointmentCancelled, 0, func(e *kiosk.Event) { e.Code = "111111" })
		},
		"cancelled twice": func(f forgery) forgery { return f.double(kiosk.AppointmentCancelled) },
	})
}

func TestAuditorSeesForgedCheckIns(t *testing.T) {
	booked, taken := kiosk.AppointmentBooked, kiosk.TicketTaken
	other := morning(10, 0)
	seen(t, forging{
		"checked in a cancelled one": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Appointment = f[f.where(booked, 1)].Appointment }).until(taken, 0)
		},
		"checked in what nobody booked": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Appointment = "moon" }).until(taken, 0)
		},
		"checked in for another service": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Service = "result" }).until(taken, 0)
		},
		"checked in for another slot": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Slot = &other }).until(taken, 0)
		},
		"checked in too early": func(f forgery) forgery { return f.editNth(taken, 0, func(e *kiosk.Event) { e.At = morning(8, 9) }) },
		"checked in on another day": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Appointment, e.Slot = f[f.where(booked, 3)].Appointment, nil }).until(taken, 0)
		},
		"checked in with too little credit": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.CreditS = 60 }).until(taken, 0)
		},
		"a late one that counts as kept": func(f forgery) forgery {
			return f.editNth(taken, 4, func(e *kiosk.Event) { e.Slot, e.CreditS = f[f.where(booked, 2)].Slot, 1800 }).until(taken, 4)
		},
		"a kept one that counts as late": func(f forgery) forgery {
			return f.editNth(taken, 0, func(e *kiosk.Event) { e.Slot = nil }).until(taken, 0)
		},
		"checked in twice": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) {
				x := f[f.where(taken, 0)]
				e.Appointment, e.Slot, e.CreditS, e.Route = x.Appointment, x.Slot, x.CreditS, nil
			}).until(taken, 1)
		},
		"a slot without an appointment": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.Slot = &other }).until(taken, 1)
		},
		"credit without a priority": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.CreditS = 60 }).until(taken, 1)
		},
		"a priority that the hall has not": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.Priority = "rich" }).until(taken, 1)
		},
		"confirmed with more credit": func(f forgery) forgery {
			return f.editNth(kiosk.TicketPriority, 0, func(e *kiosk.Event) { e.CreditS = 7200 }).until(kiosk.TicketPriority, 0)
		},
		"more credit than there is": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.CreditS = 7201 }).until(taken, 1)
		},
		"the quota is overdrawn": func(f forgery) forgery {
			f[0].Setup = slotSetup()
			f[0].Setup.Services[0].Quota = 2
			return f.until(taken, 1)
		},
	})
}

func TestAuditorSeesForgedRoutesAndReturns(t *testing.T) {
	taken, continued, returned := kiosk.TicketTaken, kiosk.TicketContinued, kiosk.TicketReturned
	seen(t, forging{
		"a route to nowhere": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.Route = []string{"moon"} }).until(taken, 1)
		},
		"a route back": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.Route = []string{"land"} }).until(taken, 1)
		},
		"a route that goes round": func(f forgery) forgery {
			return f.editNth(taken, 1, func(e *kiosk.Event) { e.Route = []string{"result", "result"} }).until(taken, 1)
		},
		"a route that is skipped": func(f forgery) forgery {
			return f.editNth(continued, 0, func(e *kiosk.Event) { e.Type, e.Service = kiosk.TicketFinished, "land" }).until(continued, 0)
		},
		"a route that grows": func(f forgery) forgery {
			return f.editNth(continued, 0, func(e *kiosk.Event) { e.Route = []string{"land"} }).until(continued, 0)
		},
		"gone on elsewhere": func(f forgery) forgery {
			return f.editNth(continued, 0, func(e *kiosk.Event) { e.Service = "land" }).until(continued, 0)
		},
		"gone on from elsewhere": func(f forgery) forgery {
			return f.editNth(continued, 0, func(e *kiosk.Event) { e.FromService = "result" }).until(continued, 0)
		},
		"gone on at another counter": func(f forgery) forgery {
			return f.editNth(continued, 0, func(e *kiosk.Event) { e.Counter = "2" }).until(continued, 0)
		},
		"gone on without a route": func(f forgery) forgery {
			i := f.where(kiosk.TicketFinished, 1)
			f[i].Type, f[i].FromService, f[i].Service = continued, "land", "result"
			return f[:i+1]
		},
		"taken back at another counter": func(f forgery) forgery {
			return f.editNth(kiosk.TicketReopened, 0, func(e *kiosk.Event) { e.Counter = "2" }).until(kiosk.TicketReopened, 0)
		},
		"taken back for another service": func(f forgery) forgery {
			return f.editNth(kiosk.TicketReopened, 0, func(e *kiosk.Event) { e.Service = "result" }).until(kiosk.TicketReopened, 0)
		},
		"taken back what waits": func(f forgery) forgery { return f.drop(continued) },
		"returned to the front": func(f forgery) forgery {
			return f.editNth(returned, 0, func(e *kiosk.Event) { e.Base = &f[0].At }).until(returned, 0)
		},
		"returned without a base": func(f forgery) forgery {
			return f.editNth(returned, 0, func(e *kiosk.Event) { e.Base = nil }).until(returned, 0)
		},
		"returned from elsewhere": func(f forgery) forgery {
			return f.editNth(returned, 0, func(e *kiosk.Event) { e.From = kiosk.Held }).until(returned, 0)
		},
		"returned twice": func(f forgery) forgery { return f.double(returned) },
		"an appointment's credit revoked": func(f forgery) forgery {
			return f.editNth(kiosk.TicketPriority, 1, func(e *kiosk.Event) { e.CreditS = 0 }).until(kiosk.TicketPriority, 1)
		},
	})
}

func TestAuditorSeesForgedNights(t *testing.T) {
	booked := kiosk.AppointmentBooked
	seen(t, forging{
		"an appointment lost overnight": func(f forgery) forgery {
			return f.editNth(kiosk.DayOpened, 1, func(e *kiosk.Event) { e.Appointments = nil })
		},
		"an appointment that came overnight": func(f forgery) forgery {
			return f.editNth(kiosk.DayOpened, 1, func(e *kiosk.Event) {
				e.Appointments = append(slices.Clone(e.Appointments), kiosk.Appointment{Token: "new", Code: "999999", Service: "land", Slot: e.At})
			})
		},
		"an appointment moved overnight": func(f forgery) forgery {
			return f.editNth(kiosk.DayOpened, 1, func(e *kiosk.Event) {
				e.Appointments = slices.Clone(e.Appointments)
				e.Appointments[0].Slot = e.Appointments[0].Slot.Add(30 * time.Minute)
			})
		},
		"the service of an appointment taken away": func(f forgery) forgery {
			s := testSetup()
			s.Services, s.Counters = s.Services[1:], s.Counters[2:]
			i := f.where(booked, 3)
			return slices.Insert(f[:i+1], i+1, kiosk.Event{Type: kiosk.HallChanged, At: f[i].At, Setup: s})
		},
	})
}

// seen wants every forgery to be noticed, and not because the numbers have a gap.
func seen(t *testing.T, cases forging) {
	t.Helper()
	legal := richLog(t)
	if err := audit(legal); err != nil {
		t.Fatal(err)
	}
	for what, forge := range cases {
		events := forge(slices.Clone(legal))
		for i := range events {
			events[i].Seq = uint64(i + 1)
		}
		if err := audit(events); err == nil {
			t.Errorf("%s: accepted", what)
		} else if strings.Contains(err.Error(), "gap") {
			t.Errorf("%s: seen for another reason: %v", what, err)
		}
	}
}

// A log of the version before all this reads as it did: its events have none of the new fields.
func TestAuditorReadsOldLogs(t *testing.T) {
	log, day := []kiosk.Event{}, time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	add := func(e kiosk.Event) {
		e.Seq, e.At = uint64(len(log)+1), day.Add(time.Duration(len(log))*time.Minute)
		log = append(log, e)
	}
	add(kiosk.Event{Type: kiosk.DayOpened, Day: "2026-11-24", Setup: testSetup()})
	add(kiosk.Event{Type: kiosk.TicketTaken, Ticket: "t1", Number: "A001", Service: "land", Device: "k1", Print: kiosk.PrintOff})
	add(kiosk.Event{Type: kiosk.TicketTaken, Ticket: "t2", Number: "A002", Service: "land", Device: "k1", Print: kiosk.PrintOff})
	add(kiosk.Event{Type: kiosk.CounterOpened, Counter: "1", User: "an"})
	add(kiosk.Event{Type: kiosk.TicketCalled, Ticket: "t1", Number: "A001", Service: "land", Counter: "1", From: kiosk.Waiting})
	add(kiosk.Event{Type: kiosk.TicketNoShow, Ticket: "t1", Number: "A001", Service: "land", Counter: "1"})
	add(kiosk.Event{Type: kiosk.ClockStepped, StepS: 5})
	add(kiosk.Event{Type: kiosk.TicketReopened, Ticket: "t1", Number: "A001", Service: "land", Counter: "1", From: kiosk.NoShow})
	add(kiosk.Event{Type: kiosk.TicketFinished, Ticket: "t1", Number: "A001", Service: "land", Counter: "1"})
	add(kiosk.Event{Type: kiosk.DayClosed, Day: "2026-11-24", Count: 2}) // somebody still waits, and a counter is open
	add(kiosk.Event{Type: kiosk.DayOpened, Day: "2026-11-25", Setup: testSetup()})
	if err := audit(log); err != nil {
		t.Fatal(err)
	}
}
