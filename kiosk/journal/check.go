package journal

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
)

// CheckToday reads what a start of layso needs of the journal at path: its head, and the records of the newest
// business day to the end, with their checksums and the chain. Unlike [Verify] it costs the same however many years are stored.
// A file that is cut short or spoiled can end the process that reads it: let another one do it.
func CheckToday(path string) error {
	db, err := openReadOnly(path)
	if err != nil {
		return fmt.Errorf("journal: check %s: %w", path, err)
	}
	j := &Journal{path: path, db: db}
	err = guard(func() error { return db.View(j.load) })
	if err == nil {
		err = j.Today(func(kiosk.Event) error { return nil })
	}
	if err == nil {
		err = guard(func() error { return db.View(everyDay) })
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("journal: check %s: %w", path, err)
	}
	return nil
}

// everyDay reads the index of the days, which is short.
func everyDay(tx *bolt.Tx) error {
	_, _, err := newestDay(tx)
	count(tx.Bucket(daysBucket))
	return err
}
