package kiosk

import (
	"fmt"
	"slices"
)

// papers is the state machine of a ticket's paper: which states an event may find it in, and which
// outcomes it may have.
var papers = map[EventType]struct{ from, outcomes []PrintState }{
	PrintQueued:  {[]PrintState{PrintOff, Queued, Sent, Processed, Confirmed, PrintUncertain, Failed, Expired}, []PrintState{""}},
	PrintSending: {[]PrintState{Queued}, []PrintState{""}},
	PrintDone:    {[]PrintState{Sending}, []PrintState{Sent, Processed, Confirmed}},
	PrintFailed:  {[]PrintState{Queued, Sending}, []PrintState{Failed, PrintUncertain, Expired}},
}

// pages is how a paper may have gone that is no ticket.
var pages = []PrintState{Sent, Processed, Confirmed, PrintUncertain, Failed}

// printed checks what is said of a ticket's paper. Its printer may be gone when it is said to be lost, but
// what came out came out of the one that took it.
func printed(t *Ticket, e Event) error {
	legal := papers[e.Type]
	switch {
	case !slices.Contains(legal.from, t.Print):
		return fmt.Errorf("the paper of %s is %s", t.Number, t.Print)
	case e.Type == PrintQueued && t.Print == Queued && (e.Printer == "" || e.Printer == t.Printer):
		return fmt.Errorf("the paper of %s waits for printer %q already", t.Number, t.Printer)
	case !slices.Contains(legal.outcomes, e.Outcome):
		return fmt.Errorf("the paper of %s becomes %q", t.Number, e.Outcome)
	case !isPrinter(e.Printer) && !(e.Type == PrintQueued && askable(e.Printer)):
		return fmt.Errorf("the paper of %s is about printer %q", t.Number, e.Printer)
	case e.Type == PrintDone && e.Printer != t.PrintedOn:
		return fmt.Errorf("the paper of %s was taken by printer %q, not by %q", t.Number, t.PrintedOn, e.Printer)
	case e.MM != 0 && t.Print != Sending, e.MM < 0, e.MM > mostPiece:
		return fmt.Errorf("the paper of %s is %d mm long", t.Number, e.MM)
	}
	return nil
}

// wanted reports whether what a ticket says of its paper makes sense: none, or one of a printer.
func wanted(e Event) bool {
	return e.Print == PrintOff && e.Printer == "" || e.Print == Queued && askable(e.Printer)
}

// page checks what is said of a paper that is no ticket.
func page(e Event) error {
	switch {
	case !isPrinter(e.Printer):
		return fmt.Errorf("is about printer %q", e.Printer)
	case !isPage(e.Page, e.Day):
		return fmt.Errorf("is about paper %q of %q", e.Page, e.Day)
	case !slices.Contains(pages, e.Outcome):
		return fmt.Errorf("becomes %q", e.Outcome)
	case e.MM < 0 || e.MM > mostPiece:
		return fmt.Errorf("is %d mm long", e.MM)
	}
	return nil
}

// newRoll checks a change of the paper.
func newRoll(e Event) error {
	if !isPrinter(e.Printer) || e.MM != 0 && (e.MM < leastRoll || e.MM > mostRoll) {
		return fmt.Errorf("is about a roll of %d mm in printer %q", e.MM, e.Printer)
	}
	return nil
}

// paperless checks that an event which is about no paper uses none: what it said would be counted.
func paperless(e Event) error {
	if _, print := papers[e.Type]; e.MM == 0 || print || e.Type == PagePrinted || e.Type == PaperIsChanged {
		return nil
	}
	return fmt.Errorf("uses %d mm of paper", e.MM)
}

// sameRolls checks that a day begins with the rolls that the one before it left in the printers.
func (a *Auditor) sameRolls(e Event) error {
	same := func(x, y Roll) bool {
		return x.Printer == y.Printer && x.LengthMM == y.LengthMM && x.UsedMM == y.UsedMM && x.Since.Equal(y.Since)
	}
	if was := a.hall.Rolls(); !slices.EqualFunc(was, e.Rolls, same) {
		return fmt.Errorf("begins with the rolls %v, not with %v", e.Rolls, was)
	}
	return nil
}
