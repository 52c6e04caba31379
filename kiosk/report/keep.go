package report

import "layso/kiosk"

// stateName is under which the journal keeps the roll-up of a day.
func stateName(day string) string { return "report/" + day }

// keep keeps a roll-up. What fails is made again when it is needed: nothing is lost but that work.
func (r *Reader) keep(day string, seq uint64, rollup []byte) {
	if err := r.journal.SaveState(stateName(day), seq, rollup); err != nil {
		r.log.Warn("the roll-up of a day can't be kept", "day", day, "err", err)
	}
}

// kept gives the roll-up of a day that has ended; nil where there is none of this version, or not of all of
// the day.
func (r *Reader) kept(d kiosk.LoggedDay) []byte {
	seq, rollup, err := r.journal.State(stateName(d.Day))
	if err != nil || seq != d.Last || len(rollup) == 0 || rollup[0] != version {
		return nil
	}
	return rollup
}

// remake makes the roll-up of a day anew, and keeps it where the day has ended.
func (r *Reader) remake(d kiosk.LoggedDay) ([]byte, error) {
	events, err := r.journal.DayEvents(d.Day)
	if err != nil {
		return nil, err
	}
	trips := kiosk.NewTrips()
	for i := range events {
		trips.Add(&events[i])
	}
	rollup := encode(trips)
	if d.Last > 0 {
		r.keep(d.Day, d.Last, rollup)
	}
	return rollup, nil
}

// rollup gives the roll-up of a day, of an open one as it is now.
func (r *Reader) rollup(d kiosk.LoggedDay) ([]byte, error) {
	if d.Last > 0 {
		if rollup := r.kept(d); rollup != nil {
			return rollup, nil
		}
		return r.remake(d)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open != nil && r.open.Day == d.Day {
		return encode(r.open), nil
	}
	return r.remake(d)
}
