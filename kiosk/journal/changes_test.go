package journal_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// changesOf gives what Changes should give, by looking at every event.
func changesOf(model []kiosk.Event, before uint64, limit int) (want []kiosk.Event) {
	begun := false
	for _, e := range model {
		if e.Type == kiosk.HallChanged || e.Type == kiosk.DayOpened && !begun {
			begun = true
			want = append(want, e)
		}
	}
	want = slices.DeleteFunc(want, func(e kiosk.Event) bool { return before != 0 && e.Seq >= before })
	slices.Reverse(want)
	return want[:min(limit, len(want))]
}

func compareChanges(t interface{ Fatalf(string, ...any) }, j *journal.Journal, model []kiosk.Event, before uint64, limit int) {
	got, err := j.Changes(before, limit)
	if want := changesOf(model, before, limit); err != nil || len(got) != len(want) || len(want) > 0 && !cmp.Equal(want, got) {
		t.Fatalf("changes before %d, %d of them: %v %s", before, limit, err, cmp.Diff(want, got))
	}
}

// TestChangesAreIndexed: the index is kept with the file, goes on behind what was kept, and one that is damaged is
// made anew. A text that looks like a type is none.
func TestChangesAreIndexed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	at := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	var model []kiosk.Event
	add := func(n int, e kiosk.Event) {
		first := len(model)
		for range n {
			e.Seq, e.At = uint64(len(model)+1), at
			model = append(model, e)
		}
		must(t, j.Append(model[first:]))
	}
	note := kiosk.Event{Type: kiosk.BackupMade, By: `user:"type":"hall.changed"`, What: `"type":"hall.changed"`}
	change := kiosk.Event{Type: kiosk.HallChanged, By: "user:admin", Setup: &kiosk.Setup{TimeZone: "UTC"}}
	add(1, change)
	add(12000, note)
	add(2, change)
	add(12000, note)
	add(1, change)
	compareChanges(t, j, model, 0, 10)
	seen, state, err := j.State("changes")
	if seen != uint64(len(model)) || len(state) == 0 || err != nil {
		t.Fatalf("the index of %d events is kept as %d %v %v", len(model), seen, state, err)
	}
	must(t, j.Close())
	j = open(t, path)
	add(3, note)
	add(1, change)
	compareChanges(t, j, model, 0, 10)
	compareChanges(t, j, model, model[len(model)-1].Seq, 2)
	compareChanges(t, j, model, 1, 5)
	must(t, j.SaveState("changes", seen, []byte{0xff}))
	must(t, j.Close())
	j = open(t, path)
	compareChanges(t, j, model, 0, 10)
}
