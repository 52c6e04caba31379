package kiosk_test

import (
	"slices"
	"strings"

	"layso/kiosk"
)

// modelRoll is the paper in a printer.
type modelRoll struct {
	Printer      string
	Length, Used int
	Since        int64
}

// named says whether a printer may have the name, as far as names are drawn here.
func named(printer string) bool { return printer != "" && !strings.Contains(printer, "\x00") }

func (m *model) reprint(c kiosk.Reprint) reply {
	t := m.ticket(c.Token)
	switch {
	case t == nil:
		return reply{code: "unknown_ticket"}
	case c.Printer != "" && !named(c.Printer):
		return reply{code: "invalid_field"}
	case t.Print == "queued" && c.Printer != "" && c.Printer != t.Printer: // the same paper, elsewhere
		t.Prints--
	case t.Print == "queued" || t.Print == "sending":
		return reply{token: c.Token, repeat: true}
	}
	m.ask(t, c.By, c.Printer)
	return reply{token: c.Token, wrote: true}
}

// ask puts the ticket's paper among the jobs.
func (m *model) ask(t *modelTicket, by, printer string) {
	if printer != "" {
		t.Printer = printer
	}
	t.Print, t.PrintFault, t.PrintBy, t.PrintAsked, t.PrintedOn = "queued", "", by, m.at, ""
	t.Prints++
}

// outcomes are what can become of a paper, by what is known of it.
var outcomes = map[string]string{"queued": "sending failed uncertain expired", "sending": "sent processed confirmed failed uncertain expired"}

func (m *model) report(c kiosk.ReportPrint) reply {
	t := m.ticket(c.Token)
	if t == nil {
		return reply{code: "unknown_ticket"}
	}
	outcome := string(c.Outcome)
	out := outcome == "sent" || outcome == "processed" || outcome == "confirmed"
	switch {
	case !slices.Contains(strings.Fields(outcomes[t.Print]), outcome), !named(c.Printer), c.MM < 0, c.MM > 2000:
		return reply{code: "invalid_field"}
	case t.Print == "queued" && c.MM > 0, out && c.Printer != t.PrintedOn:
		return reply{code: "invalid_field"}
	case outcome == "sending":
		t.Print, t.PrintedOn = outcome, c.Printer
	default:
		t.Print, t.PrintFault = outcome, c.Reason
		m.use(c.Printer, c.MM)
	}
	return reply{token: c.Token, wrote: true}
}

func (m *model) page(c kiosk.ReportPage) reply {
	known := slices.Contains(strings.Fields("sent processed confirmed uncertain failed"), string(c.Outcome))
	day := c.Page == "closing" && c.Day == "2026-11-20"
	if !known || !slices.Contains(strings.Fields("test closing ticket"), c.Page) || c.Day != "" && !day || !named(c.Printer) || c.MM < 0 || c.MM > 2000 {
		return reply{code: "invalid_field"}
	}
	m.use(c.Printer, c.MM)
	return reply{wrote: true}
}

func (m *model) changePaper(c kiosk.PaperChanged) reply {
	if !named(c.Printer) || c.MM != 0 && (c.MM < 1000 || c.MM > 200_000) {
		return reply{code: "invalid_field"}
	}
	m.rolls = slices.DeleteFunc(m.rolls, func(r modelRoll) bool { return r.Printer == c.Printer })
	m.rolls = append(m.rolls, modelRoll{Printer: c.Printer, Length: c.MM, Since: m.at})
	return reply{wrote: true}
}

// use takes paper from the printer's roll, which is there from its first paper on.
func (m *model) use(printer string, mm int) {
	if mm == 0 {
		return
	}
	for i := range m.rolls {
		if m.rolls[i].Printer == printer {
			m.rolls[i].Used += mm
			return
		}
	}
	m.rolls = append(m.rolls, modelRoll{Printer: printer, Used: mm, Since: m.at})
}

// compareRolls wants the view's rolls to be the model's.
func (h *history) compareRolls(v *kiosk.View) {
	h.same("number of rolls", len(v.Rolls()), len(h.m.rolls))
	for _, want := range h.m.rolls {
		got, ok := v.Roll(want.Printer)
		h.same("roll", modelRoll{got.Printer, got.LengthMM, got.UsedMM, millis(got.Since)}, want)
		h.same("the printer has a roll", ok, true)
	}
	if got, ok := v.Roll("none"); ok {
		h.Fatalf("a printer that is not there has the roll %+v", got)
	}
	sorted := slices.IsSortedFunc(v.Rolls(), func(a, b kiosk.Roll) int { return strings.Compare(a.Printer, b.Printer) })
	h.same("rolls in order of their names", sorted, true)
}

// paperTicket takes a ticket with paper.
func (h *history) paperTicket() kiosk.Command {
	return kiosk.Take{
		Service: "land", Token: kiosk.NewToken(), Device: "k1", By: "device:k1", Print: true, Printer: pick(h.T, "printer", "", "", "p", "q", "\x00"),
	}
}

// printing is what spoolers tell and staff do about paper; printers "p" and "q", and names that none has.
func (h *history) printing() kiosk.Command {
	printer := pick(h.T, "printer", "p", "p", "p", "q", "q", "", "\x00")
	mm := pick(h.T, "mm", 0, 0, 90, 90, 100, 2000, 2001, -1)
	reason := pick(h.T, "fault", "", "paper_out")
	switch dice(h.T, "printing", 8) {
	case 0:
		return kiosk.PaperChanged{Printer: printer, MM: pick(h.T, "roll", 0, 80_000, 80_000, 1000, 200_000, 999, 200_001, -80_000), By: "user:an"}
	case 1:
		return kiosk.ReportPage{
			Printer: printer, Page: pick(h.T, "page", "test", "closing", "closing", "ticket", "poem"), Day: pick(h.T, "day", "", "2026-11-20", "2026-11-31"), Reason: reason, MM: mm, By: "user:an",
			Outcome: pick(h.T, "outcome", kiosk.Sent, kiosk.Processed, kiosk.Confirmed, kiosk.PrintUncertain, kiosk.Failed, kiosk.Expired, kiosk.Sending, ""),
		}
	case 2:
		return kiosk.Reprint{Token: h.token(), Printer: pick(h.T, "where", "", "", "p", "q", "\x00"), By: pick(h.T, "by", "user:an", "system")}
	}
	c := kiosk.ReportPrint{Token: h.token(), Printer: printer, Reason: reason, MM: mm, Outcome: pick(h.T, "next",
		kiosk.Sending, kiosk.Sending, kiosk.Sending, kiosk.Expired, kiosk.Failed, kiosk.PrintUncertain, kiosk.Sent, kiosk.Queued, kiosk.PrintOff, "eaten")}
	for _, t := range h.m.tickets { // mostly about one that is on its way
		if (t.Print == "queued" || t.Print == "sending") && dice(h.T, "this", 3) > 0 {
			c.Token = t.Token
			if t.Print == "sending" {
				c.Printer = pick(h.T, "took it", t.PrintedOn, t.PrintedOn, t.PrintedOn, printer)
				c.Outcome = pick(h.T, "outcome", kiosk.Sent, kiosk.Processed, kiosk.Confirmed, kiosk.Failed, kiosk.PrintUncertain, kiosk.Expired, kiosk.Sending)
			}
			break
		}
	}
	return c
}
