package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/web"
)

// soon waits until a goroutine of the hall has done its work.
func soon(t *testing.T, what string, done func() bool) {
	t.Helper()
	for limit, tick := time.After(patience), time.Tick(5*time.Millisecond); !done(); {
		select {
		case <-tick:
		case <-limit:
			t.Fatalf("not within %s: %s", patience, what)
		}
	}
}

// list gives the hall's backups.
func (o *office) list() []web.Backup {
	o.Helper()
	list, err := o.hall.backups.List()
	if err != nil {
		o.Fatal(err)
	}
	return list
}

func kinds(list []web.Backup) (out []string) {
	for _, x := range list {
		out = append(out, x.Kind)
	}
	return out
}

// TestEachDayHasItsBackup: one when the day ends, one at the next start where the PC was off, and no two for a day.
func TestEachDayHasItsBackup(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 16:00")
	o.start()
	o.take()
	o.at("2026-11-24 17:06")
	o.want(409, "POST", "/api/tickets", land, "hall_closed")
	soon(t, "a backup of Tuesday", func() bool { return len(o.list()) == 1 && !o.hall.upkeep().Backup.IsZero() })
	if x := o.list()[0]; x.Kind != "auto" || x.Name != "auto-2026-11-24-170600.db" || !x.Verified || x.Day != "2026-11-24" || x.Tickets != 1 || x.By != "system" {
		t.Errorf("%+v", x)
	}
	soon(t, "a note of it", func() bool { return o.noted(kiosk.BackupMade) == 1 })
	o.start()
	o.at("2026-11-25 09:00")
	o.take()
	o.end()
	o.at("2026-11-26 07:00")
	o.start()
	soon(t, "a backup of Wednesday, when the PC was off", func() bool { return len(o.list()) == 2 })
	o.at("2026-11-26 08:00")
	o.take()
	o.at("2026-11-26 17:10")
	o.want(409, "POST", "/api/tickets", land)
	soon(t, "a backup of Thursday, in place of the one of the same morning", func() bool {
		list := o.list()
		return len(list) == 2 && list[0].Name == "auto-2026-11-26-171000.db"
	})
	o.start()
	o.want(200, "GET", "/metrics", nil, "layso_backup_failed 0")
	if got := kinds(o.list()); !slices.Equal(got, []string{"auto", "auto"}) {
		t.Errorf("after three days: %q", got)
	}
	o.end()
	for _, x := range o.list() {
		if _, err := journal.Verify(filepath.Join(o.data, backupFolder, x.Name)); err != nil {
			t.Error(err)
		}
	}
}

// noted counts the events of a type.
func (o *office) noted(kind kiosk.EventType) (n int) {
	o.Helper()
	events, err := o.hall.journal.Since(0, 10000)
	if err != nil {
		o.Fatal(err)
	}
	for _, e := range events {
		if e.Type == kind {
			n++
		}
	}
	return n
}

// TestBackupOnAFullDisk: what fails leaves nothing behind and what was there before, is told, and is tried again.
func TestBackupOnAFullDisk(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 16:00")
	o.start()
	good, err := o.hall.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(o.data, backupFolder, "mine.db"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := o.hall.newBackups() // with a life of its own, beside the hall's
	full := func(_ context.Context, path string) error {
		os.WriteFile(path, []byte("half"), 0o600)
		return fmt.Errorf("write %s: %w", path, syscall.ENOSPC)
	}
	b.copy = full
	o.at("2026-11-24 17:06")
	if _, err := b.Make(t.Context(), "user:admin"); !errors.Is(err, web.ErrBackupFailed) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("on a full disk: %v", err)
	}
	b.copy, b.verify = o.hall.journal.Backup, func(string) (journal.Report, error) { return journal.Report{}, journal.ErrDamaged }
	if _, err := b.Make(t.Context(), "user:admin"); err == nil {
		t.Error("a backup that is not what was written was kept")
	}
	if got := b.files(t); !slices.Equal(got, []string{"mine.db", good.Name, good.Name + ".json"}) && !slices.Equal(got, []string{good.Name, good.Name + ".json", "mine.db"}) {
		t.Errorf("in the folder: %q", got)
	}
	o.start() // closes the day
	o.want(409, "POST", "/api/tickets", land)
	soon(t, "the day's own backup", func() bool { return len(o.list()) == 3 })
	remove(filepath.Join(o.data, backupFolder, "auto-2026-11-24-170600.db"))
	b = o.hall.newBackups()
	b.copy = full
	b.look(t.Context())
	if !strings.Contains(b.Fault(), "no space left") || len(b.files(t)) != 3 {
		t.Errorf("the automatic one: fault %q, files %q", b.Fault(), b.files(t))
	}
	b.copy = o.hall.journal.Backup
	if b.look(t.Context()); b.Fault() == "" {
		t.Error("tried again at once")
	}
	b.failed = b.failed.Add(-backupRetry)
	if b.look(t.Context()); b.Fault() != "" || len(b.files(t)) != 5 {
		t.Errorf("tried again: fault %q, files %q", b.Fault(), b.files(t))
	}
}

