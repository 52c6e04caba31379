package simulate_test

import (
	"context"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"layso/kiosk/forecast/simulate"
)

// check runs one model of the facts four times and wants every value of it within the tolerance. Not
// the error of the mean wait (NI): it takes ten times as long to settle.
func check(t *testing.T, name string, arrivals int) {
	t.Helper()
	for _, m := range simulate.Models() {
		if !strings.HasPrefix(m.Name, name) {
			continue
		}
		m.Queue.N = arrivals
		var runs []*simulate.Tally
		for n := range 4 {
			runs = append(runs, m.Queue.Run(1, n))
		}
		for _, c := range m.Compare(runs) {
			if !c.Pass && c.Value != "MSE of NI" {
				t.Errorf("%s, %s: simulated %.5g, reference %.5g (%+.2f %%, ± %.2f %%)", c.Model, c.Value, c.Simulated, c.Reference, 100*c.Deviation, 100*c.Margin)
			}
		}
		return
	}
	t.Fatalf("there is no model %q", name)
}

// The values that settle within seconds; "layso simulate exact" checks all of them.
func TestExact(t *testing.T) {
	for _, x := range []struct {
		model    string
		arrivals int
	}{{"M/M/4,", 1_000_000}, {"M/M/10+M", 200_000}, {"M/M/100+M", 200_000}} {
		t.Run(x.model, func(t *testing.T) {
			t.Parallel()
			check(t, x.model, x.arrivals)
		})
	}
}

// Property 10 of the facts: the M/M/1 table of the policies, and that no order of calling changes the
// weighted sum of the mean waits.
func TestPriorityTable(t *testing.T) {
	for _, policy := range []string{"FCFS", "strict", "accumulating", "credit 10"} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			check(t, "M/M/1, λ = 0.3 and 0.5, "+policy, 600_000)
		})
	}
}

// The references that are computed come to what the facts say.
func TestReferences(t *testing.T) {
	want := map[string]float64{
		"M/M/10+M, ρ = 1.4 MSE of QLm": 3.673e-2, "M/M/100+M, ρ = 1.4 MSE of QLm": 2.882e-3,
		"D/M/100, ρ = 0.95 MSE of QL": 10.17, "H2/M/100, ρ = 0.95 MSE of QL": 48.45,
		"M/M/4, ρ = 0.85 MSE of LES": 15.03, "M/M/100, ρ = 0.95 MSE of LES": 41.9,
	}
	for _, m := range simulate.Models() {
		for _, v := range m.Values {
			x, ok := want[m.Name+" "+v.Name]
			if delete(want, m.Name+" "+v.Name); ok && math.Abs(v.Reference/x-1) > 5e-4 {
				t.Errorf("%s, %s: %v, want %v", m.Name, v.Name, v.Reference, x)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not among the models: %v", want)
	}
}

// The number of cores changes nothing, and another seed everything.
func TestSameSeedSameResult(t *testing.T) {
	at := func(seed uint64, cores int) []simulate.Check {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		checks, err := simulate.Exact(t.Context(), seed, 2, 2000, nil)
		if err != nil {
			t.Fatal(err)
		}
		return checks
	}
	one := at(1, 1)
	if !reflect.DeepEqual(one, at(1, 4)) {
		t.Error("one core and four give different results")
	}
	if reflect.DeepEqual(one, at(2, 4)) {
		t.Error("the seed changes nothing")
	}
}

func TestExactStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	last := 0
	_, err := simulate.Exact(ctx, 1, 64, 1000, func(done, of int) {
		if last = done; done == 3 {
			stop()
		}
	})
	if err == nil || last > 3+runtime.GOMAXPROCS(0) {
		t.Errorf("went on to part %d, error %v", last, err)
	}
}
