package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// Salvaged is what [Salvage] has got back.
type Salvaged struct {
	Report        // of the new journal
	Backup uint64 // events that came from the backup
	Found  uint64 // events that were read from the damaged file behind them
	Behind uint64 // events that the damaged file still holds further on, behind a gap; they are lost
}

// Salvage makes the journal to: the backup, and behind it what the damaged file still holds of the log, as far as
// checksums, chain and rules hold. It reads the damaged file page by page and trusts nothing in it but whole records, so that no
// damage can stop it. Without a backup, "", it begins with the first event; PINs, devices and sessions are gone then.
// It changes neither file and never overwrites: when there is a file at to, it fails with [ErrExists].
func Salvage(ctx context.Context, damaged, backup, to string) (Salvaged, error) {
	s, err := salvage(ctx, damaged, backup, to)
	if err != nil {
		return s, fmt.Errorf("journal: salvage %s: %w", damaged, err)
	}
	return s, nil
}

func salvage(ctx context.Context, damaged, backup, to string) (s Salvaged, err error) {
	if _, err := os.Lstat(to); err == nil {
		return s, fmt.Errorf("%s: %w", to, ErrExists)
	}
	folder, err := os.MkdirTemp(filepath.Dir(to), ".salvage-*")
	if err != nil {
		return s, err
	}
	defer os.RemoveAll(folder)
	fresh := filepath.Join(folder, filepath.Base(to))
	v, err := begin(ctx, backup, fresh)
	if err != nil {
		return s, err
	}
	s.Backup = v.Events
	found, behind, err := scan(ctx, damaged, v.Events, v.head)
	if err != nil {
		return s, err
	}
	if s.Found, err = v.append(ctx, fresh, damaged, found); err != nil {
		return s, err
	}
	s.Behind = behind + uint64(len(found)) - s.Found
	if s.Report, err = Verify(fresh); err != nil {
		return s, err
	}
	return s, publish(fresh, to)
}

// begin makes the new journal of the backup, or empty, and checks it.
func begin(ctx context.Context, backup, fresh string) (*verifier, error) {
	if backup == "" {
		j, err := Open(fresh, Options{})
		return &verifier{}, errors.Join(err, closing(j))
	}
	if _, err := Restore(ctx, backup, fresh); err != nil {
		return nil, err
	}
	db, err := openReadOnly(fresh)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	v := &verifier{}
	return v, guard(func() error { return db.View(v.run) })
}

func closing(j *Journal) error {
	if j == nil {
		return nil
	}
	return j.Close()
}

// append writes the records that were found into the new journal, byte for byte, until one is not legal.
func (v *verifier) append(ctx context.Context, fresh, damaged string, found []spot) (n uint64, err error) {
	from, err := os.Open(damaged)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	db, err := openBolt(fresh, bolt.Options{InitialMmapSize: initialMmap}, os.OpenFile)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for len(found) > 0 && ctx.Err() == nil {
		part := found[:min(chunk, len(found))]
		found = found[len(part):]
		legal := 0
		err := db.update(func(tx *bolt.Tx) (err error) {
			legal, err = v.take(tx, from, part)
			return err
		})
		if n += uint64(legal); err != nil || legal < len(part) {
			return n, err
		}
	}
	return n, ctx.Err()
}

func (v *verifier) take(tx *bolt.Tx, from *os.File, part []spot) (legal int, err error) {
	for _, at := range part {
		record := make([]byte, at.n)
		if _, err := from.ReadAt(record, at.at); err != nil {
			return legal, err
		}
		e, _, err := decode(seqKey(at.seq), record)
		if err != nil || v.auditor.Check(e) != nil {
			return legal, nil // readable, and nonsense: the log ends before it
		}
		if err := tx.Bucket(eventsBucket).Put(seqKey(at.seq), record); err != nil {
			return legal, err
		}
		switch e.Type {
		case kiosk.DayOpened:
			err = openDay(tx, &e)
		case kiosk.DayClosed:
			err = closeDay(tx, &e)
		}
		if err != nil {
			return legal, err
		}
		legal++
	}
	return legal, nil
}
