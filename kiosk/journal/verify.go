package journal

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// Report is what [Verify] has seen.
type Report struct {
	Schema  int       `json:"schema"`   // version of the file
	Epoch   string    `json:"epoch"`    // identity of the log
	Created time.Time `json:"created"`  //
	Events  uint64    `json:"events"`   // which is also the seq of the last one
	Days    int       `json:"days"`     // business days opened
	LastDay string    `json:"last_day"` // YYYY-MM-DD of the newest one; empty when there is none
	Tickets int       `json:"tickets"`  // tickets taken in all days
	Head    string    `json:"head"`     // SHA-256 of the last record in hex; zeros when there is none
}

// Verify reads the journal at path from the first event to the last and gives the first fault as an
// error. Without one: the seqs are gap-free, the checksums and the chain hold, every event is legal
// when the days are folded ([kiosk.Auditor]), the indexes say what the log says, and bbolt's pages
// are consistent, and the marks are the hashes of their records. The file is not changed; while a server has it open, Verify fails with [ErrInUse].
// The report counts what was read until the fault.
func Verify(path string, marks ...Mark) (Report, error) {
	v := verifier{marks: marks}
	db, err := openReadOnly(path)
	if err != nil {
		return v.Report, fmt.Errorf("journal: verify %s: %w", path, err)
	}
	defer db.Close()
	if err := guard(func() error { return db.View(v.run) }); err != nil {
		return v.Report, fmt.Errorf("journal: verify %s: %w", path, err)
	}
	return v.Report, nil
}

type verifier struct {
	Report
	marks   []Mark
	head    hash
	auditor kiosk.Auditor
	day     dayEntry
	open    []string // tokens of the open day
	closed  int      // tokens of closed days
}

func (v *verifier) run(tx *bolt.Tx) error {
	if err := wholeFile(tx); err != nil {
		return err
	}
	m, err := readMeta(tx)
	if err != nil {
		return err
	}
	v.Schema, v.Epoch, v.Created = m.schema, m.epoch, m.created
	err = tx.Bucket(eventsBucket).ForEach(func(key, record []byte) error { return v.event(tx, key, record) })
	v.Head = hex.EncodeToString(v.head[:])
	if err != nil {
		return err
	}
	if err := v.reached(); err != nil {
		return err
	}
	if err := v.indexes(tx); err != nil {
		return err
	}
	return pages(tx)
}

// event checks one record against the one before it, the rules of the hall and the indexes.
func (v *verifier) event(tx *bolt.Tx, key, record []byte) error {
	e, prev, err := decode(key, record)
	if err != nil {
		return err
	}
	if e.Seq != v.Events+1 {
		return fmt.Errorf("%w: after event %d comes %d", ErrDamaged, v.Events, e.Seq)
	}
	if prev != v.head {
		return fmt.Errorf("event %d: %w: the chain is broken", e.Seq, ErrDamaged)
	}
	if err := v.auditor.Check(e); err != nil {
		return fmt.Errorf("not legal: %w", err)
	}
	v.Events, v.head = e.Seq, hashOf(record)
	if err := v.marked(); err != nil {
		return err
	}
	switch e.Type {
	case kiosk.TicketTaken:
		v.Tickets++
		v.open = append(v.open, e.Ticket)
	case kiosk.DayOpened:
		v.Days++
		v.LastDay, v.day = e.Day, dayEntry{First: e.Seq}
		v.open = v.open[:0]
	case kiosk.DayClosed:
		return v.closeDay(tx, e)
	}
	return nil
}

// closeDay compares the closed day with the indexes.
func (v *verifier) closeDay(tx *bolt.Tx, e kiosk.Event) error {
	v.day.Last, v.day.Tickets = e.Seq, len(v.open)
	if err := v.sameDay(tx); err != nil {
		return err
	}
	for _, token := range v.open {
		if day := tx.Bucket(tokensBucket).Get([]byte(token)); string(day) != e.Day {
			return fmt.Errorf("%w: token of a ticket of %s stands as %q in the index", ErrDamaged, e.Day, day)
		}
	}
	v.closed += len(v.open)
	return nil
}

// sameDay compares the index entry of the newest day with the log.
func (v *verifier) sameDay(tx *bolt.Tx) error {
	var entry dayEntry
	value := tx.Bucket(daysBucket).Get([]byte(v.LastDay))
	if err := json.Unmarshal(value, &entry); err != nil || entry != v.day {
		return fmt.Errorf("%w: day %s stands as %q in the index, the log says %+v", ErrDamaged, v.LastDay, value, v.day)
	}
	return nil
}

// indexes looks for entries that the log does not know.
func (v *verifier) indexes(tx *bolt.Tx) error {
	if v.Days > 0 {
		if err := v.sameDay(tx); err != nil {
			return err
		}
	}
	if n := count(tx.Bucket(daysBucket)); n != v.Days {
		return fmt.Errorf("%w: %d days in the index, %d in the log", ErrDamaged, n, v.Days)
	}
	if n := count(tx.Bucket(tokensBucket)); n != v.closed {
		return fmt.Errorf("%w: %d tokens in the index, %d in the closed days of the log", ErrDamaged, n, v.closed)
	}
	return nil
}

func count(b *bolt.Bucket) (n int) {
	c := b.Cursor()
	for key, _ := c.First(); key != nil; key, _ = c.Next() {
		n++
	}
	return n
}

// pages lets bbolt check its own pages; it reports the first of what may be many faults.
func pages(tx *bolt.Tx) (err error) {
	for fault := range tx.Check() {
		if err == nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, fault)
		}
	}
	return err
}
