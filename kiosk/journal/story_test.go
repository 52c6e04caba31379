package journal_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// story makes up a legal history of a hall with one service and one counter.
type story struct {
	events  []kiosk.Event
	at      time.Time
	day     int
	open    bool
	waiting []kiosk.Event // ticket.taken of who has not been called
	taken   int           // today
	expired []string      // tokens of closed days
	today   []string
	printed string       // token of the newest ticket with paper
	rolls   []kiosk.Roll // at most one, in the printer "p"
}

var hall = &kiosk.Setup{
	Name:     kiosk.Text{VI: "Trung tâm Phục vụ hành chính công phường Ba Đình"},
	TimeZone: "Asia/Ho_Chi_Minh",
	Phone:    kiosk.Phone{Mode: kiosk.PhoneOff},
	Hours:    kiosk.Hours{Always: true},
	Services: []kiosk.Service{{ID: "dat-dai", Name: kiosk.Text{VI: "Đất đai", EN: "Land"}, Prefix: "A", MeanS: 840}},
	Counters: []kiosk.Counter{{ID: "1", Name: kiosk.Text{VI: "Quầy 1"}, Services: []string{"dat-dai"}}},
	Users:    []kiosk.User{{ID: "lan", Name: "Lan", Role: kiosk.Admin}},
}

func newStory() *story {
	return &story{at: time.Date(2026, 11, 20, 0, 30, 0, 0, time.UTC)}
}

func (s *story) add(e kiosk.Event) {
	s.at = s.at.Add(time.Second)
	e.Seq, e.At = uint64(len(s.events)+1), s.at
	s.events = append(s.events, e)
}

func (s *story) date() string { return fmt.Sprintf("2026-11-%02d", s.day) }

func (s *story) openDay() {
	if s.open {
		return
	}
	s.day = max(s.day+1, 20)
	s.open, s.taken, s.waiting, s.today = true, 0, nil, nil
	s.add(kiosk.Event{Type: kiosk.DayOpened, By: "system", Day: s.date(), Setup: hall, Rolls: slices.Clone(s.rolls)})
	s.add(kiosk.Event{Type: kiosk.CounterOpened, By: "user:lan", Counter: "1", User: "lan"})
}

func (s *story) take() {
	s.openDay()
	s.taken++
	e := kiosk.Event{
		Type: kiosk.TicketTaken, By: "device:kiosk", Ticket: fmt.Sprintf("%02d-%018d-", s.day, s.taken), Number: fmt.Sprintf("A%03d", s.taken),
		Service: "dat-dai", Lang: kiosk.Vietnamese, Device: "kiosk", Key: fmt.Sprintf("key-%d", s.taken), Fingerprint: "f3a1",
		Ahead: len(s.waiting), Wait: &kiosk.Range{P50S: 300, P80S: 600}, Print: kiosk.Queued,
	}
	s.today = append(s.today, e.Ticket)
	s.add(e)
	s.waiting = append(s.waiting, e)
}

func (s *story) serve() {
	if len(s.waiting) == 0 {
		return
	}
	t := s.waiting[0]
	s.waiting = s.waiting[1:]
	s.add(kiosk.Event{Type: kiosk.TicketCalled, By: "user:lan", Ticket: t.Ticket, Number: t.Number, Service: t.Service, Counter: "1", From: kiosk.Waiting})
	s.add(kiosk.Event{Type: kiosk.TicketFinished, By: "user:lan", Ticket: t.Ticket, Number: t.Number, Service: t.Service, Counter: "1", Count: 2})
}

// paper puts a new roll in and prints the ticket that came last, which fails at first, and a test slip.
func (s *story) paper() {
	if len(s.waiting) == 0 {
		return
	}
	t := s.waiting[len(s.waiting)-1]
	about := func(kind kiosk.EventType, outcome kiosk.PrintState, mm int) {
		e := kiosk.Event{Type: kind, By: "system", Ticket: t.Ticket, Number: t.Number, Service: t.Service, Printer: "p", Outcome: outcome, MM: mm}
		if kind == kiosk.PrintFailed {
			e.Reason = "paper_out"
		}
		s.add(e)
		if len(s.rolls) > 0 {
			s.rolls[0].UsedMM += mm
		}
	}
	s.add(kiosk.Event{Type: kiosk.PaperIsChanged, By: "user:lan", Printer: "p", MM: 80_000})
	s.rolls = []kiosk.Roll{{Printer: "p", LengthMM: 80_000, Since: s.at}}
	if s.printed == t.Ticket {
		about(kiosk.PrintQueued, "", 0)
	}
	s.printed = t.Ticket
	about(kiosk.PrintSending, "", 0)
	about(kiosk.PrintFailed, kiosk.Failed, 40)
	about(kiosk.PrintQueued, "", 0)
	about(kiosk.PrintSending, "", 0)
	about(kiosk.PrintDone, kiosk.Processed, 101)
	s.page()
}

