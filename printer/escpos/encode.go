package escpos

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

// AppendInit begins a job: the printer's settings return to their defaults, and it leaves the
// Chinese character mode in which clones wake up. It belongs at a job's start; at the end it can
// throw away the beginning of the next job.
func AppendInit(dst []byte) []byte {
	return append(dst, ESC, '@', FS, '.')
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

// AppendOldCut cuts where the paper is, ESC i: move it to the cutter first. Kiosk printers of the
// Custom make, and the old ones, know this cut alone.
func AppendOldCut(dst []byte) []byte { return append(dst, ESC, 'i') }

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

// AppendAuto makes the printer tell by itself when it goes on or off line, has an error, or its paper
// sensors change: GS a. It also tells how it is now. ESC @ switches this off again.
func AppendAuto(dst []byte) []byte { return append(dst, GS, 'a', 0x0e) }

// AppendProcessID makes the printer say the four characters of id (32-126) when all before it is
// printed: GS ( H, function 48.
func AppendProcessID(dst []byte, id [4]byte) []byte {
	return append(append(dst, GS, '(', 'H', 6, 0, 48, 48), id[:]...)
}

// AppendRecover lets a printer go on after an error that somebody has seen to, such as a jammed cutter,
// and throws away what it had received: DLE ENQ 2. Without such an error it does nothing.
func AppendRecover(dst []byte) []byte { return append(dst, DLE, 0x05, 2) }

// AppendClear throws away what the printer has received and not yet printed: DLE DC4, function 8. It
// answers with a [Cleared].
func AppendClear(dst []byte) []byte {
	return append(dst, DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8)
}
