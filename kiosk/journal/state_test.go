package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk/journal"
)

// A reader's state outlives the journal, and a file of an older layso without any takes it on.
func TestReaderState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	old, err := os.ReadFile("testdata/schema-1.db")
	must(t, err)
	must(t, os.WriteFile(path, old, 0o600))
	j := open(t, path)
	if seq, state, err := j.State("forecast"); seq != 0 || state != nil || err != nil {
		t.Fatalf("nothing kept yet: %d %q %v", seq, state, err)
	}
	must(t, j.SaveState("forecast", 7, []byte("first")))
	must(t, j.SaveState("forecast", 1<<40, []byte("second")))
	must(t, j.SaveState("report", 3, []byte{}))
	must(t, j.SaveState("gone", 3, []byte("x")))
	must(t, j.SaveState("gone", 4, nil))
	must(t, j.Backup(t.Context(), path+".copy"))
	must(t, j.Close())

	for _, path := range []string{path, path + ".copy"} {
		if _, err := journal.Verify(path); err != nil {
			t.Fatal(err)
		}
		j = open(t, path)
		if seq, state, err := j.State("forecast"); seq != 1<<40 || string(state) != "second" || err != nil {
			t.Errorf("forecast: %d %q %v", seq, state, err)
		}
		if seq, state, err := j.State("report"); seq != 3 || state == nil || len(state) != 0 || err != nil {
			t.Errorf("report: %d %q %v", seq, state, err)
		}
		if _, state, err := j.State("gone"); state != nil || err != nil {
			t.Errorf("gone: %q %v", state, err)
		}
		must(t, j.Close())
	}
}

func TestDamagedReaderState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	must(t, j.SaveState("forecast", 7, []byte("state")))
	must(t, j.Close())
	for _, bad := range [][]byte{{}, []byte("short"), []byte("0123456789abc")} {
		journal.Tamper(t, path, func(tx *bolt.Tx) error { return tx.Bucket([]byte("readers")).Put([]byte("forecast"), bad) })
		j = open(t, path)
		if seq, state, err := j.State("forecast"); seq != 0 || state != nil || !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%q: %d %q %v", bad, seq, state, err)
		}
		must(t, j.SaveState("forecast", 8, []byte("anew")))
		must(t, j.Close())
	}
}
