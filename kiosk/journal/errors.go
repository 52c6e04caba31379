package journal

import (
	"errors"
	"fmt"
	"runtime/debug"

	bolterrors "go.etcd.io/bbolt/errors"
)

// What can be wrong with a journal. The errors of this package wrap one of them where one fits, and
// otherwise what the operating system said.
var (
	// ErrInUse means that another process holds the file's lock.
	ErrInUse = errors.New("another layso runs on this data folder")
	// ErrNewer means that the file was written by a newer layso.
	ErrNewer = errors.New("written by a newer layso")
	// ErrDamaged means that the file is not what was written: cut short, altered, or no journal.
	ErrDamaged = errors.New("journal is damaged")
	// ErrBroken means that a commit failed and its outcome is unknown until Reopen.
	ErrBroken = errors.New("journal needs to be reopened")
	// ErrClosed means that the journal has been closed.
	ErrClosed = errors.New("journal is closed")
	// ErrExists means that a restore or a backup would overwrite a file.
	ErrExists = errors.New("file exists already")
	// ErrGap means that the events do not follow the last one of the log.
	ErrGap = errors.New("events do not follow the log")
	// ErrNoDay means that the log has no such business day.
	ErrNoDay = errors.New("there is no such business day")
	// ErrDayOpen means that the business day has not ended.
	ErrDayOpen = errors.New("the business day has not ended")
)

// guard runs do and turns what a damaged file makes of bbolt, panics and faults on pages behind the
// end of the file, into an error. A caller's callback does not run inside it: its panics are not ours to hide.
func guard(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	return do()
}

// explain gives bbolt's errors on opening the words that a person at the office can act on.
func explain(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return ErrInUse
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return err
}
