package chaos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// Options say what is to happen, and to which layso.
type Options struct {
	// Layso gives a command of layso: of the program itself, with these arguments.
	Layso func(ctx context.Context, args ...string) *exec.Cmd
	// Hall gives the arguments of the command that runs the hall of a configuration at an address. It reads lines from
	// its standard input, each the seconds by which its PC's clock is wrong from then on, the first one before it begins;
	// at the end of the input it stops.
	Hall    func(config, listen string) []string
	PIN     string        // of everybody in the hall
	Dir     string        // a folder of its own, emptied by nobody
	Span    time.Duration // of all steps together
	Seed    uint64        // of all that is left to chance, but the computer's own timing
	Network string        // why there is no network of its own that can be cut; empty: there is one (see [OwnNetwork])
	Version string        // of layso, for the report
	JSON    bool          // the report is for programs
	Log     io.Writer     // told what goes on
}

// ErrBroken is the end of a run in which layso broke a promise.
var ErrBroken = errors.New("layso broke a promise")

// How many of each there are.
const (
	kiosks   = 8
	counters = 4
	displays = 6
	phones   = 12
)

// run is one run.
type run struct {
	Options
	hall   *hall
	lan    *proxy // between the screens and the hall
	wire   *proxy // between the hall and its printer
	paper  *paper
	truth  *truth
	tally  *tally
	shown  []*display
	held   []*phone
	recent few // tickets that phones may follow
	aside  few // tickets on hold
	admin  *client
	calm   sync.Mutex // held while no kill may come
	report Report

	broken context.CancelCauseFunc
}

// Run lets the steps happen and writes the report. The error wraps [ErrBroken] with the first promise that was broken.
func Run(ctx context.Context, o Options, stdout io.Writer) (err error) {
	ctx, broken := context.WithCancelCause(ctx)
	defer broken(nil)
	r := &run{Options: o, tally: newTally(), broken: broken}
	r.report = Report{Seed: o.Seed, Version: o.Version, Network: o.Network, SpanS: o.Span.Seconds()}
	began := time.Now()
	err = r.all(ctx)
	if r.hall != nil {
		r.hall.end()
		r.report.StartMS = float64(r.hall.longest.Milliseconds())
	}
	if cause := context.Cause(ctx); errors.Is(cause, ErrBroken) {
		err = cause
	}
	r.report.TookS = time.Since(began).Seconds()
	for _, p := range []*proxy{r.lan, r.wire} {
		r.tally.fates(p)
	}
	r.report.finish(r.tally, err)
	if werr := r.report.write(stdout, o.JSON); err == nil {
		err = werr
	}
	if errors.Is(err, ErrBroken) {
		err = fmt.Errorf("%w\nRepeat it with: layso bench --chaos --seed %d --time %v", err, o.Seed, o.Span)
	}
	return err
}

// breaks ends the run: a promise was broken.
func (r *run) breaks(format string, args ...any) {
	r.broken(fmt.Errorf("%w: %s", ErrBroken, fmt.Sprintf(format, args...)))
}

// random gives the chance of one that takes part.
func (r *run) random(who uint64) *rand.Rand { return rand.New(rand.NewPCG(r.Seed, who)) }

func (r *run) all(ctx context.Context) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	defer r.lan.close()
	defer r.wire.close()
	defer r.paper.close()
	load, quiet := context.WithCancel(ctx)
	defer quiet()
	screens, off := context.WithCancel(ctx)
	var people, looking sync.WaitGroup
	defer looking.Wait()
	defer off()
	r.people(load, ctx, &people)
	r.screens(screens, &looking)
	looking.Go(func() { r.watch(screens) })
	for _, s := range steps {
		if err := r.step(ctx, s); err != nil {
			quiet()
			people.Wait()
			return err
		}
	}
	quiet()
	people.Wait()
	return r.settle(ctx)
}

// begin starts the hall and what lies between it and its users.
func (r *run) begin(ctx context.Context) (err error) {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return err
	}
	if r.paper, err = newPaper(); err != nil {
		return err
	}
	if r.wire, err = newProxy(r.paper.address, r.random(1)); err != nil {
		return err
	}
	if r.hall, err = newHall(r.Options, filepath.Join(r.Dir, "data"), r.wire.address()); err != nil {
		return err
	}
	if r.lan, err = newProxy(r.hall.address, r.random(2)); err != nil {
		return err
	}
	if err := r.hall.start(ctx); err != nil {
		return err
	}
	r.admin = newClient("http://"+r.hall.address, "admin", r.PIN)
	r.truth = newTruth(newClient("http://"+r.hall.address, "manager", r.PIN))
	return nil
}

// people starts those who take and call. They take up nothing new once load has ended, and end what they have begun.
func (r *run) people(load, ctx context.Context, all *sync.WaitGroup) {
	for i := range kiosks {
		k := &kioskPage{run: r, id: i, client: newClient(r.lan.url(), "", ""), random: r.random(uint64(100 + i))}
		all.Go(func() { k.use(load, ctx) })
	}
	for i := range counters {
		c := &counter{run: r, id: fmt.Sprint(i + 1), random: r.random(uint64(200 + i))}
		c.client = newClient(r.lan.url(), "clerk"+c.id, r.PIN)
		all.Go(func() { c.use(load, ctx) })
	}
}

// screens starts those who only look.
func (r *run) screens(ctx context.Context, all *sync.WaitGroup) {
	for range displays {
		d := &display{run: r}
		r.shown = append(r.shown, d)
		all.Go(func() { d.use(ctx) })
	}
	for i := range phones {
		p := &phone{run: r, random: r.random(uint64(300 + i))}
		r.held = append(r.held, p)
		all.Go(func() { p.use(ctx) })
	}
}

// watchEvery is how often all that was promised is held against the log.
const watchEvery = time.Second

// watch looks all the time.
func (r *run) watch(ctx context.Context) {
	for pause(ctx, watchEvery) {
		r.check(ctx)
	}
}

// check holds what was promised so far against the log. An error means that the log can't be read now.
func (r *run) check(ctx context.Context) error {
	fault, err := r.truth.pass(ctx)
	if fault == nil && err == nil {
		fault = r.checkDisplays()
	}
	if fault != nil {
		r.breaks("%v", fault)
	}
	if err == nil {
		r.tally.add("checks of all promises against the log", 1)
	}
	return errors.Join(fault, err)
}

// pause waits, and reports whether ctx goes on.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// about gives a time around d, as people take it.
func about(random *rand.Rand, d time.Duration) time.Duration {
	return time.Duration(min(4, random.ExpFloat64()) * float64(d))
}
