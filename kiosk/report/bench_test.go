package report_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/kiosk/report"
)

type ctx = context.Context

// imagined is a day with so many tickets, as a hall of 8 services and 20 counters has them.
func imagined(tickets int, r *rand.Rand) *kiosk.Trips {
	d := kiosk.NewTrips()
	for i := range 20 {
		id := fmt.Sprint(i + 1)
		d.Counters = append(d.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}})
		d.Users = append(d.Users, kiosk.User{ID: "user" + id, Name: "Nguyễn Văn " + id})
		if i < 8 {
			d.Services = append(d.Services, kiosk.Service{ID: "service" + id, Name: kiosk.Text{VI: "Lĩnh vực " + id, EN: "Service " + id}})
		}
	}
	ms := func(mean float64) time.Duration { return time.Duration(r.ExpFloat64()*mean*1000) * time.Millisecond }
	for range tickets {
		k := r.IntN(20)
		desk := kiosk.Desk{Counter: d.Counters[k].ID, User: d.Users[k].ID}
		t := &kiosk.Trip{Service: d.Services[k%8].ID, Hour: 7 + r.IntN(10), State: kiosk.Finished, Wait: ms(700), First: desk, Last: desk}
		t.Told = &kiosk.Range{P50S: r.IntN(1200), P80S: 1200 + r.IntN(600)}
		t.Steps = []kiosk.Step{{Service: t.Service, Desk: desk, Took: ms(400), Dossiers: r.IntN(3)}}
		switch r.IntN(20) {
		case 0:
			t.State, t.Steps = kiosk.NoShow, nil
		case 1:
			t.State, t.Steps, t.First, t.Last, t.Wait, t.Told = kiosk.Cancelled, nil, kiosk.Desk{}, kiosk.Desk{}, -1, nil
		case 2:
			t.Steps = append(t.Steps, kiosk.Step{Service: d.Services[0].ID, Desk: desk, Took: ms(300)})
		case 3, 4, 5, 6:
			t.Stars, t.RatedAt, t.Reasons = 1+r.IntN(5), desk.Counter, []string{"quick"}
		}
		d.All = append(d.All, t)
	}
	return d
}

// office is a journal on the disk with the roll-ups of the working days of 2026, in each half so many tickets.
func office(b *testing.B, tickets int) *journal.Journal {
	b.Helper()
	j, err := journal.Open(filepath.Join(b.TempDir(), "hall.db"), journal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { j.Close() })
	r := rand.New(rand.NewPCG(1, 2))
	seq, size := uint64(0), 0
	for at := time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC); at.Year() == 2026; at = at.AddDate(0, 0, 1) {
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			continue
		}
		day := at.Format(time.DateOnly)
		events := []kiosk.Event{{Seq: seq + 1, At: at, Type: kiosk.DayOpened, Day: day, Setup: setup("Asia/Ho_Chi_Minh")}, {Seq: seq + 2, At: at, Type: kiosk.DayClosed, Day: day}}
		seq += 2
		if err := j.Append(events); err != nil {
			b.Fatal(err)
		}
		rollup := report.Encode(imagined(max(1, tickets/130), r)) // about as many days has a half-year
		size += len(rollup)
		if err := j.SaveState("report/"+day, seq, rollup); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%.1f bytes a ticket", float64(size)/float64(2*tickets))
	return j
}

// still is a hall in which nothing happens.
type still struct{ view *kiosk.View }

func (s still) View() *kiosk.View                       { return s.view }
func (s still) Changed() <-chan struct{}                { return nil }
func (s still) Since(uint64, int) ([]kiosk.Event, bool) { return nil, true }

// A half-year of 300,000 tickets, with as many in the half-year before, is read from the disk and reported;
// and so are a thousand tickets to a million.
func BenchmarkHalfYear(b *testing.B) {
	for _, tickets := range []int{1_000, 10_000, 100_000, 300_000, 1_000_000} {
		b.Run(fmt.Sprint(tickets), func(b *testing.B) {
			j := office(b, tickets)
			reader := report.New(still{kiosk.NewHall().Snapshot()}, j, nil)
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			b.ReportAllocs()
			for b.Loop() {
				if r, err := reader.Report(b.Context(), "2026-07-01", "2026-12-31"); err != nil || r.Before == nil || r.Total.Taken < tickets*9/10 {
					b.Fatal(r.Total.Taken, r.Before, err)
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e3, "kB-kept")
		})
	}
}

// BenchmarkRollup makes the roll-up of a day with 2,300 tickets, as at its end.
func BenchmarkRollup(b *testing.B) {
	d := imagined(2300, rand.New(rand.NewPCG(1, 3)))
	b.ReportAllocs()
	for b.Loop() {
		report.Encode(d)
	}
}

// BenchmarkLostRollup makes the roll-up of a day with 2,300 tickets anew from the journal.
func BenchmarkLostRollup(b *testing.B) {
	j, err := journal.Open(filepath.Join(b.TempDir(), "hall.db"), journal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	at := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	events := []kiosk.Event{{Type: kiosk.DayOpened, Day: "2026-11-24", Setup: setup("Asia/Ho_Chi_Minh")}}
	for range 2300 {
		about := kiosk.Event{Ticket: kiosk.NewToken(), Number: "A001", Service: "land", Counter: "1", By: "user:an"}
		for _, kind := range []kiosk.EventType{kiosk.TicketTaken, kiosk.PrintSending, kiosk.PrintDone, kiosk.TicketCalled, kiosk.TicketFinished} {
			about.Type = kind
			events = append(events, about)
		}
	}
	events = append(events, kiosk.Event{Type: kiosk.DayClosed, Day: "2026-11-24"})
	for i := range events {
		events[i].Seq, events[i].At = uint64(i+1), at.Add(time.Duration(i)*time.Second)
	}
	if err := j.Append(events); err != nil {
		b.Fatal(err)
	}
	reader := report.New(still{kiosk.NewHall().Snapshot()}, j, nil)
	for b.Loop() {
		if err := j.SaveState("report/2026-11-24", 0, nil); err != nil {
			b.Fatal(err)
		}
		if r, err := reader.Report(b.Context(), "2026-11-24", "2026-11-24"); err != nil || r.Total.Served != 2300 {
			b.Fatal(r.Total, err)
		}
	}
}
