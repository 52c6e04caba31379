package simulate

import (
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// Replay is what a log did, and what the policies make of the same calls. Waits are in seconds.
type Replay struct {
	Log      *Outcome   `json:"log"`
	Near     Pairs      `json:"near"` // pairs whose second call came less than the credit after the first
	Far      Pairs      `json:"far"`  // the others
	Policies []*Outcome `json:"policies"`
}

// Pairs are pairs of a regular call and a priority call of the same type that came while it waited,
// both served.
type Pairs struct {
	N        int     `json:"n"`
	Overtook int     `json:"overtook"` // the priority call was answered first
	Share    float64 `json:"share"`
}

func (p *Pairs) add(overtook bool) {
	p.N++
	if overtook {
		p.Overtook++
	}
	p.Share = float64(p.Overtook) / float64(p.N)
}

// shift is how long a server may be seen to serve nobody and still be at work: after that it is a break.
const shift = 15 * 60 // s

// Replay plays the calls of the log again under every policy: they come when they came, take as long
// as they took, leave after as long as they waited in vain, and are answered by the servers that
// the log shows at work, each for the types that it serves anywhere in the log. For a call that left before it
// was answered, the time that it would have taken is drawn from those of the others, by the seed.
func (l *Log) Replay(ctx context.Context, seed uint64, credit time.Duration, tell Progress) (*Replay, error) {
	if len(l.Days) == 0 {
		return &Replay{Log: &Outcome{Policy: "the log"}, Policies: sum([][]*Outcome{newOutcomes(Policies(credit), credit)})}, nil
	}
	parts, err := each(ctx, len(l.Days), tell, func(i int) []*Outcome { return l.replay(i, seed, credit) })
	if err != nil {
		return nil, err
	}
	r := &Replay{Policies: sum(parts), Log: &Outcome{Policy: "the log", credit: credit.Milliseconds()}}
	for i := range l.Days {
		r.record(&l.Days[i])
	}
	sum([][]*Outcome{{r.Log}})
	return r, nil
}

func (l *Log) replay(day int, seed uint64, credit time.Duration) []*Outcome {
	policies := Policies(credit)
	visits, desks := l.visits(day, newDice(seed, day)), l.desks(&l.Days[day], l.skills())
	out := newOutcomes(policies, credit)
	for i, p := range policies {
		f := &floor{line: newLine(p, len(l.Types)), desks: slices.Clone(desks), result: out[i], wait: seconds}
		f.play(visits, len(l.Types))
		for _, x := range f.people {
			if x.first < 0 {
				out[i].Left++
			}
		}
	}
	return out
}

func seconds(at, called int64) float64 { return float64(called-at) / 1000 }

// visits makes visits of the day's calls.
func (l *Log) visits(day int, d dice) []visit {
	var times []int64
	for _, c := range l.Days[day].Calls {
		if c.Served {
			times = append(times, int64(c.Ended-c.Called)*1000)
		}
	}
	var out []visit
	for _, c := range l.Days[day].Calls {
		service, _ := slices.BinarySearch(l.Types, c.Type)
		v := visit{at: int64(c.At) * 1000, service: service, class: c.Class, took: int64(c.Ended-c.Called) * 1000}
		if !c.Served {
			v.patience = int64(c.Called-c.At) * 1000
			if v.took = 0; len(times) > 0 {
				v.took = times[d.IntN(len(times))]
			}
		}
		out = append(out, v)
	}
	return out
}

// desks seats the servers of the day, in the order of their names. The calls of which the log does not
// know the server (NO_SERVER) make one more.
func (l *Log) desks(day *LogDay, skills map[string][]int) []desk {
	work, last := map[string][]LogCall{}, 0
	for _, c := range day.Calls {
		if c.Served {
			work[c.Server] = append(work[c.Server], c)
			last = max(last, c.Ended)
		}
	}
	var out []desk
	for _, name := range slices.Sorted(maps.Keys(work)) {
		calls := work[name]
		slices.SortStableFunc(calls, func(a, b LogCall) int { return a.Called - b.Called })
		x := desk{from: int64(calls[0].Called) * 1000, speed: 1, stays: true}
		end := calls[0].Called
		for _, c := range calls {
			if c.Called-end > shift {
				x.breaks = append(x.breaks, forecast.Break{From: int64(end) * 1000, To: int64(c.Called) * 1000})
			}
			end = max(end, c.Ended)
		}
		if end < last-shift { // has gone home; the last ones stay until nobody waits
			x.breaks = append(x.breaks, forecast.Break{From: int64(end) * 1000, To: math.MaxInt64})
		}
		x.reach, x.skills = kiosk.ReachOf(name, skills[name], nil), len(skills[name])
		out = append(out, x)
	}
	return out
}

// skills gives the types of calls that each server has served, by their indexes.
func (l *Log) skills() map[string][]int {
	out := map[string][]int{}
	for _, day := range l.Days {
		for _, c := range day.Calls {
			t, _ := slices.BinarySearch(l.Types, c.Type)
			if c.Served && !slices.Contains(out[c.Server], t) {
				out[c.Server] = append(out[c.Server], t)
			}
		}
	}
	return out
}

// record counts what the log itself did on a day.
func (r *Replay) record(day *LogDay) {
	served := slices.DeleteFunc(slices.Clone(day.Calls), func(c LogCall) bool { return !c.Served })
	r.Log.Left += len(day.Calls) - len(served)
	r.pairs(served)
	slices.SortStableFunc(served, func(a, b LogCall) int { return a.Called - b.Called })
	newest := map[string]int{}
	for _, c := range served {
		r.Log.waits[c.Class] = append(r.Log.waits[c.Class], float64(c.Called-c.At))
		if int64(newest[c.Type]-c.At)*1000 > r.Log.credit {
			r.Log.Late++
		}
		newest[c.Type] = max(newest[c.Type], c.At)
	}
}

// pairs counts the pairs among the calls, which are in the order in which they came.
func (r *Replay) pairs(calls []LogCall) {
	for i, a := range calls {
		if a.Class == Priority || !a.Queued {
			continue
		}
		for _, b := range calls[i+1:] {
			if b.At >= a.Called {
				break
			}
			if b.Class != Priority || b.Type != a.Type || !b.Queued || b.At == a.At {
				continue
			}
			to := &r.Near
			if int64(b.At-a.At)*1000 >= r.Log.credit {
				to = &r.Far
			}
			to.add(b.Called < a.Called)
		}
	}
}
