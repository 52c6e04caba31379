package printer

import (
	"cmp"
	"maps"
	"slices"

	"layso/printer/escpos"
)

// Cut is how a printer parts the paper.
type Cut string

// The ways. CutFeed moves the paper to the cutter by itself; CutOld has to be told to; where there is
// no cutter the paper is moved to the edge that it is torn off at.
const (
	CutNone Cut = "none"
	CutFeed Cut = "feed" // GS V 66
	CutOld  Cut = "old"  // ESC i
)

// Profile is what the spooler has to know of a kind of printer.
type Profile struct {
	PaperMM int // width of the paper: 80 or 58
	Dots    int // in a row
	DPI     int // 0: 203
	Cut     Cut // empty: CutNone

	Status    bool // answers questions (DLE EOT, GS r); many cheap USB printers only receive
	Auto      bool // tells changes by itself (GS a)
	ProcessID bool // says when a ticket is printed, not just taken (GS ( H)
	NearEnd   bool // is known to have a sensor for the end of the roll; without, millimetres are counted
	Recover   bool // goes on after a jam by command (DLE ENQ 2)
	Clear     bool // throws its buffer away by command (DLE DC4, function 8)

	Band  int           // rows of a raster command; 0: escpos.Band
	Not48 bool          // may print rubbish after a raster of a multiple of 48 rows
	Feed  int           // units of ESC J that make one row; 0: 1
	Trim  bool          // leave out what is blank: for slow wires
	Never []escpos.Pair // what must not stand in a picture; nil: escpos.RealTime
}

// epson is what the manuals of the TM family say (facts on printing, section 2). Whether one has a
// sensor for the near end depends on the model, and is not counted on.
var epson = Profile{
	PaperMM: 80, Dots: 576, Cut: CutFeed, Status: true, Auto: true, ProcessID: true, Recover: true, Clear: true,
	Not48: true, // not theirs, but many a clone is sold as one of them
}

// generic is what nearly every printer and clone can do.
var generic = Profile{PaperMM: 80, Dots: 576, Cut: CutFeed, Status: true, Not48: true}

// profiles is the table, by the name that the installation's file uses.
var profiles = map[string]Profile{
	"epson-80":        epson, // TM-T20, TM-T82 and their successors
	"epson-58":        epson.on(58, 384),
	"tm-t88-180dpi":   {PaperMM: 80, Dots: 512, DPI: 180, Feed: 2, Cut: CutFeed, Status: true, Auto: true, NearEnd: true, Recover: true, Clear: true, Not48: true},
	"generic-80":      generic,
	"generic-58":      generic.on(58, 384),
	"receive-only-80": {PaperMM: 80, Dots: 576, Cut: CutFeed, Not48: true},
	"receive-only-58": {PaperMM: 58, Dots: 384, Not48: true},
	"xprinter-80":     generic,
	"custom-kpm":      {PaperMM: 80, Dots: 576, Cut: CutOld, Status: true, Not48: true},
}

// DefaultProfile is the profile of a printer in software that names none: the one that can everything.
const DefaultProfile = "epson-80"

// Profiles gives the table of known kinds of printers by name.
//
// Nothing in it was tried on a real printer. From manuals are the commands of the Epson ones and the
// ESC i of custom-kpm (VKP80II); the bug of xprinter-80 and the mute cheap ones are from reports of
// their owners. Unverified: which Epson models beside the TM-T88 have a sensor for the near end, that
// ESC J of the 180 dpi TM-T88 counts half rows, that the clones answer GS r, and the status of
// custom-kpm in the common form; its own form (DLE EOT 20) and its presenter are not used.
func Profiles() map[string]Profile { return maps.Clone(profiles) }

// ProfileNames gives their names, sorted.
func ProfileNames() []string { return slices.Sorted(maps.Keys(profiles)) }

// on gives the profile for other paper.
func (p Profile) on(millimetres, dots int) Profile {
	p.PaperMM, p.Dots = millimetres, dots
	return p
}

func (p Profile) dpi() int { return cmp.Or(p.DPI, 203) }

// width is the paper's, in millimetres.
func (p Profile) width() int {
	if p.PaperMM == 0 && p.Dots < 512 {
		return 58
	}
	return cmp.Or(p.PaperMM, 80)
}

// tail is how far the paper is from the print head to the cutter, or to the edge that it is torn off
// at, in millimetres (facts on printing, section 2).
const tail = 17

// millimetres gives how much of the roll a piece with that many rows takes.
func (p Profile) millimetres(rows int) int {
	return (rows*254+p.dpi()*10-1)/(p.dpi()*10) + tail
}

// finish parts the paper.
func (p Profile) finish(data []byte) []byte {
	if p.Cut == CutFeed {
		return escpos.AppendCut(data)
	}
	data = escpos.AppendFeed(data, tail*p.dpi()*10/254*max(p.Feed, 1))
	if p.Cut == CutOld {
		return escpos.AppendOldCut(data)
	}
	return data
}

// picture sends dots. A printer that is believed when it says that a ticket is printed is asked after
// each band, too: one that lost bytes takes the question for dots, and an answer is missing. questions
// is their number.
func (p Profile) picture(data []byte, stride int, pix []byte) (out []byte, questions int) {
	r := escpos.Raster{Stride: stride, Band: p.Band, Not48: p.Not48, Trim: p.Trim, Feed: p.Feed, Never: p.Never}
	if r.Never == nil {
		r.Never = escpos.RealTime
	}
	if p.counts() {
		r.After = escpos.AppendAskPaper(nil)
	}
	out, bands := r.Append(data, pix)
	if !p.counts() {
		bands = 0
	}
	return out, bands
}

// counts reports whether the answers within a ticket are counted.
func (p Profile) counts() bool { return p.Status && p.ProcessID }

// begin puts the printer into a known state. ESC @ also ends the automatic status.
func (p Profile) begin(data []byte) []byte {
	if data = escpos.AppendInit(data); p.Auto {
		data = escpos.AppendAuto(data)
	}
	return data
}

// blank fills up a picture that broke off and parts the paper: what a printer takes for dots is white,
// and nothing at all what it takes for commands.
func (p Profile) blank(data []byte) []byte {
	band := cmp.Or(p.Band, escpos.Band) + 16
	return p.finish(escpos.AppendBlank(data, band*((p.Dots+7)/8)))
}

// confirms is the most that the printer can say of a ticket: a [kiosk.PrinterStatus]'s Confirms.
func (p Profile) confirms() string {
	switch {
	case p.Status && p.ProcessID:
		return "printed"
	case p.Status:
		return "taken"
	}
	return "nothing"
}
