package printer

import (
	"time"

	"layso/kiosk"
	"layso/printer/paper"
)

// Slip puts together what stands on a ticket's paper. base is what its status URL begins with,
// without /t/; with none there is no QR code. People ahead and the wait are those of the moment the
// ticket was taken, beside whose time they stand, also on a reprint. While the clock was in doubt no
// time goes onto the paper.
func Slip(setup *kiosk.Setup, zone *time.Location, t *kiosk.Ticket, base string) paper.Slip {
	slip := paper.Slip{
		Hall: setup.Name, Number: t.Number, Ahead: t.Ahead, Wait: t.Wait, Lang: t.Lang, Service: name(setup, t.Service),
		Head: setup.Paper.Head, Foot: setup.Paper.Foot, Crest: setup.Paper.Crest,
		Priority: t.Priority != "", Booked: !t.Slot.IsZero(), Reprint: t.Prints > 1, Phone: setup.Phone,
	}
	for _, service := range t.Route {
		slip.Then = append(slip.Then, name(setup, service))
	}
	if !t.Undated {
		slip.Issued = t.IssuedAt.In(zone)
		if slip.Booked {
			slip.Slot = t.Slot.In(zone)
		}
	}
	if base != "" {
		slip.URL = base + "/t/" + t.Token
	}
	return slip
}

// name gives a service's name, or nothing where the hall knows it no more.
func name(setup *kiosk.Setup, service string) kiosk.Text {
	if s := setup.Service(service); s != nil {
		return s.Name
	}
	return kiosk.Text{}
}
