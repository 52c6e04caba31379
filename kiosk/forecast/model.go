package forecast

import (
	"time"

	"layso/kiosk"
)

const (
	remembered  = 300 // service times of each service
	priorWeight = 8   // so many of them weigh as much as the configured mean's distribution
)

// The calibration of the P80 (facts: "The estimator"): the factor where it starts, its bounds, and
// how far a miss moves it; a hit moves it back by a quarter of that, so that it rests where one call
// in five misses.
const (
	firstFactor, leastFactor, mostFactor = 1.2, 0.5, 4.0

	factorStep, missShare = 0.02, 0.2
)

// Within reports whether a wait kept the printed P80.
func Within(wait time.Duration, printed kiosk.Range) bool {
	return wait <= time.Duration(printed.P80S)*time.Second
}

// Model is what has been learned of a hall. It is JSON for keeping; make it with [NewModel]. It is
// for one goroutine.
type Model struct {
	Services map[string]*Learned `json:"services"`
	Factor   float64             `json:"factor"`  // g in P80* = P50 + g·(P80 − P50), 0.5-4
	MissMS   float64             `json:"miss_ms"` // mean time that a clerk waits for nobody
	// BetweenMS is the mean time from the end of a service to the counter's next call, while somebody waits.
	BetweenMS float64 `json:"between_ms"`
	// Counters is how often each counter works on a day, 0-1; the last days weigh most.
	Counters map[string]float64 `json:"counters,omitempty"`
}

// Learned is what has been learned of one service.
type Learned struct {
	Times    []int32          `json:"times"`    // the newest service times in ms, at most 300; a ring
	Next     int              `json:"next"`     // where in the ring the next one goes
	Calls    Share            `json:"calls"`    // of first calls: those to which nobody came
	Priority map[int]*Profile `json:"priority"` // by seniority credit in seconds: how many such tickets come
}

// NewModel knows nothing yet: what is configured counts.
func NewModel() *Model {
	return &Model{Services: map[string]*Learned{}, Factor: firstFactor, MissMS: float64(missTime.Milliseconds())}
}

// of gives what is known of the service, for reading; never nil.
func (m *Model) of(service string) *Learned {
	if l := m.Services[service]; l != nil {
		return l
	}
	return &Learned{}
}

func (m *Model) change(service string) *Learned {
	l := m.Services[service]
	if l == nil {
		l = &Learned{}
		m.Services[service] = l
	}
	return l
}

// Served learns a service time; 1 ms to a day, else it is none.
func (m *Model) Served(service string, took time.Duration) {
	ms := took.Milliseconds()
	if ms < 1 || took > 24*time.Hour {
		return
	}
	l := m.change(service)
	if len(l.Times) < remembered {
		l.Times = append(l.Times, int32(ms))
		return
	}
	l.Next %= remembered
	l.Times[l.Next] = int32(ms)
	l.Next++
}

// Missed learns whether nobody came to the first call of a ticket.
func (m *Model) Missed(service string, missed bool) { m.change(service).Calls.add(missed) }

// WaitedFor learns how long a clerk waited for a ticket to which nobody came.
func (m *Model) WaitedFor(took time.Duration) {
	const memory = 50
	m.MissMS += (float64(min(took, 10*time.Minute).Milliseconds()) - m.MissMS) / memory
}

// Between learns how long a counter took to call the next one, who waited already. Five minutes at most
// count: who is away longer has a break.
func (m *Model) Between(took time.Duration) {
	const memory = 50
	m.BetweenMS += (float64(min(took, 5*time.Minute).Milliseconds()) - m.BetweenMS) / memory
}

// Worked learns at the end of a day whether the counter was open on it.
func (m *Model) Worked(counter string, worked bool) {
	const weight = 0.3 // of the newest day
	day := 0.0
	if worked {
		day = 1
	}
	if _, known := m.Counters[counter]; !known {
		if m.Counters == nil {
			m.Counters = map[string]float64{}
		}
		m.Counters[counter] = day
	}
	m.Counters[counter] += weight * (day - m.Counters[counter])
}

