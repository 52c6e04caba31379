package report

import (
	"encoding/binary"
	"slices"
	"time"

	"layso/kiosk"
)

// version is the first byte of a roll-up. It changes with the format and with the rules of counting: one
// that has another is made anew from the log.
const version = 1

// How a ticket stands, as a roll-up writes it.
const (
	under     = iota // way: it waits, is in hand or on hold
	finished         //
	noShow           //
	cancelled        // by the citizen
	sentHome         // cancelled because the day ended
	standings        // how many there are
)

// standing gives how the ticket stands.
func standing(t *kiosk.Trip) uint64 {
	switch {
	case t.State == kiosk.Finished:
		return finished
	case t.State == kiosk.NoShow:
		return noShow
	case t.State == kiosk.Cancelled && t.SentHome:
		return sentHome
	case t.State == kiosk.Cancelled:
		return cancelled
	}
	return under
}

// longest bounds what is measured, so that it fits into 31 bits of milliseconds: no business day comes near it.
const longest = 24 * 24 * time.Hour

// writer makes a roll-up.
type writer struct {
	out      []byte
	services dictionary
	counters dictionary
	clerks   dictionary
	reasons  dictionary
}

// encode makes the roll-up of a day, see the comment of the package. The same trips give the same bytes.
func encode(d *kiosk.Trips) []byte {
	w := &writer{}
	for _, s := range d.Services {
		w.services.add(name{s.ID, s.Name})
	}
	for _, c := range d.Counters {
		w.counters.add(name{c.ID, c.Name})
	}
	for _, u := range d.Users {
		w.clerks.add(name{u.ID, kiosk.Text{VI: u.Name}})
	}
	for _, t := range d.All {
		w.ticket(t)
	}
	out := []byte{version}
	for _, names := range []*dictionary{&w.services, &w.counters, &w.clerks, &w.reasons} {
		out = names.append(out)
	}
	return append(binary.AppendUvarint(out, uint64(len(d.All))), w.out...)
}

func (w *writer) put(values ...uint64) {
	for _, v := range values {
		w.out = binary.AppendUvarint(w.out, v)
	}
}

// ticket writes one ticket. What may be missing is written as 0, else with 1 added.
func (w *writer) ticket(t *kiosk.Trip) {
	w.put(w.services.of(t.Service), uint64(t.Hour+1), standing(t), ms(t.Wait))
	w.desk(t.First)
	if s := standing(t); s == finished || s == noShow {
		w.desk(t.Last)
	}
	if t.Told == nil {
		w.put(0)
	} else {
		w.put(uint64(max(0, t.Told.P50S))+1, uint64(max(0, t.Told.P80S)))
	}
	w.put(uint64(len(t.Steps)))
	for _, s := range t.Steps {
		w.put(w.services.of(s.Service))
		w.desk(s.Desk)
		w.put(ms(s.Took), uint64(s.Dossiers))
	}
	if standing(t) == finished {
		w.rating(t)
	}
}

func (w *writer) desk(d kiosk.Desk) { w.put(w.counters.maybe(d.Counter), w.clerks.maybe(d.User)) }

// rating writes what the citizen said. A reason counts once; what people wrote freely could name somebody.
func (w *writer) rating(t *kiosk.Trip) {
	w.put(uint64(t.Stars))
	if t.Stars == 0 {
		return
	}
	var reasons []string
	for _, r := range t.Reasons {
		if code := kiosk.ReasonCode(r); !slices.Contains(reasons, code) {
			reasons = append(reasons, code)
		}
	}
	w.put(w.counters.maybe(t.RatedAt), uint64(len(reasons)))
	for _, r := range reasons {
		w.put(w.reasons.of(r))
	}
}

// ms gives the milliseconds and 1, or 0 for a time below 0, which nobody knows.
func ms(d time.Duration) uint64 {
	if d < 0 {
		return 0
	}
	return uint64(min(d, longest).Milliseconds()) + 1
}
