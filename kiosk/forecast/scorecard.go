package forecast

import (
	"math"
	"time"

	"layso/kiosk"
)

// Told is what a ticket was told when it was taken, by the forecast and by the others.
type Told struct {
	Printed  kiosk.Range `json:"printed"`
	Baseline Baseline    `json:"baseline"`
}

// estimates are the names of the estimators, in the order of [Scorecard.Errors].
var estimates = [...]string{"forecast", "les", "hol", "ql", "avg10"}

// Scorecard compares what a group of tickets was told with how long they waited. The zero value is
// empty. It is JSON for keeping.
type Scorecard struct {
	N       int                    `json:"n"`
	Wait    float64                `json:"wait"`    // sums of seconds, here and below
	Asked   int                    `json:"asked"`   // tickets that were told a wait; the others found an idle counter
	Within  int                    `json:"within"`  // of these, waits that kept the P80
	Pinball float64                `json:"pinball"` //
	Late    int                    `json:"late"`    // waits more than ten minutes above the P50
	Errors  [len(estimates)]Errors `json:"errors"`
}

// Errors are the sums over what one estimator told less the wait, in seconds.
type Errors struct {
	Sum     float64 `json:"sum"`
	Abs     float64 `json:"abs"`
	Squares float64 `json:"squares"`
}

// Add counts a ticket that was told this and then waited so long.
func (c *Scorecard) Add(t Told, wait time.Duration) {
	w := wait.Seconds()
	c.N++
	c.Wait += w
	if t.Printed.P80S > 0 {
		c.Asked++
		if Within(wait, t.Printed) {
			c.Within++
		}
	}
	if short := w - float64(t.Printed.P80S); short > 0 {
		c.Pinball += 0.8 * short
	} else {
		c.Pinball += -0.2 * short
	}
	if w > float64(t.Printed.P50S+600) {
		c.Late++
	}
	b := t.Baseline
	for i, told := range [len(estimates)]float64{float64(t.Printed.P50S), b.LES.Seconds(), b.HOL.Seconds(), b.QL.Seconds(), b.Avg.Seconds()} {
		e := told - w
		c.Errors[i].Sum += e
		c.Errors[i].Abs += math.Abs(e)
		c.Errors[i].Squares += e * e
	}
}

// Score gives the card's figures under the name of its group.
func (c *Scorecard) Score(group string) kiosk.ForecastScore {
	n := float64(max(1, c.N))
	out := kiosk.ForecastScore{
		Group: group, N: c.N, MeanWaitS: c.Wait / n, Cover80: c.cover(),
		PinballS: c.Pinball / n, Late10: float64(c.Late) / n, Estimators: []kiosk.EstimatorScore{},
	}
	for i, e := range c.Errors {
		x := kiosk.EstimatorScore{Name: estimates[i], N: c.N, MAES: e.Abs / n, RMSES: math.Sqrt(e.Squares / n), BiasS: e.Sum / n}
		if c.Wait > 0 {
			x.Relative = e.Abs / c.Wait
		}
		out.Estimators = append(out.Estimators, x)
	}
	return out
}

// cover is the share of waits within the P80, of tickets that were told a wait; 1 when there were none.
func (c *Scorecard) cover() float64 {
	if c.Asked == 0 {
		return 1
	}
	return float64(c.Within) / float64(c.Asked)
}
