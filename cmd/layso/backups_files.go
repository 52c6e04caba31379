package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"layso/kiosk/journal"
	"layso/web"
)

// label is what layso knows of a backup that it made; it lies beside it as NAME.json. A file without one, or of
// another size than its label says, is somebody else's: it is shown and can be restored, and only people delete it.
type label struct {
	web.Backup
	FileSize int64  `json:"file_size"`        // of the journal alone
	Closed   string `json:"closed,omitempty"` // the newest business day that had ended
	Epoch    string `json:"epoch,omitempty"`  // of the log that it is of
}

func voiceBeside(path string) string { return path + "." + voiceFile }
func labelBeside(path string) string { return path + ".json" }

// labelOf describes a backup that was read and found right.
func labelOf(path, kind, by string, at time.Time, r journal.Report) label {
	l := label{Backup: web.Backup{
		Name: filepath.Base(path), Kind: kind, At: at, By: by, Verified: true, Day: r.LastDay, Events: r.Events, Days: r.Days, Tickets: r.Tickets,
	}, Epoch: r.Epoch}
	l.measure(path, path)
	return l
}

// measure fills in what the files say: the backup's own, which may not have its name yet, and those beside it.
func (l *label) measure(file, path string) {
	if info, err := os.Stat(file); err == nil {
		l.FileSize = info.Size()
		l.Size = l.FileSize
	}
	if info, err := os.Stat(voiceBeside(path)); err == nil {
		l.Voice = true
		l.Size += info.Size()
	}
}

// readLabel gives what is known of the backup at path.
func readLabel(path string) label {
	var now, kept label
	now.measure(path, path)
	raw, err := os.ReadFile(labelBeside(path))
	if err == nil && json.Unmarshal(raw, &kept) == nil && kept.Name == filepath.Base(path) && kept.FileSize == now.FileSize {
		return kept
	}
	now.Name, now.Kind = filepath.Base(path), "other"
	if info, err := os.Stat(path); err == nil {
		now.At = info.ModTime()
	}
	return now
}

func (l label) save(path string) error {
	raw, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(labelBeside(path), func(w io.Writer) error {
		_, err := w.Write(append(raw, '\n'))
		return err
	})
}

// remove takes a backup away with all that belongs to it; the label last, so that what is left is known for ours.
func remove(path string) {
	for _, name := range []string{path, voiceBeside(path), labelBeside(path)} {
		os.Remove(name)
	}
}

// writeWhole writes a file that is there as a whole and on the disk, or not at all, in place of an older one.
func writeWhole(path string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(write(tmp), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// copyBeside copies a file that may be missing.
func copyBeside(from, to string) error {
	f, err := os.Open(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return writeWhole(to, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}

// makeFolder makes a folder and those above it that are missing; their names are on the disk when it returns. A folder above that
// may be written to and not read can't be synced.
func makeFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	above := filepath.Dir(path)
	if above != path {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return &fs.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	if err := syncFolder(above); !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// syncFolder brings the names in a folder to the disk.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// sweep removes what a killed process left half done in the folder: files on their way, and what belonged to
// a backup of ours that was being deleted.
func (b *backups) sweep() {
	entries, _ := os.ReadDir(b.folder)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".new") {
			os.Remove(filepath.Join(b.folder, name))
		}
		of, isLabel := strings.CutSuffix(name, ".json")
		if !isLabel || !usable.MatchString(of) {
			continue
		}
		path := filepath.Join(b.folder, of)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			remove(path)
		}
	}
}
