package escpos

// Kind tells the answers on a printer's stream apart.
type Kind int

// Nothing: more bytes are needed, or the byte is flow control or makes no sense. Now answers
// [AppendAskNow]; Paper answers [AppendAskPaper]; Auto is the four bytes of an automatic status, see
// [AppendAuto]; Process is the number of a printed job, see [AppendProcessID]; Cleared says that
// [AppendClear] is done.
const (
	Nothing Kind = iota
	Now
	Paper
	Auto
	Process
	Cleared
)

// Reply is one answer. Data is valid until the next byte is fed: one byte for Now and Paper, four
// for Auto and Process, none for Cleared.
type Reply struct {
	Kind Kind
	Data []byte
}

// PaperOut reports whether a Paper reply says that there is none left.
func (r Reply) PaperOut() bool { return r.Kind == Paper && r.Data[0]&0x0c != 0 }

// Demux takes a printer's stream apart. The fixed bits of a byte say what it begins (facts on
// printing, section 2, after Epson's appendix G). The zero Demux is ready.
type Demux struct {
	// Strange counts the bytes that no printer sends, and those of answers that broke off.
	Strange int

	data [7]byte // of an answer of several bytes, as far as it is there
	n    int
}

// Flow control may stand anywhere, also inside an answer.
const (
	xon  = 0x11
	xoff = 0x13
)

const (
	headHead    = 0x37 // begins what is named by the next byte
	headProcess = 0x22
	headCleared = 0x25
)

// Feed takes the next byte, and gives a reply where it completes one.
func (d *Demux) Feed(b byte) Reply {
	if b == xon || b == xoff {
		return Reply{}
	}
	if d.n > 0 && !d.fits(b) {
		d.Strange += d.n
		d.n = 0
	}
	if d.n == 0 && !begins(b) {
		return d.single(b)
	}
	d.data[d.n] = b
	d.n++
	return d.whole()
}

// begins reports whether b is the first byte of an answer of several.
func begins(b byte) bool { return b&0x93 == 0x10 || b == headHead }

// single gives an answer of one byte.
func (d *Demux) single(b byte) Reply {
	d.data[0] = b
	switch {
	case b&0x93 == 0x12:
		return Reply{Now, d.data[:1]}
	case b&0x90 == 0x00:
		return Reply{Paper, d.data[:1]}
	}
	d.Strange++
	return Reply{}
}

// fits reports whether b can be the next byte of what has begun.
func (d *Demux) fits(b byte) bool {
	switch {
	case d.data[0] != headHead:
		return b&0x90 == 0x00
	case d.n == 1:
		return b == headProcess || b == headCleared
	case d.data[1] == headCleared || d.n == 6:
		return b == 0
	}
	return b >= 32 && b <= 126
}

// whole gives the answer whose last byte has come.
func (d *Demux) whole() Reply {
	var r Reply
	switch {
	case d.data[0] != headHead && d.n == 4:
		r = Reply{Auto, d.data[:4]}
	case d.data[0] == headHead && d.data[1] == headProcess && d.n == 7:
		r = Reply{Process, d.data[2:6]}
	case d.data[0] == headHead && d.data[1] == headCleared && d.n == 3:
		r = Reply{Cleared, nil}
	default:
		return r
	}
	d.n = 0
	return r
}
