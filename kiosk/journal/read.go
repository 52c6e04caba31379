package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// chunk is how many events are read in one transaction; a long one would hold back the reuse of pages.
const chunk = 1000

func hashOf(record []byte) hash { return sha256.Sum256(record) }

// Today folds every event from the newest day.opened to the end, in order; none when the log is
// empty, and all of it when no day was opened yet. Checksums and the chain are checked on the way. It stops at the first error of fold.
func (j *Journal) Today(fold func(kiosk.Event) error) error {
	var next uint64
	err := j.view(func(tx *bolt.Tx) error {
		_, entry, err := newestDay(tx)
		next = max(entry.First, 1)
		return err
	})
	if err != nil {
		return fmt.Errorf("journal: today: %w", err)
	}
	return j.ahead(next, fold)
}

// ahead folds the events from seq next on to the end, and reads and decodes while it folds what came before: at the start of
// the server both take about as long, and nothing else has anything to do.
func (j *Journal) ahead(next uint64, fold func(kiosk.Event) error) error {
	type part struct {
		events []kiosk.Event
		err    error
	}
	parts, stop := make(chan part, 1), make(chan struct{})
	defer func() {
		close(stop)
		for range parts { // until the goroutine has ended
		}
	}()
	go func() {
		defer close(parts)
		var link *hash
		for ; ; next += chunk {
			events, err := j.read(next, chunk, &link)
			select {
			case parts <- part{events, err}:
			case <-stop:
				return
			}
			if err != nil || len(events) < chunk {
				return
			}
		}
	}()
	for p := range parts {
		if p.err != nil {
			return fmt.Errorf("journal: today: %w", p.err)
		}
		for _, e := range p.events {
			if err := fold(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// Since gives up to limit events with a seq above since, in order. Fewer than limit means that the
// end of the log is reached.
func (j *Journal) Since(since uint64, limit int) ([]kiosk.Event, error) {
	var link *hash
	events, err := j.read(since+1, limit, &link)
	if err != nil {
		return nil, fmt.Errorf("journal: events after %d: %w", since, err)
	}
	return events, nil
}

// read gives up to limit durable events from seq first on. link carries the hash of the record before
// from one call to the next; nil means that it is not known.
func (j *Journal) read(first uint64, limit int, link **hash) (events []kiosk.Event, err error) {
	last := j.last.Load()
	if limit <= 0 || first == 0 || first > last {
		return nil, j.view(func(*bolt.Tx) error { return nil })
	}
	events = make([]kiosk.Event, 0, min(uint64(limit), last-first+1))
	err = j.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(eventsBucket).Cursor()
		key, record := c.Seek(seqKey(first))
		for want := first; want <= last && len(events) < limit; want++ {
			if key == nil || len(key) == 8 && binary.BigEndian.Uint64(key) != want {
				return fmt.Errorf("%w: event %d is missing", ErrDamaged, want)
			}
			e, prev, err := decode(key, record)
			if err != nil {
				return err
			}
			if *link != nil && **link != prev {
				return fmt.Errorf("event %d: %w: the chain is broken", want, ErrDamaged)
			}
			head := hashOf(record)
			*link = &head
			events = append(events, e)
			key, record = c.Next()
		}
		return nil
	})
	return events, err
}

// Expired reports whether token belongs to a ticket of a closed business day. It is false while the
// journal needs to be reopened.
func (j *Journal) Expired(token string) bool {
	found := false
	err := j.view(func(tx *bolt.Tx) error {
		found = token != "" && tx.Bucket(tokensBucket).Get([]byte(token)) != nil
		return nil
	})
	return err == nil && found
}
