package emulator

// How a sheet leaves the printer: cut, torn off by a citizen, or torn off as a half ticket.

// feedCut is GS V 66: it moves the paper on and cuts.
func (in *interpreter) feedCut(cmd []byte) {
	resets := in.resets
	if in.feed(int(cmd[3])); resets == in.resets && !in.p.fault.stops() {
		in.cutCommand(cmd)
	}
}

func (in *interpreter) cutCommand([]byte) {
	if in.p.coming == Cutter && in.p.rows == 0 && in.sheet.rows() > 0 {
		in.jam = true
		in.p.happen()
		return
	}
	in.cut()
}

// cut ends the sheet. Nothing comes out where nothing was printed.
func (in *interpreter) cut() {
	in.out(in.torn || in.noRest)
	in.torn = false
}

// tear ends a sheet in the middle of its ticket. The rest, if it comes, is on the next one.
func (in *interpreter) tear() {
	if in.sheet.rows() == 0 {
		return
	}
	rest := !in.noRest && !in.jam
	in.out(true)
	in.torn = rest
}

func (in *interpreter) out(torn bool) {
	paper := &Paper{Image: in.sheet, Raw: in.raw, Errors: in.faults, Torn: torn, Lost: in.lost}
	empty := in.sheet.rows() == 0
	in.sheet, in.raw, in.faults, in.lost = newSheet(in.p.opts.Dots), nil, nil, 0
	in.noRest, in.jam, in.blank = false, false, 0
	if !empty {
		in.p.keep(paper)
	}
}

// reset forgets what the interpreter was at. What is on the sheet stays there. The rest of what it
// was at may still be under way.
func (in *interpreter) reset() {
	in.resets++
	if in.p.held > 0 || in.busy() {
		in.stray, in.lossy = true, true
	}
	in.cmd, in.row, in.left, in.jam = nil, nil, 0, false
	in.noRest = in.sheet.rows() > 0
	if !in.noRest {
		in.torn, in.raw, in.faults, in.lost = false, nil, nil, 0
	}
}

// lose notes that the printer lost bytes.
func (in *interpreter) lose(n int) { in.lost, in.lossy = in.lost+n, true }

// mend is what hands do to the sheet: they tear off a ticket whose rest will not come, and free one
// that the cutter held.
func (in *interpreter) mend() {
	switch {
	case in.noRest:
		in.tear()
	case in.jam:
		in.cut()
	}
}
