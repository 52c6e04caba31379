package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"layso/kiosk/forecast/simulate"
)

// halls gives the halls with this name, or those that are meant without one, with this percentage of
// priority tickets.
func halls(name string, meant func(string) bool, priority int) ([]simulate.Hall, error) {
	if priority < 0 || priority > 100 {
		return nil, usageError{fmt.Errorf("--priority: want 0 to 100")}
	}
	var names []string
	var out []simulate.Hall
	for _, h := range simulate.Halls() {
		names = append(names, h.Name)
		h.Priority = float64(priority) / 100
		if name == h.Name || name == "" && meant(h.Name) {
			out = append(out, h)
		}
	}
	if len(out) == 0 {
		return nil, usageError{fmt.Errorf("--scenario: there is no %q; want one of %s", name, strings.Join(names, ", "))}
	}
	return out, nil
}

// hallOutcome is what the policies did to one hall.
type hallOutcome struct {
	Hall     string              `json:"hall"`
	Load     float64             `json:"load"`
	Policies []*simulate.Outcome `json:"policies"`
}

func simulatePolicies(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := &simulation{name: "policies", stdout: stdout, stderr: stderr,
		about: "plays days of a hall under every order of calling, with the same people.\nWaits are in minutes, without lunch. A late overtake is a ticket that is called after one for the\nsame service that was taken more than 30 minutes later."}
	var scenario string
	var seeds, days, priority int
	if err := s.flags(args, func(set *flag.FlagSet) {
		set.StringVar(&scenario, "scenario", "", "the `name` of one hall; else all of them")
		set.IntVar(&seeds, "seeds", 1, "seeds, from --seed on")
		set.IntVar(&days, "days", 200, "days for each seed")
		set.IntVar(&priority, "priority", 40, "percentage of priority tickets")
	}); err != nil {
		return err
	}
	if err := atLeast1("seeds", seeds, "days", days); err != nil {
		return err
	}
	chosen, err := halls(scenario, func(string) bool { return true }, priority)
	if err != nil {
		return err
	}
	var out []hallOutcome
	for _, h := range chosen {
		tell, end := s.progress()
		policies, err := h.Policies(ctx, s.seed, seeds, days, tell)
		end()
		if err != nil {
			return err
		}
		out = append(out, hallOutcome{h.Name, h.Load(), policies})
	}
	return s.print(out, func(w io.Writer) { policyTable(w, out) })
}

func policyTable(w io.Writer, halls []hallOutcome) {
	for _, h := range halls {
		fmt.Fprintf(w, "%s, load %.2f\tregular mean / p95 / max\tpriority mean / p95 / max\tlate overtakes\n", h.Hall, h.Load)
		for _, o := range h.Policies {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%d\n", o.Policy, waits(o.Regular), waits(o.Priority), o.Late)
		}
	}
}

func waits(x simulate.Waits) string { return fmt.Sprintf("%.1f / %.0f / %.0f", x.Mean, x.P95, x.Max) }

func simulateLog(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := &simulation{name: "log", stdout: stdout, stderr: stderr,
		about: "plays the calls of a recorded queue again under every order of calling.\nThe file is tab-separated, with the columns priority, type, date, q_start, q_exit, q_time, outcome,\nser_start, ser_exit and server named in its first line. Waits are in seconds."}
	var file string
	var credit time.Duration
	if err := s.flags(args, func(set *flag.FlagSet) {
		set.StringVar(&file, "file", "", "the log's `path`")
		set.DurationVar(&credit, "credit", 90*time.Second, "by which a priority call counts as older")
	}); err != nil {
		return err
	}
	if err := required("file", file); err != nil {
		return err
	}
	if credit < 0 || credit > 24*time.Hour {
		return usageError{fmt.Errorf("--credit: want 0s to 24h")}
	}
	log, err := readLog(file)
	if err != nil {
		return err
	}
	tell, end := s.progress()
	r, err := log.Replay(ctx, s.seed, credit, tell)
	end()
	if err != nil {
		return err
	}
	return s.print(r, func(w io.Writer) { logTable(w, r, credit) })
}

