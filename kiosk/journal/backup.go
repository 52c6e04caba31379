package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// Copy writes a whole copy of the journal to w while it is in use. The copy is made beside the journal
// first: a slow w would otherwise keep a read transaction open, and the file would grow meanwhile.
func (j *Journal) Copy(ctx context.Context, w io.Writer) error {
	f, err := j.snapshot(ctx)
	if err != nil {
		return fmt.Errorf("journal: copy: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := io.Copy(patient{ctx, w}, f); err != nil {
		return fmt.Errorf("journal: copy: %w", err)
	}
	return nil
}

// Backup writes a copy to path while the journal is in use. The file is whole and on the disk when it
// gets its name; an existing one is refused with [ErrExists].
func (j *Journal) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("journal: backup: %s: %w", path, ErrExists)
	}
	tmp, err := tempFile(path, "new")
	if err != nil {
		return fmt.Errorf("journal: backup: %w", err)
	}
	defer os.Remove(tmp.Name())
	write := j.Copy
	if sameDisk(j.path, tmp.Name()) {
		write = j.straight
	}
	if err := errors.Join(write(ctx, tmp), tmp.Close()); err != nil {
		return err
	}
	if err := publish(tmp.Name(), path); err != nil {
		return fmt.Errorf("journal: backup: %w", err)
	}
	return nil
}

// straight writes a whole copy of the journal to w, which is as fast as the disk that the journal itself is on.
func (j *Journal) straight(ctx context.Context, w io.Writer) error {
	if err := j.view(func(tx *bolt.Tx) error { return writeTo(ctx, tx, w) }); err != nil {
		return fmt.Errorf("journal: copy: %w", err)
	}
	return nil
}

// sameDisk reports whether two files are on one file system; false where nobody knows.
func sameDisk(a, b string) bool {
	device := func(path string) (uint64, bool) {
		info, err := os.Stat(path)
		if err != nil {
			return 0, false
		}
		s, ok := info.Sys().(*syscall.Stat_t)
		if !ok {
			return 0, false
		}
		return uint64(s.Dev), true
	}
	x, knownX := device(a)
	y, knownY := device(b)
	return knownX && knownY && x == y
}

// snapshot copies the file beside itself and gives the copy, read from its start.
func (j *Journal) snapshot(ctx context.Context) (*os.File, error) {
	f, err := tempFile(j.path, "copy")
	if err != nil {
		return nil, err
	}
	err = j.view(func(tx *bolt.Tx) error { return writeTo(ctx, tx, f) })
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}

// writeTo writes what tx sees.
func writeTo(ctx context.Context, tx *bolt.Tx, w io.Writer) error {
	_, err := tx.WriteTo(patient{ctx, w})
	if ctx.Err() != nil {
		return ctx.Err() // bbolt keeps only its text
	}
	return err
}

// patient is a writer that gives up when its context ends.
type patient struct {
	ctx context.Context
	w   io.Writer
}

func (p patient) Write(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.w.Write(b)
}

// Restore makes the journal to from the backup from, verified and with a new epoch. It never
// overwrites: when there is a file at to, it fails with [ErrExists]. The report is of the new journal.
func Restore(ctx context.Context, from, to string) (Report, error) {
	if _, err := os.Lstat(to); err == nil {
		return Report{}, fmt.Errorf("journal: restore: %s: %w", to, ErrExists)
	}
	tmp, err := tempFile(to, "new")
	if err != nil {
		return Report{}, fmt.Errorf("journal: restore: %w", err)
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(copyFile(ctx, from, tmp), tmp.Close()); err != nil {
		return Report{}, fmt.Errorf("journal: restore from %s: %w", from, err)
	}
	if err := renewEpoch(tmp.Name()); err != nil {
		return Report{}, fmt.Errorf("journal: restore from %s: %w", from, err)
	}
	// The copy is verified, not the backup: a failing USB stick reads differently each time.
	report, err := Verify(tmp.Name())
	if err != nil {
		return report, fmt.Errorf("journal: restore from %s: %w", from, err)
	}
	if err := publish(tmp.Name(), to); err != nil {
		return report, fmt.Errorf("journal: restore: %w", err)
	}
	return report, nil
}

// copyFile copies a journal that nobody writes to; its lock is held meanwhile.
func copyFile(ctx context.Context, from string, w io.Writer) error {
	db, err := openReadOnly(from)
	if err != nil {
		return err
	}
	defer db.Close()
	return guard(func() error {
		return db.View(func(tx *bolt.Tx) error {
			if err := wholeFile(tx); err != nil {
				return err
			}
			if _, err := readMeta(tx); err != nil {
				return err
			}
			return writeTo(ctx, tx, w)
		})
	})
}

func renewEpoch(path string) error {
	db, err := openBolt(path, bolt.Options{}, os.OpenFile)
	if err != nil {
		return err
	}
	err = db.update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(epochKey, newEpoch()) })
	return errors.Join(err, db.Close())
}
