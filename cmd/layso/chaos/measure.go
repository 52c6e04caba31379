package chaos

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Use is what the server uses of the computer.
type Use struct {
	RSSMB      float64 `json:"rss_mb"`
	Goroutines int     `json:"goroutines"`
	Files      int     `json:"files"` // open ones, sockets too
	Tickets    int     `json:"tickets"`
}

// Flat compares what the server uses before and after a step in which everything but kills happened, both times while people
// alone are at work, so that the same connections are open.
type Flat struct {
	Early Use     `json:"early"`
	Late  Use     `json:"late"`
	OverS float64 `json:"over_s"` // between the two
	at    time.Time
}

// What may grow. A ticket of the open day stays in memory until the day ends.
const (
	moreGoroutines = 25
	moreFiles      = 25
	moreRSSMB      = 24
	ticketKB       = 12
)

// warm is how long a run has to be for its comparison to mean something: a process that has just started takes memory.
const warm = 2 * time.Minute

// grown says what has grown more than it may.
func (f Flat) grown() error {
	tickets := float64(f.Late.Tickets - f.Early.Tickets)
	switch may := f.Early.RSSMB + moreRSSMB + tickets*ticketKB/1024; {
	case f.Late.Goroutines > f.Early.Goroutines+moreGoroutines:
		return fmt.Errorf("%w: %d goroutines have become %d", ErrBroken, f.Early.Goroutines, f.Late.Goroutines)
	case f.Late.Files > f.Early.Files+moreFiles:
		return fmt.Errorf("%w: %d open files have become %d", ErrBroken, f.Early.Files, f.Late.Files)
	case f.Late.RSSMB > may:
		return fmt.Errorf("%w: %.0f MB have become %.0f MB, with %.0f tickets more", ErrBroken, f.Early.RSSMB, f.Late.RSSMB, tickets)
	}
	return nil
}

// settled is the part of a quiet step that its begin may still shake.
const settled = 0.5

// compare measures in the second half of a quiet step: for the first time, or for the second.
func (r *run) compare(now context.Context, span time.Duration) {
	begin := time.Duration(settled * float64(span))
	pause(now, begin)
	use, at := r.median(now, span-begin), time.Now()
	if f := r.report.Flat; f != nil {
		f.Late, f.OverS = use, at.Sub(f.at).Seconds()
		return
	}
	r.report.Flat = &Flat{Early: use, at: at}
}

// median gives the middle of what is used over a span.
func (r *run) median(now context.Context, span time.Duration) (out Use) {
	var rss []float64
	var routines, files []int
	for range 9 {
		u := r.use()
		out.Tickets = u.Tickets
		rss, routines, files = append(rss, u.RSSMB), append(routines, u.Goroutines), append(files, u.Files)
		if !pause(now, span/10) {
			break
		}
	}
	slices.Sort(rss)
	slices.Sort(routines)
	slices.Sort(files)
	out.RSSMB, out.Goroutines, out.Files = rss[len(rss)/2], routines[len(routines)/2], files[len(files)/2]
	return out
}

var goroutines = regexp.MustCompile(`(?m)^go_goroutines (\S+)`)

func (r *run) use() (u Use) {
	var text []byte
	if r.admin.ask(context.Background(), "GET", "/metrics", nil, &text) == nil {
		if m := goroutines.FindSubmatch(text); m != nil {
			n, _ := strconv.ParseFloat(string(m[1]), 64) // as Prometheus writes it
			u.Goroutines = int(n)
		}
	}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.hall.pid()))
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			u.RSSMB = kb / 1024
		}
	}
	files, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", r.hall.pid()))
	u.Files = len(files)
	r.truth.look(func(f *fold) { u.Tickets = f.counts["ticket.taken"] })
	return u
}

// File explains the size of the hall's file.
type File struct {
	MB       float64 `json:"mb"`
	Events   uint64  `json:"events"`
	LogBytes int64   `json:"log_bytes"` // as the log is given out
}

// The file grows in steps of 16 MB (bbolt), and its pages are at worst half full, with two more indexes beside the records.
const (
	fileStepMB = 16
	timesLog   = 4
)

func (f File) explained() error {
	if may := 2*fileStepMB + timesLog*float64(f.LogBytes)/1e6; f.MB > may {
		return fmt.Errorf("%w: a log of %d events and %.1f MB takes a file of %.1f MB; %.0f MB would be explained", ErrBroken, f.Events, float64(f.LogBytes)/1e6, f.MB, may)
	}
	return nil
}

func (r *run) file() File {
	out := File{}
	if info, err := os.Stat(filepath.Join(r.hall.data, "layso.db")); err == nil {
		out.MB = float64(info.Size()) / 1e6
	}
	r.truth.look(func(f *fold) { out.Events, out.LogBytes = f.seq, r.truth.bytes })
	return out
}