func (b *backups) files(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(b.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestRotation: after any times of off and on, the newest of each of the last days, weeks and months is there, and nothing that
// people or others made is ever deleted.
func TestRotation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		keep := configs.Keep{Daily: rapid.IntRange(1, 9).Draw(r, "daily"), Weekly: rapid.IntRange(0, 5).Draw(r, "weekly"), Monthly: rapid.IntRange(0, 13).Draw(r, "monthly")}
		at := time.Date(2025, 1, 1, 17, 0, 0, 0, time.UTC)
		var list, ever []web.Backup // newest first
		for i := range rapid.IntRange(1, 120).Draw(r, "backups") {
			at = at.Add(time.Duration(rapid.SampledFrom([]int{1, 24, 24, 24, 72, 24 * 20}).Draw(r, "hours")) * time.Hour)
			x := web.Backup{Name: fmt.Sprint(i), Kind: rapid.SampledFrom([]string{"auto", "auto", "auto", "auto", "hand", "before-restore", "other"}).Draw(r, "kind"), At: at}
			x.Verified = x.Kind != "other" && rapid.IntRange(0, 9).Draw(r, "good") > 0
			list, ever = slices.Insert(list, 0, x), slices.Insert(ever, 0, x)
			gone := expendable(list, keep)
			list = slices.DeleteFunc(list, func(x web.Backup) bool { return slices.Contains(gone, x.Name) })
		}
		for _, x := range ever {
			if !slices.Contains(list, x) && !automatic(x) {
				t.Fatalf("%+v is gone", x)
			}
		}
		auto := slices.DeleteFunc(slices.Clone(list), func(x web.Backup) bool { return !automatic(x) })
		all := slices.DeleteFunc(slices.Clone(ever), func(x web.Backup) bool { return !automatic(x) })
		if len(all) > 0 && (len(auto) == 0 || auto[0] != all[0]) {
			t.Fatal("the newest one is gone")
		}
		if most := keep.Daily + keep.Weekly + keep.Monthly; len(auto) > most {
			t.Fatalf("%d are kept, more than %d", len(auto), most)
		}
		for span, n := range map[string]int{"2006-01-02": keep.Daily, "2006-01": keep.Monthly} {
			if got, want := newest(auto, span, n), newest(all, span, n); !slices.Equal(got, want) {
				t.Fatalf("of each %s there is %v, want %v", span, got, want)
			}
		}
	})
}

// newest gives the names of the newest of each of the last n spans.
func newest(list []web.Backup, span string, n int) (names []string) {
	last := ""
	for _, x := range list {
		if at := x.At.Format(span); at != last && len(names) < n {
			names, last = append(names, x.Name), at
		}
	}
	return names
}

// TestStrangersAreLeftAlone: a file that layso did not make, or that is not what its label says, is shown, and its name
// leads nowhere else.
func TestStrangersAreLeftAlone(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 10:00")
	o.start()
	x, err := o.hall.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(o.data, backupFolder)
	raw, err := os.ReadFile(filepath.Join(folder, x.Name))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"auto-2020-01-01-000000.db": string(raw), x.Name: string(raw) + "more", ".hidden.db": "", "notes.txt": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := kinds(o.list()); !slices.Equal(got, []string{"other", "other"}) {
		t.Errorf("%q", got)
	}
	if r, err := o.hall.backups.Check(t.Context(), "auto-2020-01-01-000000.db"); err != nil || r.Events != x.Events || !r.SameHall || r.Lost != 1 {
		t.Errorf("checked: %+v %v", r, err) // one is lost: that the backup was made
	}
	for _, name := range []string{"../layso.db", "..", ".hidden.db", "notes.txt", "a/b.db", "missing.db", ""} {
		if _, err := o.hall.backups.Open(name); !errors.Is(err, web.ErrUnknownBackup) {
			t.Errorf("%q: %v", name, err)
		}
	}
	bad := filepath.Join(folder, "bad.db")
	if err := os.WriteFile(bad, raw[:len(raw)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"checked":  func() error { _, err := o.hall.backups.Check(t.Context(), "bad.db"); return err }(),
		"restored": o.hall.backups.Restore(t.Context(), "bad.db", "user:admin", ""),
		"uploaded": func() error {
			_, err := o.hall.backups.Upload(t.Context(), strings.NewReader("no journal"), "user:admin")
			return err
		}(),
	} {
		if !errors.Is(err, web.ErrBackupDamaged) {
			t.Errorf("a damaged file %s: %v", what, err)
		}
	}
	up, err := o.hall.backups.Upload(t.Context(), strings.NewReader(string(raw)), "user:admin")
	if err != nil || up.Kind != "uploaded" || up.Tickets != 0 || up.Events != x.Events {
		t.Errorf("uploaded: %+v %v", up, err)
	}
	o.at("2026-11-24 10:01")
	if _, err := o.hall.backups.Upload(t.Context(), strings.NewReader(string(raw)), "user:admin"); err != nil || strings.Count(fmt.Sprint(kinds(o.list())), "uploaded") != 1 {
		t.Errorf("uploaded again: %v %q", err, kinds(o.list()))
	}
}
