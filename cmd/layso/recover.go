package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"layso/kiosk/journal"
)

// runningFile is there while layso runs. Where it is found at a start, the last layso did not end well: the power went, or it
// was killed.
const runningFile = "running"

// begun notes that layso runs on the data.
func (h *hall) begun() error {
	err := os.WriteFile(filepath.Join(h.data, runningFile), nil, 0o600)
	h.running = err == nil
	return err
}

// ended notes that it ended well.
func (h *hall) ended() error {
	if !h.running {
		return nil
	}
	return os.Remove(filepath.Join(h.data, runningFile))
}

// examine looks at the data of a layso that did not end well before it is opened, in a process of its own: reading a spoiled
// file can end the process that does it.
func examine(data string, log *slog.Logger) error {
	for _, name := range []string{runningFile, dataFile} {
		if _, err := os.Stat(filepath.Join(data, name)); err != nil {
			return nil // it ended well, or there is nothing yet
		}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("looking for this program: %w", err)
	}
	log.Info("layso did not end well the last time; looking at its data")
	var said bytes.Buffer
	child := exec.Command(self, "verify", "--data", data, "--open-day")
	child.Stderr = &said
	err = child.Run()
	switch {
	case err == nil, bytes.Contains(said.Bytes(), []byte(journal.ErrInUse.Error())):
		return nil // who opens it says that it is in use
	case errors.As(err, new(*exec.ExitError)):
		return fmt.Errorf("%w: %s (%v)", journal.ErrDamaged, bytes.TrimSpace(said.Bytes()), err)
	}
	return fmt.Errorf("looking at the data: %w", err)
}

// advised adds to a damaged journal's error what can be done.
func advised(err error, data string) error {
	if !errors.Is(err, journal.ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w\nThe disk may be failing: copy the folder %s somewhere else first. Then get back what there is, from the newest good backup and from\nthe damaged file, with: layso recover --data %s", err, data, data)
}

// recoverData makes the data anew of the newest good backup and of what the damaged file still holds.
func recoverData(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var data, backup string
	err := flags("recover", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&data, "data", "", "the hall's data folder")
		f.StringVar(&backup, "backup", "", "the backup to begin with (default: the newest good one in the data folder's backups)")
	})
	if err != nil {
		return err
	}
	if err := required("data", data); err != nil {
		return err
	}
	damaged := filepath.Join(data, dataFile)
	free, err := locked(damaged)
	if err != nil {
		return err
	}
	defer free()
	if backup == "" {
		backup = newestGood(filepath.Join(data, backupFolder), stdout)
	}
	fresh := filepath.Join(data, ".recovered.db")
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	got, err := journal.Salvage(ctx, damaged, backup, fresh)
	if err != nil {
		return err
	}
	aside := damaged + time.Now().Format(".damaged-20060102-150405")
	if err := replace(damaged, aside, fresh); err != nil {
		return err
	}
	tellRecovered(stdout, got, backup, aside)
	return nil
}

func tellRecovered(w io.Writer, got journal.Salvaged, backup, aside string) {
	if backup == "" {
		fmt.Fprintln(w, "There is no good backup: PINs, paired devices and sessions are gone. The next start prints a set-up link.")
	} else {
		fmt.Fprintf(w, "From the backup %s: %d events.\n", backup, got.Backup)
	}
	fmt.Fprintf(w, "From the damaged file, behind them: %d events.\n", got.Found)
	if got.Behind > 0 {
		fmt.Fprintf(w, "Lost: at least %d events that still can be read behind a gap, and what stood in the gap.\n", got.Behind)
	}
	fmt.Fprintf(w, "The log ends with event %d, business day %s, and is whole: nothing wrong.\nThe damaged file is kept as %s. Start layso again.\n", got.Events, got.LastDay, aside)
}

// locked takes the file's lock, as a running layso has it.
func locked(path string) (free func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: stop it first", journal.ErrInUse)
	}
	return func() { f.Close() }, nil
}

// newestGood gives the newest file of the folder that is a whole journal, or nothing.
func newestGood(folder string, w io.Writer) string {
	found, _ := filepath.Glob(filepath.Join(folder, "*.db"))
	found = slices.DeleteFunc(found, func(path string) bool { // the log went on without what these hold
		return slices.Contains([]string{"before-restore", "uploaded"}, readLabel(path).Kind)
	})
	age := func(path string) time.Time {
		info, err := os.Stat(path)
		if err != nil {
			return time.Time{}
		}
		return info.ModTime()
	}
	slices.SortFunc(found, func(a, b string) int { return age(b).Compare(age(a)) })
	for _, path := range found {
		if _, err := journal.Verify(path); err == nil {
			return path
		} else {
			fmt.Fprintf(w, "Passed over: %v\n", err)
		}
	}
	return ""
}

// replace keeps the old file under the name aside and puts the fresh one in its place, in one step: at no time is there
// nothing, which would be taken for a new hall.
func replace(old, aside, fresh string) error {
	if err := os.Link(old, aside); err != nil {
		return err
	}
	if err := os.Rename(fresh, old); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(old))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
