package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"layso/configs"
	"layso/web"
)

// autos gives the names of the automatic backups.
func (o *office) autos() (names []string) {
	o.Helper()
	for _, x := range o.list() {
		if x.Kind == "auto" {
			names = append(names, x.Name)
		}
	}
	return names
}

// TestRestoredDayHasItsBackup: a day that ends again after a backup was restored gets a backup of its own, for the one that is
// there already is of a log that has ended.
func TestRestoredDayHasItsBackup(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 16:00")
	o.start()
	noon, err := o.hall.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	o.at("2026-11-24 17:06")
	o.start()
	soon(t, "the backup of the day", func() bool { return len(o.autos()) == 1 })
	if err := o.hall.backups.Restore(t.Context(), noon.Name, "user:admin", ""); err != nil {
		t.Fatal(err)
	}
	o.at("2026-11-24 17:20")
	o.start()
	soon(t, "the backup of the restored day, in place of the other one", func() bool { return slices.Equal(o.autos(), []string{"auto-2026-11-24-172000.db"}) })
	o.hall.newBackups().look(t.Context()) // as at the next start
	if got := o.autos(); len(got) != 1 {
		t.Errorf("automatic backups: %q", got)
	}
}

// TestBackupsOfTomorrow: backups that were made while the clock was years ahead take no place of those that are made now.
func TestBackupsOfTomorrow(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 17:06")
	o.start()
	b := o.hall.newBackups()
	b.keep = configs.Keep{Daily: 1}
	made, err := b.make(t.Context(), "auto", "system")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(b.folder, made.Name)
	ahead := filepath.Join(b.folder, "auto-2036-01-01-170600.db")
	if err := os.Link(path, ahead); err != nil {
		t.Fatal(err)
	}
	l := readLabel(path)
	l.Name, l.At = filepath.Base(ahead), l.At.AddDate(9, 0, 0)
	if err := l.save(ahead); err != nil {
		t.Fatal(err)
	}
	if b.rotate(); !exists(path) || !exists(ahead) {
		t.Errorf("left: %q", o.autos())
	}
}

// TestBackupsLeaveRoom: no copy begins that would fill the disk, for a full disk stops the hall.
func TestBackupsLeaveRoom(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 10:00")
	o.start()
	good, err := o.hall.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	b := o.hall.newBackups()
	before := b.files(t)
	var left uint64
	b.free = func(string) (free uint64, _ error) {
		free, left = left, left-min(left, roomStep)
		return free, nil
	}
	file := io.LimitReader(zeros{}, 10*roomStep)
	for what, do := range map[string]func() error{
		"made":     func() error { _, err := b.Make(t.Context(), "user:admin"); return err },
		"uploaded": func() error { _, err := b.Upload(t.Context(), file, "user:admin"); return err },
		"restored": func() error { return b.Restore(t.Context(), good.Name, "user:admin", "") },
	} {
		if left = 0; what == "uploaded" {
			left = spare + 3*roomStep // and less with what is written
		}
		if err := do(); !errors.Is(err, web.ErrBackupFailed) || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n, _ := io.Copy(io.Discard, file); n < 5*roomStep || n > 8*roomStep {
		t.Errorf("%d of the 10 parts of the upload were not read", n/roomStep)
	}
	if got := b.files(t); !slices.Equal(got, before) || exists(filepath.Join(o.data, restorePlan)) {
		t.Errorf("left behind: %q", got)
	}
	o.take()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