// usual reports whether the counter works on most days.
func (m *Model) usual(counter string) bool { return m.Counters[counter] >= 0.5 }

// Arrived learns of a ticket taken with a seniority credit, at its local time. Those without a
// credit overtake nobody, and are not counted.
func (m *Model) Arrived(service string, creditS int, at time.Time) {
	if creditS <= 0 {
		return
	}
	l := m.change(service)
	if l.Priority == nil {
		l.Priority = map[int]*Profile{}
	}
	if l.Priority[creditS] == nil {
		l.Priority[creditS] = &Profile{}
	}
	l.Priority[creditS].Today[halfHour(at)]++
}

// EndDay takes the day's arrivals into the profile of the days.
func (m *Model) EndDay() {
	for _, l := range m.Services {
		for _, p := range l.Priority {
			p.endDay()
		}
	}
}

// Scored learns from a call how good the printed range was. A ticket that was told no wait, because it
// found an idle counter, teaches nothing: it is called at once, whatever the factor is.
func (m *Model) Scored(wait time.Duration, printed kiosk.Range) {
	if printed.P80S == 0 {
		return
	}
	miss := 1.0
	if Within(wait, printed) {
		miss = 0
	}
	m.Factor = min(mostFactor, max(leastFactor, m.Factor+factorStep*(miss-missShare)))
}

// calibrated gives the range with the P80 that the factor makes of it.
func (m *Model) calibrated(p50, p80 int32) kiosk.Range {
	return kiosk.Range{P50S: int(p50), P80S: int(p50) + int(m.Factor*float64(p80-p50)+0.5)}
}

// Mean is the mean service time: the configured one, in seconds, with the weight of 8 observed ones.
func (m *Model) Mean(service string, configuredS int) time.Duration {
	u := newUrn(m.of(service).Times, configuredS, nil)
	return time.Duration(u.average() * float64(time.Millisecond))
}

// Share is how often something happens. The newest 500 cases or so count.
type Share struct {
	N   float64 `json:"n"`   // cases
	Yes float64 `json:"yes"` // those in which it happened
}

func (s *Share) add(yes bool) {
	const memory = 500
	if s.N >= memory {
		s.N, s.Yes = s.N*(1-1.0/memory), s.Yes*(1-1.0/memory)
	}
	s.N++
	if yes {
		s.Yes++
	}
}

// or gives the share, with an assumed one in place of the first 20 cases.
func (s Share) or(assumed float64) float64 {
	const weight = 20
	return (s.Yes + weight*assumed) / (s.N + weight)
}

// halfHours are in a day.
const halfHours = 48

func halfHour(local time.Time) int { return local.Hour()*2 + local.Minute()/30 }

// Profile is how many tickets of a kind come in each half-hour of the day.
type Profile struct {
	Days  int                `json:"days"`  // that have ended
	Mean  [halfHours]float64 `json:"mean"`  // of these days; a day weighs a twentieth at least
	Today [halfHours]int     `json:"today"` // so far
}

func (p *Profile) endDay() {
	const mostDays = 20
	p.Days = min(p.Days+1, mostDays)
	for i, n := range p.Today {
		p.Mean[i] += (float64(n) - p.Mean[i]) / float64(p.Days)
	}
	p.Today = [halfHours]int{}
}

// expected gives how many come in the half-hour h when it is the minute now of the day: the days
// before say it, and what has come in this half-hour and the one before it, which stands for the day.
func (p *Profile) expected(h int, now float64) float64 {
	const mostDays = 4
	current := min(halfHours-1, max(0, int(now/30)))
	recent, minutes := p.Today[current], now-30*float64(current)
	if current > 0 {
		recent, minutes = recent+p.Today[current-1], minutes+30
	}
	days := float64(min(p.Days, mostDays))
	today := 30 * float64(recent) / max(30, minutes)
	return (days*p.Mean[h] + today) / (days + 1)
}
