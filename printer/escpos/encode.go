package escpos

import "bytes"

// Control bytes that begin commands.
const (
	DLE = 0x10
	ESC = 0x1b
	FS  = 0x1c
	GS  = 0x1d
)

// Band is the usual number of rows sent in one raster command. The motor runs on while bands come
// back to back, and 128 rows of 80 mm paper are 9 kB, which the small buffers swallow in pieces.
const Band = 128

// brokenHeight: a widespread clone prints rubbish after a raster whose height is a multiple of 48
// rows (hennedo/escpos issue 22, python-escpos issue 424).
const brokenHeight = 48

// padRows are the white rows that are added to such a band.
const padRows = 8

// AppendInit begins a job: the printer's settings return to their defaults, and it leaves the
// Chinese character mode in which clones wake up. It belongs at a job's start; at the end it can
// throw away the beginning of the next job.
func AppendInit(dst []byte) []byte {
	return append(dst, ESC, '@', FS, '.')
}

// AppendRaster prints rows of packed dots, stride bytes each, most significant bit left, 1 = black.
// They go out in bands of at most band rows (1-65535, no multiple of 48). An incomplete last row is
// left out.
//
// Three pairs of bytes inside the data would be taken for real-time commands; one of them fires a
// cash drawer. There one white dot beside a black one turns black.
func AppendRaster(dst []byte, stride int, pix []byte, band int) []byte {
	for rows := len(pix) / stride; rows > 0; {
		n := min(rows, band)
		height := n
		if height%brokenHeight == 0 {
			height += padRows
		}
		dst = append(dst, GS, 'v', '0', 0, byte(stride), byte(stride>>8), byte(height), byte(height>>8))
		start := len(dst)
		dst = append(dst, pix[:n*stride]...)
		dst = append(dst, make([]byte, (height-n)*stride)...)
		defuse(dst[start:])
		pix, rows = pix[n*stride:], rows-n
	}
	return dst
}

// defuse breaks up what a printer would take for DLE EOT, DLE ENQ or DLE DC4.
func defuse(data []byte) {
	for at := 0; ; {
		i := bytes.IndexByte(data[at:], DLE)
		if i < 0 || at+i+1 >= len(data) {
			return
		}
		at += i
		if next := data[at+1]; next == 0x04 || next == 0x05 || next == 0x14 {
			data[at] |= DLE >> 1
		}
		at++
	}
}

// AppendFeed moves the paper on by dots rows (1/8 mm on the usual heads).
func AppendFeed(dst []byte, dots int) []byte {
	for ; dots > 0; dots -= 255 {
		dst = append(dst, ESC, 'J', byte(min(dots, 255)))
	}
	return dst
}

// AppendCut moves the paper to the cutter and cuts it, but for a corner that holds it.
func AppendCut(dst []byte) []byte {
	return append(dst, GS, 'V', 66, 0)
}

// AppendBlank gives n bytes that do nothing, whether a printer takes them as commands or as the
// rest of a raster that broke off: white dots.
func AppendBlank(dst []byte, n int) []byte {
	return append(dst, make([]byte, n)...)
}

// AppendAskNow asks for one of the four kinds of status (1-4), DLE EOT: answered at once, also
// while the printer is off line or busy.
func AppendAskNow(dst []byte, n int) []byte {
	return append(dst, DLE, 0x04, byte(n))
}

// AppendAskPaper asks for the paper sensors, GS r: answered when all that was sent before it has
// been dealt with, and not at all while the printer is off line.
func AppendAskPaper(dst []byte) []byte {
	return append(dst, GS, 'r', 1)
}
