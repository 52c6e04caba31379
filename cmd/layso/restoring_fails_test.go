package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestRestoreThatFails: where what is there can't be put aside, it goes on as it was.
func TestRestoreThatFails(t *testing.T) {
	s, _ := halfway(t)
	folder := filepath.Join(s.data, backupFolder)
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, folder, "a file in the way")
	h := opened(t, s)
	if h.backups.Fault() == "" {
		t.Error("nobody is told")
	}
	h.close()
	if r, err := journal.Verify(filepath.Join(s.data, dataFile)); err != nil || r.Tickets != 2 || textOf(t, filepath.Join(s.data, voiceFile)) != "voice" {
		t.Errorf("%+v %v", r, err)
	}
	if len(notesOf(t, s.data, kiosk.DataRestored)) > 0 || exists(filepath.Join(s.data, restorePlan)) {
		t.Error("it counts as restored, or will be at the next start")
	}
}

// TestAPlanThatCantBeRead keeps no hall closed.
func TestAPlanThatCantBeRead(t *testing.T) {
	s, _ := halfway(t)
	writeFile(t, filepath.Join(s.data, restorePlan, planFile), "\x00\x00")
	h := opened(t, s)
	if h.backups.Fault() == "" || exists(filepath.Join(s.data, restorePlan)) {
		t.Errorf("the fault is %q", h.backups.Fault())
	}
	h.close()
	if r, err := journal.Verify(filepath.Join(s.data, dataFile)); err != nil || r.Tickets != 2 {
		t.Errorf("%+v %v", r, err)
	}
}

// TestRestoreThatFailsLate: once the hall is that of the backup it opens as that, whatever else fails, and the next start ends
// what was begun.
func TestRestoreThatFailsLate(t *testing.T) {
	s, name := halfway(t)
	voice := filepath.Join(s.data, voiceFile)
	s.restoreStep = func(step string) error {
		if step != "voice" {
			return nil
		}
		return errors.Join(os.Remove(voice), os.MkdirAll(filepath.Join(voice, "in the way"), 0o700))
	}
	var said bytes.Buffer
	s.log = slog.New(slog.NewTextHandler(&said, nil))
	h := opened(t, s)
	if h.backups.Fault() == "" || !strings.Contains(said.String(), "the hall is that of the backup") {
		t.Errorf("the fault is %q, the log says %s", h.backups.Fault(), &said)
	}
	h.close()
	s.restoreStep = nil
	if err := os.RemoveAll(voice); err != nil {
		t.Fatal(err)
	}
	restoredWhole(t, s, name)
}

// TestSecondLaysoLeavesARestorationAlone: what the server that runs has begun is not another one's to tidy away.
func TestSecondLaysoLeavesARestorationAlone(t *testing.T) {
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	s := settings{data: t.TempDir(), listen: "127.0.0.1:0", seed: seed, demo: true, log: slog.New(slog.DiscardHandler)}
	h := opened(t, s)
	defer h.close()
	begun := filepath.Join(s.data, restoreNew)
	if err := os.Mkdir(begun, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := (&hall{settings: s}).restoreBegun(); !errors.Is(err, journal.ErrInUse) || !exists(begun) {
		t.Errorf("a second one: %v, still there: %t", err, exists(begun))
	}
}
