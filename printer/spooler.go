package printer

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"layso/kiosk"
	"layso/printer/paper"
)

// Hall is what the spooler needs of the hall; [kiosk.Owner] is one.
type Hall interface {
	View() *kiosk.View
	Changed() <-chan struct{} // closed at the next change of the view
	Do(ctx context.Context, cmd kiosk.Command) (kiosk.Result, error)
}

// Printer is a printer of the hall.
type Printer struct {
	Name    string                                  // in events and for the staff; unique
	Profile Profile                                 //
	Open    func(ctx context.Context) (Link, error) // opens the wire; called again after a fault
	StandIn string                                  // the printer that takes its tickets while it can't print; may be empty
	RollMM  int                                     // length of a new roll where nobody says another, in millimetres; 0: not known
}

// Options are a spooler's settings. Printers and BaseURL are needed.
type Options struct {
	Printers []Printer        // the first one takes what was asked of no particular one
	BaseURL  func() string    // what a ticket's URL begins with, without /t/; empty: no QR code
	Expire   time.Duration    // how old a job may be; 0: 5 minutes
	Now      func() time.Time // the hall's time, which jobs are stamped with; nil: time.Now
	Log      *slog.Logger     // nil: slog.Default()
}

const (
	defaultExpire = 5 * time.Minute
	// retryAfter is the pause after the hall refused a report.
	retryAfter = time.Second
	// grace is what a ticket in the printer gets to come out after the context ended. layso stops
	// within 5 s.
	grace = 2 * time.Second
)

// ErrUnknownPrinter says that there is no printer of that name.
var ErrUnknownPrinter = errors.New("no such printer")

// Spooler prints the hall's tickets.
type Spooler struct {
	hall    Hall
	opts    Options
	workers []*worker // one for each printer, in their order

	mu      sync.Mutex
	claimed map[string]bool // tokens that a worker, or the tending, deals with
	owed    map[string]bool // tokens whose paper was lost and may have to be printed again
	changed chan struct{}
}

// New gives a spooler; [Spooler.Run] starts it. Until it has reached a printer, that counts as
// unreachable.
func New(hall Hall, opts Options) *Spooler {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Expire == 0 {
		opts.Expire = defaultExpire
	}
	s := &Spooler{hall: hall, opts: opts, claimed: map[string]bool{}, owed: map[string]bool{}, changed: make(chan struct{})}
	renderers := map[int]*paper.Renderer{}
	for _, p := range opts.Printers {
		r := renderers[p.Profile.Dots]
		if r == nil {
			r = paper.New(p.Profile.Dots)
			renderers[p.Profile.Dots] = r
		}
		s.workers = append(s.workers, newWorker(s, p, r))
	}
	return s
}

// Changed gives a channel that is closed when a printer's state next changes. Take it before reading
// the states.
func (s *Spooler) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// wake tells everybody that a state changed. The lock is held.
func (s *Spooler) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Run prints until ctx ends; tickets that are being printed then may still come out. One that does not
// come out in time stays in sending, and the next start deals with it.
func (s *Spooler) Run(ctx context.Context) {
	work, stop := graceful(ctx)
	defer stop()
	if len(s.workers) == 0 {
		s.tend(ctx) // what was asked of printers that are gone
		return
	}
	s.resume()
	var running sync.WaitGroup
	defer running.Wait()
	for _, w := range s.workers {
		running.Go(func() { w.run(ctx, work) })
	}
	s.tend(ctx)
}

// find gives the printer of that name; "" is the first one's. The result is nil where there is none.
func (s *Spooler) find(name string) *worker {
	i := slices.IndexFunc(s.workers, func(w *worker) bool { return name == "" || w.Name == name })
	if i < 0 {
		return nil
	}
	return s.workers[i]
}

// owner gives the printer that a ticket's paper was asked of. One that the hall has no more is the
// first one's; nil where there is none.
func (s *Spooler) owner(t *kiosk.Ticket) *worker {
	if w := s.find(t.Printer); w != nil {
		return w
	}
	return s.find("")
}

// standIn gives the printer that prints for w now, or nil. The lock is held. Before a printer has been
// looked at, nobody takes its tickets away.
func (s *Spooler) standIn(w *worker) *worker {
	if w.StandIn == "" || !w.health.known || w.health.ready() {
		return nil
	}
	if sub := s.find(w.StandIn); sub != nil && sub != w && sub.health.ready() {
		return sub
	}
	return nil
}

// Ready reports whether the printer of that name ("": the first), or its stand-in, would print now.
func (s *Spooler) Ready(printer string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.find(printer)
	return w != nil && (w.health.ready() || s.standIn(w) != nil)
}

// claim gives the oldest ticket that w is to print and that nobody else deals with, or nil. [release]
// gives it back.
func (s *Spooler) claim(w *worker) *kiosk.Ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !w.health.ready() {
		return nil
	}
	for _, t := range s.hall.View().PrintJobs() {
		if t.Print != kiosk.Queued || s.claimed[t.Token] {
			continue
		}
		if own := s.owner(t); own == w || s.standIn(own) == w {
			s.claimed[t.Token] = true
			return t
		}
	}
	return nil
}

// grab claims a ticket for the tending and gives it as it is now; nil where somebody else deals with it.
func (s *Spooler) grab(token string) *kiosk.Ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.claimed[token] {
		return nil
	}
	t := s.hall.View().Ticket(token)
	if t != nil {
		s.claimed[token] = true
	}
	return t
}

// release gives a claimed ticket back. Where its paper still waits, the others are told: a stand-in may
// have looked for it while it was claimed.
func (s *Spooler) release(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.claimed, token)
	if t := s.hall.View().Ticket(token); t != nil && t.Print == kiosk.Queued {
		s.wake()
	}
}

// graceful gives a context that ends a while after ctx does.
func graceful(ctx context.Context) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		pause(work, grace)
		cancel()
	})
	return work, func() { stop(); cancel() }
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
