package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// TestDeletingBackups: any goes with what lies beside it and leaves a note, but the newest of the hall's own that is known to
// be right stays, and where the log can't be told nothing is gone.
func TestDeletingBackups(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 10:00")
	o.start()
	b := o.hall.backups
	old, err := b.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(b.folder, old.Name)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(voiceBeside(path), []byte("recordings"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.at("2026-11-24 10:01")
	up, err := b.Upload(t.Context(), strings.NewReader(string(raw)), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	refused := func(name string, want error) {
		t.Helper()
		before := b.files(t)
		if err := b.Delete(t.Context(), name, "user:admin", ""); !errors.Is(err, want) || !slices.Equal(b.files(t), before) {
			t.Errorf("%s: %v, left %q", name, err, b.files(t))
		}
	}
	refused(old.Name, web.ErrBackupKept) // the uploaded one is newer, but may be of another hall
	refused("../layso.db", web.ErrUnknownBackup)
	o.at("2026-11-24 10:02")
	good, err := b.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	refused(good.Name, web.ErrBackupKept)
	b.busy.Lock()
	refused(old.Name, web.ErrBackupBusy)
	b.busy.Unlock()
	for _, name := range []string{old.Name, up.Name} {
		if err := b.Delete(t.Context(), name, "user:admin", "thừa"); err != nil {
			t.Error(err)
		}
	}
	if got := b.files(t); !slices.Equal(got, []string{good.Name, good.Name + ".json"}) {
		t.Errorf("left: %q", got)
	}
	if err := os.WriteFile(filepath.Join(b.folder, "mine.db"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("mine\u202e.db", web.ErrUnknownBackup)
	o.end()
	refused("mine.db", kiosk.ErrStorage) // the log is closed
	notes := notesOf(t, o.data, kiosk.BackupDeleted)
	if len(notes) != 2 || notes[0].What != old.Name || notes[0].By != "user:admin" || notes[0].Reason != "thừa" {
		t.Errorf("%+v", notes)
	}
}
