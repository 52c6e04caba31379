package emulator

import (
	"image"
	"slices"
	"sync"
	"time"
)

// Fault is what is wrong with the printer. The values are the fault codes of package printer.
type Fault string

// The faults. All but PaperLow put the printer off line. Offline has no cause that it would tell,
// as when somebody holds its FEED button.
const (
	None      Fault = ""
	PaperOut  Fault = "paper_out"
	PaperLow  Fault = "paper_low"
	CoverOpen Fault = "cover_open"
	Cutter    Fault = "cutter"
	Offline   Fault = "offline"
)

// Valid reports whether f is one of the faults.
func (f Fault) Valid() bool {
	return slices.Contains([]Fault{None, PaperOut, PaperLow, CoverOpen, Cutter, Offline}, f)
}

func (f Fault) stops() bool { return f != None && f != PaperLow }

// Options are a printer's settings; zero values give an 80 mm printer.
type Options struct {
	Dots   int              // dots in a row; 0: 576
	Keep   int              // papers that are kept; 0: 20
	Buffer int              // bytes of the receive buffer; 0: 64 KiB
	Now    func() time.Time // nil: time.Now
}

// Paper is one piece of paper that was cut off. It is immutable.
type Paper struct {
	Seq    int         // counts the printer's papers, from 1
	At     time.Time   // when it was cut
	Image  image.Image // two colours
	Raw    []byte      // the bytes it was made of, status questions left out
	Errors []string    // what the printer did not understand while it printed this
}

// maxFaults bounds the errors that are kept.
const maxFaults = 100

// Printer is the emulator. Its methods may be called by several goroutines.
type Printer struct {
	opts Options
	line chan struct{} // held by the connection that is served: bytes of two never mix

	mu      sync.Mutex
	in      *interpreter
	fault   Fault
	pending []byte        // received, not yet interpreted; empty unless a fault stops the printer
	asker   *wire         // who sent last: answers to GS r go there
	papers  []*Paper      // newest first
	errors  []string      // oldest first
	total   int           // papers ever printed
	changed chan struct{} // closed at the next paper, fault or error
	closed  chan struct{}
	once    sync.Once
}

// New gives a printer that is ready and has paper.
func New(opts Options) *Printer {
	if opts.Dots == 0 {
		opts.Dots = 576
	}
	if opts.Keep == 0 {
		opts.Keep = 20
	}
	if opts.Buffer == 0 {
		opts.Buffer = 64 << 10
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	p := &Printer{opts: opts, line: make(chan struct{}, 1), changed: make(chan struct{}), closed: make(chan struct{})}
	p.in = &interpreter{dots: opts.Dots, sheet: newSheet(opts.Dots), done: p.keep, ask: p.answerPaper, fault: p.note}
	return p
}

// Close lets go of connections that wait, for their turn or for room in the buffer. It closes no
// connection that is being served.
func (p *Printer) Close() { p.once.Do(func() { close(p.closed) }) }

// SetFault breaks the printer, or mends it with [None]: then it prints what it has received.
func (p *Printer) SetFault(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = f
	p.pump()
	p.wake()
}

// Fault gives what is wrong with it.
func (p *Printer) Fault() Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fault
}

// Papers gives the last papers, newest first.
func (p *Printer) Papers() []*Paper {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.papers)
}

// Total gives the number of papers ever printed.
func (p *Printer) Total() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.total
}

// Errors gives the last things that the printer did not understand, oldest first.
func (p *Printer) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
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
	p.papers = p.papers[:min(len(p.papers), p.opts.Keep)]
	p.wake()
}

func (p *Printer) note(what string) {
	p.errors = append(p.errors, what)
	p.errors = p.errors[max(0, len(p.errors)-maxFaults):]
	p.wake()
}

// pump interprets what was received, unless a fault stops the printer.
func (p *Printer) pump() {
	if p.fault.stops() {
		return
	}
	for _, b := range p.pending {
		p.in.take(b)
	}
	p.pending = p.pending[:0]
}

// receive takes bytes into the buffer, and waits where that is full: false when the printer was
// closed meanwhile.
func (p *Printer) receive(from *wire, data []byte) bool {
	for len(data) > 0 {
		p.mu.Lock()
		p.asker = from
		n := min(len(data), p.opts.Buffer-len(p.pending))
		p.pending = append(p.pending, data[:n]...)
		p.pump()
		changed := p.changed
		full := len(p.pending) == p.opts.Buffer
		p.mu.Unlock()
		if data = data[n:]; full && len(data) > 0 {
			select {
			case <-changed:
			case <-from.gone:
				return false
			case <-p.closed:
				return false
			}
		}
	}
	return true
}

// answerPaper answers GS r: bits 0, 1 near the end, bits 2, 3 none.
func (p *Printer) answerPaper() {
	var b byte
	if p.fault == PaperLow {
		b = 0x03
	}
	p.asker.answer(b)
}

// now gives the answer to DLE EOT n (facts on printing, section 2).
func (p *Printer) now(n byte) byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := byte(0x12)
	switch {
	case n == 1 && p.fault.stops():
		b |= 0x08
	case n == 2 && p.fault == CoverOpen:
		b |= 0x04
	case n == 2 && p.fault == PaperOut:
		b |= 0x20
	case n == 3 && p.fault == Cutter:
		b |= 0x08
	case n == 4 && p.fault == PaperLow:
		b |= 0x0c
	case n == 4 && p.fault == PaperOut:
		b |= 0x6c
	}
	return b
}
