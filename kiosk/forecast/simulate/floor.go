package simulate

import (
	"math"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// desk is a counter and its clerk.
type desk struct {
	reach   kiosk.Reach
	skills  int
	from    int64 // begins
	breaks  []forecast.Break
	planned []forecast.Break // those of the breaks that are known before
	speed   float64          // a service takes so many times its usual time
	stays   bool             // begins no break while somebody waits whom it serves

	hand   int // who is there, an index of people; -1 nobody
	called int64
	idle   bool
	since  int64 // idle since
	away   int64 // until then in a break that it has begun; 0: not in one
	left   int64 // when it began
}

// person is one visit in a simulated day.
type person struct {
	visit
	ticket kiosk.Ticket
	first  int64 // first call; -1 before
	again  bool  // has missed a call
}

// watcher sees what happens in a simulated day. A nil one sees nothing.
type watcher interface {
	taken(f *floor, i int, now int64)         // before it waits
	called(f *floor, i int, now int64)        // its first call
	ended(f *floor, i int, called, now int64) // a service, or the waiting of a clerk for nobody
}

// floor is one day of a hall. Times are ms after some midnight.
type floor struct {
	line   *line
	desks  []desk
	people []person
	events heap // of the desks
	watch  watcher
	result *Outcome
	wait   func(at, called int64) float64
	newest []int64 // by service: the latest time of issue of those called
}

// play lets the day pass: everybody comes, and the desks work until nobody waits whom they can serve.
func (f *floor) play(visits []visit, services int) {
	f.people = make([]person, len(visits))
	f.newest = make([]int64, services)
	for d := range f.desks {
		f.desks[d].hand = -1
		f.events.push(moment{f.desks[d].from, d})
	}
	for i, v := range visits {
		f.until(v.at)
		f.people[i] = person{visit: v, first: -1}
		f.arrive(i, v.at)
	}
	f.until(math.MaxInt64)
}

func (f *floor) until(now int64) {
	for len(f.events) > 0 && f.events[0].at <= now {
		e := f.events.pop()
		f.free(e.what, e.at)
	}
}

// arrive lets the i-th person take a ticket; an idle desk calls it.
func (f *floor) arrive(i int, now int64) {
	p := &f.people[i]
	if f.watch != nil {
		f.watch.taken(f, i, now)
	}
	p.ticket = *kiosk.Imagined("", f.line.key(now, p.class), now, uint64(i+1))
	p.ticket.Ord = i
	f.line.add(&p.ticket, p.service, p.class)
	if d := f.idle(p.service, now); d >= 0 {
		f.free(d, now)
	}
}

// idle gives the desk that calls a new ticket at once: with the fewest skills, then the longest idle;
// -1 when there is none. Desks that are in a break are told to look when they come back.
func (f *floor) idle(service int, now int64) int {
	best := -1
	for d := range f.desks {
		x := &f.desks[d]
		if !x.idle || !x.reach.Serves(service) {
			continue
		}
		if back := x.back(now); back > now {
			f.rest(d, now, back)
			continue
		}
		if best < 0 || x.skills < f.desks[best].skills || x.skills == f.desks[best].skills && x.since < f.desks[best].since {
			best = d
		}
	}
	return best
}

// back gives when the desk calls that is free at t: at once, or after its breaks.
func (x *desk) back(t int64) int64 {
	for again := true; again; {
		again = false
		for _, b := range x.breaks {
			if t >= b.From && t < b.To {
				t, again = b.To, true
			}
		}
	}
	return t
}

func (f *floor) rest(d int, now, back int64) {
	x := &f.desks[d]
	x.idle, x.away, x.left = false, back, now
	if back < math.MaxInt64 { // else it has gone home
		f.events.push(moment{back, d})
	}
}

// free lets the desk end what it does and call the next.
func (f *floor) free(d int, now int64) {
	x := &f.desks[d]
	if x.hand >= 0 {
		i := x.hand
		x.hand = -1
		if f.watch != nil {
			f.watch.ended(f, i, x.called, now)
		}
	}
	back := x.back(now)
	if back > now && !x.stays {
		f.rest(d, now, back)
		return
	}
	x.away = 0
	for {
		t := f.line.call(&x.reach, now)
		if t == nil {
			f.done(d, now, back)
			return
		}
		if p := &f.people[t.Ord]; p.patience == 0 || now < p.at+p.patience {
			f.call(d, t.Ord, now)
			return
		}
	}
}

// done lets the desk that has nobody to call be idle, or begin its break.
func (f *floor) done(d int, now, back int64) {
	x := &f.desks[d]
	if back > now {
		f.rest(d, now, back)
	} else if !x.idle {
		x.idle, x.since = true, now
	}
}

// call lets the desk call the i-th person.
func (f *floor) call(d, i int, now int64) {
	x, p := &f.desks[d], &f.people[i]
	if p.first < 0 {
		f.settle(p, now)
		if p.first = now; f.watch != nil {
			f.watch.called(f, i, now)
		}
	}
	x.idle, x.hand, x.called = false, i, now
	if !p.missed {
		f.events.push(moment{now + max(1, int64(float64(p.took)*x.speed)), d})
		return
	}
	if !p.again {
		p.again = true
		f.line.miss(&p.ticket, p.service, p.class)
	}
	f.events.push(moment{now + missTime, d})
}

// settle notes the wait of p, and whether somebody has overtaken it who came too late for that.
func (f *floor) settle(p *person, now int64) {
	if f.result == nil {
		return
	}
	f.result.waits[p.class] = append(f.result.waits[p.class], f.wait(p.at, now))
	if f.newest[p.service] > p.at+f.result.credit {
		f.result.Late++
	}
	f.newest[p.service] = max(f.newest[p.service], p.at)
}
