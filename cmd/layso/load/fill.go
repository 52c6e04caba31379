package load

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/kiosk/report"
)

// What a log that is made for measuring looks like: the days of a big city centre.
const (
	dayTickets = 2600 // so that a million of them are a year and three weeks: a report's longest span
	counters   = 24
	printedBy  = "demo"
	flushAt    = 20_000 // events of one commit
)

// hallSetup is the demo's hall with more counters.
func hallSetup() (*kiosk.Setup, error) {
	setup, err := configs.Demo()
	if err != nil {
		return nil, err
	}
	for n := len(setup.Counters) + 1; n <= counters; n++ {
		c := setup.Counters[0]
		c.ID, c.Name = fmt.Sprint(n), kiosk.Text{VI: fmt.Sprint("Quầy ", n), EN: fmt.Sprint("Counter ", n)}
		setup.Counters = append(setup.Counters, c)
	}
	return setup, setup.Validate()
}

// Filled says what [Fill] has written.
type Filled struct {
	Tickets  int
	Events   uint64
	From, To string // the business days, YYYY-MM-DD; the last one is open
}

// Fill writes the log of a hall in which so many tickets were taken to a new journal: whole business days of 2,600 tickets
// up to now, the last one open, with paper, calls, ratings and roll-ups. Every event is what the hall itself decides, so
// the log is legal ("layso verify"); only the commits are bigger than they are in life. A log of no ticket is that of an
// open day.
func Fill(ctx context.Context, path string, tickets int, now time.Time) (Filled, error) {
	setup, err := hallSetup()
	if err != nil {
		return Filled{}, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Filled{}, err
	}
	j, err := journal.Open(path, journal.Options{})
	if err != nil {
		return Filled{}, err
	}
	f := &filler{ctx: ctx, journal: j, hall: kiosk.NewHall(), setup: setup}
	f.reports = report.New(f, j, nil)
	err = f.write(tickets, now)
	done := Filled{Tickets: tickets, Events: f.hall.Seq(), From: f.first, To: f.hall.Day()}
	return done, errors.Join(err, j.Close())
}

// filler is a hall that is played into a journal. It is a [report.Hall], so that the roll-ups are made on the way.
type filler struct {
	ctx     context.Context
	journal *journal.Journal
	reports *report.Reader
	hall    *kiosk.Hall
	setup   *kiosk.Setup
	first   string        // business day
	fresh   []kiosk.Event // not in the journal yet
	told    []kiosk.Event // in the journal, for the reports
	taken   int
}

// View implements [report.Hall].
func (f *filler) View() *kiosk.View { return f.hall.Snapshot() }

// Changed implements [report.Hall]; nobody waits for it.
func (f *filler) Changed() <-chan struct{} { return nil }

// Since implements [report.Hall].
func (f *filler) Since(since uint64, limit int) ([]kiosk.Event, bool) {
	if len(f.told) == 0 || since+1 < f.told[0].Seq {
		return nil, false
	}
	from := min(int(since+1-f.told[0].Seq), len(f.told))
	return f.told[from:min(from+limit, len(f.told))], true
}

func (f *filler) write(tickets int, now time.Time) error {
	zone, err := time.LoadLocation(f.setup.TimeZone)
	if err != nil {
		return err
	}
	local := now.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	today := min(tickets, dayTickets)
	before := (tickets - today + dayTickets - 1) / dayTickets
	for back := before; back > 0; back-- {
		opens := midnight.AddDate(0, 0, -back).Add(7*time.Hour + 30*time.Minute)
		n := (tickets - today) * (before - back + 1) / before
		if err := f.day(opens, opens.Add(9*time.Hour), n-f.taken); err != nil {
			return err
		}
		if err := f.ends(opens.Add(10 * time.Hour)); err != nil {
			return err
		}
	}
	if err := f.day(midnight, now, today); err != nil {
		return err
	}
	return f.flush()
}

