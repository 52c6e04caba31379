package main

import (
	"bytes"
	"image/png"
	"strings"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/paper"
	"layso/web"
)

// proofs draws papers for the admin's eyes: those of a hall that nobody has saved yet, with figures that
// are made up. They are laid out by the same code as those that are printed.
type proofs struct {
	renderers map[int]*paper.Renderer // by the paper's width in millimetres
	baseURL   string
	now       func() time.Time
}

func newProofs(baseURL string, now func() time.Time) *proofs {
	return &proofs{map[int]*paper.Renderer{80: paper.New(dotsOf(80)), 58: paper.New(dotsOf(58))}, baseURL, now}
}

// draw implements web.Options.Proofs.
func (p *proofs) draw(proof web.Proof) ([]byte, error) {
	r, setup := p.renderers[proof.Width], proof.Setup
	zone, err := time.LoadLocation(setup.TimeZone)
	if err != nil {
		zone = time.Local // a fault that is told when the setup is saved
	}
	now := p.now().In(zone)
	var out *paper.Bitmap
	switch proof.Kind {
	case "closing":
		out = r.Closing(exampleDay(setup, now, proof.Lang))
	case "test":
		out = r.Test(paper.TestSlip{
			Hall: setup.Name, Crest: setup.Paper.Crest, Lang: proof.Lang, Printer: "kiosk", Profile: "epson-80", Link: "/dev/usb/lp0",
			Issued: now, Roll: 41_000,
		})
	default:
		// What has to be left off is left off here too: the admin sees it.
		out, _ = r.Render(printer.Slip(setup, zone, exampleTicket(proof, now), p.baseURL))
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, out)
	return b.Bytes(), err
}

// exampleTicket is a ticket for the hall's first service.
func exampleTicket(proof web.Proof, now time.Time) *kiosk.Ticket {
	t := &kiosk.Ticket{
		Number: "A007", Token: strings.Repeat("Zk3qP0vX9sT", 2), Lang: proof.Lang, IssuedAt: now, Ahead: 7,
		Wait: kiosk.Range{P50S: 640, P80S: 870}, Prints: 1,
	}
	if services := proof.Setup.Services; len(services) > 0 {
		t.Service = services[0].ID
		if prefix := services[0].Prefix; len(prefix) <= 2 { // more is a fault that is told when the setup is saved
			t.Number = prefix + "007"
		}
		for _, s := range services[1:min(3, len(services))] {
			if proof.Route {
				t.Route = append(t.Route, s.ID)
			}
		}
	}
	if proof.Priority {
		t.Priority = "declared"
	}
	if proof.Booked {
		t.Slot = now.Truncate(time.Hour).Add(time.Hour)
	}
	if proof.Reprint {
		t.Prints = 2
	}
	return t
}

// exampleDay is a day of the hall's services.
func exampleDay(setup *kiosk.Setup, now time.Time, lang kiosk.Lang) paper.ClosingSlip {
	sums := kiosk.Sums{
		Taken: 212, Served: 198, NoShows: 9, Cancelled: 5, SentHome: 1, Reprints: 3,
		Called: 207, MeanWaitS: 540, MedianWaitS: 420, P90WaitS: 1260, LongestS: 2700, Within15: 0.83,
	}
	totals := kiosk.Totals{Day: now.Format(time.DateOnly), Sums: sums}
	for i, service := range setup.Services {
		totals.Services = append(totals.Services, kiosk.ServiceTotals{Name: service.Name, Sums: kiosk.Sums{
			Taken: 80 - 9*(i%8), Served: 75 - 9*(i%8), Called: 1, MeanWaitS: 60 * (12 - i%10),
		}})
	}
	return paper.ClosingSlip{
		Hall: setup.Name, Crest: setup.Paper.Crest, Lang: lang, Totals: totals, Printed: now,
		Seq: 4518, Hash: strings.Repeat("4f1c09ab77e2d630", 4),
	}
}
