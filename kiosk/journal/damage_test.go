package journal_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestEveryByteOfEveryRecord flips each byte of each record; Verify has to see every one.
func TestEveryByteOfEveryRecord(t *testing.T) {
	path := written(t, twoDays())
	records := journal.Records(t, path)
	file, err := os.ReadFile(path)
	must(t, err)
	for i, record := range records {
		at := bytes.LastIndex(file, record)
		if at < 0 || bytes.Count(file, record) != 1 {
			t.Fatalf("record %d stands %d times in the file", i+1, bytes.Count(file, record))
		}
		for k := range record {
			writeByte(t, path, at+k, record[k]^1<<(k%8))
			_, err := journal.Verify(path)
			writeByte(t, path, at+k, record[k])
			if !errors.Is(err, journal.ErrDamaged) {
				t.Fatalf("byte %d of event %d: %v", k, i+1, err)
			}
		}
	}
	if _, err := journal.Verify(path); err != nil {
		t.Fatal(err)
	}
}

func writeByte(t *testing.T, path string, at int, b byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	_, err = f.WriteAt([]byte{b}, int64(at))
	must(t, err)
}

// TestDamagedFile flips bits anywhere and cuts the file anywhere: what is made of it is an answer or
// an error, never the end of the process.
func TestDamagedFile(t *testing.T) {
	path := written(t, twoDays())
	whole, err := os.ReadFile(path)
	must(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		bad := bytes.Clone(whole)
		bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
		must(t, os.WriteFile(path, bad, 0o600))
		if j, err := journal.Open(path, journal.Options{}); err == nil {
			j.Today(func(kiosk.Event) error { return nil })
			j.Close()
		}
		must(t, os.WriteFile(path, bad, 0o600))
		journal.Verify(path)
	}
	const used = 7 * 4096 // bytes; the end of the file is free pages
	for size := 0; size < used; size += 1531 {
		must(t, os.WriteFile(path, whole[:size], 0o600))
		if _, err := journal.Verify(path); !errors.Is(err, journal.ErrDamaged) {
			t.Fatalf("verify of %d bytes: %v", size, err)
		}
		if j, err := journal.Open(path, journal.Options{}); err == nil {
			j.Close()
			t.Fatalf("%d of %d bytes were opened", size, len(whole))
		}
	}
}

func TestNoJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	must(t, os.WriteFile(path, bytes.Repeat([]byte("no journal "), 9000), 0o600))
	for name, err := range map[string]error{"open": second(journal.Open(path, journal.Options{})), "verify": second(journal.Verify(path))} {
		if !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	journal.Tamper(t, emptied(t, path), func(*bolt.Tx) error { return nil })
	if _, err := journal.Open(path, journal.Options{}); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("a bbolt file without a journal was opened: %v", err)
	}
}

func emptied(t *testing.T, path string) string {
	t.Helper()
	must(t, os.Truncate(path, 0))
	return path
}

func TestTampering(t *testing.T) {
	bucket := func(tx *bolt.Tx, name string) *bolt.Bucket { return tx.Bucket([]byte(name)) }
	key := func(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }
	s := twoDays()
	for name, change := range map[string]func(*bolt.Tx) error{
		"altered with a right checksum": func(tx *bolt.Tx) error {
			record := bytes.Replace(bucket(tx, "events").Get(key(3)), []byte("device:kiosk"), []byte("device:stall"), 1)
			binary.BigEndian.PutUint32(record[1:], journal.Checksum(record))
			return bucket(tx, "events").Put(key(3), record)
		},
		"event removed":    func(tx *bolt.Tx) error { return bucket(tx, "events").Delete(key(5)) },
		"first removed":    func(tx *bolt.Tx) error { return bucket(tx, "events").Delete(key(1)) },
		"newest removed":   func(tx *bolt.Tx) error { return bucket(tx, "events").Delete(key(uint64(len(s.events)))) },
		"strange key":      func(tx *bolt.Tx) error { return bucket(tx, "events").Put([]byte("x"), []byte("y")) },
		"day removed":      func(tx *bolt.Tx) error { return bucket(tx, "days").Delete([]byte("2026-11-20")) },
		"day invented":     func(tx *bolt.Tx) error { return bucket(tx, "days").Put([]byte("2026-11-01"), []byte(`{"first":1}`)) },
		"day altered":      func(tx *bolt.Tx) error { return bucket(tx, "days").Put([]byte("2026-11-21"), []byte(`{"first":1}`)) },
		"token removed":    func(tx *bolt.Tx) error { return bucket(tx, "tokens").Delete([]byte(s.expired[0])) },
		"token invented":   func(tx *bolt.Tx) error { return bucket(tx, "tokens").Put([]byte("x"), []byte("2026-11-20")) },
		"token of the day": func(tx *bolt.Tx) error { return bucket(tx, "tokens").Put([]byte(s.today[0]), []byte("2026-11-21")) },
		"no schema":        func(tx *bolt.Tx) error { return bucket(tx, "meta").Delete([]byte("schema")) },
		"no epoch":         func(tx *bolt.Tx) error { return bucket(tx, "meta").Delete([]byte("epoch")) },
		"no secrets":       func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("secrets")) },
	} {
		t.Run(name, func(t *testing.T) {
			path := written(t, s)
			journal.Tamper(t, path, change)
			_, err := journal.Verify(path)
			if name == "newest removed" { // only the head that has left the PC shows it
				must(t, err)
			} else if !errors.Is(err, journal.ErrDamaged) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestHeadShowsWhatTheFileCannot(t *testing.T) {
	s := twoDays()
	all, err := journal.Verify(written(t, s))
	must(t, err)
	s.events = s.events[:len(s.events)-1]
	fewer, err := journal.Verify(written(t, s))
	must(t, err)
	if all.Head == fewer.Head || len(all.Head) != 64 {
		t.Fatalf("heads %q and %q", all.Head, fewer.Head)
	}
}

func TestVerifyFindsIllegalEvents(t *testing.T) {
	s := newStory()
	s.take()
	again := s.events[len(s.events)-1]
	again.Ticket = "another token"
	s.add(again)
	report, err := journal.Verify(written(t, s))
	if err == nil || report.Events != 3 {
		t.Fatalf("A001 was given twice: %v, %+v", err, report)
	}
}

func TestNewerSchema(t *testing.T) {
	for _, newer := range []string{strconv.Itoa(journal.SchemaVersion + 1), "99"} {
		path := written(t, twoDays())
		journal.Tamper(t, path, func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(newer)) })
		refused(t, path)
	}
}

func TestNewerRecord(t *testing.T) {
	path := written(t, twoDays())
	journal.Tamper(t, path, func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("events"))
		key, record := b.Cursor().Last()
		record = bytes.Clone(record)
		record[0]++
		binary.BigEndian.PutUint32(record[1:], journal.Checksum(record))
		return b.Put(bytes.Clone(key), record)
	})
	refused(t, path)
}

