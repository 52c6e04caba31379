package printer

import (
	"context"
	"log/slog"
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

// Options are a spooler's settings. All but Log are needed.
type Options struct {
	Name    string                                  // of the printer, in events and for the staff
	Profile Profile                                 //
	Open    func(ctx context.Context) (Link, error) // opens the wire; called again after a fault
	BaseURL func() string                           // what a ticket's URL begins with, without /t/; empty: no QR code
	Log     *slog.Logger                            // nil: slog.Default()
}

const (
	// probeEvery is how often the printer is looked after when there is nothing to print, and how
	// long a wire that could not be opened is left alone.
	probeEvery = 5 * time.Second
	// retryAfter is the pause after the hall refused a report.
	retryAfter = time.Second
	// grace is what a ticket in the printer gets to come out after the context ended. layso stops
	// within 5 s.
	grace = 2 * time.Second
)

// Spooler prints the hall's tickets on one printer.
type Spooler struct {
	hall     Hall
	opts     Options
	renderer *paper.Renderer
	talk     *dialog   // nil: no open wire; the worker's own, as are the next two
	tried    time.Time // last attempt to reach it that failed
	torn     bool      // the printer may still wait for the rest of a job that broke off

	mu      sync.Mutex
	status  kiosk.PrinterStatus
	changed chan struct{}
}

// New gives a spooler; [Spooler.Run] starts it. Until it has reached its printer, that counts as
// unreachable.
func New(hall Hall, opts Options) *Spooler {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	opts.Log = opts.Log.With("printer", opts.Name)
	return &Spooler{
		hall:     hall,
		opts:     opts,
		renderer: paper.New(opts.Profile.Dots),
		status:   kiosk.PrinterStatus{Name: opts.Name, Fault: FaultUnreachable, Since: time.Now()},
		changed:  make(chan struct{}),
	}
}

// Status gives the printer's state as it was last seen, and how many tickets wait for paper.
func (s *Spooler) Status() kiosk.PrinterStatus {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := s.status
	status.Faults, status.Confirms, status.Width = []string{}, "nothing", 80
	if s.opts.Profile.Dots < 512 {
		status.Width = 58
	}
	if status.Fault != "" {
		status.Faults = append(status.Faults, status.Fault)
	}
	if s.opts.Profile.Status {
		status.Confirms = "taken"
	}
	status.Queued = len(s.hall.View().PrintJobs())
	return status
}

// Changed gives a channel that is closed when the printer's fault next changes. Take it before
// reading the status.
func (s *Spooler) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// set notes the fault that was found, or none.
func (s *Spooler) set(fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ok := !stops(fault); s.status.Fault != fault || s.status.OK != ok {
		s.opts.Log.Info("the printer's state changed", "ok", ok, "fault", fault)
		s.status.OK, s.status.Fault, s.status.Since = ok, fault, time.Now()
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

// Run prints until ctx ends; the ticket that is being printed then may still come out. A ticket that
// does not come out in time stays in sending, and the next start deals with it.
func (s *Spooler) Run(ctx context.Context) {
	work, stop := graceful(ctx)
	defer stop()
	defer s.hangUp()
	probe := time.NewTicker(probeEvery)
	defer probe.Stop()
	s.ready(work, true)
	for ctx.Err() == nil {
		changed := s.hall.Changed()
		if err := s.drain(ctx, work); err != nil && ctx.Err() == nil {
			s.opts.Log.Warn("the hall took no report", "err", err)
			pause(ctx, retryAfter)
			continue
		}
		select {
		case <-changed:
		case <-probe.C:
			s.ready(work, true)
		case <-ctx.Done():
		}
	}
}

// drain prints what is to be printed, oldest first. Each ticket is looked up anew: while one prints,
// others are called, cancelled, or asked for again.
func (s *Spooler) drain(ctx, work context.Context) error {
	for ctx.Err() == nil {
		view := s.hall.View()
		jobs := view.PrintJobs()
		if len(jobs) == 0 {
			return nil
		}
		if err := s.job(work, view, jobs[0]); err != nil {
			return err
		}
	}
	return nil
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
