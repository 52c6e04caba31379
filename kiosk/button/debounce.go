package button

import "time"

// Settle is how long a contact has to keep its level until that counts: longer than buttons bounce, shorter
// than any press.
const Settle = 30 * time.Millisecond

// debounce makes a bouncing contact's samples into clean changes. Its zero value knows nothing yet.
type debounce struct {
	seen    bool      // the last sample
	since   time.Time // from when on nothing is known to have moved
	settled bool      // what counts
	known   bool      // it has settled once
}

// sample notes the contact's level at this time, and whether it has moved since the last sample. It
// reports that what counts has changed, or is known for the first time.
func (d *debounce) sample(on, moved bool, at time.Time) bool {
	if moved || on != d.seen || d.since.IsZero() {
		d.seen, d.since = on, at
	}
	if d.known && d.seen == d.settled || at.Sub(d.since) < Settle {
		return false
	}
	d.settled, d.known = d.seen, true
	return true
}

// pending gives how long nothing may move until the next change counts, and false when none is under way.
func (d *debounce) pending(at time.Time) (time.Duration, bool) {
	if d.known && d.seen == d.settled {
		return 0, false
	}
	return Settle - at.Sub(d.since), true
}
