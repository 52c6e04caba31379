package journal_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// disk opens files that can be made to fail: fail swaps the descriptor for a read-only one.
type disk struct{ file *os.File }

func (d *disk) open(name string, flag int, mode fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag, mode)
	d.file = f
	return f, err
}

func (d *disk) fail(t *testing.T) {
	t.Helper()
	readOnly, err := os.Open(d.file.Name())
	must(t, err)
	defer readOnly.Close()
	must(t, syscall.Dup3(int(readOnly.Fd()), int(d.file.Fd()), syscall.O_CLOEXEC))
}

func TestFailedAppend(t *testing.T) {
	s, d := twoDays(), &disk{}
	path := filepath.Join(t.TempDir(), "hall.db")
	j, err := journal.Open(path, journal.WithOpenFile(d.open))
	must(t, err)
	defer j.Close()
	must(t, j.Append(s.events[:9]))
	d.fail(t)
	if err := j.Append(s.events[9:11]); err == nil || errors.Is(err, journal.ErrBroken) {
		t.Fatalf("the disk fails, Append says %v", err)
	}
	for name, err := range map[string]error{
		"append":  j.Append(s.events[9:]),
		"nothing": second(j.Since(1000, 1)),
		"since":   second(j.Since(0, 10)),
		"today":   j.Today(func(kiosk.Event) error { return nil }),
		"secret":  j.Secrets().Put("pin", "lan", []byte("x")),
		"backup":  j.Backup(t.Context(), path+".backup"),
	} {
		if !errors.Is(err, journal.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if j.Expired(s.expired[0]) {
		t.Error("a broken journal tells what may not be on the disk")
	}
	must(t, j.Reopen())
	if j.Last() != 9 {
		t.Fatalf("last is %d", j.Last())
	}
	must(t, j.Append(s.events[9:]))
	must(t, j.Close())
	report, err := journal.Verify(path)
	must(t, err)
	if int(report.Events) != len(s.events) {
		t.Fatalf("%d of %d events", report.Events, len(s.events))
	}
}

// bbolt makes its file longer than it needs, and what lies behind the last page takes no room on the
// disk. On a disk that was full, nobody may claim that room after a failure.
func TestReopenNeedsNoRoom(t *testing.T) {
	s, d := newStory(), &disk{}
	for range 200 {
		s.take()
	}
	path := filepath.Join(t.TempDir(), "hall.db")
	j, err := journal.Open(path, journal.WithOpenFile(d.open))
	must(t, err)
	defer j.Close()
	must(t, j.Append(s.events[:199]))
	before := blocks(t, path)
	d.fail(t)
	if err := j.Append(s.events[199:]); err == nil {
		t.Fatal("the disk fails, Append says nothing")
	}
	must(t, j.Reopen())
	if after := blocks(t, path); after > before {
		t.Errorf("the file took %d blocks, and %d after Reopen", before, after)
	}
}

// blocks gives how many blocks of 512 bytes the file takes on the disk.
func blocks(t *testing.T, path string) int64 {
	t.Helper()
	var st syscall.Stat_t
	must(t, syscall.Stat(path, &st))
	return st.Blocks
}

func TestReopenFails(t *testing.T) {
	s := twoDays()
	path := written(t, s)
	j := open(t, path)
	must(t, os.Rename(path, path+".away"))
	if err := j.Reopen(); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the file is gone, Reopen says %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Fatal("a vanished journal came back empty")
	}
	if err := j.Append(s.events[:1]); !errors.Is(err, journal.ErrBroken) {
		t.Fatalf("got %v", err)
	}
	must(t, os.Rename(path+".away", path))
	must(t, j.Reopen())
	if int(j.Last()) != len(s.events) {
		t.Fatalf("last is %d", j.Last())
	}
}

// TestPagesThatCanNotBeRead: the disk is gone, and with it the pages that bbolt reads to roll back. Reopen says so and does not
// wait for the lock that bbolt keeps then; once the disk is there again, so is the log.
func TestPagesThatCanNotBeRead(t *testing.T) {
	s := twoDays()
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	must(t, j.Append(s.events[:9]))
	whole, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Truncate(path, 0))
	if err := j.Append(s.events[9:11]); !errors.Is(err, journal.ErrDamaged) {
		t.Fatalf("no page can be read, Append says %v", err)
	}
	said := make(chan error, 1)
	go func() { said <- j.Reopen() }()
	select {
	case err := <-said:
		if !errors.Is(err, journal.ErrDamaged) {
			t.Fatalf("no page can be read, Reopen says %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("Reopen waits for ever")
	}
	must(t, os.WriteFile(path, whole, 0o600))
	must(t, j.Reopen())
	must(t, j.Append(s.events[9:]))
	must(t, j.Close())
	if report, err := journal.Verify(path); err != nil || int(report.Events) != len(s.events) {
		t.Fatalf("%d of %d events: %v", report.Events, len(s.events), err)
	}
}

func TestFullFile(t *testing.T) {
	s := newStory()
	for range 2000 {
		s.take()
	}
	j, err := journal.Open(filepath.Join(t.TempDir(), "hall.db"), journal.Options{MaxSize: 256 << 10})
	must(t, err)
	defer j.Close()
	for err == nil && j.Last() < 2000 {
		err = j.Append(s.events[j.Last() : j.Last()+50])
	}
	if err == nil {
		t.Fatal("the file grew beyond its limit")
	}
	kept := j.Last()
	must(t, j.Reopen())
	if j.Last() != kept || kept == 0 {
		t.Fatalf("%d events were acknowledged, %d are there", kept, j.Last())
	}
}

func TestSecretsHealThemselves(t *testing.T) {
	s, d := twoDays(), &disk{}
	j, err := journal.Open(filepath.Join(t.TempDir(), "hall.db"), journal.WithOpenFile(d.open))
	must(t, err)
	defer j.Close()
	must(t, j.Append(s.events[:9]))
	d.fail(t)
	if err := j.Secrets().Put("pin", "lan", []byte("x")); err == nil {
		t.Fatal("the disk fails, Put says nothing")
	}
	if _, ok, err := j.Secrets().Get("pin", "lan"); ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	must(t, j.Secrets().Put("pin", "lan", []byte("x")))
	must(t, j.Append(s.events[9:]))
}
