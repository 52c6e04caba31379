package web

import (
	"time"

	"layso/kiosk"
)

// maxTrail bounds the events of one ticket that are told; nobody reads more.
const maxTrail = 300

// historyRow is what happened to a ticket.
type historyRow struct {
	Seq         uint64           `json:"seq"`
	At          time.Time        `json:"at"`
	Type        kiosk.EventType  `json:"type"`
	By          string           `json:"by"`
	ByName      string           `json:"by_name,omitempty"` // empty: a citizen, the system, or somebody who has left the hall
	Service     string           `json:"service"`
	FromService string           `json:"from_service,omitempty"`
	Counter     string           `json:"counter,omitempty"`
	ToCounter   string           `json:"to_counter,omitempty"`
	From        kiosk.State      `json:"from,omitempty"`
	Reason      string           `json:"reason,omitempty"`
	Priority    string           `json:"priority,omitempty"`
	Dossiers    int              `json:"dossiers,omitempty"`
	Printer     string           `json:"printer,omitempty"`
	Outcome     kiosk.PrintState `json:"outcome,omitempty"`
	Written     *time.Time       `json:"written,omitempty"` // when the number was written by hand
}

// getTicketHistory tells what became of one of today's tickets, the oldest first. A rating is not told: it is an
// opinion of somebody who may stand before the clerk.
func getTicketHistory(c *call) error {
	v, token := c.Hall.View(), c.r.PathValue("token")
	t := v.Ticket(token)
	if t == nil {
		return c.expired(kiosk.ErrUnknownTicket, token)
	}
	out, names := []historyRow{}, c.names()
	for _, seq := range t.Trail()[:min(len(t.Trail()), maxTrail)] {
		events, err := c.History.Since(seq-1, 1)
		if err != nil {
			return unavailable(err)
		}
		if len(events) == 0 {
			return kiosk.ErrStorage
		}
		if e := events[0]; e.Type != kiosk.TicketRated {
			out = append(out, names.step(e, v.Location()))
		}
	}
	return c.json(200, out)
}

func (n names) step(e kiosk.Event, zone *time.Location) historyRow {
	row := historyRow{
		Seq: e.Seq, At: e.At.In(zone), Type: e.Type, By: e.By, ByName: n.of(e.By), Service: e.Service, FromService: e.FromService, Counter: e.Counter,
		ToCounter: e.ToCounter, From: e.From, Reason: e.Reason, Priority: e.Priority, Printer: e.Printer, Outcome: e.Outcome, Dossiers: e.Count,
	}
	if e.Written != nil {
		at := e.Written.In(zone)
		row.Written = &at
	}
	return row
}
