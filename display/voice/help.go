package voice

import (
	"slices"
	"strconv"
	"time"

	"layso/kiosk"
)

// Help is what the kiosk says of one of its screens to who has asked for it.
type Help struct {
	Screen  string // one of the keys of screens
	Lang    kiosk.Lang
	More    bool      // of home, day and time: there are more than can be seen
	Number  string    // of answer: the ticket's; of booked: the appointment's code
	Ahead   int       // of answer: people waiting before it
	Paper   string    // of answer and paper: one of the keys of papers
	Counter string    // of called: the id of the counter
	At      time.Time // of book: when the appointment would be, in the hall's zone
}

// screens are the clips that each screen begins with, without their language.
var screens = map[string][]string{
	"home": {"home"}, "none": {"none", "reason", "help"}, "ask": {"ask-no", "ask-yes"}, "code": {"code", "scan"},
	"several": {"several"}, "papers": {"papers", "papers-take"}, "sending": {"wait"}, "answer": {"number"}, "paper": {},
	"queue": {"queue", "sit"}, "called": {"called", "please"}, "staff": {"staff"}, "over": {"over", "new"}, "early": {"early", "return"},
	"refused": {"refused", "reason", "help"}, "unread": {"unread", "again", "help"}, "closed": {"closed", "opens"}, "locked": {"locked", "other"},
	"day": {"day"}, "time": {"time"}, "book": {}, "booked": {"booked"}, "unbooked": {"unbooked", "reason", "help"},
	"cancel": {"cancel", "else"}, "cancelled": {"cancelled"},
}

// papers are the clips for what becomes of a ticket's paper: it comes out here, or at another printer; it does
// not for want of paper, because the printer is out of order, because there is none, or because it came before.
var papers = map[string][]string{
	"here": {"take"}, "elsewhere": {"elsewhere"}, "out": {"out", "remember"}, "fault": {"fault", "remember"},
	"none": {"paperless", "remember"}, "before": {"before", "remember"},
}

// HelpSentences gives what is said, sentence by sentence; nothing where there is no such screen or paper.
func HelpSentences(h Help, set kiosk.Voice) []Word {
	first, ok := screens[h.Screen]
	paper, known := papers[h.Paper]
	if about := h.Screen == "answer" || h.Screen == "paper"; !ok || about && !known || h.Screen == "booked" && h.Number == "" {
		return nil
	}
	said := h.clips(first)
	if h.More && h.pages() {
		said = append(said, h.clips([]string{"more"})...)
	}
	switch h.Screen {
	case "home":
		said = append(said, h.clips([]string{"help"})...)
	case "answer":
		said = append(said, ticket(h.Lang, h.Number, set)...)
		said = append(said, h.ahead(set)...)
		said = append(said, h.clips(append(slices.Clone(paper), "sit"))...)
	case "paper":
		said = h.clips(paper)
	case "book":
		said = append(h.when(set), h.clips([]string{"book", "else"})...)
	case "booked":
		said = append(said, spell(h.Lang, h.Number, comma, digit, digits)...)
		said = append(said, h.clips([]string{"keep"})...)
	case "called":
		pause := flow // Xin mời đến quầy số …
		if h.Lang == kiosk.English {
			pause = stop
		}
		said = append(said, Word{clip(h.Lang, "counter"), pause})
		said = append(said, natural(h.Lang, h.Counter, flow, set)...)
	}
	said[0].Pause = 0
	return slices.DeleteFunc(said, func(w Word) bool { return texts[w.Clip] == "" }) // English needs fewer clips
}

// clips gives sentences of one clip each.
func (h Help) clips(names []string) (out []Word) {
	for _, name := range names {
		out = append(out, Word{clip(h.Lang, "help-"+name), stop})
	}
	return out
}

// pages reports whether the screen may show a part of its choices.
func (h Help) pages() bool { return h.Screen == "home" || h.Screen == "day" || h.Screen == "time" }

// when gives the time and the day of an appointment in Vietnamese; in English they are to be read on the screen.
func (h Help) when(set kiosk.Voice) []Word {
	if h.Lang != kiosk.Vietnamese || h.At.IsZero() {
		return nil
	}
	number := func(n int) []Word { return natural(h.Lang, strconv.Itoa(n), flow, set) }
	out := append(h.clips([]string{"slot"}), number(h.At.Hour())...)
	out = append(out, Word{clip(h.Lang, "help-hour"), flow})
	if h.At.Minute() > 0 {
		out = append(out, number(h.At.Minute())...)
	}
	out = append(append(out, Word{clip(h.Lang, "help-on"), comma}), number(h.At.Day())...)
	out = append(out, Word{clip(h.Lang, "help-month"), flow})
	if h.At.Month() == time.April { // tháng tư, never bốn
		return append(out, Word{clip(h.Lang, "tens-4"), flow})
	}
	return append(out, number(int(h.At.Month()))...)
}

func (h Help) ahead(set kiosk.Voice) []Word {
	if h.Ahead <= 0 {
		return h.clips([]string{"nobody"})
	}
	out, before := h.clips([]string{"ahead"}), flow
	if h.Lang == kiosk.English {
		before = comma
	}
	out = append(out, natural(h.Lang, strconv.Itoa(h.Ahead), before, set)...)
	return append(out, Word{clip(h.Lang, "help-people"), flow})
}

// HelpWAV composes one WAV file of it, as [Clips.WAV] does of a call, without a chime: who listens stands before
// it. Where this voice has not all clips of it, all of it is said by the voice in the program, for two voices in
// one sentence are hard to follow. Nil where [HelpSentences] has nothing.
func (c *Clips) HelpWAV(h Help, set kiosk.Voice) []byte {
	words := HelpSentences(h, set)
	if len(words) == 0 {
		return nil
	}
	if slices.ContainsFunc(words, func(w Word) bool { return c.sounds[w.Clip] == nil }) {
		c = Builtin()
	}
	return encodeWAV(append(c.join(words), silence(tail)...))
}
