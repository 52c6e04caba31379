package voice

import (
	"slices"
	"strings"
	"time"

	"layso/kiosk"
)

// Call is what is spoken: a ticket's number, the id of a counter, and the language in which the
// ticket was taken. Characters that are neither letters A-Z nor digits are not read.
type Call struct {
	Number  string
	Counter string
	Lang    kiosk.Lang
}

// Word is a clip of a sentence and the silence before it.
type Word struct {
	Clip  string // its name, e.g. "vi.7"
	Pause time.Duration
}

// The silences of a sentence. The clips begin and end where something is heard.
const (
	flow    = 30 * time.Millisecond  // from a word to the next
	digit   = 60 * time.Millisecond  // from one digit to the next, each a piece of news of its own
	comma   = 120 * time.Millisecond // before the number, and before where to go
	stop    = 500 * time.Millisecond // between the languages
	Between = 700 * time.Millisecond // between the first and the second reading
)

// Sentences gives what is said for a call, one sentence after another: Vietnamese, and English behind
// it where the ticket was taken in English and the hall wants that.
func Sentences(c Call, set kiosk.Voice) []Word {
	out := Sentence(kiosk.Vietnamese, c, set)
	if c.Lang == kiosk.English && !set.VietnameseOnly {
		english := Sentence(kiosk.English, c, set)
		english[0].Pause = stop
		out = append(out, english...)
	}
	return out
}

// Sentence gives the call in one language.
func Sentence(lang kiosk.Lang, c Call, set kiosk.Voice) []Word {
	out := []Word{{Clip: clip(lang, "call")}}
	out = append(out, ticket(lang, c.Number, set)...)
	out = append(out, Word{clip(lang, "counter"), comma})
	return append(out, natural(lang, c.Counter, flow, set)...)
}

// ticket reads a ticket's number as the hall wants it.
func ticket(lang kiosk.Lang, number string, set kiosk.Voice) []Word {
	if set.Whole {
		return natural(lang, number, comma, set)
	}
	return spell(lang, number, comma, digit, digits)
}

// natural reads a number as one does in a sentence. first is the silence before it.
func natural(lang kiosk.Lang, s string, first time.Duration, set kiosk.Voice) []Word {
	return spell(lang, s, first, flow, func(s string) []string { return whole(lang, s, set) })
}

// spell reads letters by their names and gives each run of digits to read. first is the silence before all of
// it, between that from one to the next.
func spell(lang kiosk.Lang, s string, first, between time.Duration, read func(string) []string) []Word {
	var out []Word
	for _, run := range runs(s) {
		names := []string{strings.ToLower(run)}
		if run[0] <= '9' {
			names = read(run)
		}
		for _, name := range names {
			out = append(out, Word{clip(lang, name), between})
		}
	}
	if len(out) > 0 {
		out[0].Pause = first
	}
	return out
}

// runs splits a number into its letters, one by one, and its runs of digits.
func runs(s string) []string {
	var out []string
	inDigits := false
	for _, r := range s {
		isDigit := r >= '0' && r <= '9'
		switch {
		case isDigit && inDigits:
			out[len(out)-1] += string(r)
		case isDigit, r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			out = append(out, string(r))
		}
		inDigits = isDigit
	}
	return out
}

func clip(lang kiosk.Lang, name string) string { return string(lang) + "." + name }

// Transcript writes the words as they are heard, with a comma where the voice waits.
func Transcript(words []Word) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i > 0 && w.Pause >= stop:
			b.WriteString(". ")
		case i > 0 && w.Pause >= comma:
			b.WriteString(", ")
		case i > 0:
			b.WriteString(" ")
		}
		b.WriteString(texts[w.Clip])
	}
	return b.String()
}

// Names gives the names of all clips of a language, in the order of clips.tsv.
func Names(lang kiosk.Lang) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !strings.HasPrefix(n, string(lang)+".") })
}
