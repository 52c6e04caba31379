package kiosk

import "time"

// applyClock folds in what is known of the clock.
func (h *Hall) applyClock(e Event) {
	if e.Type == ClockStepped {
		doubt := e.Reason != "" // older logs only noted the step
		if doubt && !h.suspect {
			h.doubted = e.At
		}
		h.suspect = doubt
		return
	}
	h.correct(e)
	h.redate(e)
	h.suspect, h.doubted = false, time.Time{}
}

// correct notes by how much the PC's clock was wrong when staff set the hall's time.
func (h *Hall) correct(e Event) { h.offset = time.Duration(e.OffsetS * float64(time.Second)) }

// redate keeps the age of the papers that are still to come when staff set the hall's time: nobody who
// waits for his since a minute has waited an hour because the clock was an hour behind. Those from before
// the time was in doubt were dated rightly; where nobody doubted it, it was wrong for all of them.
func (h *Hall) redate(e Event) {
	step := time.Duration(e.StepS * float64(time.Second)).Round(time.Millisecond)
	for old := range h.Tickets() {
		if !old.owed() || !old.PrintAsked.After(h.doubted) {
			continue
		}
		t := *old
		t.PrintAsked = t.PrintAsked.Add(step)
		h.relist(old, &t)
		h.tickets = h.tickets.with(&t)
	}
}

// owed reports whether the ticket's paper is under way or was lost.
func (t *Ticket) owed() bool {
	return t.Print == Queued || t.Print == Sending || t.Print == Failed || t.Print == PrintUncertain
}
