package journal

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
)

// schemaVersion is what this layso writes; [Verify] and [Open] refuse a higher one. Version 2 has the
// events of routes, returns, appointments, a clock in doubt, and what the readers keep; version 3 those of
// papers that are no tickets and the rolls in the printers; version 4 numbers written by hand, counters handed
// over, calls for help, and notes of what people did. Who knows only an older version would read them
// as if nothing had happened, and go on from there.
const schemaVersion = 4

var (
	metaBucket    = []byte("meta")
	eventsBucket  = []byte("events")
	daysBucket    = []byte("days")
	tokensBucket  = []byte("tokens")
	secretsBucket = []byte("secrets")

	schemaKey  = []byte("schema")
	epochKey   = []byte("epoch")
	createdKey = []byte("created")
)

// meta is what the journal says about itself.
type meta struct {
	schema  int
	epoch   string
	created time.Time
}

func initSchema(tx *bolt.Tx, now time.Time) error {
	for _, name := range [][]byte{metaBucket, eventsBucket, daysBucket, tokensBucket, secretsBucket} {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	b := tx.Bucket(metaBucket)
	if err := raise(tx); err != nil {
		return err
	}
	if err := b.Put(createdKey, []byte(now.UTC().Format(time.RFC3339))); err != nil {
		return err
	}
	return b.Put(epochKey, newEpoch())
}

// newEpoch gives 128 random bits as 22 characters.
func newEpoch() []byte {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.AppendEncode(nil, b[:])
}

// raise makes an older file one of this version; all that it holds is read as it is.
func raise(tx *bolt.Tx) error {
	return tx.Bucket(metaBucket).Put(schemaKey, strconv.AppendInt(nil, schemaVersion, 10))
}

// readMeta refuses what is no journal or a newer one, before anything else is read.
func readMeta(tx *bolt.Tx) (m meta, err error) {
	b := tx.Bucket(metaBucket)
	if b == nil {
		return m, fmt.Errorf("%w: no layso journal", ErrDamaged)
	}
	if m.schema, err = strconv.Atoi(string(b.Get(schemaKey))); err != nil || m.schema < 1 {
		return m, fmt.Errorf("%w: schema version %q", ErrDamaged, b.Get(schemaKey))
	}
	if m.schema > schemaVersion {
		return m, fmt.Errorf("%w: it has schema %d, this layso knows up to %d", ErrNewer, m.schema, schemaVersion)
	}
	for _, name := range [][]byte{eventsBucket, daysBucket, tokensBucket, secretsBucket} {
		if tx.Bucket(name) == nil {
			return m, fmt.Errorf("%w: bucket %s is missing", ErrDamaged, name)
		}
	}
	m.epoch = string(b.Get(epochKey))
	if m.created, err = time.Parse(time.RFC3339, string(b.Get(createdKey))); err != nil || m.epoch == "" {
		return m, fmt.Errorf("%w: epoch or time of creation is missing", ErrDamaged)
	}
	return m, nil
}

// dayEntry is the value of the days bucket.
type dayEntry struct {
	First   uint64 `json:"first"`             // seq of day.opened
	Last    uint64 `json:"last,omitempty"`    // seq of day.closed; 0 while the day is open
	Tickets int    `json:"tickets,omitempty"` // tickets taken; 0 while the day is open
}

// newestDay gives the last entry of the days bucket; an empty day when there is none.
func newestDay(tx *bolt.Tx) (day string, entry dayEntry, err error) {
	key, value := tx.Bucket(daysBucket).Cursor().Last()
	if key == nil {
		return "", entry, nil
	}
	day = string(key)
	if err := json.Unmarshal(value, &entry); err != nil {
		return "", entry, fmt.Errorf("%w: day %s: %v", ErrDamaged, day, err)
	}
	return day, entry, nil
}
