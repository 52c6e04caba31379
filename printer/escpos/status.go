package escpos

// Status is what a printer says of itself.
type Status struct {
	Offline   bool // takes no jobs, for one of the reasons below or because of its FEED button
	CoverOpen bool
	PaperOut  bool
	PaperLow  bool // near the end; needs a sensor that not every printer has
	Cutter    bool // the cutter is jammed
	Error     bool // another error; the two below say which where the printer tells
	Fatal     bool // it needs to be switched off and on
	Passing   bool // it recovers by itself, e.g. a hot print head
}

// Questions is the number of kinds of status: [AppendAskNow] takes 1 to Questions.
const Questions = 4

// Merge takes in the answer b to question n (1-4). The bits stand in the facts on printing,
// section 2; those that differ from model to model are not looked at.
func (s *Status) Merge(n int, b byte) {
	set := func(flag *bool, mask byte) { *flag = *flag || b&mask != 0 }
	switch n {
	case 1:
		set(&s.Offline, 0x08)
	case 2:
		set(&s.CoverOpen, 0x04)
		set(&s.PaperOut, 0x20)
		set(&s.Error, 0x40)
	case 3:
		set(&s.Cutter, 0x08)
		set(&s.Fatal, 0x20)
		set(&s.Passing, 0x40)
	case 4:
		set(&s.PaperLow, 0x0c)
		set(&s.PaperOut, 0x60)
	}
}

// Kind tells the answers on a printer's stream apart.
type Kind int

// Nothing: more bytes are needed, or the byte means nothing to us (flow control, line noise).
// Now answers [AppendAskNow]; Paper answers [AppendAskPaper]; Auto is the four bytes of an
// automatic status; Process is the number of a printed job. The last two are never asked for here
// but are known, so that their bytes are not taken for something else.
const (
	Nothing Kind = iota
	Now
	Paper
	Auto
	Process
)

// Reply is one answer. Data is valid until the next byte is fed: one byte for Now and Paper, four
// for Auto and Process.
type Reply struct {
	Kind Kind
	Data []byte
}

// PaperOut reports whether a Paper reply says that there is none left.
func (r Reply) PaperOut() bool { return r.Kind == Paper && r.Data[0]&0x0c != 0 }

// Demux takes a printer's stream apart. The fixed bits of a byte say what it begins (facts on
// printing, section 2, after Epson's appendix G). The zero Demux is ready.
type Demux struct {
	kind Kind
	want int // bytes that complete the reply
	data []byte
}

// Feed takes the next byte, and gives a reply where it completes one.
func (d *Demux) Feed(b byte) Reply {
	if d.want == 0 {
		return d.begin(b)
	}
	if d.kind == Auto && b&0x90 != 0 || d.kind == Process && len(d.data) == 0 && b != 0x22 {
		*d = Demux{} // broken off: the byte begins something else
		return d.begin(b)
	}
	d.data = append(d.data, b)
	if len(d.data) < d.want {
		return Reply{}
	}
	r := Reply{d.kind, d.data}
	if d.kind == Process {
		r.Data = d.data[1:5] // 22 d1-d4 00
	}
	*d = Demux{}
	return r
}

func (d *Demux) begin(b byte) Reply {
	switch {
	case b&0x93 == 0x12:
		return Reply{Now, []byte{b}}
	case b&0x93 == 0x10:
		*d = Demux{kind: Auto, want: 4, data: []byte{b}}
	case b == 0x37:
		*d = Demux{kind: Process, want: 6}
	case b&0x90 == 0x00:
		return Reply{Paper, []byte{b}}
	}
	return Reply{}
}
