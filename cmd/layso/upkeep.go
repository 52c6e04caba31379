package main

import (
	"context"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"layso/display"
	"layso/kiosk/journal"
	"layso/web"
)

// backupReader is the name under which the journal keeps when its last backup was made.
const backupReader = "backup"

// makeBackup copies the journal of a data folder to a file, and the hall's own recordings beside it, and keeps in the
// journal that it did.
func makeBackup(ctx context.Context, j *journal.Journal, data, to string, now time.Time) error {
	if exists(voiceBeside(to)) {
		return fmt.Errorf("%s: %w", voiceBeside(to), journal.ErrExists)
	}
	if err := j.Backup(ctx, to); err != nil {
		return err
	}
	if err := copyBeside(filepath.Join(data, voiceFile), voiceBeside(to)); err != nil {
		return fmt.Errorf("the data is copied, but not the recordings: %w", err)
	}
	if err := j.SaveState(backupReader, 0, now.UTC().AppendFormat(nil, time.RFC3339)); err != nil {
		return fmt.Errorf("the backup is made, but not that it was: %w", err)
	}
	return nil
}

// lastBackup gives when the last backup was made; zero where there was none.
func lastBackup(j *journal.Journal) (time.Time, error) {
	_, state, err := j.State(backupReader)
	if err != nil || len(state) == 0 {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, string(state))
}

// upkeep tells how this PC stands, for the morning check.
func (h *hall) upkeep() web.Upkeep {
	var u web.Upkeep
	var err error
	if u.Backup, err = lastBackup(h.journal); err != nil {
		h.log.Warn("reading when the last backup was made", "err", err)
	}
	u.BackupFault = h.backups.Fault()
	var disk syscall.Statfs_t
	if err := syscall.Statfs(h.data, &disk); err != nil {
		h.log.Warn("asking for the free space of the disk", "err", err)
		return u
	}
	block := uint64(disk.Bsize)
	u.DiskFree, u.DiskTotal = disk.Bavail*block, disk.Blocks*block
	return u
}

// screensOf gives the hub's screens as the HTTP side knows them.
func screensOf(hub *display.Hub) func() []web.Screen {
	return func() []web.Screen {
		var out []web.Screen
		for _, c := range hub.Clients() {
			out = append(out, web.Screen{
				View: string(c.View), Device: c.Device, Connected: c.Connected, Since: c.Since, Acked: c.Acked, Behind: c.Behind,
				Sound: c.Sound, Voice: c.Voice, Silent: c.Silent, Owes: c.Owes,
			})
		}
		return out
	}
}
