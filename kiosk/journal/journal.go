package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// Options are the settings of a journal; the zero value is right for a hall.
type Options struct {
	MaxSize int              // bytes that the file may grow to; 0 means 16 GiB
	Now     func() time.Time // time of creation of a new journal; nil means time.Now

	openFile func(string, int, fs.FileMode) (*os.File, error) // tests break the file through it
}

// Journal is an open log. It is a [kiosk.Log]. Its methods may be called at the same time.
type Journal struct {
	path string
	opts Options

	// gate is held for reading while db is used, and for writing by Reopen and Close.
	gate   sync.RWMutex
	db     *store // nil once closed, or when Reopen could not open it
	closed bool
	meta   meta

	// write orders the transactions that change the file.
	write sync.Mutex
	enc   *encoder
	head  hash // of the last record

	// last is the seq of the last event that is known to be on the disk. Readers stop there: bbolt
	// shows them a commit shortly before it is durable.
	last   atomic.Uint64
	broken atomic.Bool

	changes changes
}

var _ kiosk.Log = (*Journal)(nil)

// Open opens the journal at path and takes its lock, or creates it when there is no such file (the
// folder has to be there). It fails with [ErrInUse], [ErrNewer] or [ErrDamaged] where they fit. Its
// cost does not depend on the number of events.
func Open(path string, opts Options) (*Journal, error) {
	if opts.MaxSize == 0 {
		opts.MaxSize = defaultMax
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.openFile == nil {
		opts.openFile = os.OpenFile
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(path, opts.Now()); err != nil {
			return nil, fmt.Errorf("journal: create %s: %w", path, err)
		}
	}
	j := &Journal{path: path, opts: opts, enc: newEncoder()}
	if err := j.open(); err != nil {
		return nil, fmt.Errorf("journal: open %s: %w", path, err)
	}
	sweep(path)
	return j, nil
}

// open opens the file and reads where the log ends. The caller holds write and gate, or owns j alone.
func (j *Journal) open() error {
	db, err := openBolt(j.path, bolt.Options{InitialMmapSize: initialMmap, MaxSize: j.opts.MaxSize}, j.opts.openFile)
	if err != nil {
		return err
	}
	err = guard(func() error { return db.View(j.load) })
	if err == nil && j.meta.schema < schemaVersion {
		err = db.update(raise)
	}
	if err != nil {
		db.Close()
		return err
	}
	j.db = db
	return nil
}

// load reads the schema and the end of the log.
func (j *Journal) load(tx *bolt.Tx) error {
	if err := wholeFile(tx); err != nil {
		return err
	}
	m, err := readMeta(tx)
	if err != nil {
		return err
	}
	var last uint64
	var head hash
	if key, record := tx.Bucket(eventsBucket).Cursor().Last(); key != nil {
		e, _, err := decode(key, record)
		if err != nil {
			return err
		}
		last, head = e.Seq, hashOf(record)
	}
	j.meta, j.head = m, head
	j.last.Store(last)
	return nil
}

// wholeFile reports a file that has lost its end.
func wholeFile(tx *bolt.Tx) error {
	info, err := os.Stat(tx.DB().Path())
	if err != nil {
		return err
	}
	if info.Size() < tx.Size() {
		return fmt.Errorf("%w: cut short, %d of %d bytes are there", ErrDamaged, info.Size(), tx.Size())
	}
	return nil
}

// Reopen closes the file, opens it again and reads where the log ends; whatever failed before is
// forgotten. It is what the owner of the hall does after a failed Append, before it folds Today anew.
func (j *Journal) Reopen() error {
	j.write.Lock()
	defer j.write.Unlock()
	return j.reopen()
}

func (j *Journal) reopen() error {
	j.gate.Lock()
	defer j.gate.Unlock()
	if j.closed {
		return ErrClosed
	}
	failed := j.broken.Swap(true) // stays so unless all goes well
	if j.db != nil {
		j.db.Close() // what it says of a file that failed is of no interest
		j.db = nil
	}
	if err := j.open(); err != nil {
		return fmt.Errorf("journal: reopen %s: %w", j.path, err)
	}
	if failed {
		if err := j.rewrite(); err != nil {
			return fmt.Errorf("journal: reopen %s: %w", j.path, err)
		}
	}
	j.broken.Store(false)
	return nil
}

// Close waits for what is under way and closes the file. Closing twice is fine.
func (j *Journal) Close() error {
	j.write.Lock()
	defer j.write.Unlock()
	j.gate.Lock()
	defer j.gate.Unlock()
	j.closed = true
	if j.db == nil {
		return nil
	}
	err := j.db.Close()
	j.db = nil
	return err
}

// usable reports whether the database may be used. The caller holds gate.
func (j *Journal) usable() error {
	switch {
	case j.closed:
		return ErrClosed
	case j.broken.Load() || j.db == nil:
		return ErrBroken
	}
	return nil
}

// view runs a read transaction; nothing that was broken is shown.
func (j *Journal) view(do func(*bolt.Tx) error) error {
	j.gate.RLock()
	defer j.gate.RUnlock()
	if err := j.usable(); err != nil {
		return err
	}
	return guard(func() error { return j.db.View(do) })
}

// update runs a write transaction and marks the journal broken when it fails. The caller holds write.
func (j *Journal) update(do func(*bolt.Tx) error) error {
	j.gate.RLock()
	defer j.gate.RUnlock()
	if err := j.usable(); err != nil {
		return err
	}
	err := j.db.update(do)
	if err != nil {
		j.broken.Store(true)
	}
	return err
}

// Epoch is the identity of this log: 22 characters that change when a backup is restored, so that a
// client that has seen the lost end of the old log starts afresh.
func (j *Journal) Epoch() string {
	j.gate.RLock()
	defer j.gate.RUnlock()
	return j.meta.epoch
}

// Last is the seq of the last event that is on the disk; 0 when there is none.
func (j *Journal) Last() uint64 { return j.last.Load() }

// Created is when this log began; a restored one keeps it, so that it tells whose log a backup is of.
func (j *Journal) Created() time.Time {
	j.gate.RLock()
	defer j.gate.RUnlock()
	return j.meta.created
}
