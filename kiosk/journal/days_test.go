package journal_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// daysOf cuts a story into its business days.
func daysOf(events []kiosk.Event) (days [][]kiosk.Event) {
	open := false
	for _, e := range events {
		if e.Type == kiosk.DayOpened {
			days, open = append(days, nil), true
		}
		if open {
			days[len(days)-1] = append(days[len(days)-1], e)
		}
		open = open && e.Type != kiosk.DayClosed
	}
	return days
}

// asksDays wants of the journal which days it has, from each to each.
func asksDays(t fataler, j *journal.Journal, events []kiosk.Event) {
	days := daysOf(events)
	for i := range days {
		for k := range days[i:] {
			var want []kiosk.LoggedDay
			for _, d := range days[i : i+k+1] {
				entry := kiosk.LoggedDay{Day: d[0].Day, First: d[0].Seq}
				if last := d[len(d)-1]; last.Type == kiosk.DayClosed {
					entry.Last = last.Seq
				}
				want = append(want, entry)
			}
			got, err := j.Days(want[0].Day, want[k].Day)
			if err != nil || !cmp.Equal(got, want) {
				t.Fatalf("days from %s to %s: %v %s", want[0].Day, want[k].Day, err, cmp.Diff(want, got))
			}
		}
	}
	if got, err := j.Days("2030-01-01", "2030-12-31"); err != nil || len(got) > 0 {
		t.Fatalf("days that are to come: %v %v", got, err)
	}
}

// asks wants of the journal what the events that it holds say of each day.
func asks(t fataler, j *journal.Journal, events []kiosk.Event) {
	newest := ""
	for _, want := range daysOf(events) {
		day, last := want[0].Day, want[len(want)-1]
		got, err := j.DayEvents(day)
		if err != nil || !cmp.Equal(got, want) {
			t.Fatalf("events of %s: %v %s", day, err, cmp.Diff(want, got))
		}
		seq, head, err := j.Seal(day)
		if last.Type != kiosk.DayClosed {
			if !errors.Is(err, journal.ErrDayOpen) {
				t.Fatalf("the open day %s has the seal %d %x: %v", day, seq, head, err)
			}
			continue
		}
		if newest = day; err != nil || seq != last.Seq || head == [32]byte{} {
			t.Fatalf("seal of %s: %d %x %v, want event %d", day, seq, head, err, last.Seq)
		}
	}
	asksDays(t, j, events)
	if day, err := j.LastClosed(); err != nil || day != newest {
		t.Fatalf("the newest closed day is %q (%v), want %q", day, err, newest)
	}
	if _, err := j.DayEvents("2026-11-19"); !errors.Is(err, journal.ErrNoDay) {
		t.Fatalf("events of a day that never was: %v", err)
	}
	if _, _, err := j.Seal(""); !errors.Is(err, journal.ErrNoDay) {
		t.Fatalf("seal of no day: %v", err)
	}
}

type fataler interface{ Fatalf(string, ...any) }

func TestDaysOfALog(t *testing.T) {
	s := newStory()
	for range 1200 { // longer than one transaction reads
		s.take()
	}
	s.closeDay()
	s.between()
	s.take()
	s.serve()
	s.closeDay()
	s.between()
	j := open(t, filepath.Join(t.TempDir(), "hall.db"))
	asks(t, j, nil)
	for _, n := range []int{1, 700, 1202, 1203, 1204, 1206, 1207, len(s.events)} {
		must(t, j.Append(s.events[j.Last():n]))
		asks(t, j, s.events[:n])
	}
}

// The seal of a day is what verify comes to when that day was the last thing in the log, and what the
// next record holds of it.
func TestTheSealIsTheHeadOfTheChain(t *testing.T) {
	s := newStory()
	s.take()
	s.closeDay()
	path := written(t, s)
	report, err := journal.Verify(path)
	must(t, err)
	j := open(t, path)
	seq, head, err := j.Seal(s.date())
	must(t, err)
	if hex.EncodeToString(head[:]) != report.Head || seq != report.Events {
		t.Fatalf("the seal is %d %x, verify says %d %s", seq, head, report.Events, report.Head)
	}
	day := s.date()
	s.take()
	must(t, j.Append(s.events[j.Last():]))
	if _, again, err := j.Seal(day); err != nil || again != head {
		t.Fatalf("a day later the seal is %x (%v)", again, err)
	}
	must(t, j.Close())
	records := journal.Records(t, path)
	const prevAt = 5 // behind version and checksum, as the package comment draws it
	if next := records[seq][prevAt : prevAt+sha256.Size]; string(next) != string(head[:]) {
		t.Fatalf("the next record holds %x", next)
	}
}

func TestDaysOfADamagedLog(t *testing.T) {
	days := func(value string) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket([]byte("days")).Put([]byte("2026-11-20"), []byte(value)) }
	}
	for name, change := range map[string]func(*bolt.Tx) error{
		"no JSON":            days("?"),
		"no beginning":       days(`{"last":9}`),
		"ends before itself": days(`{"first":5,"last":2}`),
		"begins elsewhere":   days(`{"first":2,"last":9}`),
		"ends elsewhere":     days(`{"first":1,"last":8}`),
		"another day's":      days(`{"first":10,"last":15}`),
		"with another day":   days(`{"first":1,"last":15}`),
	} {
		s := twoDays()
		s.closeDay()
		path := written(t, s)
		journal.Tamper(t, path, change)
		j := open(t, path)
		_, err := j.DayEvents("2026-11-20")
		_, _, sealErr := j.Seal("2026-11-20")
		// Only the end matters for the seal.
		if !errors.Is(err, journal.ErrDamaged) || !errors.Is(sealErr, journal.ErrDamaged) && name != "begins elsewhere" {
			t.Errorf("%s: events: %v, seal: %v", name, err, sealErr)
		}
	}
}

func TestDaysOfABrokenLog(t *testing.T) {
	s := twoDays()
	j := open(t, written(t, s))
	if err := j.Append(s.events[:1]); !errors.Is(err, journal.ErrGap) {
		t.Fatal(err)
	}
	_, err := j.DayEvents("2026-11-20")
	_, _, sealErr := j.Seal("2026-11-20")
	_, lastErr := j.LastClosed()
	for _, err := range []error{err, sealErr, lastErr} {
		if !errors.Is(err, journal.ErrBroken) {
			t.Errorf("%v", err)
		}
	}
	must(t, j.Reopen())
	asks(t, j, s.events)
}
