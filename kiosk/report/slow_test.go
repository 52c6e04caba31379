package report_test

import (
	"slices"
	"time"

	"layso/kiosk"
)

// The slow way to a report: from the rules in the package's comment, one scan of the day for each ticket,
// sharing nothing with the package but the types.

// fact is what the log says of a ticket.
type fact struct {
	day, service string
	hour         int // -1: not known
	outcome      kiosk.EventType
	sent         bool
	wait         int64 // ms; -1: not known
	first, last  [2]string
	told         *kiosk.Range
	parts        []part
	stars        int
	ratedAt      string
	reasons      []string
}

// part is a service at a counter.
type part struct {
	service  string
	desk     [2]string
	took     int64 // ms; -1: not known
	dossiers int
}

// doubtful reports whether nobody knows the time at the i-th event of the day.
func doubtful(day []kiosk.Event, i int) bool {
	for ; i >= 0; i-- {
		switch day[i].Type {
		case kiosk.ClockSet:
			return false
		case kiosk.ClockStepped:
			return day[i].Reason != ""
		}
	}
	return false
}

// setupAt gives the setup in force at the i-th event of the day.
func setupAt(day []kiosk.Event, i int) *kiosk.Setup {
	for ; day[i].Setup == nil; i-- {
	}
	return day[i].Setup
}

// moment is an event and where it stands in its day.
type moment struct {
	at int
	kiosk.Event
}

// story gives a ticket's moments after the i-th event, without those that were taken back.
func story(day []kiosk.Event, i int) (out []moment) {
	for k := i + 1; k < len(day); k++ {
		e := day[k]
		switch {
		case e.Ticket != day[i].Ticket:
		case e.Type == kiosk.TicketReopened:
			for n := len(out) - 1; ; n-- {
				if t := out[n].Type; t == kiosk.TicketFinished || t == kiosk.TicketContinued || t == kiosk.TicketNoShow {
					out = slices.Delete(out, n, n+1)
					break
				}
			}
		default:
			out = append(out, moment{k, e})
		}
	}
	return out
}

func who(e kiosk.Event) [2]string {
	if len(e.By) > 5 && e.By[:5] == "user:" {
		return [2]string{e.Counter, e.By[5:]}
	}
	return [2]string{e.Counter, ""}
}

// factOf reads what became of the ticket that the i-th event of the day gave.
func factOf(day []kiosk.Event, i int) fact {
	e, events := day[i], story(day, i)
	f := fact{day: day[0].Day, service: e.Service, hour: -1, wait: -1}
	sure := !doubtful(day, i)
	if sure {
		zone, _ := time.LoadLocation(setupAt(day, i).TimeZone)
		got := e.At
		if e.Written != nil {
			got = *e.Written
		}
		f.hour = got.In(zone).Hour()
	}
	called := slices.IndexFunc(events, func(m moment) bool { return m.Type == kiosk.TicketCalled })
	if called >= 0 {
		c := events[called]
		f.first = who(c.Event)
		from := e.At
		if e.Written != nil {
			from = *e.Written
		}
		if e.Slot != nil && e.Slot.After(from) {
			from = *e.Slot
		}
		if sure && !doubtful(day, c.at) {
			f.wait = max(0, c.At.Sub(from).Milliseconds())
		}
		f.told = told(day, i, c, events[:called], f.wait)
	}
	f.parts = parts(day, events)
	for _, m := range events {
		switch m.Type {
		case kiosk.TicketFinished, kiosk.TicketNoShow:
			f.last = who(m.Event)
			f.outcome = m.Type
		case kiosk.TicketCancelled:
			f.outcome, f.sent = m.Type, m.Reason == "closing"
		case kiosk.TicketCalled, kiosk.TicketReturned:
			f.outcome = ""
		case kiosk.TicketRated:
			f.stars, f.ratedAt, f.reasons = m.Stars, m.Counter, m.Reasons
		}
	}
	return f
}

// told gives the forecast of a ticket where it is scored; before are its moments until the call.
func told(day []kiosk.Event, i int, call moment, before []moment, wait int64) *kiosk.Range {
	e := day[i]
	if e.Wait == nil || e.Appointment != "" || e.Written != nil || wait < 0 || call.From != kiosk.Waiting || call.Reason != "" {
		return nil
	}
	credit := e.CreditS
	for _, m := range before {
		if m.Type == kiosk.TicketPriority && m.CreditS != credit {
			return nil
		}
	}
	for _, x := range day[i:call.at] {
		if x.Type == kiosk.ClockSet && (x.StepS >= 2 || x.StepS <= -2) || x.Type == kiosk.ClockStepped && x.Reason != "jumped" {
			return nil
		}
	}
	return e.Wait
}

// parts gives the services that a ticket had.
func parts(day []kiosk.Event, events []moment) (out []part) {
	var service string
	var from *moment
	spent, sure := int64(0), true
	stop := func(m moment) {
		sure = sure && !doubtful(day, from.at) && !doubtful(day, m.at)
		spent += max(0, m.At.Sub(from.At).Milliseconds())
	}
	for i, m := range events {
		switch m.Type {
		case kiosk.TicketCalled:
			service, from = m.Service, &events[i]
		case kiosk.TicketHeld:
			stop(m)
		case kiosk.TicketFinished, kiosk.TicketContinued, kiosk.TicketTransferred:
			stop(m)
			p := part{service, who(m.Event), spent, m.Count}
			if !sure {
				p.took = -1
			}
			out = append(out, p)
			spent, sure = 0, true
		}
	}
	return out
}

// facts reads all tickets of the days.
func facts(days [][]kiosk.Event) (out []fact) {
	for _, day := range days {
		for i, e := range day {
			if e.Type == kiosk.TicketTaken {
				out = append(out, factOf(day, i))
			}
		}
	}
	return out
}
