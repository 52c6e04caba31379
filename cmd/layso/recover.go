package main

import (
	"bytes"
	"cmp"
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
	"strings"
	"syscall"
	"time"

	"layso/configs"
	"layso/kiosk/journal"
	"layso/printer/link"
)

// runningFile is there while layso runs. Where it is found at a start, the last layso did not end well: the power went, or it
// was killed.
const runningFile = "running"

// begun notes that layso runs on the data. A disk that does not take the note keeps no hall closed: the next start only looks
// at less than it could.
func (h *hall) begun() {
	path := filepath.Join(h.data, runningFile)
	if err := errors.Join(os.WriteFile(path, nil, 0o600), syncFolder(h.data)); err != nil {
		h.log.Warn("noting that layso runs; is the disk full?", "err", err)
	}
	h.running = exists(path)
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
func advised(err error, s settings) error {
	if !errors.Is(err, journal.ErrDamaged) {
		return err
	}
	command := "layso recover --data " + s.data
	if s.config != "" {
		command += " --config " + s.config
	}
	return fmt.Errorf(`%w
The hall's data is damaged. Nothing was changed; layso does not open before it is made whole.
 1. Copy the folder %s to a USB stick: the disk may be failing.
 2. Run, as the user that layso runs as or as root: %s
    It takes the newest good backup and all that can still be read of the damaged file, and keeps that file.
 3. Start layso again. If this comes back, replace the disk first`, err, s.data, command)
}

// recovery is what layso recover is asked for.
type recovery struct {
	data   string
	backup string   // to begin with
	in     []string // folders in which backups are looked for where none is named
}

func parseRecovery(args []string, stderr io.Writer) (r recovery, err error) {
	var config string
	err = flags("recover", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&r.data, "data", "", "the hall's data folder (default: the one that the configuration names)")
		f.StringVar(&config, "config", "", "the installation's YAML file, where that names folders for the data or the backups")
		f.StringVar(&r.backup, "backup", "", "the backup to begin with (default: the newest good one)")
	})
	if err != nil {
		return r, err
	}
	if config != "" {
		c, err := configs.Load(config, link.Check)
		if err != nil {
			return r, usageError{err}
		}
		r.data = cmp.Or(r.data, c.Data)
		if c.Backups.Folder != "" {
			r.in = append(r.in, c.Backups.Folder)
		}
	}
	r.in = append(r.in, filepath.Join(r.data, backupFolder))
	return r, required("data", r.data)
}

// recoverData makes the data anew of the newest good backup and of what the damaged file still holds.
func recoverData(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	r, err := parseRecovery(args, stderr)
	if err != nil {
		return err
	}
	damaged := filepath.Join(r.data, dataFile)
	free, err := locked(damaged)
	if err != nil {
		return err
	}
	defer free()
	if r.backup == "" {
		r.backup = newestGood(r.in, stdout)
	}
	fresh := filepath.Join(r.data, ".recovered.db")
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	got, err := journal.Salvage(ctx, damaged, r.backup, fresh)
	if err != nil {
		return err
	}
	last, err := lastTime(fresh, got.Events)
	if err != nil {
		return err
	}
	aside := damaged + time.Now().Format(".damaged-20060102-150405")
	if err := errors.Join(ownedAs(fresh, damaged), replace(damaged, aside, fresh)); err != nil {
		return err
	}
	tellRecovered(stdout, got, last, r.backup, aside)
	return nil
}

// lastTime gives the time of a journal's newest event, zero where it has none.
func lastTime(path string, newest uint64) (time.Time, error) {
	j, err := journal.Open(path, journal.Options{})
	if err != nil {
		return time.Time{}, err
	}
	events, err := j.Since(max(newest, 1)-1, 1)
	if err = errors.Join(err, j.Close()); err != nil || len(events) == 0 {
		return time.Time{}, err
	}
	return events[0].At, nil
}

// ownedAs gives a file the owner of another one, where root makes it for the user that layso runs as.
func ownedAs(path, like string) error {
	info, err := os.Stat(like)
	if err != nil || os.Geteuid() != 0 {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}

// ownedByCaller reports whether a file belongs to the user that this process runs as.
func ownedByCaller(path string) (bool, error) {
	info, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(owner.Uid) == os.Geteuid(), nil
}

func tellRecovered(w io.Writer, got journal.Salvaged, last time.Time, backup, aside string) {
	if backup == "" {
		fmt.Fprintf(w, "Without a backup PINs, paired devices and sessions are gone: the next start prints a set-up link. If you have a backup elsewhere:\nmv %s %s, and once more with --backup FILE.\n", aside, filepath.Join(filepath.Dir(aside), dataFile))
	} else {
		fmt.Fprintf(w, "From the backup %s: %d events.\n", backup, got.Backup)
	}
	fmt.Fprintf(w, "From the damaged file, behind them: %d events.\n", got.Found)
	if got.Behind > 0 {
		fmt.Fprintf(w, "Lost: at least %d events that still can be read behind a gap, and what stood in the gap. Numbers of the last minutes may\nbe given again: tell the clerks before the doors open.\n", got.Behind)
	}
	fmt.Fprintf(w, "The log ends with event %d", got.Events)
	if !last.IsZero() {
		fmt.Fprintf(w, " of %s", last.Local().Format("2006-01-02 15:04:05"))
	}
	fmt.Fprintf(w, ", business day %s, and is whole: nothing wrong.\nThe damaged file is kept as %s. Start layso again.\n", got.LastDay, aside)
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

// newestGood gives the newest file of the folders that is a whole journal, or nothing.
func newestGood(folders []string, w io.Writer) string {
	var found []string
	for _, folder := range folders {
		in, _ := filepath.Glob(filepath.Join(folder, "*.db"))
		found = append(found, in...)
	}
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
	slices.SortStableFunc(found, func(a, b string) int { return age(b).Compare(age(a)) })
	for _, path := range found {
		if _, err := journal.Verify(path); err == nil {
			return path
		} else {
			fmt.Fprintf(w, "Passed over: %v\n", err)
		}
	}
	fmt.Fprintf(w, "No good backup in %s.\n", strings.Join(folders, ", "))
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
	return syncFolder(filepath.Dir(old))
}
