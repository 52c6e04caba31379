package emulator

import "slices"

// Fault is what is wrong with the printer. The values of those that a printer tells are the fault
// codes of package printer.
type Fault string

// The faults. In those from PaperOut to Offline it prints nothing, says why, and is off line. Those
// from Silent on it does not tell.
const (
	None Fault = ""

	PaperLow  Fault = "paper_low"  // it prints
	PaperOut  Fault = "paper_out"  // what was printed of a ticket falls out with the end of the roll
	CoverOpen Fault = "cover_open" //
	Cutter    Fault = "cutter"     // it is jammed; one that is to come later strikes at a cut
	Hot       Fault = "hot"        // the print head; it recovers by itself
	Fatal     Fault = "fatal"      // must be switched off and on: mending it is a [Restart]
	Offline   Fault = "offline"    // somebody holds its FEED button

	Silent      Fault = "silent"      // prints, answers nothing
	Swallow     Fault = "swallow"     // takes bytes, prints nothing, answers nothing
	Drop        Fault = "drop"        // loses bytes of jobs, and answers that all is well
	Slow        Fault = "slow"        // takes one byte a second
	Garbage     Fault = "garbage"     // prints, and answers what no printer answers
	Unreachable Fault = "unreachable" // the wire can't be opened, an open one is cut

	// These two happen and are over.
	HangUp  Fault = "hang_up" // closes the connection, keeps what it has received
	Restart Fault = "restart" // off and on: what it held is lost, the half ticket torn off, the connection closed
)

var faults = []Fault{
	None, PaperLow, PaperOut, CoverOpen, Cutter, Hot, Fatal, Offline,
	Silent, Swallow, Drop, Slow, Garbage, Unreachable, HangUp, Restart,
}

// Faults gives all faults, None first.
func Faults() []Fault { return slices.Clone(faults) }

// Valid reports whether f is one of the faults.
func (f Fault) Valid() bool { return slices.Contains(faults, f) }

// stops reports whether the printer prints nothing and is off line.
func (f Fault) stops() bool {
	return slices.Contains([]Fault{PaperOut, CoverOpen, Cutter, Hot, Fatal, Offline}, f)
}

// byHand reports whether somebody has the printer's paper in his hands when he mends it.
func (f Fault) byHand() bool { return slices.Contains([]Fault{PaperOut, CoverOpen, Cutter}, f) }

// SetFault breaks the printer, or mends it with [None]: then it prints what it still holds. What was
// to come ([Printer.FailAfter]) does not come any more.
func (p *Printer) SetFault(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.coming, p.rows = None, 0
	p.strike(f)
	p.pump()
	p.wake()
}

// FailAfter breaks the printer in the middle: when that many more rows have been printed, rows
// without a dot counted too. [Cutter] waits for the cut after them. It mends nothing.
func (p *Printer) FailAfter(f Fault, rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.coming, p.rows = f, max(rows, 1)
	p.wake()
}

// Fault gives what is wrong with it.
func (p *Printer) Fault() Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fault
}

// Coming gives the fault that is to come, and after how many more rows; [None] for nothing.
func (p *Printer) Coming() (Fault, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.coming, p.rows
}

// strike makes f the printer's state. The lock is held, as for all that follows.
func (p *Printer) strike(f Fault) {
	before := p.fault
	switch {
	case f == HangUp:
		p.served.hangUp()
		return
	case f == Restart || before == Fatal && f == None:
		p.restart()
		f = None
	case f == Unreachable:
		p.served.hangUp()
	case f == PaperOut && before != PaperOut:
		p.in.tear() // the end of the roll falls out
	}
	if before.byHand() && !f.byHand() {
		p.mended()
	}
	if p.fault = f; f == Drop {
		p.dropped = 0
	}
	p.report()
}

// mended is what happens when paper is put in, the cover closed, or a jam removed.
func (p *Printer) mended() {
	if p.opts.DropsLeftovers {
		p.clear()
	}
	p.in.mend()
}

// restart is a power cycle.
func (p *Printer) restart() {
	p.clear()
	p.in.tear()
	p.asb, p.pulseOff = 0, false
	p.served.hangUp()
}

// clear forgets what was received and not printed.
func (p *Printer) clear() {
	p.in.reset()
	p.pending, p.held = nil, 0
}

// printed is told of each row that comes out.
func (p *Printer) printed() {
	p.motor.row()
	if p.coming == None || p.rows == 0 {
		return
	}
	if p.rows--; p.rows == 0 && p.coming != Cutter {
		p.happen()
	}
}

// happen lets the fault strike that was to come.
func (p *Printer) happen() {
	f := p.coming
	p.coming = None
	p.strike(f)
	p.wake()
}
