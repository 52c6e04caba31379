package simulate_test

import (
	"context"
	"reflect"
	"runtime"
	"testing"

	"layso/kiosk/forecast/simulate"
)

func hall(t *testing.T, name string) *simulate.Hall {
	t.Helper()
	for _, h := range simulate.Halls() {
		if h.Name == name {
			return &h
		}
	}
	t.Fatalf("there is no hall %q", name)
	return nil
}

// What the facts say of the policies, in the lab hall: nobody is overtaken late with a credit, and what
// the other orders cost. Every policy serves the same people.
func TestPolicies(t *testing.T) {
	for _, h := range simulate.Halls() {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			out, err := h.Policies(t.Context(), 1, 1, 8, nil)
			if err != nil {
				t.Fatal(err)
			}
			fcfs, strict, ratio, credit := out[0], out[1], out[2], out[4]
			if fcfs.Late != 0 || credit.Late != 0 {
				t.Errorf("late overtakes: %d with FCFS, %d with a credit, want none", fcfs.Late, credit.Late)
			}
			for _, o := range out {
				if o.Regular.N != fcfs.Regular.N || o.Priority.N != fcfs.Priority.N || o.Regular.N == 0 {
					t.Errorf("%s served %d and %d people, FCFS %d and %d", o.Policy, o.Regular.N, o.Priority.N, fcfs.Regular.N, fcfs.Priority.N)
				}
			}
			if h.PerDay < 200 {
				return
			}
			if strict.Late == 0 || ratio.Late == 0 {
				t.Errorf("late overtakes: strict %d, ratio %d; want some of each", strict.Late, ratio.Late)
			}
			if ratio.Priority.Mean < ratio.Regular.Mean {
				t.Error("the ratio does not invert when more people have priority than it provides for")
			}
			if !(strict.Priority.Mean < credit.Priority.Mean && credit.Priority.Mean < fcfs.Priority.Mean && credit.Regular.Max < strict.Regular.Max) {
				t.Errorf("credit %+v is not between strict %+v and FCFS %+v", credit, strict, fcfs)
			}
		})
	}
}

func TestHallsAreTheSameOnAnyNumberOfCores(t *testing.T) {
	at := func(cores int) (*simulate.Foretold, []*simulate.Outcome) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		f, err := hall(t, "small-20").Foretell(t.Context(), 3, 4, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		out, err := hall(t, "small-20").Policies(t.Context(), 3, 2, 5, nil)
		if err != nil {
			t.Fatal(err)
		}
		return f, out
	}
	f1, o1 := at(1)
	f4, o4 := at(4)
	if !reflect.DeepEqual(f1, f4) || !reflect.DeepEqual(o1, o4) {
		t.Error("one core and four give different results")
	}
}

// The forecast is better than every simpler way, and its P80 keeps about what it says, after a few
// days only. "layso simulate forecast" measures it well.
func TestForetell(t *testing.T) {
	f, err := hall(t, "lab-190-noisy").Foretell(t.Context(), 1, 2, 4, nil)
	if err != nil {
		t.Fatal(err)
	}
	own := f.Errors[len(f.Errors)-1]
	for _, e := range f.Errors[:len(f.Errors)-1] {
		if own.MAE >= e.MAE || own.RMSE >= e.RMSE {
			t.Errorf("%s: MAE %.2f, RMSE %.2f; the forecast has %.2f and %.2f", e.Name, e.MAE, e.RMSE, own.MAE, own.RMSE)
		}
	}
	if f.Calibrated < 0.75 || f.Calibrated > 0.88 {
		t.Errorf("the P80 covers %.3f", f.Calibrated)
	}
}

func TestForetellStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := hall(t, "warsaw-2549").Foretell(ctx, 1, 1000, 1000, nil); err == nil {
		t.Error("no error of a context that has ended")
	}
}
