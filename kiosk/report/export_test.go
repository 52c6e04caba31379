package report

import (
	"time"

	"layso/kiosk"
)

// Encode is for tests that look into roll-ups.
var Encode = encode

// Decode gives the trips that a roll-up holds, as far as it does.
func Decode(rollup []byte) ([]kiosk.Trip, error) {
	t := &table{}
	if err := t.add("2026-11-24", rollup); err != nil {
		return nil, err
	}
	t.report("2026-11-24", "2026-11-24")
	out := make([]kiosk.Trip, len(t.tickets))
	for i, x := range t.tickets {
		trip := kiosk.Trip{Service: t.services.names[x.service].id, Hour: int(x.hour), First: t.desk(x.firstDesk), Last: t.desk(x.lastDesk), Stars: int(x.stars)}
		if x.hour == unknownHour {
			trip.Hour = -1
		}
		trip.State, trip.SentHome = []kiosk.State{"", kiosk.Finished, kiosk.NoShow, kiosk.Cancelled, kiosk.Cancelled}[x.stands], x.stands == sentHome
		trip.Wait, trip.RatedAt = span(x.wait), t.desk(desk{x.ratedAt, nobody}).Counter
		if x.p50 >= 0 {
			trip.Told = &kiosk.Range{P50S: int(x.p50), P80S: int(x.p80)}
		}
		out[i] = trip
	}
	for _, s := range t.steps {
		trip := &out[s.ticket]
		trip.Steps = append(trip.Steps, kiosk.Step{Service: t.services.names[s.service].id, Desk: t.desk(s.desk), Took: span(s.took), Dossiers: int(s.dossiers)})
	}
	return out, nil
}

func span(ms int32) time.Duration {
	if ms < 0 {
		return -1
	}
	return time.Duration(ms) * time.Millisecond
}

func (t *table) desk(d desk) (out kiosk.Desk) {
	if d.counter != nobody {
		out.Counter = t.counters.names[d.counter].id
	}
	if d.clerk != nobody {
		out.User = t.clerks.names[d.clerk].id
	}
	return out
}
