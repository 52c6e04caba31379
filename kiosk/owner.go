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
	Seed *Setup           // the hall's description when the log is empty; must be valid
	Now  func() time.Time // the wall clock with its monotonic reading; nil: time.Now
	Log  *slog.Logger     // nil: slog.Default()
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
	if err := o.commit(o.hall.DecideDay(opts.Seed, o.clock.stamp(opts.Now()))); err != nil {
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

// serve decides the whole batch, commits it, and answers. Refusals wait for the commit as well:
// they may rest on what another command of the batch did.
func (o *Owner) serve(batch []request) {
	if o.broken {
		o.recover()
	}
	answers := make([]answer, len(batch))
	if o.broken || o.decide(batch, answers) != nil {
		for i := range answers {
			answers[i] = answer{err: ErrStorage}
		}
	}
	view := o.View()
	for i, r := range batch {
		answers[i].View = view
		r.answer <- answers[i]
	}
}

// decide fills in the answers and commits; on an error they are void.
func (o *Owner) decide(batch []request, answers []answer) error {
	var events []Event
	at := o.clock.stamp(o.opts.Now())
	events = o.apply(events, o.clock.step(at))
	events = o.apply(events, o.hall.DecideDay(o.opts.Seed, at))
	for i, r := range batch {
		d, err := o.hall.Decide(o.prepared(r.cmd), at)
		events = o.apply(events, d.Events)
		answers[i] = answer{Result{Decision: d}, err}
	}
	return o.publish(events)
}

// prepared gives the command what only the owner knows: the forecast's current range.
func (o *Owner) prepared(cmd Command) Command {
	if t, ok := cmd.(Take); ok {
		if p := o.hall.Setup().Priority(t.Priority); p != nil {
			t.Wait = o.Forecast().New(t.Service, p.CreditS)
		} else {
			t.Wait = o.Forecast().New(t.Service, 0)
		}
		return t
	}
	return cmd
}

// apply numbers the events of one decision and folds them in.
func (o *Owner) apply(events, decided []Event) []Event {
	for _, e := range decided {
		e.Seq = o.hall.Seq() + 1
		o.hall.Apply(e)
		events = append(events, e)
	}
	return events
}

func (o *Owner) commit(decided []Event) error { return o.publish(o.apply(nil, decided)) }

// publish stores the events and shows the new view. After a failed commit nobody knows what the
// disk holds, so the hall is folded anew from what it does hold, and the events that did get there
// are told like any others.
func (o *Owner) publish(events []Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := o.log.Append(events); err != nil {
		o.opts.Log.Error("a commit failed, its outcome is unknown", "events", len(events), "err", err)
		o.recover()
		return err
	}
	o.view.Store(o.hall.Snapshot())
	o.feed.add(events)
	return nil
}

// recover brings the hall back to what the log holds. Where that fails too, the old view stays
// published, commands are refused, and the next batch tries again.
func (o *Owner) recover() {
	err := o.log.Reopen()
	if err == nil {
		err = o.fold()
	}
	o.broken = err != nil
	if o.broken {
		o.opts.Log.Error("the log can't be opened again", "err", err)
	}
}

// fold builds the hall from the log and publishes it, with the events that nobody was told yet.
func (o *Owner) fold() error {
	hall := NewHall()
	var fresh []Event
	told := uint64(0)
	if v := o.View(); v != nil {
		told = v.Seq()
	}
	err := o.log.Today(func(e Event) error {
		hall.Apply(e)
		if e.Seq > told {
			fresh = append(fresh, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	o.hall = hall
	o.clock.last = hall.At()
	o.view.Store(hall.Snapshot())
	if told > 0 || len(fresh) <= feedSize {
		o.feed.add(fresh)
	} else {
		o.feed.add(fresh[len(fresh)-feedSize:])
	}
	return nil
}
