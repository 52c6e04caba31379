package load

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// Figure is one measurement.
type Figure struct {
	Measure string  `json:"measure"` // what "--only" calls it
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	Ratio   float64 `json:"ratio,omitempty"` // of the value to that of To
	To      string  `json:"to,omitempty"`    // the name of an earlier figure: the floor
	// Series and Size place it in the chart: of the figures of a series, the one for so many tickets or clients.
	Series  string   `json:"series,omitempty"`
	Size    int      `json:"size,omitempty"`
	Latency *Latency `json:"latency,omitempty"`
}

// Latency is how long requests took, in milliseconds: 50 of 100 no longer than P50, 999 of 1,000 no longer than P999.
type Latency struct {
	Count  int64   `json:"count"`
	PerS   float64 `json:"per_s"`                 // that were answered
	AskedS float64 `json:"asked_per_s,omitempty"` // of an open loop: that came
	P50    float64 `json:"p50_ms"`
	P90    float64 `json:"p90_ms"`
	P99    float64 `json:"p99_ms"`
	P999   float64 `json:"p999_ms"`
	Max    float64 `json:"max_ms"`
}

func (o *outcome) latency() *Latency {
	return &Latency{
		Count: o.n, PerS: o.rate(), AskedS: o.asked,
		P50: ms(o.At(0.5)), P90: ms(o.At(0.9)), P99: ms(o.At(0.99)), P999: ms(o.At(0.999)), Max: ms(o.Max()),
	}
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

// median gives the middle one of the durations; it sorts them.
func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// Result is what a run came to.
type Result struct {
	Machine Machine  `json:"machine"`
	Figures []Figure `json:"figures"`
}

func (r *Result) value(name string) float64 {
	i := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Name == name })
	if i < 0 {
		return 0
	}
	return r.Figures[i].Value
}

// JSON writes the result for programs.
func (r *Result) JSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(r)
}

// Table writes the result for people.
func (r *Result) Table(w io.Writer) error {
	fmt.Fprintf(w, "%s\n\n", r.Machine)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measured\tvalue\t\tratio\tp50\tp90\tp99\tp99.9\tmax, ms")
	for _, f := range r.Figures {
		ratio, times := "", ""
		if f.To != "" {
			ratio = fmt.Sprintf("%.3g × %s", f.Ratio, f.To)
		}
		if l := f.Latency; l != nil {
			times = fmt.Sprintf("%.3g\t%.3g\t%.3g\t%.3g\t%.3g", l.P50, l.P90, l.P99, l.P999, l.Max)
		}
		fmt.Fprintf(t, "%s\t%.4g\t%s\t%s\t%s\n", f.Name, f.Value, f.Unit, ratio, times)
	}
	return t.Flush()
}
