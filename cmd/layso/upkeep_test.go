package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"layso/kiosk/journal"
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

// TestBackupOfAnotherUsersHall: root asks a layso that runs as another user and may not write where root does. Its copy goes
// by way of the data folder under the name that the log gets, and nothing of it stays there.
func TestBackupOfAnotherUsersHall(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can ask another user's layso")
	}
	data := t.TempDir()
	l, err := listenControl(data)
	if err == nil {
		err = os.Chown(data, 65534, 65534)
	}
	if err != nil {
		t.Fatal(err)
	}
	var asked backupRequest
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := errors.Join(json.NewDecoder(r.Body).Decode(&asked), os.WriteFile(asked.To, []byte("hall"), 0o600), os.WriteFile(voiceBeside(asked.To), []byte("voice"), 0o600)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}))
	t.Cleanup(func() { l.Close() })
	to := filepath.Join(t.TempDir(), "a.db")
	if running, err := askBackup(t.Context(), data, to); !running || err != nil {
		t.Fatalf("backup through the server: %v %v", running, err)
	}
	if filepath.Dir(asked.To) != data || asked.Name != "a.db" {
		t.Errorf("the server was asked for %+v", asked)
	}
	for path, want := range map[string]string{to: "hall", voiceBeside(to): "voice"} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s: %q %v, want %q", path, got, err, want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(data, ".copy-*")); err != nil || len(left) > 0 {
		t.Errorf("in the data folder is left: %v %v", left, err)
	}
	if running, err := askBackup(t.Context(), data, to); !running || !errors.Is(err, journal.ErrExists) {
		t.Errorf("a file that exists: %v %v", running, err)
	}
}
