package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

const (
	lockTimeout = time.Second // a restarting server waits for the one that is just stopping
	initialMmap = 256 << 20   // bytes; below it a reader never holds up a commit that has to map anew
	defaultMax  = 16 << 30    // bytes; far beyond the ten years of a big centre
	minSize     = 4 * 4096    // bytes; bbolt begins with four pages
	fileMode    = 0o600       // the file holds secrets
)

// openBolt opens the file under its lock. The descriptor is closed when bbolt panics on a damaged
// file, so that the lock does not outlive the attempt.
func openBolt(path string, o bolt.Options, open func(string, int, fs.FileMode) (*os.File, error)) (*store, error) {
	var (
		db   *bolt.DB
		file *os.File
	)
	o.Timeout = lockTimeout
	o.FreelistType = bolt.FreelistMapType
	o.NoStatistics = true
	o.OpenFile = func(name string, flag int, mode fs.FileMode) (*os.File, error) {
		f, err := open(name, flag&^os.O_CREATE, mode) // a file that vanished must not come back empty
		file = f
		return f, err
	}
	err := guard(func() error {
		if info, err := os.Stat(path); err != nil {
			return err
		} else if info.Size() < minSize {
			return fmt.Errorf("%w: cut short, only %d bytes are there", ErrDamaged, info.Size())
		}
		var err error
		db, err = bolt.Open(path, fileMode, &o)
		return err
	})
	if err == nil {
		return &store{DB: db, file: file}, nil
	}
	if db == nil && file != nil {
		release(file) // closed already unless bbolt panicked
	}
	return nil, explain(err)
}

// openReadOnly opens the file for looking at it; several may.
func openReadOnly(path string) (*store, error) {
	return openBolt(path, bolt.Options{ReadOnly: true, PreLoadFreelist: true}, os.OpenFile)
}

// create makes an empty journal. A power cut while a bbolt file is being made can leave a torn one,
// so it gets its name only when it is whole and on the disk.
func create(path string, now time.Time) error {
	tmp, err := tempFile(path, "new")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	tmp.Close()
	db, err := bolt.Open(tmp.Name(), fileMode, &bolt.Options{Timeout: lockTimeout, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error { return initSchema(tx, now) })
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	err = publish(tmp.Name(), path)
	if errors.Is(err, ErrExists) {
		return nil // another process was faster; the lock decides who has the file
	}
	return err
}

// tempFile makes a file of a name of its own beside path; sweep finds it when it is left behind.
func tempFile(path, kind string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*."+kind)
}

// sweep removes what a killed process left beside the journal. The caller holds the journal's lock.
func sweep(path string) {
	for _, kind := range []string{"new", "copy"} {
		left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".*."+kind))
		for _, name := range left {
			os.Remove(name)
		}
	}
}

// publish gives the finished file tmp its name, durably and never over another file.
func publish(tmp, path string) error {
	if err := syncPath(tmp); err != nil {
		return err
	}
	// A link refuses an existing name in one step; USB sticks (FAT) know no links.
	err := os.Link(tmp, path)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", path, ErrExists)
	}
	if err != nil {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s: %w", path, ErrExists)
		}
		if err := os.Rename(tmp, path); err != nil {
			return err
		}
	}
	return syncPath(filepath.Dir(path))
}

// syncPath brings a file or folder to the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// rewrite writes every byte of the file in place once more and syncs. After a failed fsync the kernel
// may count pages as clean that never reached the disk: a later fsync would say yes to a hole. What
// lies behind bbolt's last page is left alone: it takes no room yet, and a full disk has none to give.
func (j *Journal) rewrite() error {
	var size int64
	if err := j.db.View(func(tx *bolt.Tx) error { size = tx.Size(); return nil }); err != nil {
		return err
	}
	f, err := os.OpenFile(j.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.NewOffsetWriter(f, 0), io.NewSectionReader(f, 0, size))
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
