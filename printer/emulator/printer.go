package emulator

import (
	"image"
	"slices"
	"sync"
	"time"
)

// Paper is one piece of paper that came out. It is immutable.
type Paper struct {
	Seq    int         // counts the printer's papers, from 1
	At     time.Time   // when it came out
	Image  image.Image // two colours
	Raw    []byte      // the bytes it was made of, questions left out; the first MiB
	Errors []string    // what the printer did not understand while it printed this

	// Torn: no whole ticket. It was torn off before its cut, or begins in the middle because its
	// beginning was, or the printer forgot the rest of it, or its bytes came over two connections. A
	// ticket that is printed below such a half one, without a cut between them, is torn too.
	Torn bool
	Lost int // bytes of it that the printer lost, see [Drop]
}

// Whole reports whether the paper is what was sent, from its beginning to its cut.
func (p *Paper) Whole() bool { return !p.Torn && p.Lost == 0 }

// maxFaults bounds the errors that are kept.
const maxFaults = 100

// Printer is the emulator. Its methods may be called by several goroutines.
type Printer struct {
	opts Options
	line chan struct{} // held by the connection that is served: bytes of two never mix

	mu       sync.Mutex
	in       *interpreter
	motor    *motor
	fault    Fault
	coming   Fault // strikes after so many rows
	rows     int
	pending  []span // received, not yet interpreted; empty unless a fault stops the printer
	held     int    // bytes in pending
	paused   bool   // it said XOFF
	dropped  int    // bytes since the fault Drop
	noise    int    // bytes of garbage answered
	asb      byte   // what GS a asked for
	told     [4]byte
	pulseOff bool // GS ( D: DLE DC4 1 is no command
	wires    int  // connections so far
	served   *wire
	papers   []*Paper      // newest first
	errors   []string      // oldest first
	total    int           // papers ever printed
	changed  chan struct{} // closed at the next paper, fault or error
	closed   chan struct{}
	once     sync.Once
}

// New gives a printer that is ready and has paper.
func New(opts Options) *Printer {
	p := &Printer{opts: opts.withDefaults(), line: make(chan struct{}, 1), changed: make(chan struct{}), closed: make(chan struct{})}
	p.motor = newMotor(p.opts)
	p.in = newInterpreter(p)
	return p
}

// Close lets go of connections that wait, for their turn or for room in the buffer. It closes no
// connection that is being served.
func (p *Printer) Close() { p.once.Do(func() { close(p.closed) }) }

// Papers gives the last papers, newest first.
func (p *Printer) Papers() []*Paper {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.papers)
}

// Total gives the number of papers that ever came out, torn ones too.
func (p *Printer) Total() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.total
}

// Errors gives the last things that the printer did not understand, oldest first. What it did not
// understand because it had lost bytes itself stands with the paper alone.
func (p *Printer) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
}

// Motion gives what the motor has done so far, in the printer's own clock; all zero without
// [Options].Speed.
func (p *Printer) Motion() Motion {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.motor.done
}

// Changed gives a channel that is closed at the next paper, change of the fault, or error. Take it
// before looking.
func (p *Printer) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *Printer) wake() {
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *Printer) keep(paper *Paper) {
	p.total++
	paper.Seq, paper.At = p.total, p.opts.Now()
	p.papers = slices.Insert(p.papers, 0, paper)
	p.papers = slices.Delete(p.papers, min(len(p.papers), p.opts.Keep), len(p.papers))
	p.motor.stop()
	if p.opts.OnPaper != nil {
		p.opts.OnPaper(paper)
	}
	p.wake()
}

func (p *Printer) note(what string) {
	p.errors = append(p.errors, what)
	p.errors = slices.Delete(p.errors, 0, max(0, len(p.errors)-maxFaults))
	p.wake()
}
