package emulator

import (
	"bytes"
	"fmt"

	"layso/printer/escpos"
)

// command is one that the interpreter knows: how it begins, its whole length, and what it does.
type command struct {
	head   []byte
	length int
	run    func(in *interpreter, cmd []byte)
}

var commands = []command{
	{[]byte{escpos.ESC, '@'}, 2, func(*interpreter, []byte) {}},
	{[]byte{escpos.FS, '.'}, 2, func(*interpreter, []byte) {}},
	{[]byte{escpos.ESC, '=', 1}, 3, func(*interpreter, []byte) {}},
	{[]byte{escpos.ESC, 'd'}, 3, func(in *interpreter, cmd []byte) { in.feed(int(cmd[2]) * textLine) }},
	{[]byte{escpos.ESC, 'J'}, 3, func(in *interpreter, cmd []byte) { in.feed(int(cmd[2])) }},
	{[]byte{escpos.GS, 'v', '0', 0}, 8, (*interpreter).raster},
	{[]byte{escpos.GS, 'V', 66}, 4, (*interpreter).cut},
	{[]byte{escpos.GS, 'r', 1}, 3, func(in *interpreter, _ []byte) { in.ask() }},
}

// textLine is the height of a line of text at the printer's start, in dots: what ESC d moves by.
const textLine = 30

// maxRows bounds the paper of one piece, 1 m: a real roll ends too.
const maxRows = 8000

// interpreter takes the printer's bytes one by one, as its firmware does.
type interpreter struct {
	dots   int
	cmd    []byte // a command that is not complete yet
	row    []byte // a raster's row that is not complete yet
	stride int    // of the raster
	left   int    // rows of the raster still to come
	sheet  *sheet
	raw    []byte            // the bytes that the sheet was made of, questions left out
	faults []string          // of the sheet
	done   func(*Paper)      // takes the paper that was cut off
	ask    func()            // answers GS r
	fault  func(what string) // takes every error
}

func (in *interpreter) take(b byte) {
	if in.left > 0 {
		in.dot(b)
		return
	}
	if b == 0 && len(in.cmd) == 0 {
		return // printers ignore NUL between commands
	}
	in.cmd = append(in.cmd, b)
	known := false
	for _, c := range commands {
		n := min(len(c.head), len(in.cmd))
		if !bytes.Equal(c.head[:n], in.cmd[:n]) {
			continue
		}
		if known = true; len(in.cmd) == c.length {
			cmd := in.cmd
			in.cmd = nil
			if cmd[1] != 'r' {
				in.raw = append(in.raw, cmd...)
			}
			c.run(in, cmd)
			return
		}
	}
	if !known {
		in.fail(fmt.Sprintf("unknown bytes % x", in.cmd))
		in.cmd = in.cmd[:0]
	}
}

// fail keeps an error with the sheet and for the printer.
func (in *interpreter) fail(what string) {
	if len(in.faults) < maxFaults {
		in.faults = append(in.faults, what)
	}
	in.fault(what)
}

func (in *interpreter) raster(cmd []byte) {
	in.stride = int(cmd[4]) | int(cmd[5])<<8
	in.left = int(cmd[6]) | int(cmd[7])<<8
	if in.stride*8 > in.dots {
		in.fail(fmt.Sprintf("a raster of %d dots on paper of %d", in.stride*8, in.dots))
	}
	if in.left%48 == 0 {
		in.fail(fmt.Sprintf("a raster of %d rows, a multiple of 48", in.left))
	}
	if in.stride == 0 {
		in.left = 0
	}
}

// dot takes a byte of a raster.
func (in *interpreter) dot(b byte) {
	in.raw = append(in.raw, b)
	if in.row = append(in.row, b); len(in.row) < in.stride {
		return
	}
	in.print(in.row)
	in.row = in.row[:0]
	in.left--
}

func (in *interpreter) print(row []byte) {
	if in.sheet.rows() >= maxRows {
		in.fail(fmt.Sprintf("%d rows without a cut", maxRows))
		in.cut(nil)
	}
	in.sheet.add(row)
}

func (in *interpreter) feed(dots int) {
	for range dots {
		in.print(nil)
	}
}

// cut ends the sheet. Nothing comes out where nothing was printed.
func (in *interpreter) cut([]byte) {
	if in.sheet.rows() > 0 {
		in.done(&Paper{Image: in.sheet, Raw: in.raw, Errors: in.faults})
	}
	in.sheet, in.raw, in.faults = newSheet(in.dots), nil, nil
}
