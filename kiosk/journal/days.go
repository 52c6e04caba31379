package journal

import (
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// DayEvents gives the events of a business day, from its day.opened to its day.closed, or to the end of
// the log while it is open; [ErrNoDay] where the log has no such day. What happens between two days, when
// the hall is changed at night, belongs to none. Checksums and the chain are checked on the way.
func (j *Journal) DayEvents(day string) ([]kiosk.Event, error) {
	events, err := j.dayEvents(day)
	if err != nil {
		return nil, fmt.Errorf("journal: events of %s: %w", day, err)
	}
	return events, nil
}

func (j *Journal) dayEvents(day string) ([]kiosk.Event, error) {
	entry, err := j.entry(day)
	if err != nil {
		return nil, err
	}
	last := entry.Last
	if last == 0 {
		last = j.last.Load()
	}
	events := make([]kiosk.Event, 0, last+1-entry.First)
	var link *hash
	for next := entry.First; next <= last; next += chunk {
		part, err := j.read(next, int(min(chunk, last+1-next)), &link)
		if err != nil {
			return nil, err
		}
		events = append(events, part...)
	}
	if !is(events[0], kiosk.DayOpened, day) || entry.Last != 0 && !is(events[len(events)-1], kiosk.DayClosed, day) {
		return nil, fmt.Errorf("%w: the day is not events %d to %d", ErrDamaged, entry.First, last)
	}
	return events, nil
}

// Seal gives the day.closed of a business day: its seq, and the hash of its record, which holds the hash
// of the record before it and so all of the log up to there. Once it has left the PC, on the day's closing
// slip, nobody can change the log before it without being found out ([Verify]). It fails with [ErrNoDay],
// and with [ErrDayOpen] while the day has not ended.
func (j *Journal) Seal(day string) (seq uint64, head [32]byte, err error) {
	entry, err := j.entry(day)
	if err == nil && entry.Last == 0 {
		err = ErrDayOpen
	}
	if err == nil {
		err = j.view(func(tx *bolt.Tx) error {
			record := tx.Bucket(eventsBucket).Get(seqKey(entry.Last))
			if record == nil {
				return fmt.Errorf("%w: event %d is missing", ErrDamaged, entry.Last)
			}
			e, _, err := decode(seqKey(entry.Last), record)
			if err == nil && !is(e, kiosk.DayClosed, day) {
				err = fmt.Errorf("%w: event %d does not close the day", ErrDamaged, entry.Last)
			}
			head = hashOf(record)
			return err
		})
	}
	if err != nil {
		return 0, hash{}, fmt.Errorf("journal: seal of %s: %w", day, err)
	}
	return entry.Last, head, nil
}

func is(e kiosk.Event, kind kiosk.EventType, day string) bool { return e.Type == kind && e.Day == day }

// LastClosed gives the newest business day that has ended, YYYY-MM-DD, or nothing where none has.
func (j *Journal) LastClosed() (day string, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(daysBucket).Cursor()
		for key, value := c.Last(); key != nil; key, value = c.Prev() {
			entry, err := j.known(string(key), value)
			if err != nil || entry.Last > 0 {
				day = string(key)
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("journal: the newest closed day: %w", err)
	}
	return day, nil
}

// entry gives what the index says of a day.
func (j *Journal) entry(day string) (entry dayEntry, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		entry, err = j.known(day, tx.Bucket(daysBucket).Get([]byte(day)))
		if err == nil && entry.First == 0 {
			return ErrNoDay
		}
		return err
	})
	return entry, err
}

// known gives the entry as far as it is known to be on the disk: nothing where the day has not begun
// there, an open day where its end is not.
func (j *Journal) known(day string, value []byte) (entry dayEntry, err error) {
	if value == nil {
		return entry, nil
	}
	if err := json.Unmarshal(value, &entry); err != nil {
		return entry, fmt.Errorf("%w: day %s: %v", ErrDamaged, day, err)
	}
	switch last := j.last.Load(); {
	case entry.First == 0 || entry.Last != 0 && entry.Last <= entry.First:
		return entry, fmt.Errorf("%w: day %s stands as %s in the index", ErrDamaged, day, value)
	case entry.First > last:
		return dayEntry{}, nil
	case entry.Last > last:
		return dayEntry{First: entry.First}, nil
	}
	return entry, nil
}

// Days gives the business days of the log from one date to another (YYYY-MM-DD), both included, in order.
func (j *Journal) Days(from, to string) (days []kiosk.LoggedDay, err error) {
	err = j.view(func(tx *bolt.Tx) error {
		c := tx.Bucket(daysBucket).Cursor()
		for key, value := c.Seek([]byte(from)); key != nil && string(key) <= to; key, value = c.Next() {
			entry, err := j.known(string(key), value)
			if err != nil {
				return err
			}
			if entry.First > 0 {
				days = append(days, kiosk.LoggedDay{Day: string(key), First: entry.First, Last: entry.Last})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("journal: days from %s to %s: %w", from, to, err)
	}
	return days, nil
}
