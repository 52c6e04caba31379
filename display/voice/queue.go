package voice

import (
	"slices"
	"time"
)

// Stale is the age from which a call that somebody missed, being cut off, is shown and not spoken.
const Stale = 20 * time.Second

// Backlog is how many calls may wait before each is read once instead of twice.
const Backlog = 2

// Item is a call in a [Queue].
type Item struct {
	Seq    uint64 // of its event
	Number string // of the ticket
	Recall bool
}

// Queue is what is still to be spoken in one zone, a place where people listen together. It holds the rules;
// the clock and the loudspeaker are its user's, who asks for the Next when nothing is heard, plays it to its
// end and says Done. So nothing ever overlaps and nothing is cut off.
//
//   - Calls are read in the order in which they happened, each one twice.
//   - With more than [Backlog] waiting, each is read once.
//   - A recall goes before the second reading of an earlier call, and replaces that of its own ticket.
//   - A call that was missed and is older than [Stale] is silent; one that was heard of in time is spoken,
//     however long the queue. A display that was cut off for longer than that clears the queue.
//
// web/static/js/display/queue.js is the same for browsers; testdata/queue.txt holds for both. A Queue is for
// one goroutine.
type Queue struct {
	Once bool // each call is read once, whatever waits

	waiting []Item
	again   []Item // whose second reading is due, the newest last
	playing Item
	part    Part // of playing; empty while nothing is heard
	seq     uint64
}

// Add takes a call that happened so long ago, and reports whether it will be spoken. One that it had already
// is left alone.
func (q *Queue) Add(i Item, age time.Duration) bool {
	if i.Seq <= q.seq {
		return false
	}
	q.seq = i.Seq
	if age > Stale {
		return false
	}
	q.again = slices.DeleteFunc(q.again, func(old Item) bool { return old.Number == i.Number })
	q.waiting = append(q.waiting, i)
	return true
}

// Next gives what is to be heard now, and false while something is heard and when there is nothing.
func (q *Queue) Next() (Item, Part, bool) {
	if q.part != "" {
		return Item{}, "", false
	}
	if len(q.waiting) > Backlog {
		q.again = nil
	}
	at := 0
	if n := len(q.again); n > 0 {
		if at = slices.IndexFunc(q.waiting, func(i Item) bool { return i.Recall }); at < 0 {
			q.playing, q.part, q.again = q.again[n-1], Again, q.again[:n-1]
			return q.playing, q.part, true
		}
	}
	if len(q.waiting) == 0 {
		return Item{}, "", false
	}
	q.playing, q.part = q.waiting[at], First
	q.waiting = slices.Delete(q.waiting, at, at+1)
	return q.playing, q.part, true
}

// Done says that what Next gave has been heard to its end, or could not be played.
func (q *Queue) Done() {
	newer := slices.ContainsFunc(q.waiting, func(i Item) bool { return i.Number == q.playing.Number })
	if q.part == First && !q.Once && !newer && len(q.waiting) <= Backlog {
		q.again = append(q.again, q.playing)
	}
	q.part = ""
}

// Clear forgets what is waiting; what is heard goes on to its end, and is not read again.
func (q *Queue) Clear() {
	q.waiting, q.again = nil, nil
	if q.part != "" {
		q.part = Again
	}
}
