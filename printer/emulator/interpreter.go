package emulator

import (
	"bytes"
	"fmt"
	"slices"

	"layso/printer/escpos"
)

// command is one that the interpreter knows: how it begins, its whole length, and what it does.
type command struct {
	head   []byte
	length int
	asks   bool // leaves no trace on the paper
	run    func(in *interpreter, cmd []byte)
}

// commandsOf gives the commands that such a printer knows.
func commandsOf(o Options) []command {
	known := []command{
		{[]byte{escpos.ESC, '@'}, 2, false, (*interpreter).init},
		{[]byte{escpos.FS, '.'}, 2, false, func(*interpreter, []byte) {}},
		{[]byte{escpos.ESC, '=', 1}, 3, false, func(*interpreter, []byte) {}},
		{[]byte{escpos.ESC, 'd'}, 3, false, func(in *interpreter, cmd []byte) { in.feed(int(cmd[2]) * textLine) }},
		{[]byte{escpos.ESC, 'J'}, 3, false, func(in *interpreter, cmd []byte) { in.feed(int(cmd[2]) / in.p.opts.FeedUnits) }},
		{[]byte{escpos.GS, 'v', '0', 0}, 8, false, (*interpreter).raster},
		{[]byte{escpos.GS, '(', 'D', 3, 0, 0x14, 1}, 8, false, func(in *interpreter, cmd []byte) { in.p.pulseOff = cmd[7]&1 == 0 }},
		{[]byte{escpos.GS, 'r', 1}, 3, true, func(in *interpreter, _ []byte) { in.p.served.answer(in.p.paper()) }},
		{[]byte{escpos.GS, 'a'}, 3, true, func(in *interpreter, cmd []byte) { in.p.watch(cmd[2]) }},
	}
	if o.Cut == AnyCut || o.Cut == CutGSV {
		known = append(known, command{[]byte{escpos.GS, 'V', 66}, 4, false, (*interpreter).feedCut})
	}
	if o.Cut == AnyCut || o.Cut == CutESCi {
		known = append(known, command{[]byte{escpos.ESC, 'i'}, 2, false, (*interpreter).cutCommand})
	}
	if !o.NoProcessID {
		known = append(known, command{[]byte{escpos.GS, '(', 'H', 6, 0, 0x30, 0x30}, 11, true, func(in *interpreter, cmd []byte) {
			in.p.served.answer(0x37, 0x22, cmd[7], cmd[8], cmd[9], cmd[10], 0)
		}})
	}
	return known
}

const (
	// textLine is the height of a line of text at the printer's start, in dots: what ESC d moves by.
	textLine = 30
	// maxRows bounds the paper of one piece, 1 m: a real roll ends too.
	maxRows = 8000
	// maxHeight and maxStride bound one picture, in rows and in bytes of a row.
	maxHeight = 4095
	maxStride = 255
	// maxRaw bounds the bytes that are kept with a paper.
	maxRaw = 1 << 20
	// tearOff is how far paper has to move in one go for a citizen to tear it off, in dots.
	tearOff = 120
)

// interpreter takes the printer's bytes one by one, as its firmware does.
type interpreter struct {
	p        *Printer
	commands []command
	from     int    // the connection of the last byte
	cmd      []byte // a command that is not complete yet
	row      []byte // a raster's row that is not complete yet
	stride   int    // of the raster
	left     int    // rows of the raster still to come
	rubbish  bool   // the raster comes out as such
	blank    int    // rows that were fed since the last picture
	resets   int    // how often it forgot what it was at
	sheet    *sheet
	raw      []byte   // the bytes that the sheet was made of, questions left out
	faults   []string // of the sheet
	lost     int      // bytes of the sheet
	lossy    bool     // what comes may be misunderstood by the printer's own doing
	stray    bool     // what comes may be the rest of a ticket that was forgotten
	torn     bool     // the sheet is not a whole ticket
	noRest   bool     // of the sheet's ticket no more comes
	jam      bool     // the sheet is printed and waits for the cutter
}

func newInterpreter(p *Printer) *interpreter {
	return &interpreter{p: p, commands: commandsOf(p.opts), sheet: newSheet(p.opts.Dots)}
}

