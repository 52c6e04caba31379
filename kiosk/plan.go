package kiosk

import (
	"fmt"
	"slices"
	"time"
	_ "time/tzdata" // a PC without a zone database would take the hall's zone for a mistake
)

// plan is a setup with its look-ups made once. It is immutable.
type plan struct {
	setup   *Setup
	seq     uint64 // of the event that carried the setup
	zone    *time.Location
	service map[string]int
	counter map[string]int
	reach   []Reach // by index of the counter
}

func newPlan(s *Setup, seq uint64) *plan {
	p := &plan{setup: s, seq: seq, zone: time.UTC, service: map[string]int{}, counter: map[string]int{}}
	if zone, err := time.LoadLocation(s.TimeZone); err == nil {
		p.zone = zone
	}
	for i, x := range s.Services {
		p.service[x.ID] = i
	}
	for i, x := range s.Counters {
		p.counter[x.ID] = i
		r := Reach{counter: x.ID}
		r.own, r.assist = p.indexes(x.Services), p.indexes(x.Assist)
		p.reach = append(p.reach, r)
	}
	return p
}

// indexes gives the indexes of the services with these ids.
func (p *plan) indexes(ids []string) []int {
	var out []int
	for _, id := range ids {
		if k, ok := p.service[id]; ok {
			out = append(out, k)
		}
	}
	return out
}

// called gives the services of the counter whose tickets compete with t: its own, and t's where it
// only assists with it.
func (p *plan) called(r Reach, t *Ticket) []int {
	if s, ok := p.service[t.Service]; ok && slices.Contains(r.assist, s) {
		return append(slices.Clip(r.own), s)
	}
	return r.own
}

// number writes the ticket number: the service's prefix and at least three digits.
func number(prefix string, n int) string { return fmt.Sprintf("%s%03d", prefix, n) }

// serving gives the indexes of the counters that can call t: the one it is bound to, else the open
// or paused ones of whose own services it is, else those that assist with it, else, with none, all
// that are planned for it, else all that could assist.
func (v *View) serving(t *Ticket) []int {
	if t.State == Waiting && t.Counter != "" {
		if i, ok := v.plan.counter[t.Counter]; ok {
			return []int{i}
		}
	}
	s, ok := v.plan.service[t.Service]
	if !ok {
		return nil
	}
	var able [4][]int
	for i, r := range v.plan.reach {
		class := 0
		switch {
		case slices.Contains(r.own, s):
		case slices.Contains(r.assist, s):
			class = 1
		default:
			continue
		}
		if v.counters[i].State == CounterIsClosed {
			class += 2
		}
		able[class] = append(able[class], i)
	}
	for _, list := range able {
		if len(list) > 0 {
			return list
		}
	}
	return nil
}
