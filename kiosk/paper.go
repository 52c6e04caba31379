package kiosk

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PaperTexts are what the office adds to the papers that come out of the printers.
type PaperTexts struct {
	Head  Text   `json:"head,omitzero" yaml:"head,omitempty"`    // under the office's name, e.g. its address; may be empty
	Foot  Text   `json:"foot,omitzero" yaml:"foot,omitempty"`    // above a ticket's last line; may be empty
	Crest string `json:"crest,omitempty" yaml:"crest,omitempty"` // a PNG in base64, at most 32 KiB and 1024 × 1024; may be empty
	// Closing makes the closing slip of the day (phiếu chốt ngày) come out by itself.
	Closing bool `json:"closing,omitempty" yaml:"closing,omitempty"`
}

const (
	maxPaperText  = 160 // characters
	maxCrestBytes = 32 << 10
	maxCrestSide  = 1024
)

// paper checks what the office adds to its papers.
func (c *checker) paper(p PaperTexts) {
	for _, x := range []struct{ field, text string }{
		{"paper.head.vi", p.Head.VI}, {"paper.head.en", p.Head.EN}, {"paper.foot.vi", p.Foot.VI}, {"paper.foot.en", p.Foot.EN},
	} {
		if !CleanText(x.text) {
			c.add(x.field, "characters", "contains control or text direction characters")
		} else if utf8.RuneCountInString(x.text) > maxPaperText {
			c.add(x.field, "too_long", "is longer than %d characters", maxPaperText)
		}
	}
	for _, x := range []struct {
		field string
		text  Text
	}{{"paper.head.vi", p.Head}, {"paper.foot.vi", p.Foot}} {
		if strings.TrimSpace(x.text.VI) == "" && x.text.EN != "" {
			c.add(x.field, "required", "must not be empty where there is an English text")
		}
	}
	if p.Crest != "" {
		c.crest(p.Crest)
	}
}

func (c *checker) crest(text string) {
	const field = "paper.crest"
	if len(text) > base64.StdEncoding.EncodedLen(maxCrestBytes) {
		c.add(field, "too_long", "is larger than %d bytes", maxCrestBytes)
		return
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		c.add(field, "format", "is not in base64")
		return
	}
	if len(data) > maxCrestBytes {
		c.add(field, "too_long", "is larger than %d bytes", maxCrestBytes)
		return
	}
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err == nil && (config.Width > maxCrestSide || config.Height > maxCrestSide) {
		c.add(field, "range", "is %d × %d dots, more than %d × %d", config.Width, config.Height, maxCrestSide, maxCrestSide)
		return
	}
	if err == nil {
		_, err = png.Decode(bytes.NewReader(data))
	}
	if err != nil {
		c.add(field, "format", "is no PNG that can be read")
	}
}

// Roll is the roll of paper in a printer. It is a fold of the log and carried from day to day.
type Roll struct {
	Printer  string    `json:"printer"`
	LengthMM int       `json:"length_mm"` // of the new roll, in millimetres; 0 where nobody said
	UsedMM   int       `json:"used_mm"`   // that came out since, in millimetres
	Since    time.Time `json:"since"`     // when it was put in, or its first paper came out
}

// Roll gives the roll in a printer, and false where none of its paper was ever used.
func (v *View) Roll(printer string) (Roll, bool) {
	for _, r := range v.rolls {
		if r.Printer == printer {
			return r, true
		}
	}
	return Roll{}, false
}

// Rolls gives the rolls of all printers, by the printers' names; do not change them.
func (v *View) Rolls() []Roll { return v.rolls }

// unroll counts paper that came out, or a new roll.
func (h *Hall) unroll(e Event) {
	if e.Printer == "" || e.MM == 0 && e.Type != PaperIsChanged {
		return
	}
	i, found := slices.BinarySearchFunc(h.rolls, e.Printer, func(r Roll, name string) int { return strings.Compare(r.Printer, name) })
	h.rolls = slices.Clone(h.rolls)
	if !found {
		h.rolls = slices.Insert(h.rolls, i, Roll{Printer: e.Printer, Since: e.At})
	}
	if e.Type == PaperIsChanged {
		h.rolls[i] = Roll{Printer: e.Printer, LengthMM: e.MM, Since: e.At}
		return
	}
	h.rolls[i].UsedMM += e.MM
}

// Limits of a roll and of a piece of paper, in millimetres.
const (
	leastRoll = 1_000
	mostRoll  = 200_000
	mostPiece = 2_000
)

// maxPrinter bounds a printer's name, in bytes.
const maxPrinter = 120

// isPrinter reports whether a printer may be called so; which ones there are is the installation's.
func isPrinter(name string) bool {
	return strings.TrimSpace(name) != "" && len(name) <= maxPrinter && CleanText(name)
}

// askable reports whether paper may be asked of a printer by this name: of one, or of the hall's first.
func askable(name string) bool { return name == "" || isPrinter(name) }

// PaperChanged says that somebody put a new roll into a printer: MM is its length in millimetres,
// 1,000-200,000, or 0 where nobody knows.
type PaperChanged struct {
	Printer string
	MM      int
	By      string
}

func (c PaperChanged) decide(*Hall, time.Time) (Decision, error) {
	if !isPrinter(c.Printer) || c.MM != 0 && (c.MM < leastRoll || c.MM > mostRoll) {
		return Decision{}, ErrInvalidField
	}
	return one(Event{Type: PaperIsChanged, By: c.By, Printer: c.Printer, MM: c.MM})
}

// The papers that are no tickets: the Page of a [PagePrinted].
const (
	TestPage    = "test"    // shows whether the printer prints well
	ClosingPage = "closing" // what the day came to
)

// ReportPage is what the spooler tells of a paper that is no ticket. MM is what it took of the roll,
// in millimetres, 0-2,000.
type ReportPage struct {
	Printer, Page string
	Outcome       PrintState // Sent, Processed, Confirmed, PrintUncertain or Failed
	Reason        string     // fault code of a failure
	MM            int
	By            string // who asked for it
}

func (c ReportPage) decide(h *Hall, _ time.Time) (Decision, error) {
	if !slices.Contains(pages, c.Outcome) || !isPrinter(c.Printer) || c.Page != TestPage && c.Page != ClosingPage || c.MM < 0 || c.MM > mostPiece {
		return Decision{}, ErrInvalidField
	}
	e := Event{Type: PagePrinted, By: c.By, Printer: c.Printer, Page: c.Page, Outcome: c.Outcome, Reason: c.Reason, MM: c.MM}
	if c.Page == ClosingPage && h.closed { // later nobody knows here which day it sums up
		e.Day = h.day
	}
	return one(e)
}
