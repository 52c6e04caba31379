package forecast

import (
	"math/rand/v2"
	"runtime"
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
// rollouts together have about as many calls as 500 rollouts of a full hall; 50 at least.
const (
	rollouts      = 500
	leastRollouts = 50
	mostCalls     = 330 * rollouts
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
	n      int    // rollouts

	// Of the moment, the same for all rollouts.
	base      kiosk.Play     // the pool, made of tickets
	tickets   []kiosk.Ticket // those waiting, those that missed a call, the further steps of their routes
	tokens    []string       // of those in the pool
	parts     []part         // of the tickets
	waiting   int            // the first tickets wait
	pooled    int            // after them come those that missed a call, up to here
	wanted    int            // tickets whose wait is asked for: all that wait, or none
	asked     int            // cells of the table that are asked for
	desks     []desk
	urns      []urn    // by service
	missing   []uint64 // by service: how likely nobody comes to a call; see likely
	missAgain uint64   // and to a call after such a one
	missTime  int64    // how long a clerk waits for nobody
	between   int64    // how long after a service the next one is called
	ghosts    []kiosk.Ticket
	unasked   []int // by service: the ghosts that nobody asks for
	streams   []stream
	bookings  []arrival
	rest      []int32 // memory of the desks' urns

	// Of the running rollout. Times are ms after now.
	pool       kiosk.Play
	free       race    // when the desks can call next
	onward     []int32 // by desk: the ticket that it sends to the next service then, -1 none
	arrivals   []arrival
	comers     []kiosk.Ticket
	next       int    // of the arrivals
	answered   []int  // by service: ghosts that have been called
	missed     []bool // by ticket: it has been called and nobody came
	last       int32  // time of the last call, s
	left, open int    // tickets and ghosts that have not been called yet

	// Waits in s by rollout and cell; -1: not called. The cells are the tickets wanted, then those of
	// the table by service and ghost.
	samples []int32
	cells   int
	waits   []int32 // those of the running rollout
	column  []int32 // those of one cell
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

// Run makes the forecast for the moment; with Only it has one cell of the table and no tickets.
func (s *Simulation) Run(m *Moment, model *Model, o Rollouts) *kiosk.Forecast {
	s.prepare(m, model, o)
	for k := range s.n {
		s.play(k)
		runtime.Gosched() // a crowded hall takes long, and calls must not wait for it
	}
	f := &kiosk.Forecast{Seq: m.Seq, Table: map[string]map[int]kiosk.Range{}, Tickets: make(map[string]kiosk.Range, s.wanted)}
	for i := range s.wanted {
		f.Tickets[s.tokens[i]] = s.told(model, i)
	}
	if o.Only != nil {
		f.Table[m.Services[o.Only.Service].ID] = map[int]kiosk.Range{o.Only.CreditS: s.told(model, o.Only.Service)}
		return f
	}
	for i, x := range m.Services {
		row := make(map[int]kiosk.Range, len(m.Credits))
		for k, credit := range m.Credits {
			row[credit] = s.told(model, s.wanted+i*len(m.Credits)+k)
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
	return s.told(model, o.Only.Service)
}

// told gives the range of one cell: its 50th percentile and the calibrated 80th.
func (s *Simulation) told(model *Model, cell int) kiosk.Range {
	for k := range s.column {
		s.column[k] = s.samples[k*s.cells+cell]
	}
	i, j := (s.n-1)/2, (4*s.n-1)/5
	selected(s.column, i)
	selected(s.column[i:], j-i)
	return model.calibrated(s.column[i], s.column[j])
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
