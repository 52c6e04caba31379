package journal_test

import (
	"bytes"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"layso/kiosk"
	"layso/kiosk/journal"
)

var copies = flag.Int("damaged-copies", 60, "copies that TestSalvage damages")

// damage spoils a copy of the file as disks do: cut short, a bit flipped, a range zeroed, an old page in the place of a new one.
func damage(random *rand.Rand, whole []byte) []byte {
	bad := bytes.Clone(whole)
	from := random.IntN(len(bad))
	to := min(len(bad), from+1+random.IntN(20000))
	switch random.IntN(4) {
	case 0:
		return bad[:from]
	case 1:
		for range 1 + random.IntN(20) {
			bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
		}
	case 2:
		clear(bad[from:to])
	case 3:
		copy(bad[from:to], whole[random.IntN(len(whole)):])
	}
	return bad
}

// busyDays is a log of a few days with some hundred events, the last day open.
func busyDays() *story {
	s := newStory()
	for range 3 {
		for range 40 {
			s.take()
			s.take()
			s.serve()
		}
		s.paper()
		s.closeDay()
	}
	for range 30 {
		s.take()
		s.serve()
	}
	return s
}

// TestSalvage damages copies at random. What is got back is the backup, and behind it the log as far as it can be
// read: never less than the backup, never something that was not there, and a hall that goes on.
func TestSalvage(t *testing.T) {
	s := busyDays()
	whole := compact(t, written(t, s)) // else most of it is empty
	kept := *s
	kept.events = s.events[:200]
	backup := written(t, &kept)
	random := rand.New(rand.NewPCG(7, 8))
	more := 0
	for range *copies {
		bad, folder := damage(random, whole), t.TempDir()
		damaged := filepath.Join(folder, "damaged.db")
		must(t, os.WriteFile(damaged, bad, 0o600))
		got, err := journal.Salvage(t.Context(), damaged, backup, filepath.Join(folder, "hall.db"))
		must(t, err)
		if got.Backup != 200 || got.Events != got.Backup+got.Found {
			t.Fatalf("%+v", got)
		}
		more += int(got.Found)
		sameStart(t, s, filepath.Join(folder, "hall.db"))
	}
	t.Logf("%.0f%% of the events behind the backup were got back", 100*float64(more)/float64(*copies*(len(s.events)-200)))
	if all := *copies * (len(s.events) - 200); more < all/4 || more == all {
		t.Errorf("%d of %d events were got back: the damage is too much or too little", more, all)
	}
}

// sameStart wants the journal to hold the beginning of the story, and to fold its open day.
func sameStart(t *testing.T, s *story, path string) {
	t.Helper()
	j := open(t, path)
	defer j.Close()
	events, err := j.Since(0, len(s.events)+1)
	must(t, err)
	if len(events) > len(s.events) {
		t.Fatalf("%d events came out of %d", len(events), len(s.events))
	}
	if diff := cmp.Diff(s.events[:len(events)], events); diff != "" {
		t.Fatal(diff)
	}
	hall := kiosk.NewHall()
	must(t, j.Today(func(e kiosk.Event) error { hall.Apply(e); return nil }))
}

// TestSalvageWithoutABackup begins with the first event.
func TestSalvageWithoutABackup(t *testing.T) {
	s := busyDays()
	path := written(t, s)
	folder := t.TempDir()
	got, err := journal.Salvage(t.Context(), path, "", filepath.Join(folder, "hall.db"))
	must(t, err)
	if got.Backup != 0 || got.Found != uint64(len(s.events)) || got.Behind != 0 {
		t.Fatalf("of a whole file: %+v", got)
	}
	sameStart(t, s, filepath.Join(folder, "hall.db"))
	if _, err := journal.Salvage(t.Context(), path, "", filepath.Join(folder, "hall.db")); !errors.Is(err, journal.ErrExists) {
		t.Errorf("over an existing file: %v", err)
	}
}

// TestSalvageKeepsToTheChain: a record that was changed, checksum and all, ends what is got back; what lies behind it is counted.
func TestSalvageKeepsToTheChain(t *testing.T) {
	s := busyDays()
	path := written(t, s)
	records := journal.Records(t, path)
	raw, err := os.ReadFile(path)
	must(t, err)
	forged := bytes.Replace(records[99], []byte(`"by":"`), []byte(`"by":"x`), 1)[:len(records[99])]
	raw = bytes.ReplaceAll(raw, records[99], forged)
	must(t, os.WriteFile(path, raw, 0o600))
	got, err := journal.Salvage(t.Context(), path, "", path+".new")
	must(t, err)
	if got.Events != 99 || got.Behind != uint64(len(s.events))-100 {
		t.Fatalf("%+v", got)
	}
}

// FuzzScan reads files of any bytes.
func FuzzScan(f *testing.F) {
	for _, version := range []string{"1", "4"} {
		raw, err := os.ReadFile("testdata/schema-" + version + ".db")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "x.db")
		must(t, os.WriteFile(path, raw, 0o600))
		if _, _, err := journal.Scan(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	})
}
