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
		for _, id := range x.Services {
			if k, ok := p.service[id]; ok {
				r.services = append(r.services, k)
			}
		}
		p.reach = append(p.reach, r)
	}
	return p
}

// number writes the ticket number: the service's prefix and at least three digits.
func number(prefix string, n int) string { return fmt.Sprintf("%s%03d", prefix, n) }

// serving gives the indexes of the counters that can call t: the one it is bound to, else the open
// or paused ones with its service, else, with none, all that are planned for it.
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
	var open, planned []int
	for i, r := range v.plan.reach {
		if slices.Contains(r.services, s) {
			planned = append(planned, i)
			if v.counters[i].State != CounterIsClosed {
				open = append(open, i)
			}
		}
	}
	if len(open) > 0 {
		return open
	}
	return planned
}
