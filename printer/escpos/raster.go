package escpos

import "bytes"

// Raster says how a picture goes out. The zero value but for Stride sends it as it is.
type Raster struct {
	Stride int  // bytes a row
	Band   int  // rows in one command at most, 1-65535; 0: [Band]
	Not48  bool // the printer prints rubbish after a band of a multiple of 48 rows
	Trim   bool // leave out blank rows and what is blank at the right: pays where the wire is slow
	Feed   int  // units of ESC J that make one row; 0: 1
	Never  []Pair
	After  []byte // goes out after each picture's band, e.g. a question; a printer that lost bytes takes it for dots
}

// Pair is two bytes in a row that a printer must not get inside a picture.
type Pair [2]byte

// RealTime are the pairs that a printer takes for real-time commands wherever they stand; the third
// fires a cash drawer.
var RealTime = []Pair{{DLE, 0x04}, {DLE, 0x05}, {DLE, 0x14}}

// brokenHeight: a widespread clone prints rubbish after a raster whose height is a multiple of 48
// rows (hennedo/escpos issue 22, python-escpos issue 424).
const brokenHeight = 48

// padRows are the white rows that are added to such a band where no other follows.
const padRows = 8

// worthAFeed is how many blank rows it takes to skip them: two bands cost more than a few rows.
const worthAFeed = 16

// AppendRaster sends rows of packed dots in bands of at most band rows, as every printer takes them.
func AppendRaster(dst []byte, stride int, pix []byte, band int) []byte {
	dst, _ = Raster{Stride: stride, Band: band, Not48: true, Never: RealTime}.Append(dst, pix)
	return dst
}

// Append prints rows of packed dots, Stride bytes each, most significant bit left, 1 = black. An
// incomplete last row is left out. Where a pair that must not be sent comes up, one white dot turns
// black in it. It also gives the number of bands.
func (r Raster) Append(dst, pix []byte) (out []byte, bands int) {
	if r.Band == 0 {
		r.Band = Band
	}
	pix = pix[:len(pix)/r.Stride*r.Stride]
	for len(pix) > 0 {
		if blank := r.blank(pix); r.Trim && blank >= worthAFeed || r.Trim && blank*r.Stride == len(pix) {
			dst = AppendFeed(dst, blank*max(r.Feed, 1))
			pix = pix[blank*r.Stride:]
			continue
		}
		n := r.height(pix)
		dst = r.band(dst, pix[:n*r.Stride], n*r.Stride == len(pix))
		pix = pix[n*r.Stride:]
		bands++
	}
	return dst, bands
}

// blank counts the blank rows at the top.
func (r Raster) blank(pix []byte) int {
	return (len(pix) - len(bytes.TrimLeft(pix, "\x00"))) / r.Stride
}

// height gives the rows of the next band: up to the next gap that is worth a feed, and none that the
// printer does not bear while another can follow.
func (r Raster) height(pix []byte) int {
	rows := len(pix) / r.Stride
	n := min(rows, r.Band)
	if r.Trim {
		for y := 1; y < n; y++ {
			if blank := r.blank(pix[y*r.Stride:]); blank >= worthAFeed || y+blank == rows {
				n = y
			} else {
				y += blank
			}
		}
	}
	if r.Not48 && n%brokenHeight == 0 && n < rows {
		n -= padRows
	}
	return n
}

func (r Raster) band(dst, pix []byte, last bool) []byte {
	rows, width := len(pix)/r.Stride, r.Stride
	if r.Trim {
		width = r.width(pix)
	}
	height := rows
	if r.Not48 && last && height%brokenHeight == 0 {
		height += padRows
	}
	dst = append(dst, GS, 'v', '0', 0, byte(width), byte(width>>8), byte(height), byte(height>>8))
	start := len(dst)
	for y := range rows {
		dst = append(dst, pix[y*r.Stride:][:width]...)
	}
	dst = append(dst, make([]byte, (height-rows)*width)...)
	r.defuse(dst[start:])
	return append(dst, r.After...)
}

// width gives the bytes of a row up to the last black dot, at least one.
func (r Raster) width(pix []byte) int {
	width := 1
	for row := pix; len(row) > 0; row = row[r.Stride:] {
		width = max(width, len(bytes.TrimRight(row[:r.Stride], "\x00")))
	}
	return width
}

// defuse breaks up the pairs that must not be sent, by a dot in their first byte or, where that is
// black already, in their second.
func (r Raster) defuse(data []byte) {
	for _, never := range r.Never {
		for at := 0; ; at++ {
			i := bytes.Index(data[at:], never[:])
			if i < 0 {
				break
			}
			at += i
			data[at] |= never[0] >> 1 // beside a black dot, where it is seen least
			if data[at] == never[0] {
				data[at+1] |= 1
			}
		}
	}
}