func readLog(file string) (*simulate.Log, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	log, err := simulate.ReadLog(f)
	if err != nil {
		return nil, fmt.Errorf("%s, %w", file, err)
	}
	return log, nil
}

func logTable(w io.Writer, r *simulate.Replay, credit time.Duration) {
	fmt.Fprintln(w, "seconds\tregular mean / p95 / max\tpriority mean / p95 / max\tlate overtakes\tnot answered")
	for _, o := range append([]*simulate.Outcome{r.Log}, r.Policies...) {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%d\t%d\n", o.Policy, waits(o.Regular), waits(o.Priority), o.Late, o.Left)
	}
	fmt.Fprintf(w, "\nIn the log a later priority call overtook an earlier regular one of the same type in %.1f %% of %d pairs\nless than %g s apart, and in %.1f %% of %d pairs further apart.\n",
		100*r.Near.Share, r.Near.N, credit.Seconds(), 100*r.Far.Share, r.Far.N)
}

func simulateForecast(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := &simulation{name: "forecast", stdout: stdout, stderr: stderr,
		about: "plays runs of days of a hall that knows nothing yet but wrong service times,\nand foretells the wait of every ticket when it is taken. Errors are in minutes. It takes minutes."}
	var scenario string
	var runs, days, priority int
	if err := s.flags(args, func(set *flag.FlagSet) {
		set.StringVar(&scenario, "scenario", "", "the `name` of one hall; else the three of the lab")
		set.IntVar(&runs, "runs", 30, "runs, each of which learns from nothing")
		set.IntVar(&days, "days", 15, "days in each run")
		set.IntVar(&priority, "priority", 40, "percentage of priority tickets")
	}); err != nil {
		return err
	}
	if err := atLeast1("runs", runs, "days", days); err != nil {
		return err
	}
	chosen, err := halls(scenario, func(name string) bool { return strings.HasPrefix(name, "lab-") }, priority)
	if err != nil {
		return err
	}
	var out []*simulate.Foretold
	for _, h := range chosen {
		tell, end := s.progress()
		f, err := h.Foretell(ctx, s.seed, runs, days, tell)
		end()
		if err != nil {
			return err
		}
		out = append(out, f)
	}
	return s.print(out, func(w io.Writer) { forecastTable(w, out) })
}

// forecastTable prints a column for each hall.
func forecastTable(w io.Writer, halls []*simulate.Foretold) {
	row := func(name string, cell func(*simulate.Foretold) string) {
		fmt.Fprint(w, name)
		for _, f := range halls {
			fmt.Fprint(w, "\t", cell(f))
		}
		fmt.Fprintln(w)
	}
	number := func(name, format string, get func(*simulate.Foretold) float64) {
		row(name, func(f *simulate.Foretold) string { return fmt.Sprintf(format, get(f)) })
	}
	row("MAE / RMSE, minutes", func(f *simulate.Foretold) string { return f.Hall })
	row("tickets", func(f *simulate.Foretold) string { return fmt.Sprint(f.N) })
	number("mean wait", "%.1f", func(f *simulate.Foretold) float64 { return f.MeanWait })
	for i, e := range slices.Clone(halls[0].Errors) {
		row(e.Name, func(f *simulate.Foretold) string {
			return fmt.Sprintf("%.1f / %.1f", f.Errors[i].MAE, f.Errors[i].RMSE)
		})
	}
	number("told to wait", "%.3f", func(f *simulate.Foretold) float64 { return 1 - f.Sure })
	number("of these, P80 cover, raw", "%.3f", func(f *simulate.Foretold) float64 { return f.Raw })
	number("  calibrated", "%.3f", func(f *simulate.Foretold) float64 { return f.Calibrated })
	number("  calibrated, day one", "%.3f", func(f *simulate.Foretold) float64 { return f.DayOne })
	number("more than 10 minutes after P50", "%.3f", func(f *simulate.Foretold) float64 { return f.Late10 })
	for _, i := range []int{2, len(halls[0].Errors) - 1} {
		row("priority tickets: "+halls[0].Errors[i].Name, func(f *simulate.Foretold) string {
			return fmt.Sprintf("%.1f / %.1f", f.Priority[i].MAE, f.Priority[i].RMSE)
		})
	}
}
