package simulate

import (
	"math"
	"slices"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

const minute = 60_000 // ms

// Hall is a reception hall as the facts describe them ("The load"), for simulated days.
type Hall struct {
	Name     string        `json:"name"`
	PerDay   float64       `json:"per_day"`  // tickets, on average
	Services []Service     `json:"services"` //
	Counters [][]int       `json:"counters"` // the services that each serves, by their index
	Profile  []Stretch     `json:"profile"`  // when people come
	Lunch    []Stretch     `json:"lunch"`    // counters call nobody in it
	Priority float64       `json:"priority"` // share of priority tickets, 0-1
	Credit   time.Duration `json:"-"`        // of the hall's own policy
	NoShow   float64       `json:"no_show"`  // share of tickets to whose call nobody comes, 0-1
	Uneven   float64       `json:"uneven"`   // a clerk is faster or slower by up to this share
	Pauses   float64       `json:"pauses"`   // breaks that nobody has planned, of each clerk in a day, on average
}

// Service is a service of a Hall: lognormal times with the coefficient of variation of the facts.
type Service struct {
	Name       string  `json:"name"`
	Minutes    float64 `json:"minutes"`    // mean
	Configured float64 `json:"configured"` // what the hall believes on its first day; only the forecast reads it
	Share      float64 `json:"share"`      // of all tickets; the shares of a hall need not come to 1
}

// Stretch is a stretch of the day in minutes after midnight, and the share of the people who come in it.
type Stretch struct {
	From  int     `json:"from"`
	To    int     `json:"to"`
	Share float64 `json:"share,omitempty"`
}

// visit is one person's day: when he comes (ms after midnight), for what, and what he will find.
type visit struct {
	at       int64
	service  int
	class    int
	took     int64 // ms of a clerk of usual speed
	missed   bool  // does not come when called
	patience int64 // ms after which he leaves; 0: never
}

// missTime is how long a clerk waits for somebody who does not come.
const missTime = 1 * minute

// visits draws the people of one day, in the order in which they come.
func (h *Hall) visits(d dice) []visit {
	out := make([]visit, d.poisson(h.PerDay))
	for i := range out {
		s := pick(d, h.Services, func(s Service) float64 { return s.Share })
		x := pick(d, h.Profile, func(s Stretch) float64 { return s.Share })
		v := visit{service: s, missed: d.Float64() < h.NoShow}
		v.at = int64(h.Profile[x].From)*minute + d.Int64N(int64(h.Profile[x].To-h.Profile[x].From)*minute)
		v.took = max(1000, int64(d.lognormal(h.Services[s].Minutes*minute, forecast.CV)))
		if d.Float64() < h.Priority {
			v.class = Priority
		}
		out[i] = v
	}
	slices.SortStableFunc(out, func(a, b visit) int { return int(a.at - b.at) })
	return out
}

// pick draws an index by the shares.
func pick[T any](d dice, of []T, share func(T) float64) int {
	sum := 0.0
	for _, x := range of {
		sum += share(x)
	}
	at := d.Float64() * sum
	for i, x := range of {
		if at -= share(x); at < 0 {
			return i
		}
	}
	return len(of) - 1
}

// poisson draws how many of many come.
func (d dice) poisson(mean float64) int {
	n := 0
	for t := d.ExpFloat64(); t < mean; t += d.ExpFloat64() {
		n++
	}
	return n
}

// desks seats the clerks for one day: each with the breaks that are planned and, at chance, the others.
func (h *Hall) desks(d dice, speed []float64) []desk {
	var out []desk
	for i, services := range h.Counters {
		x := desk{reach: kiosk.ReachOf(string(rune('a'+i)), services, nil), skills: len(services), speed: speed[i]}
		x.from = int64(h.Profile[0].From) * minute
		x.planned = h.planned()
		x.breaks = slices.Clone(x.planned)
		for range d.poisson(h.Pauses) {
			from := x.from + d.Int64N(int64(h.Profile[len(h.Profile)-1].To)*minute-x.from)
			x.breaks = append(x.breaks, forecast.Break{From: from, To: from + int64(d.lognormal(15*minute, 0.5))})
		}
		out = append(out, x)
	}
	return out
}

func (h *Hall) planned() []forecast.Break {
	var out []forecast.Break
	for _, l := range h.Lunch {
		out = append(out, forecast.Break{From: int64(l.From) * minute, To: int64(l.To) * minute})
	}
	return out
}

// speeds draws how long each clerk needs, as a multiple of the usual time; their mean is 1.
func (h *Hall) speeds(d dice) []float64 {
	out := make([]float64, len(h.Counters))
	sum := 0.0
	for i := range out {
		out[i] = 1 + h.Uneven*(2*d.Float64()-1)
		sum += out[i]
	}
	for i := range out {
		out[i] *= float64(len(out)) / sum
	}
	return out
}

// Load is the work of a day as a share of what the counters can do from the first opening to the end
// of the day, lunch apart.
func (h *Hall) Load() float64 {
	work, shares := 0.0, 0.0
	for _, s := range h.Services {
		work += s.Share * s.Minutes
		shares += s.Share
	}
	open := h.Profile[len(h.Profile)-1].To - h.Profile[0].From
	for _, l := range h.Lunch {
		open -= l.To - l.From
	}
	return h.PerDay * work / shares / float64(max(1, open*len(h.Counters)))
}

// without gives the part of the wait from at to called that is no lunch, in minutes.
func (h *Hall) without(at, called int64) float64 {
	wait := called - at
	for _, b := range h.planned() {
		wait -= max(0, min(called, b.To)-max(at, b.From))
	}
	return math.Max(0, float64(wait)) / minute
}