func refused(t *testing.T, path string) {
	t.Helper()
	before, err := os.ReadFile(path)
	must(t, err)
	for name, err := range map[string]error{
		"open":    second(journal.Open(path, journal.Options{})),
		"verify":  second(journal.Verify(path)),
		"restore": second(journal.Restore(t.Context(), path, path+".2")),
	} {
		if !errors.Is(err, journal.ErrNewer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	after, err := os.ReadFile(path)
	must(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

var update = flag.Bool("update", false, "write testdata files that are missing")

// fixtures are what stands in the journals of every schema version that layso has had.
var fixtures = []func() *story{twoDays, twoDays, printedDays, staffedDays}

// TestFixtures reads them. A fixture is written once, when its version is new, and never again.
func TestFixtures(t *testing.T) {
	newest := len(fixtures)
	path := fmt.Sprintf("testdata/schema-%d.db", newest)
	if _, err := os.Stat(path); err != nil && *update {
		must(t, os.WriteFile(path, compact(t, written(t, fixtures[newest-1]())), 0o644))
	}
	for i, story := range fixtures {
		fixture(t, i+1, newest, story())
	}
}

// compact gives the file without its free pages.
func compact(t *testing.T, path string) []byte {
	t.Helper()
	from, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	must(t, err)
	defer from.Close()
	small := filepath.Join(t.TempDir(), "small.db")
	to, err := bolt.Open(small, 0o600, nil)
	must(t, err)
	must(t, bolt.Compact(to, from, 0))
	must(t, to.Close())
	raw, err := os.ReadFile(small)
	must(t, err)
	return raw
}

// fixture reads a copy of one of them and writes to it, which makes it one of the newest version.
func fixture(t *testing.T, version, newest int, s *story) {
	t.Helper()
	path := fmt.Sprintf("testdata/schema-%d.db", version)
	report, err := journal.Verify(path)
	must(t, err)
	n := len(s.events)
	if report.Schema != version || report.Events != uint64(n) || report.Days != 2 || report.Tickets != len(s.expired)+len(s.today) || report.LastDay != "2026-11-21" {
		t.Fatalf("%+v", report)
	}
	raw, err := os.ReadFile(path)
	must(t, err)
	mine := filepath.Join(t.TempDir(), "hall.db")
	must(t, os.WriteFile(mine, raw, 0o600))
	j := open(t, mine)
	read, err := j.Since(0, 1000)
	must(t, err)
	if diff := cmp.Diff(s.events, read); diff != "" {
		t.Fatalf("version %d is read as something else: %s", version, diff)
	}
	s.take()
	s.paper()
	s.closeDay()
	s.openDay()
	must(t, j.Append(s.events[n:]))
	if !j.Expired(s.expired[0]) || !j.Expired(s.expired[len(s.expired)-1]) {
		t.Fatal("tokens are lost")
	}
	must(t, j.Close())
	report, err = journal.Verify(mine)
	must(t, err)
	if report.Schema != newest {
		t.Errorf("a layso that knows version %d only would go on with it: it is %d", version, report.Schema)
	}
}
