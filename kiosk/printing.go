package kiosk

import (
	"slices"
	"strings"
	"time"
)

// Reprint asks for the paper of a ticket again; the number stays. Printer names where it should come
// out; empty: where the ticket's paper was asked for last. A paper that still waits for its printer goes
// to another one, if that is named, and is no further paper; one that is being sent stays where it is.
type Reprint struct{ Token, By, Printer string }

func (c Reprint) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	if err != nil {
		return Decision{}, err
	}
	if !askable(c.Printer) {
		return Decision{}, ErrInvalidField
	}
	elsewhere := c.Printer != "" && c.Printer != t.Printer
	if t.Print == Sending || t.Print == Queued && !elsewhere {
		return Decision{Token: t.Token, Repeat: true}, nil
	}
	e := about(t, PrintQueued, c.By)
	e.Printer = c.Printer
	return one(e)
}

// ReportPrint is what the spooler tells of a ticket's paper. Sending comes before the first byte;
// Sent, Processed and Confirmed mean that it went out; Failed, PrintUncertain and Expired that it did
// not, or that nobody knows; what went out did so on the printer of the Sending. MM is what it took of
// the roll, in millimetres, 0-2,000, and 0 before it was sent.
type ReportPrint struct {
	Token, Printer string
	Outcome        PrintState
	Reason         string // fault code of a failure
	MM             int
}

func (c ReportPrint) decide(h *Hall, _ time.Time) (Decision, error) {
	t, err := h.find(c.Token)
	if err != nil {
		return Decision{}, err
	}
	kind, legal := reportOf(t.Print, c.Outcome)
	switch {
	case !legal || !isPrinter(c.Printer):
		return Decision{}, ErrInvalidField
	case kind == PrintDone && c.Printer != t.PrintedOn:
		return Decision{}, ErrInvalidField
	case c.MM < 0 || c.MM > mostPiece || c.MM != 0 && t.Print != Sending:
		return Decision{}, ErrInvalidField
	}
	e := about(t, kind, bySystem)
	e.Printer, e.Outcome, e.Reason, e.MM = c.Printer, c.Outcome, c.Reason, c.MM
	if kind == PrintSending {
		e.Outcome = ""
	}
	return one(e)
}

// reportOf gives the event of an outcome, and whether a paper in that state can come to it.
func reportOf(from, outcome PrintState) (kind EventType, legal bool) {
	switch outcome {
	case Sending:
		return PrintSending, from == Queued
	case Sent, Processed, Confirmed:
		return PrintDone, from == Sending
	case Failed, PrintUncertain, Expired:
		return PrintFailed, from == Queued || from == Sending
	}
	return "", false
}

// The papers that are no tickets of the open day: the Page of a [PagePrinted].
const (
	TestPage    = "test"    // shows whether the printer prints well
	ClosingPage = "closing" // what a day came to
	LatePage    = "ticket"  // a ticket's, whose day ended while it was being printed
)

// ReportPage is what the spooler tells of a paper that is no ticket of the open day. MM is what it took
// of the roll, in millimetres, 0-2,000.
type ReportPage struct {
	Printer, Page string
	Day           string     // that a closing slip sums up, YYYY-MM-DD; may be empty, as with all others
	Outcome       PrintState // Sent, Processed, Confirmed, PrintUncertain or Failed
	Reason        string     // fault code of a failure
	MM            int
	By            string // who asked for it
}

func (c ReportPage) decide(_ *Hall, _ time.Time) (Decision, error) {
	known := slices.Contains([]PrintState{Sent, Processed, Confirmed, PrintUncertain, Failed}, c.Outcome)
	if !known || !isPrinter(c.Printer) || !isPage(c.Page, c.Day) || c.MM < 0 || c.MM > mostPiece {
		return Decision{}, ErrInvalidField
	}
	return one(Event{Type: PagePrinted, By: c.By, Printer: c.Printer, Page: c.Page, Day: c.Day, Outcome: c.Outcome, Reason: c.Reason, MM: c.MM})
}

// isPage reports whether there is such a paper, and whether it may be of that day.
func isPage(page, day string) bool {
	_, err := time.Parse(time.DateOnly, day)
	return page == ClosingPage && err == nil || day == "" && slices.Contains([]string{TestPage, ClosingPage, LatePage}, page)
}

// maxPrinter bounds a printer's name, in bytes.
const maxPrinter = 120

// isPrinter reports whether a printer may be called so; which ones there are is the installation's.
func isPrinter(name string) bool {
	return strings.TrimSpace(name) != "" && len(name) <= maxPrinter && CleanText(name)
}

// askable reports whether paper may be asked of a printer by this name: of one, or of the hall's first.
func askable(name string) bool { return name == "" || isPrinter(name) }
