package simulate

import (
	"slices"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// told is what a ticket was told.
type told struct {
	ways    [ways]float64 // minutes
	raw     kiosk.Range
	printed kiosk.Range
}

// teller foretells the waits of a hall, as its forecast does, and learns from what happens.
type teller struct {
	hall   *Hall
	model  *forecast.Model
	sim    *forecast.Simulation
	moment forecast.Moment
	lines  []forecast.Estimators
	told   []told
	seed   uint64
	day    int
	marks  *marks
}

// taken foretells the wait of the i-th person.
func (t *teller) taken(f *floor, i int, now int64) {
	p, x := &f.people[i], &t.told[i]
	line := t.line(f, p.service, now)
	b := t.lines[p.service].Foretell(line)
	form := 0.0
	if !line.Idle {
		form = t.form(f, p, now)
	}
	x.ways = [ways]float64{b.QL.Minutes(), form, b.LES.Minutes(), b.HOL.Minutes(), b.Avg.Minutes(), 0}
	credit := 0
	if p.class == Priority {
		credit = int(t.hall.Credit.Seconds())
	}
	t.look(f, i, now)
	x.printed = t.sim.Wait(&t.moment, t.model, forecast.Rollouts{Seed: t.seed + uint64(i), Only: &forecast.Ask{Service: p.service, CreditS: credit}})
	x.ways[toldRollout] = float64(x.printed.P50S) / 60
	x.raw = kiosk.Range{P50S: x.printed.P50S, P80S: x.printed.P50S + int(float64(x.printed.P80S-x.printed.P50S)/t.model.Factor+0.5)}
	t.model.Arrived(t.hall.Services[p.service].Name, credit, time.UnixMilli(now).UTC())
}

// line is what the simple ways see.
func (t *teller) line(f *floor, service int, now int64) forecast.Line {
	s := t.hall.Services[service]
	l := forecast.Line{Mean: t.model.Mean(s.Name, int(s.Configured*60))}
	for d := range f.desks {
		x := &f.desks[d]
		if works := x.hand >= 0 || x.back(now) == now; works && x.reach.Serves(service) {
			l.Counters++
			l.Idle = l.Idle || x.hand < 0
		}
	}
	for _, w := range f.line.queue(service, Regular) {
		l.Waiting++
		l.Head = max(l.Head, time.Duration(now-f.people[w.Ord].at)*time.Millisecond)
	}
	return l
}

// form is what other systems print: the place in the order of the hall, times the mean of the hall's
// services, by the counters that work; in minutes.
func (t *teller) form(f *floor, p *person, now int64) float64 {
	before, counters, mean, shares := 1, 0, 0.0, 0.0
	key := f.line.key(now, p.class)
	for s, x := range t.hall.Services {
		for _, w := range f.line.queue(s, Regular) {
			if w.Key() <= key {
				before++
			}
		}
		mean += x.Share * t.model.Mean(x.Name, int(x.Configured*60)).Minutes()
		shares += x.Share
	}
	for d := range f.desks {
		if f.desks[d].hand >= 0 || f.desks[d].back(now) == now {
			counters++
		}
	}
	return float64(before) * mean / shares / float64(max(1, counters))
}

// look makes the moment of the forecast: what the hall's own forecast would see.
func (t *teller) look(f *floor, i int, now int64) {
	m := &t.moment
	m.Now, m.Seq, m.Pool = now, uint64(i), &f.line.plays[0]
	if m.Services == nil {
		m.Credits = []int{int(t.hall.Credit.Seconds()), 0}
		for _, s := range t.hall.Services {
			m.Services = append(m.Services, forecast.Service{ID: s.Name, MeanS: int(s.Configured * 60)})
		}
	}
	m.Desks = m.Desks[:0]
	for d := range f.desks {
		x := &f.desks[d]
		desk := forecast.Desk{Reach: x.reach, Breaks: x.planned, From: x.from}
		if x.hand >= 0 {
			p := &f.people[x.hand]
			desk.Hand, desk.Service, desk.Called = &p.ticket, p.service, x.called
		} else if x.away > now && !inside(x.planned, now) { // as for any paused counter
			desk.From = max(x.left+15*minute, now+5*minute)
		}
		m.Desks = append(m.Desks, desk)
	}
	// Of idle counters the one with the fewest skills calls first.
	slices.SortStableFunc(m.Desks, func(a, b forecast.Desk) int { return a.Reach.Skills() - b.Reach.Skills() })
}

func inside(breaks []forecast.Break, now int64) bool {
	return slices.ContainsFunc(breaks, func(b forecast.Break) bool { return now >= b.From && now < b.To })
}

// called scores what the i-th person was told.
func (t *teller) called(f *floor, i int, now int64) {
	p, x := &f.people[i], &t.told[i]
	wait := time.Duration(now-p.at) * time.Millisecond
	t.marks.add(x, wait, p.class, t.day == 0)
	t.lines[p.service].Called(wait)
	t.model.Scored(wait, x.printed)
	t.model.Missed(t.hall.Services[p.service].Name, p.missed)
}

func (t *teller) ended(f *floor, i int, called, now int64) {
	took := time.Duration(now-called) * time.Millisecond
	if f.people[i].missed {
		t.model.WaitedFor(took)
		return
	}
	t.model.Served(t.hall.Services[f.people[i].service].Name, took)
}
