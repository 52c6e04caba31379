package kiosk

import (
	"slices"
	"strings"
	"time"
)

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
