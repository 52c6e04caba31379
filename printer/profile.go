package printer

// Profile is what the spooler has to know of a kind of printer.
type Profile struct {
	Dots   int  // in a row: 576 on 80 mm, 384 on 58 mm
	Status bool // answers questions; many cheap USB printers only receive
	Cut    bool // has a cutter; otherwise the paper is moved to the tear-off edge
}

// tearOff is how far paper without a cut is moved on, in dots: 17 mm from the print head to the
// edge (facts on printing, section 2).
const tearOff = 136
