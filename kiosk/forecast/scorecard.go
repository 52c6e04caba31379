package forecast

import (
	"maps"
	"math"
	"slices"
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

// Scores are the cards of one business day: all tickets, and by service, class and hour of issue. It is
// JSON for keeping.
type Scores struct {
	Day      string                `json:"day"`
	Total    Scorecard             `json:"total"`
	Services map[string]*Scorecard `json:"services"`
	Classes  map[string]*Scorecard `json:"classes"`
	Hours    map[string]*Scorecard `json:"hours"`
	Factor   float64               `json:"factor"` // of the calibration, at the end
}

// Groups are what a ticket belongs to.
type Groups struct {
	Service string `json:"service"`
	Class   string `json:"class"` // "regular" or "priority"
	Hour    string `json:"hour"`  // of the issue, e.g. "08"
}

// GroupsOf gives the groups of a ticket taken with this credit at its local time.
func GroupsOf(service string, creditS int, local time.Time) Groups {
	g := Groups{Service: service, Class: "regular", Hour: local.Format("15")}
	if creditS > 0 {
		g.Class = "priority"
	}
	return g
}

// Add counts a ticket on the cards of its groups.
func (s *Scores) Add(g Groups, t Told, wait time.Duration) {
	s.Total.Add(t, wait)
	for _, x := range []struct {
		cards *map[string]*Scorecard
		group string
	}{{&s.Services, g.Service}, {&s.Classes, g.Class}, {&s.Hours, g.Hour}} {
		if *x.cards == nil {
			*x.cards = map[string]*Scorecard{}
		}
		card := (*x.cards)[x.group]
		if card == nil {
			card = &Scorecard{}
			(*x.cards)[x.group] = card
		}
		card.Add(t, wait)
	}
}

// Figures gives the day's figures, groups in alphabetical order.
func (s *Scores) Figures() kiosk.ForecastDay {
	all := func(cards map[string]*Scorecard) []kiosk.ForecastScore {
		out := []kiosk.ForecastScore{}
		for _, group := range slices.Sorted(maps.Keys(cards)) {
			out = append(out, cards[group].Score(group))
		}
		return out
	}
	return kiosk.ForecastDay{
		Day: s.Day, Total: s.Total.Score(""), Services: all(s.Services), Classes: all(s.Classes), Hours: all(s.Hours), Factor: s.Factor,
	}
}
