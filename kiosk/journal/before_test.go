package journal_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestBefore: read backwards in pages of any size, the log is what was written, newest first; a sieve leaves
// out what lacks its texts and nothing else.
func TestBefore(t *testing.T) {
	s := newStory()
	for range 4 {
		for range 20 {
			s.take()
			s.serve()
		}
		s.closeDay()
		s.between()
	}
	j := open(t, written(t, s))
	rapid.Check(t, func(rt *rapid.T) {
		before := rapid.Uint64Range(0, uint64(len(s.events)+5)).Draw(rt, "before")
		kinds := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"ticket.called", "ticket.finished", "hall.changed", "no.such"}), 0, 3, rapid.ID).Draw(rt, "kinds")
		number := rapid.SampledFrom([]string{"", "A007"}).Draw(rt, "number")
		var sieve [][]string
		want := func(e kiosk.Event) bool { return e.Seq < before }
		if len(kinds) > 0 {
			var set []string
			for _, k := range kinds {
				set = append(set, `"type":"`+k+`"`)
			}
			sieve = append(sieve, set)
			with := want
			want = func(e kiosk.Event) bool { return with(e) && slices.Contains(kinds, string(e.Type)) }
		}
		if number != "" {
			sieve = append(sieve, []string{`"number":"` + number + `"`})
			with := want
			want = func(e kiosk.Event) bool { return with(e) && e.Number == number }
		}
		var model []kiosk.Event
		for _, e := range slices.Backward(s.events) {
			if want(e) {
				model = append(model, e)
			}
		}
		var got []kiosk.Event
		for next := before; next > 1; {
			n := rapid.IntRange(1, 60).Draw(rt, "n")
			page, after, err := j.Before(next, n, sieve)
			if err != nil {
				rt.Fatal(err)
			}
			if low := max(1, int(min(next, uint64(len(s.events)+1)))-n); int(after) != low {
				rt.Fatalf("%d records below %d lead to %d, want %d", n, next, after, low)
			}
			got, next = append(got, page...), after
		}
		if len(got)+len(model) > 0 && !cmp.Equal(got, model) {
			rt.Fatal(cmp.Diff(model, got))
		}
	})
}

// TestBeforeFindsDamage: a record that is not what it was is found from behind as well, also where the damage
// lies between two pages.
func TestBeforeFindsDamage(t *testing.T) {
	s := twoDays()
	forged := func(record []byte) []byte {
		changed := []byte(strings.Replace(string(record), `"counter":"1"`, `"counter":"2"`, 1))
		sum := journal.Checksum(changed)
		changed[1], changed[2], changed[3], changed[4] = byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum)
		return changed
	}
	for name, change := range map[string]func(*bolt.Bucket, []byte) error{
		"a flipped bit": func(b *bolt.Bucket, key []byte) error {
			record := slices.Clone(b.Get(key))
			record[len(record)-3] ^= 1
			return b.Put(key, record)
		},
		"forged with its checksum": func(b *bolt.Bucket, key []byte) error { return b.Put(key, forged(b.Get(key))) },
		"missing":                  func(b *bolt.Bucket, key []byte) error { return b.Delete(key) },
	} {
		for _, page := range []int{1, 2, 100} {
			path := written(t, s)
			journal.Tamper(t, path, func(tx *bolt.Tx) error {
				return change(tx.Bucket([]byte("events")), []byte{0, 0, 0, 0, 0, 0, 0, 5}) // a ticket.called
			})
			j := open(t, path)
			var err error
			for next := uint64(100); next > 1 && err == nil; {
				_, next, err = j.Before(next, page, [][]string{{"nothing has this text"}})
			}
			if !errors.Is(err, journal.ErrDamaged) {
				t.Errorf("%s, read %d at a time: %v, want %v", name, page, err, journal.ErrDamaged)
			}
		}
	}
}

func TestSeqAt(t *testing.T) {
	s := twoDays()
	j := open(t, written(t, s))
	for _, e := range s.events {
		for d, want := range map[time.Duration]uint64{0: e.Seq, -time.Millisecond: e.Seq, time.Millisecond: e.Seq + 1} {
			if got, err := j.SeqAt(e.At.Add(d)); err != nil || got != want {
				t.Errorf("%v after event %d: %d %v, want %d", d, e.Seq, got, err, want)
			}
		}
	}
	empty := open(t, filepath.Join(t.TempDir(), "hall.db"))
	if got, err := empty.SeqAt(s.at); err != nil || got != 1 {
		t.Errorf("in an empty log: %d %v, want 1", got, err)
	}
	if events, next, err := empty.Before(9, 5, nil); err != nil || len(events) != 0 || next != 1 {
		t.Errorf("an empty log backwards: %v %d %v", events, next, err)
	}
}

// BenchmarkBefore looks through 1,000 records, all of which or none pass the sieve.
func BenchmarkBefore(b *testing.B) {
	s := newStory()
	for range 4000 {
		s.take()
		s.serve()
	}
	j := open(b, written(b, s))
	for name, sieve := range map[string][][]string{"all": nil, "none": {{`"type":"day.closed"`, `"type":"hall.changed"`}}} {
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			for b.Loop() {
				_, _, err := j.Before(11000, 1000, sieve)
				must(b, err)
			}
		})
	}
}
