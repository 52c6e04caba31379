package forecast

import (
	"time"

	"layso/kiosk"
)

// Learned gives what the reader has learned; not while it runs.
func (r *Reader) Learned() *Model { return r.book.Model }

// Calibrated gives the range with the P80 that the model's factor makes of it.
func (m *Model) Calibrated(r kiosk.Range) kiosk.Range {
	return m.calibrated(int32(r.P50S), int32(r.P80S))
}

// Lines gives how many wait for the service and the wait so far of the first: as the reader keeps it, and
// counted one by one.
func (r *Reader) Lines(service string, at time.Time) (kept, counted Line) {
	x := r.book.find(service, at)
	for _, t := range r.book.Tickets {
		if t.State == kiosk.Waiting && t.At == service {
			counted.Waiting++
			counted.Head = max(counted.Head, at.Sub(t.Since))
		}
	}
	return Line{Waiting: x.Waiting, Head: x.Head}, counted
}

// LearnAll learns a whole log.
func LearnAll(events []kiosk.Event) {
	l := newLedger()
	l.count()
	for _, e := range events {
		l.learn(e)
	}
}
