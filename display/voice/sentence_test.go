package voice_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"layso/display/voice"
	"layso/kiosk"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares a text with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Error(diff)
	}
}

var (
	north = kiosk.Voice{Linh: true}
	south = kiosk.Voice{Ngan: true}
	whole = kiosk.Voice{Whole: true}
)

// number gives how a ticket's number is read, without the sentence around it.
func number(lang kiosk.Lang, n string, set kiosk.Voice) string {
	words := voice.Sentence(lang, voice.Call{Number: n}, set)
	return voice.Transcript(words[1 : len(words)-1])
}

func counter(lang kiosk.Lang, id string, set kiosk.Voice) string {
	words := voice.Sentence(lang, voice.Call{Counter: id}, set)
	return voice.Transcript(words[2:])
}

// TestNumbers writes out how every number is read, in every way that a hall can choose.
func TestNumbers(t *testing.T) {
	var b strings.Builder
	for n := range 1000 {
		s := fmt.Sprintf("%03d", n)
		fmt.Fprintf(&b, "%s\t%s\t%s", s, number("vi", s, kiosk.Voice{}), number("vi", s, whole))
		if linh := number("vi", s, kiosk.Voice{Whole: true, Linh: true}); linh != number("vi", s, whole) {
			b.WriteString(" / " + linh)
		}
		fmt.Fprintf(&b, "\t%s\t%s\n", number("en", s, kiosk.Voice{}), number("en", s, whole))
	}
	golden(t, "numbers.tsv", b.String())
}

func TestCounters(t *testing.T) {
	var b strings.Builder
	ids := []string{"0", "007", "010", "A", "a", "B2", "12C", "1A2B", "K15", "1000", "1005", "1050", "1105", "9999"}
	for n := 1; n <= 105; n++ {
		ids = append(ids, fmt.Sprint(n))
	}
	for _, id := range ids {
		fmt.Fprintf(&b, "%s\t%s", id, counter("vi", id, kiosk.Voice{}))
		for _, set := range []kiosk.Voice{north, south} {
			if other := counter("vi", id, set); other != counter("vi", id, kiosk.Voice{}) {
				b.WriteString(" / " + other)
			}
		}
		fmt.Fprintf(&b, "\t%s\n", counter("en", id, kiosk.Voice{}))
	}
	golden(t, "counters.tsv", b.String())
}

func TestLetters(t *testing.T) {
	var b strings.Builder
	for r := 'A'; r <= 'Z'; r++ {
		fmt.Fprintf(&b, "%c\t%s\t%s\n", r, number("vi", string(r), kiosk.Voice{}), number("en", string(r), kiosk.Voice{}))
	}
	golden(t, "letters.tsv", b.String())
}

// TestSentences: the whole of it, as the facts have it.
func TestSentences(t *testing.T) {
	var b strings.Builder
	for _, x := range []struct {
		call voice.Call
		set  kiosk.Voice
	}{
		{voice.Call{Number: "A007", Counter: "3", Lang: "vi"}, kiosk.Voice{}},
		{voice.Call{Number: "A007", Counter: "3", Lang: "en"}, kiosk.Voice{}},
		{voice.Call{Number: "A007", Counter: "3", Lang: "en"}, kiosk.Voice{VietnameseOnly: true}},
		{voice.Call{Number: "B115", Counter: "15", Lang: "vi"}, whole},
		{voice.Call{Number: "AB1000", Counter: "21", Lang: "vi"}, kiosk.Voice{Whole: true, Ngan: true}},
		{voice.Call{Number: "1105", Counter: "105", Lang: "vi"}, kiosk.Voice{}},
		{voice.Call{Number: "1105", Counter: "105", Lang: "en"}, kiosk.Voice{Whole: true, Linh: true, Ngan: true}},
		{voice.Call{Number: "A-12/3", Counter: "B", Lang: "vi"}, kiosk.Voice{}},
		{voice.Call{Number: "A12345678901234567890", Counter: "1", Lang: "vi"}, whole},
	} {
		fmt.Fprintf(&b, "%s → %s\n\t%s\n", x.call.Number, x.call.Counter, voice.Transcript(voice.Sentences(x.call, x.set)))
	}
	golden(t, "sentences.txt", b.String())
}

// TestEveryWordHasAClip: whatever is called, nothing of it is left out for want of a clip.
func TestEveryWordHasAClip(t *testing.T) {
	known := map[string]bool{}
	for _, lang := range []kiosk.Lang{"vi", "en"} {
		for _, name := range voice.Names(lang) {
			known[name] = true
		}
	}
	used := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		c := voice.Call{
			Number:  rapid.StringMatching(`[A-Z]{0,2}[0-9]{1,7}`).Draw(t, "number"),
			Counter: rapid.StringMatching(`[A-Za-z0-9]{1,4}`).Draw(t, "counter"), Lang: "en",
		}
		set := kiosk.Voice{Whole: rapid.Bool().Draw(t, "whole"), Linh: rapid.Bool().Draw(t, "linh"), Ngan: rapid.Bool().Draw(t, "ngan")}
		words := voice.Sentences(c, set)
		if len(words) < 2+2+len(c.Number) && !set.Whole {
			t.Fatalf("%v is only %q", c, voice.Transcript(words))
		}
		for _, w := range words {
			if !known[w.Clip] {
				t.Fatalf("there is no clip %q for %v", w.Clip, c)
			}
			used[w.Clip] = true
		}
	})
	if len(known) != 48+59+100 {
		t.Errorf("%d clips", len(known))
	}
	t.Logf("%d of %d clips were used", len(used), len(known))
}