// page prints a test slip, which may happen at any time.
func (s *story) page() {
	s.add(kiosk.Event{Type: kiosk.PagePrinted, By: "user:lan", Printer: "p", Page: kiosk.TestPage, Outcome: kiosk.Processed, MM: 120})
	if s.rolls == nil {
		s.rolls = []kiosk.Roll{{Printer: "p", Since: s.at}}
	}
	s.rolls[0].UsedMM += 120
}

func (s *story) closeDay() {
	if !s.open {
		return
	}
	s.open, s.waiting = false, nil
	s.add(kiosk.Event{Type: kiosk.CounterClosed, By: "user:lan", Counter: "1", User: "lan"})
	s.add(kiosk.Event{Type: kiosk.DayClosed, By: "system", Day: s.date(), Count: s.taken})
	s.expired = append(s.expired, s.today...)
}

// between is what may also happen while no day is open.
func (s *story) between() {
	s.add(kiosk.Event{Type: kiosk.HallChanged, By: "user:lan", Setup: hall})
	s.add(kiosk.Event{Type: kiosk.ClockStepped, By: "system", StepS: 3600, Reason: "jumped"})
	s.add(kiosk.Event{Type: kiosk.ClockSet, By: "user:lan", StepS: 3600})
}

// printedDays is a day of a ticket that was printed, a test slip at night, and a day of one that was not.
func printedDays() *story {
	s := newStory()
	s.take()
	s.paper()
	s.closeDay()
	s.page()
	s.take()
	return s
}

// staffedDays is printedDays with what the staff did beside it: a number written by hand, a call for help, a
// counter handed over, a change taken back, and a note.
func staffedDays() *story {
	s := newStory()
	s.take()
	s.paper()
	written := s.at.Add(-time.Minute)
	s.taken++
	s.today = append(s.today, "written-by-hand-000001")
	s.add(kiosk.Event{
		Type: kiosk.TicketTaken, By: "user:lan", Ticket: "written-by-hand-000001", Number: "A002", Service: "dat-dai", Lang: kiosk.Vietnamese,
		Device: "user:lan", Print: kiosk.PrintOff, Written: &written,
	})
	more := *hall
	more.Users = append(slices.Clone(hall.Users), kiosk.User{ID: "hoa", Name: "Hoa", Role: kiosk.Clerk})
	s.add(kiosk.Event{Type: kiosk.HallChanged, By: "user:lan", Setup: &more, Reason: "người mới"})
	change := s.events[len(s.events)-1].Seq
	s.add(kiosk.Event{Type: kiosk.CounterHelp, By: "user:lan", Counter: "1", User: "lan", Reason: "hồ sơ khó"})
	s.add(kiosk.Event{Type: kiosk.CounterHelped, By: "user:lan", Counter: "1", User: "lan"})
	s.add(kiosk.Event{Type: kiosk.CounterHandedOver, By: "user:lan", Counter: "1", User: "hoa"})
	s.add(kiosk.Event{Type: kiosk.HallChanged, By: "user:lan", Setup: hall, Reason: "nhầm", Of: change})
	s.add(kiosk.Event{Type: kiosk.PINChanged, By: "user:lan", User: "lan"})
	s.closeDay()
	s.add(kiosk.Event{Type: kiosk.BackupMade, By: "system", What: "layso-2026-11-20.db"})
	s.take()
	return s
}

// twoDays is a closed day of three tickets and an open one of two.
func twoDays() *story {
	s := newStory()
	s.take()
	s.take()
	s.serve()
	s.take()
	s.closeDay()
	s.take()
	s.take()
	return s
}

func open(t testing.TB, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// written gives the path of a closed journal that holds the story.
func written(t testing.TB, s *story) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	must(t, j.Append(s.events))
	must(t, j.Close())
	return path
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
