package voice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"layso/kiosk"
)

// Source is where a [Player] hears of calls: a [kiosk.Owner].
type Source interface {
	View() *kiosk.View
	Changed() <-chan struct{}
	Since(since uint64, limit int) ([]kiosk.Event, bool)
}

// Journal gives the events that the source no longer has in memory, and keeps which call was spoken last.
type Journal interface {
	Since(since uint64, limit int) ([]kiosk.Event, error)
	State(reader string) (seq uint64, state []byte, err error)
	SaveState(reader string, seq uint64, state []byte) error
}

// PlayerOptions are the settings of a [Player]. Command, Hall, Journal and Clips are required.
type PlayerOptions struct {
	Name     string   // of the zone, unique
	Command  []string // program and arguments; it gets a WAV file on its standard input, and ends when that was heard
	Counters []string // ids of those whose calls are spoken; none: all
	Hall     Source
	Journal  Journal
	Clips    func() *Clips
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger     // nil: slog.Default()
}

// Player is a reader that speaks the calls of a zone with a program of the PC's, such as aplay. It never
// holds up the queue of people; a program that fails is told in the log and in [Player.Status], and what it
// should have said is not said later.
type Player struct {
	opts   PlayerOptions
	grace  time.Duration // how much longer than the sound the program may take
	queue  Queue
	calls  map[uint64]Call // that the queue has
	cursor uint64          // of the last event that was looked at
	begun  uint64          // the newest call that was begun

	mu     sync.Mutex
	status PlayerStatus
}

// PlayerStatus is what became of the readings so far.
type PlayerStatus struct {
	Name     string
	Counters []string
	Seq      uint64 // of the last event that it has dealt with
	Spoken   int    // readings
	Fault    string // of the last one; empty when it went well
}

// NewPlayer gives a player that is not running yet.
func NewPlayer(o PlayerOptions) *Player {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Player{opts: o, grace: 5 * time.Second, calls: map[uint64]Call{}, status: PlayerStatus{Name: o.Name, Counters: o.Counters}}
}

// Status gives how it goes.
func (p *Player) Status() PlayerStatus {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// reader is the name under which the journal keeps how far it came.
func (p *Player) reader() string { return "voice " + p.opts.Name }

// Run speaks until ctx ends; what is being said then is broken off.
func (p *Player) Run(ctx context.Context) {
	p.begin()
	heard := make(chan error, 1)
	for ctx.Err() == nil { // else a call would count as begun that nobody hears
		changed := p.opts.Hall.Changed()
		p.follow()
		p.next(ctx, heard)
		p.dealt()
		select {
		case <-ctx.Done():
		case <-changed:
		case err := <-heard:
			p.done(ctx, err)
		}
	}
	if p.queue.part != "" {
		<-heard
	}
}

// begin finds the last call that was spoken before a restart. Those of today after it are spoken when they are
// young enough.
func (p *Player) begin() {
	view := p.opts.Hall.View()
	seq, _, err := p.opts.Journal.State(p.reader())
	if err != nil {
		p.opts.Log.Warn("reading which call was spoken last", "zone", p.opts.Name, "err", err)
		seq = view.Seq() // rather silent than the same again
	}
	p.cursor = min(max(seq, max(view.DayFirst(), 1)-1), view.Seq())
	p.begun = p.cursor
}

func (p *Player) dealt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status.Seq = p.cursor
}

// page is how many events are read at a time.
const page = 256

// follow takes what happened since the last time.
func (p *Player) follow() {
	for {
		events, ok := p.opts.Hall.Since(p.cursor, page)
		if !ok && p.cursor < p.opts.Hall.View().Seq() {
			var err error
			if events, err = p.opts.Journal.Since(p.cursor, page); err != nil {
				p.opts.Log.Error("the voice can't read the log", "zone", p.opts.Name, "after", p.cursor, "err", err)
				return // the next event tries again
			}
		}
		if len(events) == 0 {
			return
		}
		for _, e := range events {
			p.hear(e)
			p.cursor = e.Seq
		}
	}
}

func (p *Player) hear(e kiosk.Event) {
	if e.Type != kiosk.TicketCalled && e.Type != kiosk.TicketRecalled || p.opts.Hall.View().Setup().Voice.Off {
		return
	}
	if len(p.opts.Counters) > 0 && !slices.Contains(p.opts.Counters, e.Counter) {
		return
	}
	if p.queue.Add(Item{e.Seq, e.Number, e.Type == kiosk.TicketRecalled}, p.opts.Now().Sub(e.At)) {
		p.calls[e.Seq] = Call{e.Number, e.Counter, e.Lang}
	}
}

// next begins the next reading, where nothing is heard.
func (p *Player) next(ctx context.Context, heard chan<- error) {
	set := p.opts.Hall.View().Setup().Voice
	p.queue.Once = set.Once
	if set.Off {
		p.queue.Clear()
	}
	i, part, ok := p.queue.Next()
	if !ok {
		p.forget()
		return
	}
	if part == First {
		p.remember(i.Seq)
	}
	wav := p.opts.Clips().WAV(p.calls[i.Seq], set, part)
	go func() { heard <- p.play(ctx, wav) }()
}

// forget drops the calls once nothing waits.
func (p *Player) forget() {
	if p.queue.part == "" {
		clear(p.calls)
	}
}

// remember keeps that the call was begun, so that a restart does not begin it again.
func (p *Player) remember(seq uint64) {
	if p.begun = max(p.begun, seq); p.begun != seq {
		return // a recall went before it
	}
	if err := p.opts.Journal.SaveState(p.reader(), seq, []byte{}); err != nil {
		p.opts.Log.Warn("keeping which call was spoken last", "zone", p.opts.Name, "err", err)
	}
}

func (p *Player) play(ctx context.Context, wav []byte) error {
	length := time.Duration(len(wav)) * time.Second / (2 * Rate)
	ctx, cancel := context.WithTimeout(ctx, length+p.grace)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.opts.Command[0], p.opts.Command[1:]...)
	cmd.Stdin = bytes.NewReader(wav)
	cmd.WaitDelay = time.Second
	said, err := cmd.CombinedOutput()
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		return fmt.Errorf("%s has not ended %v after its time", p.opts.Command[0], p.grace)
	case err != nil:
		return fmt.Errorf("%w %s", err, strings.TrimSpace(string(said[:min(len(said), 300)])))
	}
	return nil
}

// done notes what became of a reading, and tells a failure once until it changes.
func (p *Player) done(ctx context.Context, err error) {
	p.queue.Done()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		p.status.Spoken++
		p.status.Fault = ""
		return
	}
	if text := strings.TrimSpace(err.Error()); text != p.status.Fault && !errors.Is(ctx.Err(), context.Canceled) {
		p.status.Fault = text
		p.opts.Log.Error("a call was not heard", "zone", p.opts.Name, "err", err)
	}
}
