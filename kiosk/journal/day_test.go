package journal_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// desk is a hall on a real journal, with a PC's clock that the test sets. Its readings have no
// monotonic part, as after a start.
type desk struct {
	*testing.T
	path  string
	now   time.Time
	log   *journal.Journal
	owner *kiosk.Owner
}

func (d *desk) start(now time.Time) {
	d.Helper()
	d.stop()
	d.now = now
	d.log = open(d.T, d.path)
	seed := *hall
	day := []kiosk.Span{{From: 8 * 60, To: 17 * 60}}
	seed.Hours = kiosk.Hours{Mon: day, Tue: day, Wed: day, Thu: day, Fri: day}
	seed.Services = slices.Clone(seed.Services)
	seed.Services[0].Slots = &kiosk.Slots{Capacity: 1}
	o, err := kiosk.Start(d.log, kiosk.Options{Seed: &seed, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler)})
	must(d.T, err)
	d.owner = o
	d.Cleanup(o.Close)
}

func (d *desk) stop() {
	if d.owner != nil {
		d.owner.Close()
		must(d.T, d.log.Close())
	}
}

func (d *desk) do(cmd kiosk.Command) kiosk.Result {
	d.Helper()
	res, err := d.owner.Do(d.Context(), cmd)
	must(d.T, err)
	return res
}

func (d *desk) refused(cmd kiosk.Command, want error) {
	d.Helper()
	if _, err := d.owner.Do(d.Context(), cmd); !errors.Is(err, want) {
		d.Fatalf("%T: %v, want %v", cmd, err, want)
	}
}

func (d *desk) take() kiosk.Command {
	return kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), Device: "k", By: "device:k", Lang: kiosk.Vietnamese}
}

// today gives the types of the events that a start folds.
func (d *desk) today() (types []kiosk.EventType) {
	must(d.T, d.log.Today(func(e kiosk.Event) error { types = append(types, e.Type); return nil }))
	return types
}

func (d *desk) verified(days, tickets int) {
	d.Helper()
	d.stop()
	d.owner = nil
	report, err := journal.Verify(d.path)
	must(d.T, err)
	if report.Days != days || report.Tickets != tickets {
		d.Fatalf("verified: %+v", report)
	}
}

// TestTheEndOfADay closes a day, works in the evening and starts again, once with a dead clock.
func TestTheEndOfADay(t *testing.T) {
	d := &desk{T: t, path: filepath.Join(t.TempDir(), "hall.db")}
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.FixedZone("ICT", 7*3600))
	d.start(day.Add(16 * time.Hour))
	token := d.do(d.take()).Token
	d.now = day.Add(17*time.Hour + time.Minute)
	if d.do(kiosk.Probe{}); d.owner.View().DayClosed() != true || !d.log.Expired(token) {
		t.Fatal("after closing time the day is open, or its ticket is not expired")
	}
	changed := *d.owner.View().Setup()
	changed.OvertimeS = 600
	d.do(kiosk.ChangeSetup{Setup: &changed, Seq: d.owner.View().SetupSeq(), By: "user:lan"})
	booked := d.do(kiosk.Book{
		Service: "dat-dai", Slot: day.Add(32 * time.Hour), Token: kiosk.NewToken(), Codes: []string{"271828"}, Lang: kiosk.Vietnamese, Device: "k", By: "citizen",
	}).Token

	d.start(time.Unix(30, 0)) // the next morning, with a dead battery
	want := []kiosk.EventType{kiosk.DayOpened, kiosk.TicketTaken, kiosk.TicketCancelled, kiosk.DayClosed, kiosk.HallChanged, kiosk.AppointmentBooked, kiosk.ClockStepped}
	if got := d.today(); !slices.Equal(got, want) {
		t.Fatalf("a start folds %v, want %v", got, want)
	}
	d.refused(d.take(), kiosk.ErrClockSuspect)
	d.start(time.Unix(90, 0)) // and again
	if v := d.owner.View(); !v.ClockSuspect() || !v.DayClosed() || v.Setup().OvertimeS != 600 || v.Appointment(booked) == nil {
		t.Fatalf("folded: %+v", v.Hall(d.owner.Now(), nil))
	}
	d.do(kiosk.SetClock{Now: day.Add(31*time.Hour + 45*time.Minute), By: "user:lan"})
	if got := d.today(); !slices.Equal(got, []kiosk.EventType{kiosk.DayOpened}) {
		t.Fatalf("after the clock was set, a start folds %v", got)
	}
	d.do(kiosk.CheckIn{Code: "271828", Token: kiosk.NewToken(), Device: "k", By: "device:k", Lang: kiosk.Vietnamese})
	if !d.log.Expired(token) || d.owner.View().Day() != "2026-11-25" {
		t.Errorf("the day is %s", d.owner.View().Day())
	}
	d.verified(2, 2)
}

// TestAHallThatNeverKnewTheDay has no day.opened at all.
func TestAHallThatNeverKnewTheDay(t *testing.T) {
	d := &desk{T: t, path: filepath.Join(t.TempDir(), "hall.db")}
	d.start(time.Unix(5, 0))
	d.start(time.Unix(9, 0))
	if got := d.today(); !slices.Equal(got, []kiosk.EventType{kiosk.ClockStepped, kiosk.HallChanged}) {
		t.Fatalf("a start folds %v", got)
	}
	if name := d.owner.View().Setup().Name; name != hall.Name {
		t.Fatalf("the hall is %+v", name)
	}
	d.refused(d.take(), kiosk.ErrClockSuspect)
	d.verified(0, 0)
	d.start(time.Unix(9, 0))
	d.do(kiosk.SetClock{Now: time.Date(2027, 3, 1, 2, 0, 0, 0, time.UTC), By: "user:lan"})
	d.do(d.take())
	d.verified(1, 1)
}

// TestAYearAheadOnDisk starts an office at work with a clock that is a year ahead: nothing of that gets
// onto the disk, not even over another start, and the way back is one answer.
func TestAYearAheadOnDisk(t *testing.T) {
	d := &desk{T: t, path: filepath.Join(t.TempDir(), "hall.db")}
	morning := time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("ICT", 7*3600))
	d.start(morning)
	d.do(d.take())
	for range 2 {
		d.start(morning.AddDate(1, 0, 0))
		if got := d.do(d.take()).Ticket(); !got.Undated || got.IssuedAt.Year() != 2026 || d.owner.View().Day() != "2026-11-24" {
			t.Fatalf("%s at %s on %s", got.Number, got.IssuedAt, d.owner.View().Day())
		}
	}
	d.do(kiosk.SetClock{Now: morning.Add(time.Hour), By: "user:lan"})
	d.start(morning.Add(2 * time.Hour)) // and somebody has set the PC right
	if got := d.do(d.take()).Ticket(); got.Number != "A004" || got.Undated || !got.IssuedAt.Equal(d.now) {
		t.Fatalf("%s at %s, undated %v", got.Number, got.IssuedAt, got.Undated)
	}
	d.verified(1, 4)
}
