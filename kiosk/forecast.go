package kiosk

import "time"

// Forecast is what package forecast expects at one moment: for each service and seniority credit
// the wait of a ticket taken now, and for each waiting ticket the wait that is left. Immutable.
type Forecast struct {
	Seq     uint64                   // of the view it was made from
	Table   map[string]map[int]Range // service -> credit in seconds -> wait of a new ticket
	Tickets map[string]Range         // token -> wait left
}

// New gives the expected wait of a ticket taken now. A nil forecast knows nothing. A credit that it has
// not heard of, because an admin has just changed the hall, waits as long as the next smaller one.
func (f *Forecast) New(service string, creditS int) Range {
	if f == nil {
		return Range{}
	}
	row, best := f.Table[service], 0
	for credit := range row {
		if credit <= creditS {
			best = max(best, credit)
		}
	}
	return row[best]
}

// Kept gives the expected wait of a ticket with an appointment, taken now, whose time comes after the
// lead: before that only a counter that would idle calls it.
func (f *Forecast) Kept(service string, creditS int, lead time.Duration) Range {
	r := f.New(service, creditS)
	if s := int(lead.Seconds()); r.P80S > 0 {
		r.P50S, r.P80S = max(r.P50S, s), max(r.P80S, s)
	}
	return r
}

// Left gives the wait that t has left: 0 for one that does not wait, and what was printed on it
// where the forecast does not know it yet.
func (f *Forecast) Left(t *Ticket) Range {
	if t.State != Waiting {
		return Range{}
	}
	if f != nil {
		if r, ok := f.Tickets[t.Token]; ok {
			return r
		}
	}
	return t.Wait
}
