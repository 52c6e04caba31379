package forecast

import (
	"math/rand/v2"
	"slices"

	"layso/kiosk"
)

// Rollouts are the settings of a forecast.
type Rollouts struct {
	N    int    // at most so many rollouts; 0: 500
	Seed uint64 // equal seeds and moments give equal forecasts
	Only *Ask   // nil: all waiting tickets, and a new one for every service and credit
}

// Ask is the question for one new ticket only. Its rollouts end with the call of that ticket.
type Ask struct {
	Service int // index
	CreditS int
}

// The number of rollouts: 500, or less where far more people wait than a hall holds, so that all
// rollouts together have about as many calls as 500 rollouts of 500 tickets; 50 at least.
const (
	rollouts      = 500
	leastRollouts = 50
	mostCalls     = 500 * rollouts
)

// Simulation makes forecasts and keeps its memory from one to the next. The zero value is ready for
// use; it is for one goroutine.
type Simulation struct {
	moment *Moment
	prior  *unit
	rng    rand.PCG
	seed   uint64
	now    int64
	seq    uint64 // above that of any ticket
	n, k   int    // rollouts, and the one that is running

	// Of the moment, the same for all rollouts.
	base     kiosk.Play     // the pool, made of tickets
	tickets  []kiosk.Ticket // those waiting, those that missed a call, the further steps of their routes
	tokens   []string       // of those in the pool
	parts    []part         // of the tickets
	waiting  int            // the first tickets wait
	pooled   int            // after them come those that missed a call, up to here
	wanted   int            // tickets whose wait is asked for: all that wait, or none
	asked    int            // cells of the table that are asked for
	desks    []desk
	urns     []urn     // by service
	missing  []float64 // by service: the share of calls to which nobody comes
	missTime int64     // how long a clerk waits for nobody
	ghosts   []kiosk.Ticket
	unasked  []int // by service: the ghosts that nobody asks for
	streams  []stream
	bookings []arrival
	rest     []int32 // memory of the desks' urns

	// Of the running rollout. Times are ms after now.
	pool       kiosk.Play
	free       []int64 // by desk: when it can call next
	onward     []int32 // by desk: the ticket that it sends to the next service then, -1 none
	arrivals   []arrival
	comers     []kiosk.Ticket
	next       int    // of the arrivals
	answered   []int  // by service: ghosts that have been called
	missed     []bool // by ticket: it has been called and nobody came
	last       int32  // time of the last call, s
	left, open int    // tickets and ghosts that have not been called yet

	samples, table []int32 // waits in s by ticket, or by service and ghost, and rollout; -1: not called
}

// desk is a [Desk] with what a rollout needs of it. Times are ms after now.
type desk struct {
	reach   kiosk.Reach
	from    int64
	hand    *kiosk.Ticket
	service int
	past    int64
	rest    urn     // how long the ticket in hand still takes
	next    int32   // its next step
	breaks  []Break // in Unix ms
}

// stream is priority tickets of one service and credit that come at a steady rate for a while.
type stream struct {
	service  int
	credit   int64   // ms
	from, to int64   // ms after now
	rate     float64 // each ms
}

// Simulate makes the forecast for the moment. Who makes many keeps a [Simulation].
func Simulate(m *Moment, model *Model, o Rollouts) *kiosk.Forecast {
	return new(Simulation).Run(m, model, o)
}

// Run makes the forecast for the moment; with Only it has one cell of the table and no tickets.
func (s *Simulation) Run(m *Moment, model *Model, o Rollouts) *kiosk.Forecast {
	s.prepare(m, model, o)
	for k := range s.n {
		s.play(k)
	}
	f := &kiosk.Forecast{Seq: m.Seq, Table: map[string]map[int]kiosk.Range{}, Tickets: make(map[string]kiosk.Range, s.wanted)}
	for i := range s.wanted {
		f.Tickets[s.tokens[i]] = model.calibrated(s.percentiles(s.samples[i*s.n : (i+1)*s.n]))
	}
	if o.Only != nil {
		f.Table[m.Services[o.Only.Service].ID] = map[int]kiosk.Range{o.Only.CreditS: s.only(model, o.Only.Service)}
		return f
	}
	for i, x := range m.Services {
		row := make(map[int]kiosk.Range, len(m.Credits))
		for k, credit := range m.Credits {
			at := (i*len(m.Credits) + k) * s.n
			row[credit] = model.calibrated(s.percentiles(s.table[at : at+s.n]))
		}
		f.Table[x.ID] = row
	}
	return f
}

// Wait gives what Run with Only gives, without making a forecast of it.
func (s *Simulation) Wait(m *Moment, model *Model, o Rollouts) kiosk.Range {
	s.prepare(m, model, o)
	for k := range s.n {
		s.play(k)
	}
	return s.only(model, o.Only.Service)
}

func (s *Simulation) only(model *Model, service int) kiosk.Range {
	return model.calibrated(s.percentiles(s.table[service*s.n : (service+1)*s.n]))
}

// percentiles gives the 50th and the 80th percentile; it changes the order of the samples. A ticket
// that was not called in a rollout, because nobody can serve it, waits as long as anybody else.
func (s *Simulation) percentiles(samples []int32) (p50, p80 int32) {
	n := len(samples)
	i, j := (n-1)/2, (4*n-1)/5
	selected(samples, i)
	selected(samples[i:], j-i)
	return samples[i], max(samples[i], samples[j])
}

// selected moves the element that stands at k when sorted to there, smaller ones before it.
func selected(x []int32, k int) {
	for lo, hi := 0, len(x)-1; lo < hi; {
		pivot := median(x[lo], x[(lo+hi)/2], x[hi])
		i, j := lo, hi
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}

func median(a, b, c int32) int32 { return max(min(a, b), min(max(a, b), c)) }

// resized gives the slice with n zero elements, in its memory where that suffices.
func resized[T any](x []T, n int) []T {
	x = slices.Grow(x[:0], n)[:n]
	clear(x)
	return x
}
