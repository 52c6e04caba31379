package simulate

import (
	"fmt"
	"math"
	"time"
)

// Models gives every model of facts/waiting.md with its reference values. The unit of the mean squared
// errors is (1/sμ)²; with impatience it is (1/μ)².
func Models() []Model {
	return []Model{
		mms(1, 0.95, 1), mms(10, 0.95, 1), mms(100, 0.95, 1), mms(4, 0.85, 4),
		other("D/M/100", Deterministic, 8, 1.14), other("H2/M/100", Hyperexponential, 2, 4.66),
		impatient(10, nil),
		impatient(100, []Value{
			served(QLm, 2.78e-3), served(QL, 8.66e-3), served(LES, 5.69e-3), served(HOL, 5.56e-3),
		}),
		classed(FCFS, true, 4, 4), classed(Strict, true, 8.0/7, 40.0/7), classed(Accumulating, true, 7.0/3, 5),
		classed(Policy{Name: "credit 10", Credit: 10 * tick * time.Millisecond}, false, 1.936, 5.257),
	}
}

// mse gives the mean squared error of an estimator in the unit (1/sμ)².
func mse(estimator, servers int) func(*Tally) float64 {
	return func(t *Tally) float64 { return t.Delayed[estimator].MSE() * float64(servers*servers) }
}

// relative gives it as a share of the squared mean wait.
func relative(estimator int) func(*Tally) float64 {
	return func(t *Tally) float64 { return t.Delayed[estimator].MSE() / (t.Wait.Of() * t.Wait.Of()) }
}

// mms is M/M/s, first come, first served.
func mms(servers int, load float64, share int) Model {
	e := 1 - load
	m := Model{Name: fmt.Sprintf("M/M/%d, ρ = %.2f", servers, load), Queue: Queue{Servers: servers, Load: load}, Share: share}
	for _, v := range []struct {
		estimator int
		reference float64
	}{{QL, 1 / e}, {QLn, 1/e + 1}, {LES, 2/e + 2*load}, {HOL, 2/e + 2}, {Refined, 2 / e}} {
		m.Values = append(m.Values, Value{Name: "MSE of " + Names[v.estimator], Exact: true, Reference: v.reference, Get: mse(v.estimator, servers)})
	}
	wait := func(t *Tally) float64 { return t.Wait.Of() * float64(servers) }
	m.Values = append(m.Values, Value{"mean wait of the delayed", true, 1 / e, wait, nil},
		Value{"MSE of NI", true, 1 / (e * e), mse(NI, servers), &Control{1 / e, wait}}, // alone it settles ten times slower
		Value{"relative MSE of QL", true, e, relative(QL), nil},
		Value{"relative MSE of LES", true, 2*e + 2*load*e*e, relative(LES), nil})
	if load != 0.95 {
		return m
	}
	measured := map[int][2]float64{1: {46.7, 57.0}, 10: {46.5, 57.2}, 100: {46.9, 57.8}}[servers]
	return m.with(Value{"MSE of avg-10", false, measured[0], mse(Avg10, servers), nil},
		Value{"MSE of avg-30", false, measured[1], mse(Avg30, servers), nil})
}

func (m Model) with(v ...Value) Model {
	m.Values = append(m.Values, v...)
	return m
}

// other is GI/M/100 at ρ = 0.95. QL's error is 1/(1−σ), σ being the root of σ = A*(sμ(1−σ)) with the
// transform A* of the time between arrivals.
func other(name string, arrivals Arrivals, share int, ratio float64) Model {
	const servers, load = 100, 0.95
	sigma := 0.5
	for range 10_000 {
		sigma = transform(arrivals, 1/load, 1-sigma)
	}
	return Model{name + ", ρ = 0.95", Queue{Servers: servers, Load: load, Arrivals: arrivals}, share, []Value{
		{"MSE of QL", true, 1 / (1 - sigma), mse(QL, servers), nil},
		{"MSE of LES ÷ QL", false, ratio, func(t *Tally) float64 { return t.Delayed[LES].MSE() / t.Delayed[QL].MSE() }, nil},
	}}
}

// transform is the Laplace transform of the time between arrivals of this mean.
func transform(arrivals Arrivals, mean, x float64) float64 {
	switch arrivals {
	case Deterministic:
		return math.Exp(-x * mean)
	case Hyperexponential:
		p := (1 + math.Sqrt(3.0/5)) / 2 // c² = 4
		a, b := 2*p/mean, 2*(1-p)/mean
		return p*a/(a+x) + (1-p)*b/(b+x)
	}
	return 1 / (1 + x*mean)
}

// impatient is M/M/s+M with ρ = 1.4 and a mean patience of one service.
func impatient(servers int, more []Value) Model {
	q := Queue{Servers: servers, Load: 1.4, Patience: 1}
	return Model{fmt.Sprintf("M/M/%d+M, ρ = 1.4", servers), q, 16, append([]Value{
		{"MSE of QLm", true, exactQLm(q), func(t *Tally) float64 { return t.Delayed[QLm].MSE() }, nil},
	}, more...)}
}

// exactQLm is the mean squared error of QLm over all arrivals that must wait: given n people waiting,
// the wait is a sum of n+1 independent exponential times of the rates sμ+iα.
func exactQLm(q Queue) float64 {
	s, rest := float64(q.Servers), 1/q.Patience
	weight, variance, total, sum := 1.0, 0.0, 0.0, 0.0
	for n := range 100 * q.Servers {
		rate := s + float64(n)*rest
		variance += 1 / (rate * rate)
		total += weight
		sum += weight * variance
		weight *= q.Load * s / (s + float64(n+1)*rest)
	}
	return sum / total
}

// served is an error among those who were served.
func served(estimator int, reference float64) Value {
	return Value{"MSE of " + Names[estimator] + ", of the served", false, reference, func(t *Tally) float64 { return t.Served[estimator].MSE() }, nil}
}

// classed is M/M/1 with priority arrivals at the rate 0.3 and regular ones at 0.5, under a policy.
func classed(p Policy, exact bool, priority, regular float64) Model {
	return Model{"M/M/1, λ = 0.3 and 0.5, " + p.Name, Queue{Servers: 1, Load: 0.8, Priority: 0.375, Policy: p}, 8, []Value{
		{"mean wait, priority", exact, priority, func(t *Tally) float64 { return t.Waits[Priority].Of() }, nil},
		{"mean wait, regular", exact, regular, func(t *Tally) float64 { return t.Waits[Regular].Of() }, nil},
		{"0.3 W₁ + 0.5 W₂", true, 3.2, func(t *Tally) float64 { return 0.3*t.Waits[Priority].Of() + 0.5*t.Waits[Regular].Of() }, nil},
	}}
}
