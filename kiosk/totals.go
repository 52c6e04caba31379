package kiosk

import "time"

// Totals is what one business day came to. It is made of the day's events alone ([TotalsOf]), so it can
// be had of any day whose events are there.
type Totals struct {
	Day string `json:"day"` // YYYY-MM-DD; empty where the events do not say
	Sums
	// Services are the same sums for each service of the hall, in the order of its last setup of that day,
	// and then for those that were taken out of it. A ticket counts under the service that it was taken for,
	// wherever it went from there: so they add up.
	Services []ServiceTotals `json:"services"`
}

// ServiceTotals is what one service came to.
type ServiceTotals struct {
	Service string `json:"service"` // id
	Name    Text   `json:"name"`
	Sums
}

// Sums are the counts and the waits of a day's tickets. Each ticket counts for what became of it in the
// end: a finish or a no-show that was taken back does not count.
type Sums struct {
	Taken     int `json:"taken"`     // tickets given
	Served    int `json:"served"`    // finished
	NoShows   int `json:"no_shows"`  // nobody came to the call, nor later
	Cancelled int `json:"cancelled"` // by the citizen, or because the day ended
	SentHome  int `json:"sent_home"` // of these, because the day ended
	Reprints  int `json:"reprints"`  // papers after a ticket's first

	// A wait goes from when the ticket was taken, or from its slot where an appointment was kept that begins
	// later, or from when the number was written by hand, to the first call; 0 where it was called before its slot. Who was never called has none, nor who
	// was taken or called while nobody knew the time.
	Called      int     `json:"called"`        // waits that are known
	MeanWaitS   int     `json:"mean_wait_s"`   // seconds, as all that follow; 0 where no wait is known
	MedianWaitS int     `json:"median_wait_s"` // half of them waited no longer
	P90WaitS    int     `json:"p90_wait_s"`    // nine of ten waited no longer
	LongestS    int     `json:"longest_s"`     //
	Within15    float64 `json:"within_15"`     // share that waited 15 minutes at most, 0-1
}

// ShortWait is the longest wait that the share within 15 minutes counts.
const ShortWait = 15 * time.Minute

// TotalsOf makes the totals of one business day of its events, in order, from its day.opened on; more
// than a day's are not for it. The day need not have ended.
func TotalsOf(events []Event) Totals {
	var t Tally
	for i := range events {
		t.Add(&events[i])
	}
	return t.Totals()
}

// Tally makes the [Totals] of a business day that goes on: the events are added once, as they come, and the
// totals may be asked for at any time. The zero value is ready for a day's day.opened; it is for one goroutine.
type Tally struct{ day *Trips }

// Add takes the next event of the day; it is not kept.
func (t *Tally) Add(e *Event) {
	if t.day == nil {
		t.day = NewTrips()
	}
	t.day.Add(e)
}

// Totals is what the day has come to so far.
func (t *Tally) Totals() Totals {
	if t.day == nil {
		t.day = NewTrips()
	}
	return t.day.totals()
}
