package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"layso/cmd/layso/load"
)

// bench measures this computer with layso on it (package load), or lets everything happen to layso (package chaos).
func bench(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if other := chaosCommand(args); other != nil {
		return other(ctx, args, stdout, stderr)
	}
	number, commit := buildVersion()
	o := load.Options{
		Version: number + ", " + commit, PIN: demoPIN, Log: stderr,
		Displays: []int{1, 10, 100, 300, 1000}, Phones: []int{10, 100, 1000, 5000}, Stored: []int{1000, 10_000},
	}
	err := flags("bench", args, stderr, func(f *flag.FlagSet) {
		f.BoolVar(&o.JSON, "json", false, "write JSON")
		f.StringVar(&o.SVG, "svg", "", "draw a chart into this file")
		f.DurationVar(&o.Span, "time", 3*time.Second, "how long each load lasts")
		f.Var(list[string]{&o.Only, word}, "only", "measure only `these`: "+strings.Join(load.Measures(), ", "))
		f.Var(list[int]{&o.Displays, strconv.Atoi}, "displays", "`numbers` of hall displays that hang on the server (default 1,10,100,300,1000)")
		f.Var(list[int]{&o.Phones, strconv.Atoi}, "phones", "`numbers` of citizens' phones; each needs an open file here and there (default 10,100,1000,5000)")
		f.Var(list[int]{&o.Stored, strconv.Atoi}, "stored", "`numbers` of tickets in the log; a million take 3 GB for some minutes (default 1000,10000)")
		f.StringVar(&o.Dir, "dir", "", "folder on the disk to measure (default: the user's cache folder)")
	})
	if err != nil {
		return err
	}
	if err := o.Check(); err != nil {
		return usageError{err}
	}
	if o.Program, err = os.Executable(); err != nil {
		return fmt.Errorf("looking for this program: %w", err)
	}
	if o.Dir == "" {
		o.Dir = filepath.Dir(demoFolder())
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return err
	}
	return load.Run(ctx, o, stdout)
}

// list is a flag of values with commas between them.
type list[T any] struct {
	values *[]T
	parse  func(string) (T, error)
}

func word(s string) (string, error) { return s, nil }

// String implements [flag.Value]; the flag's usage tells what is usual.
func (list[T]) String() string { return "" }

// Set implements [flag.Value].
func (l list[T]) Set(s string) error {
	*l.values = nil
	for part := range strings.SplitSeq(s, ",") {
		v, err := l.parse(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		*l.values = append(*l.values, v)
	}
	return nil
}
