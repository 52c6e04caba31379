package kiosk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"layso/kiosk"
)

// written is a setup as the log keeps it; what means the same is written alike.
func written(t testing.TB, s *kiosk.Setup) (string, *kiosk.Setup) {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	raw = []byte(strings.ReplaceAll(string(raw), ":null", ":[]"))
	back := &kiosk.Setup{}
	if err := json.Unmarshal(raw, back); err != nil {
		t.Fatal(err)
	}
	return string(raw), back
}

// edit makes a setup another one by one to four random changes; only the named part where there is one.
func edit(r *rapid.T, s *kiosk.Setup, only string) *kiosk.Setup {
	raw, _ := json.Marshal(s)
	out := &kiosk.Setup{}
	if err := json.Unmarshal(raw, out); err != nil {
		r.Fatal(err)
	}
	edits := map[string]func(){
		"name":  func() { out.Name.EN = fmt.Sprint("Office ", dice(r, "n", 9)) },
		"hours": func() { out.Hours = everyDay(kiosk.Span{From: 60 * dice(r, "from", 5), To: 600}) },
		"head":  func() { out.Paper.Head.VI = fmt.Sprint("Số ", dice(r, "n", 9)) },
		"chime": func() { out.Voice.Linh = !out.Voice.Linh },
		"quota": func() { someOf(r, out.Services, func(x *kiosk.Service) { x.Quota = dice(r, "quota", 9) }) },
		"called": func() {
			someOf(r, out.Services, func(x *kiosk.Service) { x.Name.VI = fmt.Sprint("Đất ", dice(r, "n", 9)) })
		},
		"own": func() {
			someOf(r, out.Services, func(x *kiosk.Service) { x.Hours = pick(r, "own", nil, &kiosk.Hours{}, &kiosk.Hours{Always: true}) })
		},
		"credit": func() { someOf(r, out.Priorities, func(x *kiosk.Priority) { x.CreditS = dice(r, "credit", 9) }) },
		"skills": func() {
			someOf(r, out.Counters, func(x *kiosk.Counter) { x.Services = shuffled(r, some(r, "skills", "s1", "s2", "s3")) })
		},
		"services": func() {
			out.Services = reordered(r, out.Services, func(x kiosk.Service) string { return x.ID }, func(id string) kiosk.Service { return kiosk.Service{ID: id, MeanS: dice(r, "mean", 9)} })
		},
		"counters": func() {
			out.Counters = reordered(r, out.Counters, func(x kiosk.Counter) string { return x.ID }, func(id string) kiosk.Counter { return kiosk.Counter{ID: id} })
		},
		"notices": func() {
			out.Notices = reordered(r, out.Notices, func(x kiosk.Notice) string { return x.Title.VI }, func(id string) kiosk.Notice {
				return kiosk.Notice{Title: kiosk.Text{VI: id}, Lines: kiosk.Lines{VI: some(r, "lines", "a", "b")}}
			})
		},
	}
	if only != "" {
		edits[only]()
		return out
	}
	names := []string{}
	for name := range edits {
		names = append(names, name)
	}
	slices.Sort(names)
	for range 1 + dice(r, "edits", 4) {
		edits[names[dice(r, "edit", len(names))]]()
	}
	return out
}

func someOf[T any](r *rapid.T, list []T, do func(*T)) {
	if len(list) > 0 {
		do(&list[dice(r, "which", len(list))])
	}
}

func shuffled(r *rapid.T, list []string) []string { return rapid.Permutation(list).Draw(r, "order") }

// reordered leaves some entries out, adds some and mixes them.
func reordered[T any](r *rapid.T, list []T, key func(T) string, make func(string) T) []T {
	have := map[string]T{}
	keys := []string{}
	for _, x := range list {
		have[key(x)] = x
		keys = append(keys, key(x))
	}
	for _, id := range some(r, "entries", "s1", "s2", "s3", "n1", "n2", "n3") {
		if _, ok := have[id]; !ok {
			have[id] = make(id)
			keys = append(keys, id)
		}
	}
	keys = slices.DeleteFunc(keys, func(string) bool { return dice(r, "gone", 4) == 0 })
	if dice(r, "mix", 2) == 0 {
		keys = shuffled(r, append([]string{}, keys...))
	}
	out := []T{}
	for _, id := range keys {
		out = append(out, have[id])
	}
	return out
}

// TestTakeBackRightAway: what was just changed and is taken back is exactly as before.
func TestTakeBackRightAway(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := edit(r, drawSetup(r), "")
		b := edit(r, a, "")
		if d := kiosk.Diff(a, a); len(d) > 0 {
			t.Fatalf("a setup differs from itself: %v", d)
		}
		textA, _ := written(t, a)
		textB, _ := written(t, b)
		changes := kiosk.Diff(a, b)
		if (len(changes) == 0) != (textA == textB) {
			t.Fatalf("the differences %v of\n%s\n%s", changes, textA, textB)
		}
		back, err := b.TakeBack(a, b)
		if len(changes) == 0 {
			if !errors.Is(err, kiosk.ErrNothingToUndo) {
				t.Fatalf("nothing to take back: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := written(t, back); got != textA {
			t.Fatalf("taken back\n%s\nwant\n%s\nfrom\n%s", got, textA, textB)
		}
	})
}

