package journal_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestHistories compares the journal with a slice under random histories, batches and restarts.
func TestHistories(t *testing.T) {
	must(t, flag.Set("rapid.checks", "30")) // each opens and syncs files dozens of times
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "journal")
		must(t, err)
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "hall.db")
		j := open(t, path)
		defer func() { j.Close() }()
		s, written := newStory(), 0
		rt.Repeat(map[string]func(*rapid.T){
			"take":    func(*rapid.T) { s.take() },
			"serve":   func(*rapid.T) { s.serve() },
			"close":   func(*rapid.T) { s.closeDay() },
			"open":    func(*rapid.T) { s.openDay() },
			"between": func(*rapid.T) { s.between() },
			"paper":   func(*rapid.T) { s.paper() },
			"page":    func(*rapid.T) { s.page() },
			"append": func(rt *rapid.T) {
				n := rapid.IntRange(0, len(s.events)-written).Draw(rt, "events")
				must(t, j.Append(s.events[written:written+n]))
				written += n
			},
			"restart": func(*rapid.T) {
				must(t, j.Close())
				j = open(t, path)
			},
			"reopen": func(*rapid.T) { must(t, j.Reopen()) },
			"": func(rt *rapid.T) {
				since := rapid.IntRange(0, len(s.events)+1).Draw(rt, "since")
				limit := rapid.IntRange(0, 50).Draw(rt, "limit")
				compare(rt, j, s.events[:written], since, limit)
			},
		})
		must(t, j.Append(s.events[written:]))
		compareExpired(rt, j, s)
		must(t, j.Close())
		report, err := journal.Verify(path)
		if err != nil {
			rt.Fatal(err)
		}
		if int(report.Events) != len(s.events) || report.Tickets != len(s.expired)+len(s.today)*btoi(s.open) {
			rt.Fatalf("report %+v of %d events", report, len(s.events))
		}
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func compare(t *rapid.T, j *journal.Journal, model []kiosk.Event, since, limit int) {
	if int(j.Last()) != len(model) {
		t.Fatalf("last is %d of %d", j.Last(), len(model))
	}
	got, err := j.Since(uint64(since), limit)
	if err != nil {
		t.Fatal(err)
	}
	want := model[min(since, len(model)):]
	want = want[:min(limit, len(want))]
	if len(got) != len(want) || len(want) > 0 && !cmp.Equal(got, want) {
		t.Fatalf("since %d limit %d: %s", since, limit, cmp.Diff(want, got))
	}
	var today []kiosk.Event
	if err := j.Today(func(e kiosk.Event) error { today = append(today, e); return nil }); err != nil {
		t.Fatal(err)
	}
	first := 0
	for i, e := range model {
		if e.Type == kiosk.DayOpened {
			first = i
		}
	}
	if len(today) != len(model)-first || len(today) > 0 && !cmp.Equal(today, model[first:]) {
		t.Fatalf("today: %s", cmp.Diff(model[first:], today))
	}
	asks(t, j, model)
	compareChanges(t, j, model, uint64(since), limit)
}

func compareExpired(t *rapid.T, j *journal.Journal, s *story) {
	for _, token := range s.expired {
		if !j.Expired(token) {
			t.Fatalf("%s of a closed day is not expired", token)
		}
	}
	for _, token := range s.today {
		if s.open && j.Expired(token) {
			t.Fatalf("%s of the open day is expired", token)
		}
	}
	if j.Expired("") || j.Expired("nobody") {
		t.Fatal("a token that was never given is expired")
	}
}

func TestLongDayIsReadInChunks(t *testing.T) {
	s := newStory()
	for range 1500 {
		s.take()
		s.serve()
	}
	j := open(t, written(t, s))
	n := 0
	must(t, j.Today(func(e kiosk.Event) error {
		if n++; int(e.Seq) != n {
			t.Fatalf("event %d comes as number %d", e.Seq, n)
		}
		return nil
	}))
	if n != len(s.events) {
		t.Fatalf("%d of %d events", n, len(s.events))
	}
	stop := errors.New("enough")
	if err := j.Today(func(kiosk.Event) error { return stop }); !errors.Is(err, stop) {
		t.Fatalf("the error of fold is lost: %v", err)
	}
}

func TestGap(t *testing.T) {
	s := twoDays()
	for name, bad := range map[string][]kiosk.Event{
		"ahead":    s.events[4:6],
		"again":    s.events[0:3],
		"in batch": {s.events[3], s.events[5]},
	} {
		t.Run(name, func(t *testing.T) {
			j := open(t, filepath.Join(t.TempDir(), "hall.db"))
			must(t, j.Append(s.events[:3]))
			if err := j.Append(bad); !errors.Is(err, journal.ErrGap) {
				t.Fatalf("got %v", err)
			}
			if err := j.Append(s.events[3:4]); !errors.Is(err, journal.ErrBroken) {
				t.Fatalf("after a failure it goes on: %v", err)
			}
			must(t, j.Reopen())
			if j.Last() != 3 {
				t.Fatalf("%d events were written", j.Last())
			}
			must(t, j.Append(s.events[3:]))
		})
	}
}

func TestDayThatTheIndexCannotHold(t *testing.T) {
	s := twoDays()
	again := s.events[0]
	again.Seq = uint64(len(s.events) + 1)
	j := open(t, written(t, s))
	if err := j.Append([]kiosk.Event{again}); err == nil {
		t.Fatal("a day was opened while one is open")
	}
	must(t, j.Reopen())
	s.closeDay()
	must(t, j.Append(s.events[j.Last():]))
	again.Seq = j.Last() + 1
	if err := j.Append([]kiosk.Event{again}); err == nil {
		t.Fatal("the business day went backwards")
	}
}

func TestTwoOpeners(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	for name, err := range map[string]error{
		"open":    second(journal.Open(path, journal.Options{})),
		"verify":  second(journal.Verify(path)),
		"restore": second(journal.Restore(t.Context(), path, path+".2")),
	} {
		if !errors.Is(err, journal.ErrInUse) || !strings.Contains(err.Error(), "another layso runs on this data folder") {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, j.Close())
	open(t, path)
}

func second[T any](_ T, err error) error { return err }

func TestTornCreation(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "hall.db")
	must(t, os.WriteFile(filepath.Join(dir, ".hall.db.123.new"), []byte("half a page"), 0o600))
	j := open(t, path)
	must(t, j.Append(twoDays().events))
	must(t, j.Close())
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	must(t, err)
	hidden, err := filepath.Glob(filepath.Join(dir, ".*"))
	must(t, err)
	if all := slices.Concat(files, hidden); len(all) != 1 || all[0] != path {
		t.Fatalf("left behind: %v", all)
	}
}

func TestCreateNeedsFolder(t *testing.T) {
	if _, err := journal.Open(filepath.Join(t.TempDir(), "none", "hall.db"), journal.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("got %v", err)
	}
}

func TestClosed(t *testing.T) {
	s := twoDays()
	j := open(t, written(t, s))
	must(t, j.Close())
	must(t, j.Close())
	for name, err := range map[string]error{
		"append": j.Append(s.events[:1]),
		"since":  second(j.Since(0, 10)),
		"today":  j.Today(func(kiosk.Event) error { return nil }),
		"reopen": j.Reopen(),
		"secret": j.Secrets().Put("pin", "lan", nil),
	} {
		if !errors.Is(err, journal.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
