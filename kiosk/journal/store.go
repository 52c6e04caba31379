package journal

import (
	"errors"
	"os"
	"sync/atomic"
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// store is a bbolt file that can be closed whatever has happened to it.
type store struct {
	*bolt.DB
	file  *os.File
	stuck atomic.Bool // a write transaction ended in a panic
}

// update runs a write transaction, and turns a panic into an error.
func (s *store) update(do func(*bolt.Tx) error) error {
	panicked := true
	err := guard(func() error {
		err := s.DB.Update(do)
		panicked = false
		return err
	})
	if panicked {
		s.stuck.Store(true)
	}
	return err
}

// Close closes the file and gives its lock up. Rolling a transaction back, bbolt reads pages; where the disk is gone or the file
// cut short, that panics once more, and bbolt keeps the lock for which its own Close would wait for ever. Then
// the descriptor alone is closed and the pages stay mapped.
func (s *store) Close() error {
	if s.stuck.Load() {
		return release(s.file)
	}
	return s.DB.Close()
}

// release closes a file that bbolt has left mapped: the mapping would keep its lock (flock(2)).
func release(file *os.File) error {
	return errors.Join(syscall.Flock(int(file.Fd()), syscall.LOCK_UN), file.Close())
}
