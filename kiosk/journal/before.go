package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// Before looks backwards at up to n records with a seq below before and gives the events among them that the
// sieve lets through, newest first. The sieve reads no event: it looks for texts in the records' JSON, and lets
// one through that holds at least one text of each of its sets; without sets all pass. What a text means is left
// to whoever asks, so what passes may still be something else. next is the seq of the oldest record that was
// looked at, the before of the next call, and 1 or less once the beginning is reached. Checksums and the chain
// are checked of every record that is looked at, and that they lead up to the one before; it is one read
// transaction, so n should stay small (a few thousand).
func (j *Journal) Before(before uint64, n int, sieve [][]string) (events []kiosk.Event, next uint64, err error) {
	next = min(before, j.last.Load()+1)
	sets := make([][][]byte, len(sieve))
	for i := range sieve {
		for _, s := range sieve[i] {
			sets[i] = append(sets[i], []byte(s))
		}
	}
	err = j.view(func(tx *bolt.Tx) error {
		w := walk{cursor: tx.Bucket(eventsBucket).Cursor(), seq: next}
		if err := w.begin(next <= j.last.Load()); err != nil {
			return err
		}
		for ; n > 0 && w.seq > 1; n-- {
			if err := w.step(); err != nil {
				return err
			}
			if !passes(w.record[bodyAt:], sets) {
				continue
			}
			e, _, err := decode(w.key, w.record)
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		next = w.seq
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("journal: events before %d: %w", before, err)
	}
	return events, next, nil
}

// walk goes through the records from the newest to the oldest.
type walk struct {
	cursor      *bolt.Cursor
	seq         uint64 // of the record that it is at
	key, record []byte
	link        *hash // of the record that comes next; nil: nobody knows
}

// begin stands on the record from which the walk goes down, or behind the last one.
func (w *walk) begin(there bool) error {
	key, record := w.cursor.Seek(seqKey(w.seq))
	if !there {
		return nil
	}
	return w.take(key, record)
}

// step goes to the record before.
func (w *walk) step() error {
	w.seq--
	if w.key != nil {
		return w.take(w.cursor.Prev())
	}
	return w.take(w.cursor.Seek(seqKey(w.seq)))
}

// take checks a record that has to have the walk's seq and to be what the one after it says.
func (w *walk) take(key, record []byte) error {
	if len(key) == 8 && binary.BigEndian.Uint64(key) != w.seq || key == nil {
		return fmt.Errorf("%w: event %d is missing", ErrDamaged, w.seq)
	}
	_, prev, err := body(record)
	if err != nil {
		return fmt.Errorf("event %d: %w", w.seq, err)
	}
	if w.link != nil && *w.link != hashOf(record) {
		return fmt.Errorf("event %d: %w: the chain is broken", w.seq, ErrDamaged)
	}
	w.key, w.record, w.link = key, record, &prev
	return nil
}

func passes(text []byte, sieve [][][]byte) bool {
	for _, set := range sieve {
		if !slices.ContainsFunc(set, func(s []byte) bool { return bytes.Contains(text, s) }) {
			return false
		}
	}
	return true
}

// SeqAt gives the seq of the first event that is not before t, and one above the last where there is none. Events
// never go back in time, so it need not read more than a few.
func (j *Journal) SeqAt(t time.Time) (uint64, error) {
	low, high := uint64(1), j.last.Load()+1
	err := j.view(func(tx *bolt.Tx) error {
		b := tx.Bucket(eventsBucket)
		for low < high {
			mid := low + (high-low)/2
			record := b.Get(seqKey(mid))
			if record == nil {
				return fmt.Errorf("%w: event %d is missing", ErrDamaged, mid)
			}
			e, _, err := decode(seqKey(mid), record)
			if err != nil {
				return err
			}
			if e.At.Before(t) {
				low = mid + 1
			} else {
				high = mid
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("journal: events at %s: %w", t.Format(time.RFC3339), err)
	}
	return low, nil
}
