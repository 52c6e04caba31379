package journal

import (
	"context"
	"io/fs"
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// WithOpenFile gives options under which the journal's file is opened by open.
func WithOpenFile(open func(string, int, fs.FileMode) (*os.File, error)) Options {
	return Options{openFile: open}
}

// Tamper changes a closed journal behind its back.
func Tamper(t *testing.T, path string, change func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, fileMode, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
}

// Records gives every record of a closed journal, in order.
func Records(t *testing.T, path string) (records [][]byte) {
	t.Helper()
	Tamper(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket(eventsBucket).ForEach(func(_, v []byte) error {
			records = append(records, append([]byte(nil), v...))
			return nil
		})
	})
	return records
}

// SchemaVersion is the newest that this layso knows.
const SchemaVersion = schemaVersion

// Checksum is the one that belongs into the record.
var Checksum = checksum

// Scan looks for the records of a file from the first one on.
func Scan(ctx context.Context, path string) (found int, behind uint64, err error) {
	chain, behind, err := scan(ctx, path, 0, hash{})
	return len(chain), behind, err
}
