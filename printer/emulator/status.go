package emulator

// now gives the answer to DLE EOT n (facts on printing, section 2).
func (p *Printer) now(n byte) byte {
	b := byte(0x12)
	set := func(question byte, mask byte, faults ...Fault) {
		for _, f := range faults {
			if n == question && p.fault == f {
				b |= mask
			}
		}
	}
	if n == 1 && p.fault.stops() {
		b |= 0x08
	}
	set(2, 0x04, CoverOpen)
	set(2, 0x08, Offline)
	set(2, 0x20, PaperOut)
	set(2, 0x40, Cutter, Hot, Fatal)
	set(3, 0x08, Cutter)
	set(3, 0x20, Fatal)
	set(3, 0x40, Hot)
	set(4, 0x60, PaperOut)
	if p.nearEnd() {
		set(4, 0x0c, PaperLow, PaperOut)
	}
	return b
}

// nearEnd reports whether the near-end sensor sees no paper.
func (p *Printer) nearEnd() bool {
	return !p.opts.NoNearEnd && (p.fault == PaperLow || p.fault == PaperOut)
}

// paper gives the paper sensors as GS r 1 and the third byte of an automatic status do: bits 0, 1
// near the end, bits 2, 3 none.
func (p *Printer) paper() (b byte) {
	if p.nearEnd() {
		b |= 0x03
	}
	if p.fault == PaperOut {
		b |= 0x0c
	}
	return b
}

// auto gives the four bytes of the automatic status.
func (p *Printer) auto() [4]byte {
	s := [4]byte{0x10, 0, p.paper(), 0}
	if p.fault.stops() {
		s[0] |= 0x08
	}
	switch p.fault {
	case CoverOpen:
		s[0] |= 0x20
	case Offline:
		s[0] |= 0x40
	case Cutter:
		s[1] |= 0x08
	case Fatal:
		s[1] |= 0x20
	case Hot:
		s[1] |= 0x40
	}
	return s
}

// watch is GS a: from now on the printer tells by itself what changes, and at once what is.
func (p *Printer) watch(mask byte) {
	p.asb = mask
	if p.told = p.auto(); mask != 0 {
		p.served.answer(p.told[:]...)
	}
}

// report tells what has changed, as far as it was asked to: bit 1 on line, 2 errors, 3 paper.
func (p *Printer) report() {
	s, before := p.auto(), p.told
	p.told = s
	for i, bit := range [...]byte{0x02, 0x04, 0x08} {
		if p.asb&bit != 0 && s[i] != before[i] {
			p.served.answer(s[:]...)
			return
		}
	}
}
