package main

import (
	"bytes"
	"errors"
	"flag"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/kiosk/journal"
)

var spoiltCopies = flag.Int("spoilt-copies", 12, "copies of a hall's data that TestSpoiltCopies damages")

// TestSpoiltCopies damages a hall's file at random, as disks do. A process of its own looks at each copy and names the fault, or
// the hall starts from it; what is named, layso recover makes whole, with never less than the backup holds.
func TestSpoiltCopies(t *testing.T) {
	t.Parallel()
	whole, backup := spoilable(t)
	random := rand.New(rand.NewPCG(11, 12))
	quiet := slog.New(slog.DiscardHandler)
	named, fine := 0, 0
	for i := range *spoiltCopies {
		data := t.TempDir()
		file := filepath.Join(data, dataFile)
		kind := spoilAny(t, random, whole, file)
		writeFile(t, filepath.Join(data, runningFile), "")
		switch err := examine(data, quiet); {
		case err == nil:
			fine++
			if err := startsFrom(t, data); err != nil && !strings.Contains(err.Error(), "layso recover --data "+data) {
				t.Fatalf("copy %d (%s) was found good, and: %v", i, kind, err)
			}
		case errors.Is(err, journal.ErrDamaged):
			named++
		default:
			t.Fatalf("copy %d (%s): the fault has no name: %v", i, kind, err)
		}
		layso(t, exitFine, "recover", "--data", data, "--backup", backup)
		report, err := journal.Verify(file)
		if err != nil || report.Tickets < 20 || report.Tickets > 60 {
			t.Fatalf("copy %d (%s) is made whole with %d tickets of 60, the backup has 20: %v", i, kind, report.Tickets, err)
		}
		os.RemoveAll(data)
	}
	t.Logf("%d copies: %d faults named, %d found good", *spoiltCopies, named, fine)
	if *spoiltCopies >= 100 && (named == 0 || named == *spoiltCopies) {
		t.Error("all copies are alike: the damage is too much or too little")
	}
}

// startsFrom starts layso from the data and ends it again.
func startsFrom(t *testing.T, data string) error {
	p, err := tryServe(t, within(t, time.Minute), data)
	if err == nil {
		p.Process.Kill()
		p.Wait()
	}
	return err
}

// spoilable gives the used part of a hall's file with 60 tickets, and a backup of when it had 20.
func spoilable(t *testing.T) (whole []byte, backup string) {
	data := t.TempDir()
	backup = filepath.Join(t.TempDir(), "backup.db")
	p := startServe(t, within(t, time.Minute), data)
	for i := range 60 {
		if i == 20 {
			layso(t, exitFine, "backup", "--data", data, "--to", backup)
		}
		takeNumber(t, p)
	}
	p.end(t)
	whole, err := os.ReadFile(filepath.Join(data, dataFile))
	if err != nil {
		t.Fatal(err)
	}
	return whole, backup
}

// spoilAny writes a damaged copy: cut short, bits flipped, a range zeroed, an old page in place of a new one. It says which.
func spoilAny(t *testing.T, random *rand.Rand, whole []byte, to string) string {
	t.Helper()
	bad := bytes.Clone(whole)
	used := len(bytes.TrimRight(bad, "\x00")) // behind it is nothing to spoil
	from := random.IntN(used)
	end := min(used, from+1+random.IntN(20000))
	kind := []string{"cut short", "bits flipped", "zeroed", "old pages"}[random.IntN(4)]
	switch kind {
	case "cut short":
		bad = bad[:from]
	case "bits flipped":
		for range 1 + random.IntN(20) {
			bad[random.IntN(used)] ^= 1 << random.IntN(8)
		}
	case "zeroed":
		clear(bad[from:end])
	case "old pages":
		copy(bad[from:end], whole[random.IntN(used):])
	}
	if err := os.WriteFile(to, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	return kind
}
