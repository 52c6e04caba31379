package journal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// slipOf gives what stands on the closing slip of the story's first day, and the code in lower case.
func slipOf(t *testing.T, s *story) (slip, code string) {
	t.Helper()
	j := open(t, written(t, s))
	defer j.Close()
	seq, head, err := j.Seal("2026-11-20")
	must(t, err)
	code = fmt.Sprintf("%x", head)
	var groups []string
	for i := 0; i < len(code); i += 4 {
		groups = append(groups, strings.ToUpper(code[i:i+4]))
	}
	return fmt.Sprintf("%d: %s", seq, strings.Join(groups, " ")), code
}

func mark(t *testing.T, s string) journal.Mark {
	t.Helper()
	m, err := journal.ParseMark(s)
	must(t, err)
	return m
}

// Who has the PC can write another log whose checksums and chain are all right. The slip in the drawer
// knows better.
func TestTheSlipShowsWhatTheFileCannot(t *testing.T) {
	s := twoDays()
	slip, code := slipOf(t, s)
	m, short := mark(t, slip), mark(t, slip[:len("10: ")+19])
	for _, m := range []journal.Mark{m, short} {
		if _, err := journal.Verify(written(t, s), m); err != nil {
			t.Errorf("the log is not that of its own slip: %v", err)
		}
	}
	if m.Hash != code || short.Hash != code[:16] {
		t.Errorf("%q is read as %+v and %+v", slip, m, short)
	}

	forged := twoDays()
	for i := range forged.events {
		if e := &forged.events[i]; e.Type == kiosk.TicketFinished {
			e.Count = 1 // of two dossiers one was lost
		}
	}
	ended := twoDays()
	ended.events = ended.events[:len(ended.events)-5]
	later := twoDays() // what came after the slip is not on it
	later.events[len(later.events)-1].Priority = ""
	later.events[len(later.events)-1].Device = "k2"
	for what, x := range map[string]struct {
		log  *story
		good bool
	}{"one event forged": {forged, false}, "cut off before the slip": {ended, false}, "forged after the slip": {later, true}} {
		path := written(t, x.log)
		_, err := journal.Verify(path)
		must(t, err)
		if _, err = journal.Verify(path, m); (err == nil) != x.good || !x.good && !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestParseMark(t *testing.T) {
	code := strings.Repeat("0123456789abcdef", 4)
	for s, want := range map[string]journal.Mark{
		"12:" + code:                     {Seq: 12, Hash: code},
		"1.234.567: " + code:             {Seq: 1234567, Hash: code},
		"1,234 : 0123 4567 89AB CDEF":    {Seq: 1234, Hash: code[:16]},
		"7:\t0123456789abcdef\n01234567": {Seq: 7, Hash: code[:24]},
	} {
		if got, err := journal.ParseMark(s); err != nil || got != want {
			t.Errorf("%q: %+v %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", ":", code, "12", "12:", "0:" + code, "-1:" + code, "x:" + code, "12:" + code + "0", "12:0123456789abcde", "12:0123456789abcdeg", "12:" + code[:20] + ":" + code,
		"99999999999999999999:" + code,
	} {
		if got, err := journal.ParseMark(s); err == nil || got != (journal.Mark{}) {
			t.Errorf("%q is read as %+v", s, got)
		}
	}
}
