package configs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"layso/kiosk"
)

// Fault is one thing that is wrong with a file.
type Fault struct {
	File  string // as it was named
	Line  int    // from 1; 0 when the fault has no place of its own
	Field string // e.g. printers[0].paper; empty when the file is no YAML
	// Problem is a stable code that the pages translate: of the file's form (yaml, empty, too_large, documents, depth, too_many,
	// unknown_key, twice, not_keys, not_list, not_text, not_bool, not_number, hours), of the hall's rules as in a
	// [kiosk.Fault], and value for all else.
	Problem string
	Detail  string // English, says what to do
}

// String gives "layso.yaml:7: printers[0].paper: must be 80 or 58".
func (f Fault) String() string {
	at := f.File
	if f.Line > 0 {
		at = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if f.Field == "" {
		return at + ": " + f.Detail
	}
	return at + ": " + f.Field + ": " + f.Detail
}

// Faults are all the faults of a file, in the order of its lines.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

// OfHall gives the faults as those of a hall, which know their line and not their file.
func (f Faults) OfHall() kiosk.Faults {
	out := make(kiosk.Faults, len(f))
	for i, x := range f {
		out[i] = kiosk.Fault{Field: x.Field, Problem: x.Problem, Detail: x.Detail, Line: x.Line}
	}
	return out
}

// orNil sorts the faults and gives a nil error where there are none.
func (f Faults) orNil() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return f
}
