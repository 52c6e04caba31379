package journal

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// Append writes the events in one transaction and returns when they are on the disk. Their Seqs must
// follow the last event without a gap, else nothing is written ([ErrGap]). After any error the outcome
// counts as unknown and the journal refuses everything with [ErrBroken] until [Journal.Reopen].
// The events are not kept. No events are no transaction.
func (j *Journal) Append(events []kiosk.Event) error {
	if len(events) == 0 {
		return nil
	}
	j.write.Lock()
	defer j.write.Unlock()
	var head hash
	err := j.update(func(tx *bolt.Tx) (err error) {
		if err := j.follows(events); err != nil {
			return err
		}
		if head, err = j.enc.batch(j.head, events); err != nil {
			return err
		}
		return j.put(tx, events)
	})
	if err != nil {
		return fmt.Errorf("journal: append %d events from %d: %w", len(events), events[0].Seq, err)
	}
	j.head = head
	j.last.Store(events[len(events)-1].Seq)
	return nil
}

// follows checks that the events continue the log.
func (j *Journal) follows(events []kiosk.Event) error {
	want := j.last.Load()
	for i := range events {
		if want++; events[i].Seq != want {
			return fmt.Errorf("%w: event %d where %d has to come", ErrGap, events[i].Seq, want)
		}
	}
	return nil
}

// put writes the encoded records and what the indexes need to know of them.
func (j *Journal) put(tx *bolt.Tx, events []kiosk.Event) error {
	b := tx.Bucket(eventsBucket)
	b.FillPercent = 1 // keys only ever grow: a page that is split half empty would stay so
	key := make([]byte, 8)
	for i := range events {
		e := &events[i]
		binary.BigEndian.PutUint64(key, e.Seq) // bbolt copies the key
		if err := b.Put(key, j.enc.record(i)); err != nil {
			return err
		}
		var err error
		switch e.Type {
		case kiosk.DayOpened:
			err = openDay(tx, e)
		case kiosk.DayClosed:
			err = closeDay(tx, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openDay enters the day into the index.
func openDay(tx *bolt.Tx, e *kiosk.Event) error {
	day, entry, err := newestDay(tx)
	switch {
	case err != nil:
		return err
	case day != "" && entry.Last == 0:
		return fmt.Errorf("event %d opens %s while %s is open", e.Seq, e.Day, day)
	case e.Day <= day:
		return fmt.Errorf("event %d opens %s after %s: the business day never goes backwards", e.Seq, e.Day, day)
	}
	return putDay(tx, e.Day, dayEntry{First: e.Seq})
}

// closeDay completes the day's entry and enters the tokens of its tickets.
func closeDay(tx *bolt.Tx, e *kiosk.Event) error {
	day, entry, err := newestDay(tx)
	if err != nil {
		return err
	}
	if day != e.Day || entry.Last != 0 {
		return fmt.Errorf("event %d closes %s, which is not open", e.Seq, e.Day)
	}
	tokens := tx.Bucket(tokensBucket)
	err = tokensOf(tx, entry.First, e.Seq, func(token string) error {
		entry.Tickets++
		return tokens.Put([]byte(token), []byte(day))
	})
	if err != nil {
		return err
	}
	entry.Last = e.Seq
	return putDay(tx, day, entry)
}

// tokensOf gives the token of every ticket that was taken in the events first..last.
func tokensOf(tx *bolt.Tx, first, last uint64, each func(string) error) error {
	c := tx.Bucket(eventsBucket).Cursor()
	for key, record := c.Seek(seqKey(first)); key != nil && binary.BigEndian.Uint64(key) <= last; key, record = c.Next() {
		text, _, err := body(record)
		if err != nil {
			return err
		}
		var e struct {
			Type   kiosk.EventType `json:"type"`
			Ticket string          `json:"ticket"`
		}
		if err := json.Unmarshal(text, &e); err != nil {
			return err
		}
		if e.Type != kiosk.TicketTaken {
			continue
		}
		if err := each(e.Ticket); err != nil {
			return err
		}
	}
	return nil
}

func putDay(tx *bolt.Tx, day string, entry dayEntry) error {
	value, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	return tx.Bucket(daysBucket).Put([]byte(day), value)
}
