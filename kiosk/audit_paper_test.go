package kiosk_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// printedLog is two days of paper: a ticket that is lost and printed again, one by another printer, one that
// nobody sent, papers that are no tickets, a new roll, and a night.
func printedLog(t testing.TB) []kiosk.Event {
	t.Helper()
	log, clock := &memory{}, newClock()
	o := start(t, log, clock)
	paper := func(printer string) string {
		c := take("land")
		c.Print, c.Printer = true, printer
		return do(t, o, c).Token
	}
	a, b, c := paper(""), paper("q"), paper("p")
	none := do(t, o, take("land")).Token
	told := func(token, printer string, outcome kiosk.PrintState, mm int) {
		do(t, o, kiosk.ReportPrint{Token: token, Printer: printer, Outcome: outcome, MM: mm})
	}
	do(t, o, kiosk.PaperChanged{Printer: "p", MM: 80_000, By: "user:an"})
	told(a, "p", kiosk.Sending, 0)
	told(b, "q", kiosk.Sending, 0)
	told(a, "p", kiosk.Failed, 30)
	told(b, "q", kiosk.Processed, 100)
	do(t, o, kiosk.Reprint{Token: a, By: "system"})
	told(a, "q", kiosk.Sending, 0)
	told(a, "q", kiosk.Confirmed, 101)
	told(c, "p", kiosk.Expired, 0)
	do(t, o, kiosk.Reprint{Token: none, By: "user:an", Printer: "q"})
	do(t, o, kiosk.Reprint{Token: none, By: "user:an", Printer: "p"}) // to another printer,
	do(t, o, kiosk.Reprint{Token: none, By: "user:an", Printer: "q"}) // and back
	told(none, "q", kiosk.Sending, 0)
	told(none, "p", kiosk.PrintUncertain, 0) // "q" has gone meanwhile
	do(t, o, kiosk.ReportPage{Printer: "p", Page: kiosk.TestPage, Outcome: kiosk.Processed, MM: 120, By: "user:an"})
	do(t, o, kiosk.ReportPage{Printer: "r", Page: kiosk.ClosingPage, Day: "2026-11-23", Outcome: kiosk.Failed, Reason: "paper_out", By: "system"})
	do(t, o, kiosk.ReportPage{Printer: "q", Page: kiosk.LatePage, Outcome: kiosk.Confirmed, MM: 90, By: "device:k1"})
	clock.move(24 * time.Hour)
	told(paper(""), "p", kiosk.Sending, 0)
	return log.all()
}

