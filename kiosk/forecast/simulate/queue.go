package simulate

import "layso/kiosk"

// Arrivals is how the times between two arrivals are distributed; their mean follows from the load.
type Arrivals int

// Poisson arrivals have exponential times between them, deterministic ones equal times, and
// hyperexponential ones (H2) the squared coefficient of variation 4 with balanced means.
const (
	Poisson Arrivals = iota
	Deterministic
	Hyperexponential
)

// tick is the mean service time of a Queue in milliseconds: long enough that whole milliseconds are
// fine, short enough that a day is 1,440 of them.
const tick = 60_000

// Queue is a model of queueing theory: equal servers, exponential service times, one line. Times are
// in mean service times.
type Queue struct {
	Servers  int
	Load     float64 // ρ: arrivals in a mean service time, per server
	Arrivals Arrivals
	Patience float64 // mean of the exponential time after which who still waits leaves; 0: nobody does
	Priority float64 // share of priority arrivals
	Policy   Policy
	N        int // arrivals that are measured; N/100 go before to warm up
}

// visitor is what a simulation knows of one ticket, whose Ord is its place in visitors.
type visitor struct {
	ticket  kiosk.Ticket
	at      int64 // of arrival
	leaves  int64 // when patience ends; 0 for never
	class   int
	gone    bool // has left the line
	delayed bool // found all servers busy
	counted bool // not of the warm-up
	guesses guesses
}

// run is one simulation of a Queue.
type run struct {
	Queue
	dice
	line     *line
	reach    kiosk.Reach
	busy     heap // ends of the services
	leaving  heap // ends of patience of those who may still wait
	visitors []*visitor
	free     []int // places in visitors
	waiting  int   // who waits and has not left
	eyes     eyes
	out      *Tally
}

// Run simulates the queue once; equal seed and run give equal results.
func (q Queue) Run(seed uint64, n int) *Tally {
	r := &run{Queue: q, dice: newDice(seed, n), line: newLine(q.Policy, 1), reach: kiosk.ReachOf("1", []int{0}, nil), out: &Tally{}}
	r.eyes = newEyes(q)
	now := int64(0)
	for i := -q.N / 100; i < q.N; i++ {
		now += r.gap()
		r.until(now)
		r.arrive(now, i)
	}
	return r.out
}

// gap draws the time to the next arrival.
func (r *run) gap() int64 {
	mean := tick / (r.Load * float64(r.Servers))
	switch r.Arrivals {
	case Deterministic:
		return int64(mean + r.Float64()) // its fraction, on average
	case Hyperexponential:
		return r.hyper(mean, 4)
	}
	return r.exp(mean)
}

// until lets everything happen that happens before or at this time.
func (r *run) until(now int64) {
	for len(r.busy) > 0 && r.busy[0].at <= now {
		end := r.busy[0].at
		r.leave(end)
		r.finish(end)
	}
	r.leave(now)
}

// leave lets those go whose patience ends before this time. They stay in line: the moment at which
// they would have been called is the wait that was foretold to them.
func (r *run) leave(now int64) {
	for len(r.leaving) > 0 && r.leaving[0].at <= now {
		v := r.visitors[r.leaving[0].what]
		if v.leaves == r.leaving[0].at && !v.gone {
			v.gone = true
			r.waiting--
		}
		r.leaving.pop()
	}
}

// finish ends the service that ends at this time: the server calls the next.
func (r *run) finish(now int64) {
	for {
		t := r.line.call(&r.reach, now)
		if t == nil {
			r.busy.pop()
			return
		}
		v := r.visitors[t.Ord]
		r.settle(v, now)
		if !v.gone {
			r.waiting--
			r.enter(v, now)
			r.busy.replace(moment{now + r.exp(tick), 0})
			return
		}
		r.release(v)
	}
}

// arrive lets the i-th visitor come; those below 0 warm the system up.
func (r *run) arrive(now int64, i int) {
	v := r.visitor()
	ord := v.ticket.Ord
	v.at, v.delayed, v.counted, v.class = now, len(r.busy) == r.Servers, i >= 0, Regular
	if r.Priority > 0 && r.Float64() < r.Priority {
		v.class = Priority
	}
	v.ticket = *kiosk.Imagined("", r.line.key(now, v.class), now, uint64(i+r.N))
	v.ticket.Ord = ord
	if v.delayed {
		v.guesses = r.eyes.look(r, v.class, now)
		r.line.add(&v.ticket, 0, v.class)
		r.wait(v)
		return
	}
	r.line.add(&v.ticket, 0, v.class)
	r.line.call(&r.reach, now)
	r.settle(v, now)
	r.enter(v, now)
	r.busy.push(moment{now + r.exp(tick), 0})
}

// wait notes that v waits, and until when at most.
func (r *run) wait(v *visitor) {
	r.waiting++
	if r.Patience > 0 {
		v.leaves = v.at + r.exp(r.Patience*tick) + 1
		r.leaving.push(moment{v.leaves, v.ticket.Ord})
	}
}

// settle notes that the wait of v is known: it is called, or would have been.
func (r *run) settle(v *visitor, now int64) {
	if v.counted {
		r.out.settle(v, float64(now-v.at)/tick)
	}
}

// enter notes that v enters service, and gives its place free.
func (r *run) enter(v *visitor, now int64) {
	r.eyes.entered(float64(now-v.at) / tick)
	r.release(v)
}

func (r *run) release(v *visitor) {
	v.leaves, v.gone = 0, false
	r.free = append(r.free, v.ticket.Ord)
}

func (r *run) visitor() *visitor {
	if n := len(r.free); n > 0 {
		v := r.visitors[r.free[n-1]]
		r.free = r.free[:n-1]
		return v
	}
	v := &visitor{}
	v.ticket.Ord = len(r.visitors)
	r.visitors = append(r.visitors, v)
	return v
}
