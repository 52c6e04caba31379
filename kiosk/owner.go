package kiosk

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Log is where an [Owner] keeps the events. Package journal is one.
type Log interface {
	// Append stores the events, whose Seqs follow the last one stored, in one durable step. An
	// error means that the outcome is unknown.
	Append(events []Event) error
	// Reopen closes, opens and checks the store after a failed Append.
	Reopen() error
	// Today gives fold every event from the newest day.opened to the end, in order.
	Today(fold func(Event) error) error
}

// Options are the settings of an [Owner].
type Options struct {
	Seed  *Setup           // the hall's description when the log is empty; must be valid
	Now   func() time.Time // the PC's clock with its monotonic reading; nil: time.Now
	Built time.Time        // of this program: a clock before it is wrong; zero when unknown
	Log   *slog.Logger     // nil: slog.Default()
}

// Owner holds the hall. Its one goroutine takes all commands that are waiting, decides and applies
// them one after another, commits their events in one step, and only then publishes and answers.
type Owner struct {
	log      Log
	opts     Options
	hall     *Hall // the goroutine's own
	broken   bool  // a commit failed and the log could not be opened again yet
	commands chan request
	view     atomic.Pointer[View]
	forecast atomic.Pointer[Forecast]
	feed     *feed
	clock    clock
	unsure   unsure
	stop     context.CancelFunc
	done     chan struct{}
	once     sync.Once
}

type request struct {
	cmd    Command
	answer chan answer
}

type answer struct {
	Result
	err error
}

// Result is what became of a command.
type Result struct {
	Decision
	View *View // the hall after the commit that holds the command's events
}

// Ticket gives the ticket that the command was about, or nil.
func (r Result) Ticket() *Ticket { return r.View.Ticket(r.Token) }

// maxBatch bounds the commands of one commit, so that the first of them does not wait for ever.
const maxBatch = 512

// Start folds the log's open day, opens a business day where none is, and begins to take commands.
func Start(log Log, opts Options) (*Owner, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	ctx, stop := context.WithCancel(context.Background())
	o := &Owner{log: log, opts: opts, commands: make(chan request, maxBatch), feed: newFeed(), stop: stop, done: make(chan struct{})}
	if err := o.fold(); err != nil {
		stop()
		return nil, fmt.Errorf("folding the open day: %w", err)
	}
	o.clock.start(opts.Now(), o.hall.At(), opts.Built, o.hall.suspect, o.hall.offset)
	if err := o.decide(nil, nil); err != nil {
		stop()
		return nil, fmt.Errorf("opening the business day: %w", err)
	}
	go o.run(ctx)
	return o, nil
}

// Close stops taking commands and waits until the last commit is answered.
func (o *Owner) Close() {
	o.once.Do(o.stop)
	<-o.done
}

// Now gives the hall's time: what everybody takes for the time of day. It is the PC's clock, with what
// staff corrected, while that is trusted; while it is suspect, the last trusted time and what has passed
// since. It is never before the last event of the view.
func (o *Owner) Now() time.Time { return o.clock.read(o.opts.Now()) }

// View gives the hall as it was last published.
func (o *Owner) View() *View { return o.view.Load() }

// Forecast gives the newest forecast, or nil before the first.
func (o *Owner) Forecast() *Forecast { return o.forecast.Load() }

// SetForecast publishes a forecast; tickets taken from now on carry its ranges.
func (o *Owner) SetForecast(f *Forecast) {
	o.forecast.Store(f)
	o.feed.add(nil)
}

// Changed gives a channel that is closed at the next publishing of events or of a forecast. Take it
// before reading the view, else a change between the two is missed.
func (o *Owner) Changed() <-chan struct{} { return o.feed.wait() }

// Since gives up to limit of the published events after since from memory, and false when memory
// does not reach back that far.
func (o *Owner) Since(since uint64, limit int) ([]Event, bool) { return o.feed.after(since, limit) }

// Do carries the command out. The answer comes after the commit; a refusal is an [Error] or
// [Faults]; [ErrStorage] means that the outcome is unknown.
func (o *Owner) Do(ctx context.Context, cmd Command) (Result, error) {
	r := request{cmd, make(chan answer, 1)}
	select {
	case o.commands <- r:
	case <-ctx.Done():
		return Result{}, ctx.Err()
	case <-o.done:
		return Result{}, ErrStorage
	}
	select {
	case a := <-r.answer:
		return a.Result, a.err
	case <-ctx.Done():
		return Result{}, ctx.Err()
	case <-o.done:
		return Result{}, ErrStorage
	}
}

// dayCheck is how often the calendar is looked at when nobody asks for anything.
const dayCheck = 30 * time.Second

func (o *Owner) run(ctx context.Context) {
	defer close(o.done)
	tick := time.NewTicker(dayCheck)
	defer tick.Stop()
	batch := make([]request, 0, maxBatch)
	for {
		batch = batch[:0]
		select {
		case r := <-o.commands:
			batch = append(batch, r)
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		o.serve(o.drain(batch))
	}
}

func (o *Owner) drain(batch []request) []request {
	for len(batch) < maxBatch {
		select {
		case r := <-o.commands:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}
