package main

import (
	"path/filepath"
	"testing"
	"time"
)

// TestUpkeepKnowsTheLastBackup: one that the running server made, also after a restart, and one that
// was made while it did not run.
func TestUpkeepKnowsTheLastBackup(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-25 08:00")
	o.start()
	u := o.hall.upkeep()
	if !u.Backup.IsZero() || u.DiskFree == 0 || u.DiskTotal < u.DiskFree {
		t.Errorf("a new hall: %+v", u)
	}
	o.at("2026-11-25 08:30")
	folder := t.TempDir()
	running, err := askBackup(t.Context(), o.data, filepath.Join(folder, "a.db"))
	if !running || err != nil {
		t.Fatalf("backup through the server: %v %v", running, err)
	}
	want := o.read()
	o.at("2026-11-25 09:00")
	o.start()
	if u := o.hall.upkeep(); !u.Backup.Equal(want) {
		t.Errorf("after a restart the last backup was at %v, want %v", u.Backup, want)
	}
	if running, err := askBackup(t.Context(), o.data, filepath.Join(folder, "a.db")); !running || err == nil {
		t.Error("an existing file was overwritten")
	}
	if u := o.hall.upkeep(); !u.Backup.Equal(want) {
		t.Errorf("a backup that failed counts: %v", u.Backup)
	}
	o.end()
	if err := backupFile(t.Context(), o.data, filepath.Join(folder, "b.db")); err != nil {
		t.Fatal(err)
	}
	o.start()
	if u := o.hall.upkeep(); time.Since(u.Backup).Abs() > time.Minute {
		t.Errorf("the backup of just now was at %v", u.Backup)
	}
}
