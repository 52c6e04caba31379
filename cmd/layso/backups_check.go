package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"layso/kiosk/journal"
	"layso/web"
)

// Check implements web.Backups.
func (b *backups) Check(ctx context.Context, name string) (web.BackupReport, error) {
	path, err := b.path(name)
	if err != nil {
		return web.BackupReport{}, err
	}
	report, err := b.verified(ctx, path)
	if err != nil {
		return web.BackupReport{}, badBackup(err)
	}
	l := readLabel(path)
	known := l.Kind != "other"
	l = labelOf(path, l.Kind, l.By, l.At, report)
	if known {
		l.Closed = readLabel(path).Closed
		if err := l.save(path); err != nil {
			b.log.Warn("keeping that a backup is right", "name", name, "err", err)
		}
	}
	return b.report(l, report), nil
}

// report says how a backup stands to what runs.
func (b *backups) report(l label, r journal.Report) web.BackupReport {
	out := web.BackupReport{Backup: l.Backup, Schema: r.Schema, SameHall: r.Created.Equal(b.journal.Created())}
	if last := b.journal.Last(); out.SameHall && last > r.Events {
		out.Older, out.Lost = true, last-r.Events
	}
	return out
}

// badBackup is what people are told of a file that can't be used.
func badBackup(err error) error {
	if errors.Is(err, journal.ErrNewer) {
		return fmt.Errorf("%w: %w", web.ErrBackupNewer, err)
	}
	return fmt.Errorf("%w: %w", web.ErrBackupDamaged, err)
}

// Upload implements web.Backups.
func (b *backups) Upload(ctx context.Context, file io.Reader, by string) (web.BackupReport, error) {
	if !b.busy.TryLock() {
		return web.BackupReport{}, web.ErrBackupBusy
	}
	defer b.busy.Unlock()
	if err := makeFolder(b.folder); err != nil {
		return web.BackupReport{}, failedBackup(err)
	}
	tmp, err := os.CreateTemp(b.folder, ".uploaded.*.new")
	if err != nil {
		return web.BackupReport{}, failedBackup(err)
	}
	defer os.Remove(tmp.Name())
	if _, err := io.Copy(&disk{f: tmp, room: func() error { return b.room(b.folder, roomStep) }}, file); err != nil {
		return web.BackupReport{}, errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return web.BackupReport{}, failedBackup(err)
	}
	r, err := b.verified(ctx, tmp.Name())
	if err != nil {
		return web.BackupReport{}, badBackup(err)
	}
	return b.takeIn(tmp.Name(), by, r)
}

// takeIn makes an uploaded file that is right a backup, in place of the one that was uploaded before.
func (b *backups) takeIn(tmp, by string, r journal.Report) (web.BackupReport, error) {
	old, err := b.List()
	if err != nil {
		return web.BackupReport{}, err
	}
	now := b.now()
	path := filepath.Join(b.folder, backupName("uploaded", now))
	if err := os.Rename(tmp, path); err != nil {
		return web.BackupReport{}, failedBackup(err)
	}
	l := labelOf(path, "uploaded", by, now, r)
	if err := errors.Join(l.save(path), syncFolder(b.folder)); err != nil {
		return web.BackupReport{}, failedBackup(err)
	}
	for _, x := range old {
		if x.Kind == "uploaded" && x.Name != l.Name {
			remove(filepath.Join(b.folder, x.Name))
		}
	}
	return b.report(l, r), nil
}

// roomStep is after how many bytes it is looked whether the disk has room for as many more.
const roomStep = 8 << 20

// disk is a file whose errors are the disk's and not the sender's. It does not fill the disk.
type disk struct {
	f     *os.File
	room  func() error // for roomStep bytes
	until int64        // so many bytes may still be written before it is asked again
}

func (d *disk) Write(p []byte) (n int, err error) {
	if d.until < int64(len(p)) {
		err, d.until = d.room(), roomStep
	}
	if err == nil {
		d.until -= int64(len(p))
		n, err = d.f.Write(p)
	}
	if err != nil {
		err = failedBackup(err)
	}
	return n, err
}