// take interprets a byte of that connection.
func (in *interpreter) take(from int, b byte) {
	if from != in.from {
		in.torn = in.torn || in.busy()
		in.lossy = in.lossy || len(in.cmd) > 0 // a command that broke off with its connection is no error
		in.from = from
	}
	if in.left > 0 {
		in.dot(b)
		return
	}
	if b == 0 && len(in.cmd) == 0 {
		return // printers ignore NUL between commands
	}
	in.cmd = append(in.cmd, b)
	known := false
	for _, c := range in.commands {
		n := min(len(c.head), len(in.cmd))
		if !bytes.Equal(c.head[:n], in.cmd[:n]) {
			continue
		}
		if known = true; len(in.cmd) == c.length {
			in.run(c)
			return
		}
	}
	if !known {
		in.fail(fmt.Sprintf("unknown bytes % x", in.cmd))
		in.cmd = in.cmd[:0]
	}
}

// busy reports whether the interpreter is in the middle of a ticket.
func (in *interpreter) busy() bool { return in.sheet.rows() > 0 || in.left > 0 || len(in.cmd) > 0 }

func (in *interpreter) run(c command) {
	cmd := slices.Clone(in.cmd)
	in.cmd = in.cmd[:0]
	if !c.asks {
		in.trace(cmd...)
	}
	c.run(in, cmd)
}

func (in *interpreter) trace(b ...byte) {
	if len(in.raw) < maxRaw {
		in.raw = append(in.raw, b...)
	}
}

// fail keeps an error with the sheet and for the printer.
func (in *interpreter) fail(what string) {
	if len(in.faults) < maxFaults {
		in.faults = append(in.faults, what)
	}
	if !in.lossy {
		in.p.note(what)
	}
}

// init is ESC @: what GS a and GS ( D have set is over. On a clean sheet a ticket begins.
func (in *interpreter) init([]byte) {
	in.p.asb, in.p.pulseOff, in.stray = 0, false, false
	if in.p.fault != Drop && in.p.fault != Swallow {
		in.lossy = false
	}
	if in.sheet.rows() == 0 {
		in.torn, in.lost = false, 0
	}
}

func (in *interpreter) raster(cmd []byte) {
	in.stride = int(cmd[4]) | int(cmd[5])<<8
	in.left = int(cmd[6]) | int(cmd[7])<<8
	in.row = in.row[:0]
	if in.stride*8 > in.p.opts.Dots {
		in.fail(fmt.Sprintf("a raster of %d dots on paper of %d", in.stride*8, in.p.opts.Dots))
	}
	broken := in.left%48 == 0
	if in.rubbish = broken && in.p.opts.Rubbish48; broken {
		in.fail(fmt.Sprintf("a raster of %d rows, a multiple of 48", in.left))
	}
	if in.left > maxHeight || in.stride > maxStride {
		in.fail(fmt.Sprintf("a raster of %d rows of %d bytes is too large", in.left, in.stride))
		in.left = 0
	}
	if in.stride == 0 {
		in.left = 0
	}
}

// dot takes a byte of a raster.
func (in *interpreter) dot(b byte) {
	in.trace(b)
	if in.row = append(in.row, b); len(in.row) < in.stride {
		return
	}
	row := in.row
	in.left--
	in.row, in.blank = in.row[:0], 0
	if in.rubbish {
		for i := range row {
			row[i] = byte(i*in.left) ^ 0x5a
		}
	}
	in.print(row)
}

func (in *interpreter) print(row []byte) {
	if in.sheet.rows() >= maxRows {
		in.fail(fmt.Sprintf("%d rows without a cut", maxRows))
		in.tear()
	}
	in.torn = in.torn || in.stray
	in.sheet.add(row)
	in.p.printed()
}

// feed moves the paper on, until a fault strikes.
func (in *interpreter) feed(dots int) {
	for resets := in.resets; dots > 0 && resets == in.resets && !in.p.fault.stops(); dots-- {
		in.blank++
		in.print(nil)
	}
	if in.p.opts.Cut == NoCutter && in.blank >= tearOff && in.blank < in.sheet.rows() {
		in.cut()
	}
}
