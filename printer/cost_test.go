package printer_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/escpos"
	"layso/printer/paper"
)

// fullTicket gives what lays out and encodes a ticket with all that an ordinary one can have on it.
func fullTicket(dots int) func() (job []byte, err error) {
	setup := setup()
	office(setup)
	ticket := &kiosk.Ticket{
		Service: "dat-dai", Number: "A007", Token: goldenToken, Lang: kiosk.English, Ahead: 7, Wait: kiosk.Range{P50S: 640, P80S: 870},
		Priority: "elderly", Slot: time.Now(), IssuedAt: time.Now(), Route: []string{"ho-tich"}, Prints: 1,
	}
	r := paper.New(dots)
	var job []byte
	return func() ([]byte, error) {
		m, err := r.Render(printer.Slip(setup, time.UTC, ticket, "http://10.0.0.5:8080"))
		if err != nil {
			return nil, err
		}
		job = escpos.AppendCut(escpos.AppendRaster(escpos.AppendInit(job[:0]), m.Stride, m.Pix, escpos.Band))
		return job, nil
	}
}

// TestTicketSize: a ticket with all of that on it has at most 60 kB.
func TestTicketSize(t *testing.T) {
	for _, dots := range []int{576, 384} {
		if job, err := fullTicket(dots)(); err != nil || len(job) > 60_000 {
			t.Errorf("%d dots: %d bytes, %v", dots, len(job), err)
		}
	}
}

// BenchmarkTicket is what a ticket costs before the wire: aim 5 ms, 60 kB.
func BenchmarkTicket(b *testing.B) {
	for _, dots := range []int{576, 384} {
		b.Run(fmt.Sprint(dots), func(b *testing.B) {
			draw := fullTicket(dots)
			var job []byte
			for b.Loop() {
				var err error
				if job, err = draw(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(job)), "B/ticket")
		})
	}
}
