package chaos

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is what became of a run.
type Report struct {
	Seed    uint64         `json:"seed"`
	Version string         `json:"version"`
	Cores   int            `json:"cores"`
	SpanS   float64        `json:"span_s"` // of the steps, as it was asked for
	TookS   float64        `json:"took_s"`
	Network string         `json:"network_skipped,omitempty"` // why no network interface was cut
	Steps   []Passed       `json:"steps"`
	Counts  map[string]int `json:"counts"`
	Refused map[string]int `json:"refused"`
	Flat    *Flat          `json:"flat,omitempty"`
	File    File           `json:"file"`
	StartMS float64        `json:"longest_start_ms"`
	Broken  string         `json:"broken,omitempty"` // the first promise that was
	Early   string         `json:"early,omitempty"`  // why the run ended before its time, without a broken promise
}

// Passed is a step that has passed.
type Passed struct {
	Name    string  `json:"name"`
	SpanS   float64 `json:"span_s"`
	Tickets int     `json:"tickets"`
	Calls   int     `json:"calls"`
	Unheard int     `json:"unheard"` // requests without an answer
}

func (t *tally) snapshot() map[string]int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.counts)
}

func (t *tally) since(name string, before map[string]int, span time.Duration) Passed {
	now := t.snapshot()
	d := func(what string) int { return now[what] - before[what] }
	return Passed{name, span.Seconds(), d("tickets acknowledged"), d("calls acknowledged"), d("requests without an answer")}
}

func (r *Report) finish(t *tally, err error) {
	r.Cores, r.Counts, r.Refused = runtime.NumCPU(), map[string]int{}, map[string]int{}
	for what, n := range t.snapshot() {
		if code, ok := strings.CutPrefix(what, "refused: "); ok {
			r.Refused[code] = n
		} else {
			r.Counts[what] = n
		}
	}
	switch {
	case errors.Is(err, ErrBroken):
		r.Broken = err.Error()
	case err != nil:
		r.Early = err.Error()
	}
}

// kept are the promises that a run without a fault has found kept.
var kept = []string{
	"no number twice in a day, no ticket lost, no number that nobody got",
	"no ticket called by two counters, no counter with two tickets",
	"the log without a gap, and the same whenever it is read; layso verify after each kill",
	"every display told every call, in order, also after cuts and kills; every phone right at the end",
	"every paper at an end, none said to be printed that is not there",
	"no answer that says that layso is broken; a clean end within 15 s at SIGTERM",
	"the size of the file explained; in runs of two minutes and more goroutines, open files and memory flat",
}

func (r *Report) write(w io.Writer, asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	fmt.Fprintf(w, "layso bench --chaos: layso %s, seed %d, %.0f s of steps, %.0f s in all, %d cores\n", r.Version, r.Seed, r.SpanS, r.TookS, r.Cores)
	fmt.Fprintf(w, "%d kiosks, %d counters, %d displays, %d phones, 1 printer\n", kiosks, counters, displays, phones)
	if r.Network != "" {
		fmt.Fprintf(w, "No network interface was cut: %s\n", r.Network)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nstep\tseconds\ttickets\tcalls\tunanswered")
	for _, s := range r.Steps {
		fmt.Fprintf(t, "%s\t%.1f\t%d\t%d\t%d\n", s.Name, s.SpanS, s.Tickets, s.Calls, s.Unheard)
	}
	fmt.Fprintln(t, "\nhappened\ttimes")
	for _, what := range slices.Sorted(maps.Keys(r.Counts)) {
		fmt.Fprintf(t, "%s\t%d\n", what, r.Counts[what])
	}
	if len(r.Refused) > 0 {
		fmt.Fprintln(t, "\nrefused\ttimes")
	}
	for _, code := range slices.Sorted(maps.Keys(r.Refused)) {
		fmt.Fprintf(t, "%s\t%d\n", code, r.Refused[code])
	}
	r.flat(t)
	if err := t.Flush(); err != nil {
		return err
	}
	r.verdict(w)
	return nil
}

func (r *Report) flat(w io.Writer) {
	if f := r.Flat; f != nil {
		fmt.Fprintf(w, "\nused by the server\tbefore\t%.0f s of everything but kills later\tmay grow by\n", f.OverS)
		fmt.Fprintf(w, "goroutines\t%d\t%d\t%d\n", f.Early.Goroutines, f.Late.Goroutines, moreGoroutines)
		fmt.Fprintf(w, "open files\t%d\t%d\t%d\n", f.Early.Files, f.Late.Files, moreFiles)
		fmt.Fprintf(w, "memory (RSS)\t%.0f MB\t%.0f MB\t%d MB and %d KB for each of %d tickets of the open day\n",
			f.Early.RSSMB, f.Late.RSSMB, moreRSSMB, ticketKB, f.Late.Tickets-f.Early.Tickets)
	}
	if r.File.Events > 0 {
		fmt.Fprintf(w, "\nfile\t%.1f MB\t%d events\t%.0f bytes an event as text; the file grows in steps of %d MB\n", r.File.MB, r.File.Events,
			float64(r.File.LogBytes)/float64(r.File.Events), fileStepMB)
	}
	fmt.Fprintf(w, "longest start\t%.0f ms\n", r.StartMS)
}

func (r *Report) verdict(w io.Writer) {
	if r.Broken != "" {
		fmt.Fprintf(w, "\nBROKEN: %s\n", r.Broken)
		return
	}
	if r.Early != "" {
		fmt.Fprintf(w, "\nEnded early, nothing broken until then: %s\n", r.Early)
		return
	}
	fmt.Fprintln(w, "\nKept all the time:")
	for _, p := range kept {
		fmt.Fprintf(w, "  %s\n", p)
	}
}
