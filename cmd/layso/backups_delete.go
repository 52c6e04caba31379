package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"layso/kiosk"
	"layso/web"
)

// Delete implements web.Backups. The file is out of sight first, and there again if the log can't be told of it: no
// backup goes without a trace.
func (b *backups) Delete(ctx context.Context, name, by, reason string) error {
	if !b.busy.TryLock() {
		return web.ErrBackupBusy
	}
	defer b.busy.Unlock()
	path, err := b.path(name)
	if err != nil {
		return err
	}
	list, err := b.List()
	if err != nil {
		return err
	}
	if web.Kept(list) == name {
		return web.ErrBackupKept
	}
	hidden := filepath.Join(b.folder, "."+name+".new") // as what is half made: the next start takes it away
	if err := os.Rename(path, hidden); err != nil {
		return fmt.Errorf("deleting a backup: %w", err)
	}
	note := kiosk.Event{Type: kiosk.BackupDeleted, By: by, What: name, Reason: reason}
	if _, err := b.owner.Do(ctx, kiosk.Note{Event: note}); err != nil {
		if back := os.Rename(hidden, path); back != nil {
			b.log.Error("a backup that could not be deleted lies under another name", "path", hidden, "err", back)
		}
		return err
	}
	if err := os.Remove(hidden); err != nil {
		b.log.Error("deleting a backup", "path", hidden, "err", err)
	}
	remove(path)
	b.log.Info("backup deleted", "name", name, "by", by, "reason", reason)
	return syncFolder(b.folder)
}
