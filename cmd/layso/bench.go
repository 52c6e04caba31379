package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

// figure is one measurement. Ratio compares it with the floor of the same run.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Ratio float64 `json:"ratio,omitempty"`
	Of    string  `json:"of,omitempty"` // what the ratio is of
}

// benchmark is one run: figures in the order of their measuring.
type benchmark struct {
	dir             string // on the disk that is measured
	span            time.Duration
	log             io.Writer
	displays, crowd int // that hang on the server
	figures         []figure
}

// bench measures this computer with layso on it. Every run measures the floor, a write and
// fdatasync of the same disk, and gives the rates as ratios to it.
func bench(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var asJSON bool
	b := &benchmark{log: stderr}
	var dir string
	err := flags("bench", args, stderr, func(f *flag.FlagSet) {
		f.BoolVar(&asJSON, "json", false, "write JSON")
		f.DurationVar(&b.span, "time", 3*time.Second, "how long each rate is measured")
		f.IntVar(&b.displays, "displays", 300, "hall displays that hang on the server")
		f.IntVar(&b.crowd, "phones", 5000, "citizens' phones that hang on the server; each needs an open file here and there")
		f.StringVar(&dir, "dir", "", "folder on the disk to measure (default: the user's cache folder)")
	})
	if err != nil {
		return err
	}
	if b.displays < 1 || b.crowd < 2 {
		return usageError{errors.New("bench needs a display and two phones at least")}
	}
	if dir == "" {
		if dir, err = os.UserCacheDir(); err != nil {
			dir = os.TempDir()
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp(dir, "layso-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	for _, step := range []func(context.Context) error{b.floor, b.socket, b.hall, b.paper, b.server} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if asJSON {
		out := json.NewEncoder(stdout)
		out.SetIndent("", "  ")
		return out.Encode(b.figures)
	}
	return b.table(stdout)
}

func (b *benchmark) add(name string, value float64, unit string) {
	b.figures = append(b.figures, figure{Name: name, Value: value, Unit: unit})
	fmt.Fprintf(b.log, "%s: %.4g %s\n", name, value, unit)
}

// against adds a figure with its ratio to an earlier one.
func (b *benchmark) against(name string, value float64, unit, of string) {
	b.add(name, value, unit)
	f := &b.figures[len(b.figures)-1]
	f.Ratio, f.Of = value/b.value(of), of
}

func (b *benchmark) value(name string) float64 {
	i := slices.IndexFunc(b.figures, func(f figure) bool { return f.Name == name })
	if i < 0 {
		return 0
	}
	return b.figures[i].Value
}

func (b *benchmark) table(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measured\tvalue\t\tratio")
	for _, f := range b.figures {
		ratio := ""
		if f.Of != "" {
			ratio = fmt.Sprintf("%.2f × %s", f.Ratio, f.Of)
		}
		fmt.Fprintf(t, "%s\t%.4g\t%s\t%s\n", f.Name, f.Value, f.Unit, ratio)
	}
	return t.Flush()
}

// percentile gives the p-th of the values, 0 ≤ p ≤ 1; it sorts them.
func percentile(values []time.Duration, p float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(len(values)-1, int(p*float64(len(values))))]
}
