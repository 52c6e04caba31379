package simulate

import (
	"context"
	"math"
	"time"

	"layso/kiosk/forecast"
)

// The ways of foretelling a wait that are compared in a Hall, all with the mean service times that
// have been learned, and of the ticket's own service unless said.
const (
	toldQL      = iota // waiting tickets + 1, times the mean, by the counters that work
	toldForm           // the same of the whole hall: tickets that are called before + 1, and all counters
	toldLES            // wait of the last who was called
	toldHOL            // wait so far of who waits longest
	toldAvg10          // mean wait of the last ten who were called
	toldRollout        // the P50 of the hall's forecast
	ways
)

var wayNames = [ways]string{"own-service QL", "hall QL (eappointment)", "LES", "HOL", "avg-10", "rollout P50"}

// Error is how wrong one way of foretelling was, in minutes.
type Error struct {
	Name string  `json:"name"`
	MAE  float64 `json:"mae"`
	RMSE float64 `json:"rmse"`
	Bias float64 `json:"bias"` // foretold minus true
}

// Foretold is how well the waits of a hall were foretold.
type Foretold struct {
	Hall       string  `json:"hall"`
	N          int     `json:"n"`
	MeanWait   float64 `json:"mean_wait"` // minutes, lunch included
	Errors     []Error `json:"errors"`
	Sure       float64 `json:"sure"`             // share of tickets that found an idle counter and were told no wait; the covers are of the others
	Raw        float64 `json:"cover_raw"`        // share of waits within the P80 of the rollouts
	Calibrated float64 `json:"cover_calibrated"` // within the P80 that was told
	DayOne     float64 `json:"cover_day_one"`    // the same on the first days
	Factor     float64 `json:"factor"`           // of the calibration at the end, mean of the runs
	Late10     float64 `json:"late_10"`          // share called more than ten minutes after the P50
	MeanP80    float64 `json:"mean_p80"`         // minutes that were told
	Priority   []Error `json:"errors_priority"`  // of priority tickets alone
}

// marks counts how good what was told was.
type marks struct {
	all, priority                [ways]Mistake
	wait, p80                    Mean
	raw, kept, first, late, sure Mean // of 0 and 1
	factor                       Mean
}

// Foretell plays runs of so many days each, every run in a hall that knows nothing yet but wrong mean
// times, and foretells the wait of every ticket when it is taken.
func (h *Hall) Foretell(ctx context.Context, seed uint64, runs, days int, tell Progress) (*Foretold, error) {
	parts, err := each(ctx, runs, tell, func(run int) *marks { return h.foretell(ctx, seed, run, days) })
	if err != nil {
		return nil, err
	}
	all := parts[0]
	for _, m := range parts[1:] {
		all.merge(m)
	}
	return all.report(h.Name), nil
}

func (h *Hall) foretell(ctx context.Context, seed uint64, run, days int) *marks {
	t := &teller{hall: h, model: forecast.NewModel(), sim: &forecast.Simulation{}, lines: make([]forecast.Estimators, len(h.Services)), marks: &marks{}}
	speeds := h.speeds(newDice(seed, -1-run))
	for t.day = 0; t.day < days && ctx.Err() == nil; t.day++ {
		d := newDice(seed, run*days+t.day)
		visits := h.visits(d)
		t.told, t.seed = make([]told, len(visits)), d.Uint64()
		f := &floor{line: newLine(Credit(h.Credit), len(h.Services)), desks: h.desks(d, speeds), watch: t}
		f.play(visits, len(h.Services))
		t.model.EndDay()
	}
	t.marks.factor.add(t.model.Factor)
	return t.marks
}

func (m *marks) add(x *told, wait time.Duration, class int, first bool) {
	minutes := wait.Minutes()
	m.wait.add(minutes)
	m.p80.add(float64(x.printed.P80S) / 60)
	for w, told := range x.ways {
		m.all[w].add(told - minutes)
		if class == Priority {
			m.priority[w].add(told - minutes)
		}
	}
	m.late.count(minutes > x.ways[toldRollout]+10)
	m.sure.count(x.printed.P80S == 0)
	if x.printed.P80S == 0 {
		return
	}
	m.raw.count(forecast.Within(wait, x.raw))
	m.kept.count(forecast.Within(wait, x.printed))
	if first {
		m.first.count(forecast.Within(wait, x.printed))
	}
}

// count adds 1 for yes and 0 for no.
func (m *Mean) count(yes bool) {
	if yes {
		m.Sum++
	}
	m.N++
}

func (m *marks) merge(o *marks) {
	for i := range m.all {
		m.all[i].merge(o.all[i])
		m.priority[i].merge(o.priority[i])
	}
	mine := []*Mean{&m.wait, &m.p80, &m.raw, &m.kept, &m.first, &m.late, &m.sure, &m.factor}
	for i, x := range []Mean{o.wait, o.p80, o.raw, o.kept, o.first, o.late, o.sure, o.factor} {
		mine[i].merge(x)
	}
}

func (m *marks) report(hall string) *Foretold {
	return &Foretold{
		Hall: hall, N: m.wait.N, MeanWait: m.wait.Of(), Errors: errorsOf(m.all), Priority: errorsOf(m.priority),
		Sure: m.sure.Of(), Raw: m.raw.Of(), Calibrated: m.kept.Of(), DayOne: m.first.Of(), Factor: m.factor.Of(), Late10: m.late.Of(), MeanP80: m.p80.Of(),
	}
}

func errorsOf(all [ways]Mistake) []Error {
	var out []Error
	for i, e := range all {
		out = append(out, Error{wayNames[i], e.MAE(), math.Sqrt(e.MSE()), e.Bias()})
	}
	return out
}
