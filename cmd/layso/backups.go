package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/web"
)

// backups keeps copies of the hall's data in a folder of their own: one at the end of each business day,
// and those that people make. It implements web.Backups.
type backups struct {
	data, folder string
	keep         configs.Keep
	journal      *journal.Journal
	owner        *kiosk.Owner
	log          *slog.Logger
	restart      func() // has the server end and start anew

	copy   func(ctx context.Context, path string) error // of the journal; tests fill the disk
	verify func(path string) (journal.Report, error)    //
	free   func(folder string) (uint64, error)          //
	busy   sync.Mutex                                   // one is made, taken in or restored at a time
	looked string                                       // the day that nothing is left to do for
	failed time.Time                                    // the last automatic one, by the monotonic clock

	mu    sync.Mutex
	fault string
}

// backupFolder is where backups go when the installation does not say: in the data folder.
const backupFolder = "backups"

// newBackups makes the folder. One that can't be made is told when a backup is due: the hall opens all the same.
func (h *hall) newBackups() *backups {
	b := &backups{
		data: h.data, folder: cmp.Or(h.backupsIn, filepath.Join(h.data, backupFolder)), keep: h.keep, journal: h.journal, owner: h.owner, log: h.log,
		copy: h.journal.Backup, verify: func(path string) (journal.Report, error) { return journal.Verify(path) }, free: freeOn,
		fault: h.restoreFault,
	}
	b.restart = func() {
		select {
		case h.again <- struct{}{}:
		default:
		}
	}
	if b.keep == (configs.Keep{}) {
		b.keep = configs.DefaultKeep
	}
	b.sweep()
	return b
}

// usable is what the name of a backup looks like: no folder, nothing hidden.
var usable = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.db$`)

// path gives where a backup lies.
func (b *backups) path(name string) (string, error) {
	path := filepath.Join(b.folder, name)
	if info, err := os.Stat(path); !usable.MatchString(name) || err != nil || !info.Mode().IsRegular() {
		return "", web.ErrUnknownBackup
	}
	return path, nil
}

// List implements web.Backups.
func (b *backups) List() ([]web.Backup, error) {
	entries, err := os.ReadDir(b.folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, failedBackup(err)
	}
	var list []web.Backup
	for _, e := range entries {
		if path, err := b.path(e.Name()); err == nil {
			list = append(list, readLabel(path).Backup)
		}
	}
	slices.SortStableFunc(list, func(x, y web.Backup) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.Name, x.Name)) })
	return list, nil
}

// Open implements web.Backups.
func (b *backups) Open(name string) (io.ReadSeekCloser, error) {
	path, err := b.path(name)
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// Make implements web.Backups.
func (b *backups) Make(ctx context.Context, by string) (web.Backup, error) {
	return b.make(ctx, "hand", by)
}

// make writes a backup, reads it back and notes in the log that it was made. One that can't be made whole
// leaves nothing behind, and the older ones as they are.
func (b *backups) make(ctx context.Context, kind, by string) (web.Backup, error) {
	if !b.busy.TryLock() {
		return web.Backup{}, web.ErrBackupBusy
	}
	defer b.busy.Unlock()
	l, err := b.write(ctx, kind, by)
	if err != nil {
		return web.Backup{}, failedBackup(err)
	}
	b.say("")
	note := kiosk.Event{Type: kiosk.BackupMade, By: by, What: l.Name}
	if _, err := b.owner.Do(ctx, kiosk.Note{Event: note}); err != nil {
		b.log.Error("noting that a backup was made", "name", l.Name, "err", err)
	}
	b.log.Info("backup made", "name", l.Name, "by", by, "events", l.Events)
	return l.Backup, nil
}

func (b *backups) write(ctx context.Context, kind, by string) (l label, err error) {
	if err := makeFolder(b.folder); err != nil {
		return l, err
	}
	if err := b.roomForCopy(); err != nil {
		return l, err
	}
	now := b.now()
	path := filepath.Join(b.folder, backupName(kind, now))
	closed, err := b.journal.LastClosed()
	if err != nil {
		return l, err
	}
	if _, err := os.Lstat(path); err == nil {
		return l, fmt.Errorf("%s: %w", path, journal.ErrExists) // of the same second: it is not ours to take away
	}
	tmp := filepath.Join(b.folder, "."+filepath.Base(path)+".new") // it gets its name when it is right
	defer func() {
		os.Remove(tmp)
		if err != nil {
			remove(path)
		}
	}()
	if err := errors.Join(b.copy(ctx, tmp), copyBeside(filepath.Join(b.data, voiceFile), voiceBeside(path))); err != nil {
		return l, err
	}
	report, err := b.verified(ctx, tmp)
	if err != nil {
		return l, fmt.Errorf("reading it back: %w", err)
	}
	l = labelOf(path, kind, by, now, report)
	l.Closed = closed
	l.measure(tmp, path)
	if err := errors.Join(l.save(path), os.Rename(tmp, path), syncFolder(b.folder)); err != nil {
		return l, err
	}
	return l, b.journal.SaveState(backupReader, 0, now.UTC().AppendFormat(nil, time.RFC3339))
}

// verified reads a backup until ctx ends: reading ten years takes longer than a stop may.
func (b *backups) verified(ctx context.Context, path string) (journal.Report, error) {
	type outcome struct {
		journal.Report
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		r, err := b.verify(path)
		done <- outcome{r, err}
	}()
	select {
	case o := <-done:
		return o.Report, o.err
	case <-ctx.Done():
		return journal.Report{}, ctx.Err()
	}
}

func (b *backups) now() time.Time { return b.owner.Now().In(b.owner.View().Location()) }

// backupName gives the name of a backup; sorted, those of a kind are in the order in which they were made.
func backupName(kind string, at time.Time) string {
	return fmt.Sprintf("%s-%s.db", kind, at.Format("2006-01-02-150405"))
}

// failedBackup is what people are told of a disk that does not take what it should.
func failedBackup(err error) error { return fmt.Errorf("%w: %w", web.ErrBackupFailed, err) }

// say keeps why the automatic backup is missing, or that it is not.
func (b *backups) say(fault string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault = fault
}

// Fault gives why the automatic backup that is due is missing; empty where it is not.
func (b *backups) Fault() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fault
}
