package forecast

import "time"

// Line is one service's line as a ticket finds it that is taken now.
type Line struct {
	Waiting  int           // tickets that wait for the service
	Head     time.Duration // how long the one that waits longest has waited; 0 when nobody waits
	Mean     time.Duration // mean service time
	Counters int           // that work and serve it
	Idle     bool          // one of them has nobody in hand: the ticket does not wait
}

// Baseline is what simpler ways foretell of a wait: what other systems print, and what theory
// compares (facts: "Estimators and what theory says of them"). All are 0 where a counter is idle.
type Baseline struct {
	QL  time.Duration `json:"ql"`    // the line's length and one more, times the mean, by the counters
	LES time.Duration `json:"les"`   // wait of the one who entered service last
	HOL time.Duration `json:"hol"`   // wait so far of the one who waits longest; 0 when nobody waits
	Avg time.Duration `json:"avg10"` // mean wait of the last ten who entered service
}

const averaged = 10

// Estimators foretells waits for one service in these ways, from the waits of those who entered
// service before. The zero value has seen none. It is JSON for keeping.
type Estimators struct {
	Waits [averaged]time.Duration `json:"waits"` // the last ones; a ring
	N     int                     `json:"n"`     // waits seen
}

// Called notes that somebody who waited so long enters service.
func (e *Estimators) Called(wait time.Duration) {
	e.Waits[e.N%averaged] = wait
	e.N++
}

// Foretell gives what the estimators say to a ticket that is taken now.
func (e *Estimators) Foretell(l Line) Baseline {
	if l.Idle {
		return Baseline{}
	}
	b := Baseline{HOL: l.Head, QL: time.Duration(l.Waiting+1) * l.Mean / time.Duration(max(1, l.Counters))}
	if n := min(e.N, averaged); n > 0 {
		b.LES = e.Waits[(e.N-1)%averaged]
		for _, w := range e.Waits[:n] {
			b.Avg += w / time.Duration(n)
		}
	}
	return b
}