// TestTakeBackLater: other changes than the one that is taken back stay, all of them; or it is refused and the places
// are named that both changed.
func TestTakeBackLater(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a := edit(r, drawSetup(r), "")
		b := edit(r, a, "")
		c := edit(r, b, "")
		first, later := kiosk.Diff(a, b), kiosk.Diff(b, c)
		back, err := c.TakeBack(a, b)
		var clash kiosk.Overwritten
		switch {
		case errors.Is(err, kiosk.ErrNothingToUndo):
			return
		case errors.As(err, &clash):
			for _, x := range clash {
				if !touches(first, x.Path) || !touches(later, x.Path) {
					t.Fatalf("%s stands in the way, first change %v, later %v", x.Path, paths(first), paths(later))
				}
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		for _, x := range kiosk.Diff(c, back) {
			if !touches(first, x.Path) {
				t.Fatalf("%s is another one, and was not changed by %v", x.Path, paths(first))
			}
		}
		for _, x := range kiosk.Diff(a, back) { // what is not as before is what was changed later
			if !touches(later, x.Path) {
				t.Fatalf("%s is not as before although only %v was changed later", x.Path, paths(later))
			}
		}
	})
}

// TestTakeBackOfAnotherPart: changes of different parts never stand in each other's way.
func TestTakeBackOfAnotherPart(t *testing.T) {
	parts := []string{"name", "hours", "head", "chime", "quota", "credit", "counters", "notices"}
	rapid.Check(t, func(r *rapid.T) {
		i := dice(r, "first", len(parts))
		j := (i + 1 + dice(r, "later", len(parts)-1)) % len(parts)
		a := edit(r, drawSetup(r), "")
		b := edit(r, a, parts[i])
		c := edit(r, b, parts[j])
		back, err := c.TakeBack(a, b)
		if len(kiosk.Diff(a, b)) == 0 && errors.Is(err, kiosk.ErrNothingToUndo) {
			return
		}
		if err != nil {
			t.Fatalf("%s, then %s: %v", parts[i], parts[j], err)
		}
		if diff := cmp.Diff(paths(kiosk.Diff(b, c)), paths(kiosk.Diff(a, back))); diff != "" {
			t.Fatalf("%s, then %s: %s", parts[i], parts[j], diff)
		}
	})
}

// touches reports whether one of the changes is at the path, within it or around it.
func touches(changes []kiosk.Difference, path string) bool {
	return slices.ContainsFunc(changes, func(x kiosk.Difference) bool {
		return strings.HasPrefix(x.Path, path) || strings.HasPrefix(path, x.Path)
	})
}

func paths(changes []kiosk.Difference) (out []string) {
	for _, x := range changes {
		out = append(out, fmt.Sprintf("%s %s", x.Path, x.Kind))
	}
	return out
}

func TestDiffSaysWhere(t *testing.T) {
	a := testSetup()
	a.Priorities = append(a.Priorities, kiosk.Priority{ID: "disabled"})
	_, b := written(t, a)
	b.Services[0].Quota = 7
	b.Services[1].Name.EN = "Registers"
	b.Counters = append(b.Counters, kiosk.Counter{ID: "7", Name: kiosk.Text{VI: "Quầy 7"}, Services: []string{a.Services[0].ID}})
	b.Counters[0].Services = slices.Insert(b.Counters[0].Services, 0, "moi")
	slices.Reverse(b.Priorities)
	b.Users = b.Users[1:]
	b.Notices = []kiosk.Notice{{Title: kiosk.Text{VI: "Tin"}}, {Title: kiosk.Text{VI: "Tin"}}}
	got := paths(kiosk.Diff(a, b))
	want := []string{
		"services[" + a.Services[0].ID + "].quota changed", "services[" + a.Services[1].ID + "].name.en changed",
		"counters[" + a.Counters[0].ID + "].services[moi] added", "counters[7] added",
		"priorities moved", "users[" + a.Users[0].ID + "] removed", "notices[Tin] added", "notices[Tin #2] added",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if x := kiosk.Diff(a, b)[0]; x.Entry != a.Services[0].Name || x.Was != a.Services[0].Quota || x.Is != 7 {
		t.Errorf("%+v", x)
	}
}

func TestTakeBackIsRefused(t *testing.T) {
	a := testSetup()
	_, b := written(t, a)
	b.Services[0].Quota = 7
	b.Name.EN = "Other"
	_, c := written(t, b)
	c.Services[0].Quota = 9
	_, err := c.TakeBack(a, b)
	var clash kiosk.Overwritten
	if !errors.As(err, &clash) || !errors.Is(err, kiosk.ErrChangeOverwritten) || len(clash) != 1 {
		t.Fatalf("%v", err)
	}
	if x := clash[0]; x.Path != "services["+a.Services[0].ID+"].quota" || x.Was != 7 || x.Is != 9 {
		t.Errorf("%+v", x)
	}
}
