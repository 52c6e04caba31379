package load

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// Options say what is measured, and how long.
type Options struct {
	Program string   // layso, whose servers are measured
	Version string   // of it, and its commit
	PIN     string   // of everybody in its demo
	Dir     string   // on the disk that is measured; a folder is made there and taken away again
	Only    []string // of [Measures]; empty: all
	Span    time.Duration
	// Displays, Phones and Stored are the sizes for which the fan-out and a log are measured.
	Displays, Phones, Stored []int
	JSON                     bool      // instead of the table
	SVG                      string    // file that the chart is written to; empty: none
	Log                      io.Writer // hears of each figure as it comes
}

// measures are what can be measured, in the order in which it is; the floors always are.
var measures = []struct {
	name string
	run  func(*bench, context.Context) error
}{
	{"hall", (*bench).hall}, {"tickets", (*bench).tickets}, {"calls", (*bench).calls}, {"displays", (*bench).displays},
	{"phones", (*bench).phones}, {"stored", (*bench).stored}, {"paper", (*bench).paper}, {"size", (*bench).size},
}

// Measures gives the names of what can be measured.
func Measures() (names []string) {
	for _, m := range measures {
		names = append(names, m.name)
	}
	return names
}

// Check says what is wrong with the options, or nil.
func (o *Options) Check() error {
	for _, name := range o.Only {
		if !slices.Contains(Measures(), name) {
			return fmt.Errorf("there is no measure %q; there are %s", name, strings.Join(Measures(), ", "))
		}
	}
	for _, n := range slices.Concat(o.Displays, o.Phones, o.Stored) {
		if n < 1 {
			return fmt.Errorf("%d is no number of clients or tickets", n)
		}
	}
	if o.Span <= 0 {
		return fmt.Errorf("a load of %v is none", o.Span)
	}
	return nil
}

// bench is one run.
type bench struct {
	Options
	Result
	measure string // that is being made
}

// Run measures and writes the result to w.
func Run(ctx context.Context, o Options, w io.Writer) error {
	if err := o.Check(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(o.Dir, "layso-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	o.Dir = dir
	b := &bench{Options: o, Result: Result{Machine: thisMachine(o.Version)}}
	if err := b.all(ctx); err != nil {
		return err
	}
	if o.SVG != "" {
		if err := os.WriteFile(o.SVG, b.Chart(), 0o644); err != nil {
			return err
		}
	}
	if o.JSON {
		return b.Result.JSON(w)
	}
	return b.Table(w)
}

func (b *bench) all(ctx context.Context) error {
	b.measure = "floor"
	if err := b.floors(ctx); err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	for _, m := range measures {
		if len(b.Only) > 0 && !slices.Contains(b.Only, m.name) {
			continue
		}
		b.measure = m.name
		if err := m.run(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

// add keeps a figure; to, if any, names the one that it is compared with.
func (b *bench) add(f Figure, to string) {
	f.Measure = b.measure
	if to != "" && b.value(to) > 0 {
		f.Ratio, f.To = f.Value/b.value(to), to
	}
	b.Figures = append(b.Figures, f)
	fmt.Fprintf(b.Log, "%s: %.4g %s\n", f.Name, f.Value, f.Unit)
}

// plain keeps a figure that is compared with nothing.
func (b *bench) plain(name string, value float64, unit string) {
	b.add(Figure{Name: name, Value: value, Unit: unit}, "")
}

// folder makes a new folder on the disk that is measured. Its name is short: the path of a socket in it may not be long.
func (b *bench) folder() (string, error) { return os.MkdirTemp(b.Dir, "") }
