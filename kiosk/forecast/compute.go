package forecast

import (
	"time"

	"layso/kiosk"
)

// Compute gives the forecast for the hall as v shows it at the time now. Equal input gives equal
// output. The work grows with waiting tickets times counters: 300 tickets take well under 5 ms.
func Compute(v *kiosk.View, now time.Time) *kiosk.Forecast {
	r := newRun(v, now)
	for r.step() {
	}
	f := &kiosk.Forecast{Seq: v.Seq(), Table: map[string]map[int]kiosk.Range{}, Tickets: r.tickets}
	for i, s := range v.Setup().Services {
		row := map[int]kiosk.Range{}
		for k, credit := range r.credits {
			row[credit] = r.fresh[i][k]
		}
		f.Table[s.ID] = row
	}
	return f
}

// run is one simulated afternoon. Times are durations after its start.
type run struct {
	setup   *kiosk.Setup
	start   int64          // Unix ms
	service map[string]int // id -> index in the setup
	pool    kiosk.Play
	desks   []*desk // those that still have something to do
	spread  []spread
	tickets map[string]kiosk.Range

	// For a ticket taken now: the credits, largest first, a made-up ticket for each, and by service
	// the waits found so far. A larger credit is never called later, so they are found in order.
	credits []int
	ghosts  []*kiosk.Ticket
	fresh   [][]kiosk.Range
}

// desk is a counter in the simulation.
type desk struct {
	reach    kiosk.Reach
	services []int
	free     time.Duration // when it can call next
	busy     time.Duration // how much of the time before that is a service or a break
	own      spread        // for tickets that only this counter may call
}

func newRun(v *kiosk.View, now time.Time) *run {
	s := v.Setup()
	r := &run{
		setup: s, service: map[string]int{}, tickets: map[string]kiosk.Range{},
		spread: make([]spread, len(s.Services)), fresh: make([][]kiosk.Range, len(s.Services)),
	}
	for i, x := range s.Services {
		r.service[x.ID] = i
	}
	pool := v.Pool()
	r.pool.Reset(&pool)
	r.credits = credits(s)
	r.start = now.UnixMilli()
	at := now.UTC().Truncate(time.Millisecond) // as the owner stamps it
	if at.Before(v.At()) {
		at = v.At()
	}
	for _, c := range r.credits {
		r.ghosts = append(r.ghosts, kiosk.Imagined("", at.UnixMilli()-int64(c)*1000, at.UnixMilli(), v.Seq()+1))
	}
	r.seat(v, now)
	return r
}

// step lets the desk that gets free first call somebody; false when all have run dry.
func (r *run) step() bool {
	k := r.earliest()
	if k < 0 {
		return false
	}
	d := r.desks[k]
	d.own.add(d.busy)
	for _, s := range d.services {
		r.spread[s].add(d.busy)
	}
	first, spot := r.pool.First(&d.reach, r.start+d.free.Milliseconds())
	for _, s := range d.services {
		r.callGhosts(s, d.free, first)
	}
	if first == nil {
		r.desks = append(r.desks[:k], r.desks[k+1:]...)
		return true
	}
	s := r.service[first.Service]
	by := r.spread[s]
	if first.Counter != "" {
		by = d.own
	}
	r.tickets[first.Token] = by.around(d.free)
	r.pool.Call(&d.reach, spot)
	d.busy = r.mean(first.Service)
	d.free += d.busy
	return true
}

// earliest gives the index of the desk that gets free first, -1 with none. Of those that get free
// together it is the first in the list.
func (r *run) earliest() int {
	best := -1
	for i, d := range r.desks {
		if best < 0 || d.free < r.desks[best].free {
			best = i
		}
	}
	return best
}

// callGhosts answers for the tickets taken now in service s that would be called at this time: those
// that the policy prefers to first.
func (r *run) callGhosts(s int, at time.Duration, first *kiosk.Ticket) {
	for k := len(r.fresh[s]); k < len(r.ghosts); k++ {
		if first != nil && !r.ghosts[k].Before(first) {
			return
		}
		r.fresh[s] = append(r.fresh[s], r.spread[s].around(at))
	}
}

// mean gives the mean service time; at least a second, so that the run always moves on.
func (r *run) mean(service string) time.Duration {
	if i, ok := r.service[service]; ok {
		return time.Duration(max(1, r.setup.Services[i].MeanS)) * time.Second
	}
	return time.Second
}
