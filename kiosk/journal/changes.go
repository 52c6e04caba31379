package journal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// changesReader is the name under which the journal keeps where the changes of the hall stand.
const changesReader = "changes"

// changesKept is how many events may come before it is kept anew where the changes stand: reading their types
// again takes some milliseconds.
const changesKept = 20_000

// changes knows where in the log the changes of the hall stand.
type changes struct {
	mu   sync.Mutex
	seqs []uint64 // in order
	seen uint64   // all events up to this one have been looked at
	kept uint64   // seen, as it was kept last
}

// Changes gives up to limit of the events that said what the hall is, newest first: every hall.changed,
// and the day.opened of a log that begins with one. before, a seq, leaves out itself and what comes after;
// 0 leaves out nothing. Where they stand is an index that is made at the first call and kept; no call
// decodes more events than it gives.
func (j *Journal) Changes(before uint64, limit int) (events []kiosk.Event, err error) {
	seqs, err := j.ChangesAt(before, limit)
	if err != nil {
		return nil, err
	}
	for _, seq := range seqs {
		var link *hash
		e, err := j.read(seq, 1, &link)
		if err != nil {
			return nil, fmt.Errorf("journal: changes of the hall: %w", err)
		}
		events = append(events, e...)
	}
	return events, nil
}

// ChangesAt gives the seqs of the events that [Journal.Changes] would give. It reads none of them.
func (j *Journal) ChangesAt(before uint64, limit int) ([]uint64, error) {
	seqs, err := j.changesUpTo(j.last.Load())
	if err != nil {
		return nil, fmt.Errorf("journal: changes of the hall: %w", err)
	}
	end := len(seqs)
	if before != 0 {
		end, _ = slices.BinarySearch(seqs, before)
	}
	found := slices.Clone(seqs[max(0, end-limit):end])
	slices.Reverse(found)
	return found, nil
}

// changesUpTo brings the index up to date and gives it.
func (j *Journal) changesUpTo(last uint64) ([]uint64, error) {
	c := &j.changes
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == 0 {
		c.recall(j)
	}
	for c.seen < last {
		if err := j.view(func(tx *bolt.Tx) error { return c.look(tx, min(last, c.seen+20*chunk)) }); err != nil {
			return nil, err
		}
	}
	if c.seen-c.kept >= changesKept {
		if err := j.SaveState(changesReader, c.seen, c.state()); err != nil {
			return nil, err
		}
		c.kept = c.seen
	}
	return c.seqs, nil
}

// look notes the changes among the events up to last.
func (c *changes) look(tx *bolt.Tx, last uint64) error {
	cursor := tx.Bucket(eventsBucket).Cursor()
	for key, record := cursor.Seek(seqKey(c.seen + 1)); c.seen < last; key, record = cursor.Next() {
		if len(key) != 8 || binary.BigEndian.Uint64(key) != c.seen+1 {
			return fmt.Errorf("%w: event %d is missing", ErrDamaged, c.seen+1)
		}
		c.seen++
		if isA(record, kiosk.HallChanged) || len(c.seqs) == 0 && isA(record, kiosk.DayOpened) {
			c.seqs = append(c.seqs, c.seen)
		}
	}
	return nil
}

// isA reports whether the record is of an event of this type without decoding it. The type stands right
// behind the seq and the time; within a text, its quotes would be escaped.
func isA(record []byte, kind kiosk.EventType) bool {
	if len(record) < bodyAt {
		return false
	}
	text := record[bodyAt:]
	return bytes.Contains(text[:min(len(text), 120)], []byte(`"type":"`+kind+`"`))
}

// state writes the index down as the distances from one change to the next.
func (c *changes) state() (out []byte) {
	at := uint64(0)
	for _, seq := range c.seqs {
		out = binary.AppendUvarint(out, seq-at)
		at = seq
	}
	return out
}

// recall reads the kept index back. One that can't be used is made anew from the events.
func (c *changes) recall(j *Journal) {
	seen, state, err := j.State(changesReader)
	if err != nil || seen > j.last.Load() {
		return
	}
	at := uint64(0)
	var seqs []uint64
	for len(state) > 0 {
		step, n := binary.Uvarint(state)
		if n <= 0 {
			return
		}
		at, state = at+step, state[n:]
		seqs = append(seqs, at)
	}
	c.seqs, c.seen, c.kept = seqs, seen, seen
}