func TestAuditorSeesForgedPapers(t *testing.T) {
	legal := printedLog(t)
	if err := audit(legal); err != nil {
		t.Fatal(err)
	}
	const (
		sending, done, failed, queued, page, changed = kiosk.PrintSending, kiosk.PrintDone, kiosk.PrintFailed, kiosk.PrintQueued, kiosk.PagePrinted, kiosk.PaperIsChanged
	)
	edit := func(kind kiosk.EventType, n int, change func(*kiosk.Event)) func(forgery) forgery {
		return func(f forgery) forgery { return f.editNth(kind, n, change).until(kind, n) }
	}
	type event = kiosk.Event
	rolls := func(change func(e *event, r []kiosk.Roll)) func(forgery) forgery {
		return edit(kiosk.DayOpened, 1, func(e *event) {
			e.Rolls = slices.Clone(e.Rolls)
			change(e, e.Rolls)
		})
	}
	cases := forging{
		"sent without being asked":    func(f forgery) forgery { return f.drop(queued).until(sending, 2) },
		"sent by two printers":        func(f forgery) forgery { return f.after(sending, func(e *event) { e.Printer = "q" }).until(sending, 1) },
		"sent by nobody":              edit(sending, 0, func(e *event) { e.Printer = "" }),
		"sent with an outcome":        edit(sending, 0, func(e *event) { e.Outcome = kiosk.Sent }),
		"sent and used paper already": edit(sending, 0, func(e *event) { e.MM = 90 }),
		"out without being sent":      func(f forgery) forgery { i := f.where(sending, 1); return slices.Delete(f, i, i+1).until(done, 0) },
		"out of another printer":      edit(done, 0, func(e *event) { e.Printer = "p" }),
		"out and failed":              edit(done, 0, func(e *event) { e.Outcome = kiosk.Failed }),
		"out and nobody says how":     edit(done, 0, func(e *event) { e.Outcome = "" }),
		"out and eaten":               edit(done, 0, func(e *event) { e.Outcome = "eaten" }),
		"out twice":                   func(f forgery) forgery { return f.double(done).until(done, 1) },
		"out, and then lost": func(f forgery) forgery {
			return f.after(done, func(e *event) { e.Type, e.Outcome = failed, kiosk.Failed })
		},
		"paper went back in":             edit(done, 0, func(e *event) { e.MM = -1 }),
		"a ticket of two metres":         edit(done, 0, func(e *event) { e.MM = 2001 }),
		"lost and confirmed":             edit(failed, 0, func(e *event) { e.Outcome = kiosk.Confirmed }),
		"lost by a printer with no name": edit(failed, 0, func(e *event) { e.Printer = " " }),
		"expired, but used paper":        edit(failed, 1, func(e *event) { e.MM = 90 }),
		"asked for twice":                func(f forgery) forgery { return f.double(queued).until(queued, 1) },
		"sent to where it waits": func(f forgery) forgery {
			return f.editNth(queued, 3, func(e *event) { e.Printer = "p" }).until(queued, 3)
		},
		"sent to nowhere while it waits": edit(queued, 2, func(e *event) { e.Printer = "" }),
		"asked for and out":              edit(queued, 0, func(e *event) { e.Outcome = kiosk.Sent }),
		"asked of a name with a line":    edit(queued, 0, func(e *event) { e.Printer = "p\nq" }),
		"taken for a name with a line":   edit(kiosk.TicketTaken, 1, func(e *event) { e.Printer = "p\nq" }),
		"taken and out already":          edit(kiosk.TicketTaken, 1, func(e *event) { e.Print = kiosk.Sent }),
		"no paper, but of a printer":     edit(kiosk.TicketTaken, 3, func(e *event) { e.Printer = "p" }),
		"taken and used paper":           edit(kiosk.TicketTaken, 1, func(e *event) { e.MM = 90 }),
		"a poem":                         edit(page, 0, func(e *event) { e.Page = "poem" }),
		"a test slip of a day":           edit(page, 0, func(e *event) { e.Day = "2026-11-24" }),
		"a closing slip of no day":       edit(page, 1, func(e *event) { e.Day = "2026-11-31" }),
		"a page of no printer":           edit(page, 0, func(e *event) { e.Printer = "" }),
		"a page that is being sent":      edit(page, 0, func(e *event) { e.Outcome = kiosk.Sending }),
		"a page that expired":            edit(page, 0, func(e *event) { e.Outcome = kiosk.Expired }),
		"a page nobody knows of":         edit(page, 0, func(e *event) { e.Outcome = "" }),
		"a page that went back in":       edit(page, 0, func(e *event) { e.MM = -5 }),
		"a page of two metres":           edit(page, 0, func(e *event) { e.MM = 2001 }),
		"a roll of a hand's length":      edit(changed, 0, func(e *event) { e.MM = 999 }),
		"a roll of a mile":               edit(changed, 0, func(e *event) { e.MM = 200_001 }),
		"a roll of less than nothing":    edit(changed, 0, func(e *event) { e.MM = -80_000 }),
		"a roll in no printer":           edit(changed, 0, func(e *event) { e.Printer = "" }),
		"a roll in a long name":          edit(changed, 0, func(e *event) { e.Printer = strings.Repeat("x", 121) }),
		"a night that mends a roll":      rolls(func(_ *event, r []kiosk.Roll) { r[0].UsedMM = 0 }),
		"a night that lengthens a roll":  rolls(func(_ *event, r []kiosk.Roll) { r[0].LengthMM++ }),
		"a night that renews a roll":     rolls(func(_ *event, r []kiosk.Roll) { r[0].Since = r[0].Since.Add(time.Second) }),
		"a night that moves a roll":      rolls(func(_ *event, r []kiosk.Roll) { r[0].Printer = "o" }),
		"a night that loses the rolls":   rolls(func(e *event, _ []kiosk.Roll) { e.Rolls = nil }),
		"a night that brings a roll":     rolls(func(e *event, r []kiosk.Roll) { e.Rolls = append(r, kiosk.Roll{Printer: "z", Since: r[0].Since}) }),
		"rolls out of nowhere":           edit(kiosk.DayOpened, 0, func(e *event) { e.Rolls = []kiosk.Roll{{Printer: "p", Since: e.At}} }),
		"a roll changed and not counted": func(f forgery) forgery { return f.editNth(changed, 0, func(e *event) { e.MM = 70_000 }) },
		"paper that somebody forgot":     func(f forgery) forgery { return f.editNth(done, 0, func(e *event) { e.MM-- }) },
		"a page that somebody forgot":    func(f forgery) forgery { return f.drop(page) },
	}
	cases.refused(t, legal)
}

// refused fails for each forgery of the log that the auditor does not see.
func (cases forging) refused(t *testing.T, legal []kiosk.Event) {
	t.Helper()
	for _, what := range slices.Sorted(maps.Keys(cases)) {
		events := cases[what](slices.Clone(legal))
		for i := range events {
			events[i].Seq = uint64(i + 1)
		}
		if audit(events) == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}
