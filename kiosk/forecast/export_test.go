package forecast

import "layso/kiosk"

// Learned gives what the reader has learned; not while it runs.
func (r *Reader) Learned() *Model { return r.book.Model }

// Calibrated gives the range with the P80 that the model's factor makes of it.
func (m *Model) Calibrated(r kiosk.Range) kiosk.Range {
	return m.calibrated(int32(r.P50S), int32(r.P80S))
}
