package voice_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/display/voice"
)

// hall is a queue and somebody who listens.
type hall struct {
	queue    voice.Queue
	happened []voice.Item
	heard    string // now
}

func (h *hall) step(line string) {
	word := strings.Fields(line)
	switch word[0] {
	case "call", "recall":
		i := voice.Item{Seq: uint64(len(h.happened) + 1), Number: word[1], Recall: word[0] == "recall"}
		age := time.Duration(0)
		if len(word) > 2 {
			n, _ := strconv.Atoi(word[2])
			age = time.Duration(n) * time.Second
		}
		h.happened = append(h.happened, i)
		h.queue.Add(i, age)
	case "seen":
		n, _ := strconv.Atoi(word[1])
		h.queue.Add(h.happened[n-1], 0)
	case "clear":
		h.queue.Clear()
	case "done":
		h.queue.Done()
		h.heard = "-"
	}
	if i, part, ok := h.queue.Next(); ok {
		h.heard = fmt.Sprint(i.Seq, " ", part)
	}
}

// TestQueueScenarios plays the table that the browser's queue has to obey too.
func TestQueueScenarios(t *testing.T) {
	text, err := os.ReadFile("testdata/queue.txt")
	if err != nil {
		t.Fatal(err)
	}
	var h *hall
	title := ""
	for n, line := range strings.Split(string(text), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '=':
			title, h = line, &hall{heard: "-"}
		default:
			step, want, _ := strings.Cut(line, " -> ")
			if h.step(step); h.heard != want {
				t.Errorf("line %d, %s: after %q %q is heard, not %q", n+1, title, step, h.heard, want)
			}
		}
	}
}

// TestQueueProperties lets anything happen: nothing overlaps, nothing is cut off, every call is read
// once before it is read again, twice at most, in order but for recalls, and all that was heard of in time is.
func TestQueueProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := voice.Queue{Once: rapid.Bool().Draw(t, "once")}
		seq, spoken := uint64(0), map[uint64]bool{}
		first, again := map[uint64]int{}, map[uint64]int{}
		var playing *voice.Item
		recalls := map[uint64]bool{}
		last := uint64(0)
		next := func() {
			i, part, ok := q.Next()
			switch {
			case !ok:
				return
			case playing != nil:
				t.Fatalf("%d is heard while %d is", i.Seq, playing.Seq)
			case part == voice.First:
				first[i.Seq]++
				if !i.Recall && i.Seq < last {
					t.Fatalf("%d after %d", i.Seq, last)
				}
				if !i.Recall {
					last = i.Seq
				}
			case q.Once || first[i.Seq] == 0:
				t.Fatalf("%d is read again: once %v", i.Seq, q.Once)
			default:
				again[i.Seq]++
			}
			playing = &i
		}
		t.Repeat(map[string]func(*rapid.T){
			"happens": func(t *rapid.T) {
				seq++
				recall, age := rapid.Bool().Draw(t, "recall"), time.Duration(rapid.SampledFrom([]int{0, 0, 0, 19, 21}).Draw(t, "age"))*time.Second
				recalls[seq] = recall
				i := voice.Item{Seq: seq, Number: fmt.Sprint("A", rapid.IntRange(1, 6).Draw(t, "number")), Recall: recall}
				spoken[seq] = age <= voice.Stale
				if q.Add(i, age) != spoken[seq] {
					t.Fatalf("%d, %v old: spoken should be %v", seq, age, spoken[seq])
				}
				next()
			},
			"comes again": func(t *rapid.T) {
				if seq > 0 && q.Add(voice.Item{Seq: rapid.Uint64Range(1, seq).Draw(t, "seq"), Number: "A9"}, 0) {
					t.Fatal("taken twice")
				}
			},
			"ends": func(t *rapid.T) {
				if playing != nil {
					playing = nil
					q.Done()
					next()
				}
			},
		})
		for playing != nil {
			playing = nil
			q.Done()
			next()
		}
		for n := uint64(1); n <= seq; n++ {
			want := map[bool]int{true: 1}[spoken[n]]
			if first[n] != want || again[n] > 1 {
				t.Fatalf("%d (spoken %v) was read %d times and again %d times", n, spoken[n], first[n], again[n])
			}
		}
	})
}

// TestTwoHundredCalls: all that come in ten seconds are spoken, each once while many wait.
func TestTwoHundredCalls(t *testing.T) {
	var q voice.Queue
	for n := range uint64(200) {
		q.Add(voice.Item{Seq: n + 1, Number: fmt.Sprint("A", n)}, 0)
	}
	var heard []string
	for {
		i, part, ok := q.Next()
		if !ok {
			break
		}
		heard = append(heard, fmt.Sprint(i.Seq, part))
		q.Done()
	}
	if len(heard) != 203 || !slices.Equal(heard[196:], []string{"197first", "198first", "198again", "199first", "199again", "200first", "200again"}) {
		t.Errorf("%d readings, at last %v", len(heard), heard[max(0, len(heard)-7):])
	}
}
