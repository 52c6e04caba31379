package journal_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"layso/kiosk/journal"
)

func TestBackupAndRestore(t *testing.T) {
	s, dir := newStory(), t.TempDir()
	for range 120 {
		s.take()
		s.serve()
	}
	j := open(t, filepath.Join(dir, "hall.db"))
	must(t, j.Append(s.events[:300]))
	must(t, j.Secrets().Put("pin", "lan", []byte("hash")))

	backup := filepath.Join(dir, "backup.db")
	done := make(chan error)
	go func() { done <- j.Backup(t.Context(), backup) }()
	for i := 300; i < len(s.events); i++ { // the hall goes on meanwhile
		must(t, j.Append(s.events[i:i+1]))
	}
	must(t, <-done)
	report, err := journal.Verify(backup)
	must(t, err)
	if report.Events < 300 || report.Epoch != j.Epoch() {
		t.Fatalf("%+v", report)
	}
	if err := j.Backup(t.Context(), backup); !errors.Is(err, journal.ErrExists) {
		t.Fatalf("an older backup is overwritten: %v", err)
	}

	to := filepath.Join(dir, "restored.db")
	restored, err := journal.Restore(t.Context(), backup, to)
	must(t, err)
	if restored.Epoch == report.Epoch || restored.Head != report.Head {
		t.Fatalf("%+v was restored as %+v", report, restored)
	}
	if _, err := journal.Restore(t.Context(), backup, to); !errors.Is(err, journal.ErrExists) {
		t.Fatalf("a hall is overwritten: %v", err)
	}
	again := open(t, to)
	if again.Epoch() != restored.Epoch {
		t.Fatal("the epoch is not the reported one")
	}
	must(t, again.Append(s.events[report.Events:]))
	if value, _, _ := again.Secrets().Get("pin", "lan"); string(value) != "hash" {
		t.Fatalf("the PIN is lost: %q", value)
	}
	onlyThese(t, dir, "backup.db", "hall.db", "restored.db")
}

func onlyThese(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for i, e := range entries {
		if i >= len(names) || e.Name() != names[i] {
			t.Fatalf("left behind: %v", entries)
		}
	}
}

func TestGivenUp(t *testing.T) {
	dir := t.TempDir()
	j := open(t, filepath.Join(dir, "hall.db"))
	must(t, j.Append(twoDays().events))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := j.Backup(ctx, filepath.Join(dir, "backup.db")); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	must(t, j.Backup(t.Context(), filepath.Join(dir, "backup.db")))
	if _, err := journal.Restore(ctx, filepath.Join(dir, "backup.db"), filepath.Join(dir, "to.db")); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	onlyThese(t, dir, "backup.db", "hall.db")
}

func TestRestoreOfDamagedBackup(t *testing.T) {
	path := written(t, twoDays())
	record := journal.Records(t, path)[4]
	file, err := os.ReadFile(path)
	must(t, err)
	file[bytes.LastIndex(file, record)+len(record)/2] ^= 1
	must(t, os.WriteFile(path, file, 0o600))
	to := filepath.Join(t.TempDir(), "hall.db")
	if _, err := journal.Restore(t.Context(), path, to); !errors.Is(err, journal.ErrDamaged) {
		t.Fatalf("got %v", err)
	}
	onlyThese(t, filepath.Dir(to))
}
