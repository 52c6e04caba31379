package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"layso/kiosk/forecast/simulate"
)

const simulateUsage = `layso simulate plays whole halls to find out how good the order of calling and the forecast are.

  layso simulate exact [--runs 64] [--tickets 10000000]
                   queues whose exact values queueing theory knows: every estimator's error, and the
                   waits under every policy; ends with exit code 1 when one is off by more than 2 %
  layso simulate policies [--scenario NAME] [--seeds 1] [--days 200]
                   halls of different sizes: what the orders of calling do to the waits
  layso simulate log --file FILE [--credit 90s]
                   the same for the calls that a real queue has recorded
  layso simulate forecast [--scenario NAME] [--runs 30] [--days 15]
                   how well the forecast foretells the waits, beside what simpler ways say

All of them take --seed N (equal seeds give equal results, whatever the number of cores), --json, and
-h, which explains the rest. Progress is shown on a terminal.
`

// simulation is what the sub-commands of simulate share.
type simulation struct {
	name, about string
	seed        uint64
	asJSON      bool
	stdout      io.Writer
	stderr      io.Writer
}

func simulateHalls(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	subs := map[string]command{"exact": simulateExact, "policies": simulatePolicies, "log": simulateLog, "forecast": simulateForecast}
	if len(args) == 0 {
		fmt.Fprint(stderr, simulateUsage)
		return usageError{errors.New("what to simulate is missing")}
	}
	if args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		_, err := fmt.Fprint(stdout, simulateUsage)
		return err
	}
	sub, ok := subs[args[0]]
	if !ok {
		return usageError{fmt.Errorf("there is nothing like %q to simulate; see layso simulate -h", args[0])}
	}
	return sub(ctx, args[1:], stdout, stderr)
}

// flags parses the flags of the sub-command; -h prints what it is about.
func (s *simulation) flags(args []string, define func(*flag.FlagSet)) error {
	return flags("simulate "+s.name, args, s.stderr, func(set *flag.FlagSet) {
		set.Usage = func() {
			fmt.Fprintf(s.stderr, "layso simulate %s %s\n\n", s.name, s.about)
			set.PrintDefaults()
		}
		set.Uint64Var(&s.seed, "seed", 1, "`number` that decides the chance; equal seeds give equal results")
		set.BoolVar(&s.asJSON, "json", false, "print JSON for programs")
		define(set)
	})
}

// progress shows how far a simulation is, on a terminal only.
func (s *simulation) progress() (tell simulate.Progress, end func()) {
	f, ok := s.stderr.(*os.File)
	if !ok {
		return nil, func() {}
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	return func(done, of int) { fmt.Fprintf(f, "\r%3d %%", 100*done/of) }, func() { fmt.Fprint(f, "\r     \r") }
}

// print gives the value as JSON, or the table as a person reads it.
func (s *simulation) print(value any, table func(io.Writer)) error {
	if s.asJSON {
		out := json.NewEncoder(s.stdout)
		out.SetIndent("", "  ")
		return out.Encode(value)
	}
	t := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	table(t)
	return t.Flush()
}

// atLeast complains about the first number that is below 1; names and values alternate.
func atLeast1(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1].(int) < 1 {
			return usageError{fmt.Errorf("--%s: want 1 or more", pairs[i])}
		}
	}
	return nil
}

func simulateExact(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := &simulation{name: "exact", stdout: stdout, stderr: stderr,
		about: "simulates M/M/s, other arrivals, impatience and priorities, and compares\nwith the values that queueing theory proves. It takes minutes."}
	var runs, tickets int
	if err := s.flags(args, func(set *flag.FlagSet) {
		set.IntVar(&runs, "runs", 64, "independent runs of the models that settle slowest; the others get a share")
		set.IntVar(&tickets, "tickets", 10_000_000, "tickets in each run")
	}); err != nil {
		return err
	}
	if err := atLeast1("runs", runs, "tickets", tickets); err != nil {
		return err
	}
	tell, end := s.progress()
	checks, err := simulate.Exact(ctx, s.seed, runs, tickets, tell)
	end()
	if err != nil {
		return err
	}
	if err := s.print(checks, func(w io.Writer) { exactTable(w, checks) }); err != nil {
		return err
	}
	return failed(checks)
}

// failed is an error when a check has not passed.
func failed(checks []simulate.Check) error {
	n := 0
	for _, c := range checks {
		if !c.Pass {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%d of %d values are off by more than %g %%", n, len(checks), 100*simulate.Tolerance)
	}
	return nil
}

func exactTable(w io.Writer, checks []simulate.Check) {
	model := ""
	fmt.Fprintln(w, "\treference\t\tsimulated\tdeviation\t95 %\t")
	for _, c := range checks {
		if c.Model != model {
			model = c.Model
			fmt.Fprintf(w, "%s\n", model)
		}
		kind, verdict := "exact", "pass"
		if !c.Exact {
			kind = "measured"
		}
		if !c.Pass {
			verdict = "FAIL"
		}
		fmt.Fprintf(w, "  %s\t%.4g\t%s\t%.4g\t%+.2f %%\t± %.2f %%\t%s\n", c.Value, c.Reference, kind, c.Simulated, 100*c.Deviation, 100*c.Margin, verdict)
	}
}