// day plays a business day: the counters open, citizens come at equal distances and are called, and all are served at the end.
func (f *filler) day(from, to time.Time, n int) error {
	f.apply(f.hall.DecideDay(f.setup, milli(from)))
	if f.first == "" {
		f.first = f.hall.Day()
	}
	for i := range counters {
		if err := f.do(from, kiosk.OpenCounter{Operator: f.at(i)}); err != nil {
			return err
		}
	}
	step := to.Sub(from) / time.Duration(n+3*counters)
	for i := range n + 2*counters {
		at := from.Add(time.Duration(i+1) * step)
		if i < n {
			if err := f.take(at, i); err != nil {
				return err
			}
		}
		if i >= counters {
			if err := f.next(at, i%counters); err != nil {
				return err
			}
		}
	}
	for i := range counters {
		if err := f.next(to, i); err != nil {
			return err
		}
	}
	return nil
}

// ends closes counters and day.
func (f *filler) ends(at time.Time) error {
	for i := range counters {
		if err := f.do(at, kiosk.CloseCounter{Operator: f.at(i)}); err != nil {
			return err
		}
	}
	return f.do(at, kiosk.CloseDay{By: "user:manager"})
}

// at is who works counter i: managers may act at any.
func (f *filler) at(i int) kiosk.Operator {
	return kiosk.Operator{Counter: f.setup.Counters[i].ID, User: "manager", Any: true}
}

// take gives a ticket with its paper.
func (f *filler) take(at time.Time, i int) error {
	f.taken++
	s := &f.setup.Services[i%len(f.setup.Services)]
	t := kiosk.Take{
		Service: s.ID, Token: kiosk.NewToken(), Device: "kiosk", By: "device:kiosk", Key: kiosk.NewToken(), Print: true, Lang: "vi",
		Wait: kiosk.Range{P50S: s.MeanS / 2, P80S: s.MeanS},
	}
	if i%5 == 0 {
		t.Priority = f.setup.Priorities[i/5%len(f.setup.Priorities)].ID
	}
	if err := f.do(at, t); err != nil {
		return err
	}
	if err := f.do(at, kiosk.ReportPrint{Token: t.Token, Printer: printedBy, Outcome: kiosk.Sending}); err != nil {
		return err
	}
	return f.do(at, kiosk.ReportPrint{Token: t.Token, Printer: printedBy, Outcome: kiosk.Confirmed, MM: 110})
}

// next finishes what counter i has in hand and calls the next one; one in ten citizens rates.
func (f *filler) next(at time.Time, i int) error {
	seat, _ := f.hall.Counter(f.setup.Counters[i].ID)
	if err := f.do(at, kiosk.Next{Operator: f.at(i), Finish: seat.InHand}); err != nil {
		return err
	}
	if seat.InHand == "" || f.hall.Seq()%10 > 0 {
		return nil
	}
	return f.do(at, kiosk.Rate{Token: seat.InHand, Stars: 5, By: "citizen"})
}

// do carries a command out as the hall's owner does it.
func (f *filler) do(at time.Time, cmd kiosk.Command) error {
	d, err := f.hall.Decide(cmd, milli(at))
	if err != nil {
		return fmt.Errorf("%T: %w", cmd, err)
	}
	f.apply(d.Events)
	if len(f.fresh) < flushAt {
		return nil
	}
	return f.flush()
}

func milli(at time.Time) time.Time { return at.UTC().Truncate(time.Millisecond) }

func (f *filler) apply(events []kiosk.Event) {
	for _, e := range events {
		e.Seq = f.hall.Seq() + 1
		f.hall.Apply(e)
		f.fresh = append(f.fresh, e)
	}
}

// flush commits, and lets the reports read on.
func (f *filler) flush() error {
	if err := f.journal.Append(f.fresh); err != nil {
		return err
	}
	f.told = append(f.told[:0], f.fresh...)
	f.fresh = f.fresh[:0]
	_, err := f.reports.Report(f.ctx, noDay, noDay)
	return err
}

// noDay is one that no log has: the report of it costs nothing, but the reader reads on for it.
const noDay = "9999-01-01"
