package panel

import (
	"strings"
	"unicode"
)

// The segments of a digit.
const (
	segPoint = 0x80
	segA     = 0x40 // top
	segB     = 0x20 // right, above
	segC     = 0x10 // right, below
	segD     = 0x08 // bottom
	segE     = 0x04 // left, below
	segF     = 0x02 // left, above
	segG     = 0x01 // middle
)

// glyphs are what seven segments can show. Small shapes are used where the capital would be a digit: an o is
// no 0, an I stands on the left, where a 1 stands on the right.
var glyphs = map[rune]byte{
	'0': segA | segB | segC | segD | segE | segF,
	'1': segB | segC,
	'2': segA | segB | segD | segE | segG,
	'3': segA | segB | segC | segD | segG,
	'4': segB | segC | segF | segG,
	'5': segA | segC | segD | segF | segG,
	'6': segA | segC | segD | segE | segF | segG,
	'7': segA | segB | segC,
	'8': segA | segB | segC | segD | segE | segF | segG,
	'9': segA | segB | segC | segD | segF | segG,
	'A': segA | segB | segC | segE | segF | segG,
	'B': segC | segD | segE | segF | segG,
	'C': segA | segD | segE | segF,
	'D': segB | segC | segD | segE | segG,
	'E': segA | segD | segE | segF | segG,
	'F': segA | segE | segF | segG,
	'G': segA | segC | segD | segE | segF,
	'H': segB | segC | segE | segF | segG,
	'I': segE | segF,
	'J': segB | segC | segD | segE,
	'L': segD | segE | segF,
	'N': segC | segE | segG,
	'O': segC | segD | segE | segG,
	'P': segA | segB | segE | segF | segG,
	'Q': segA | segB | segC | segF | segG,
	'R': segE | segG,
	'S': segA | segC | segD | segF | segG, // as 5
	'T': segD | segE | segF | segG,
	'U': segB | segC | segD | segE | segF,
	'Y': segB | segC | segD | segF | segG,
	'Z': segA | segB | segD | segE | segG, // as 2
	'-': segG,
	' ': 0,
}

// Draw gives a ticket's number on a panel of so many digits, at the right; see the package's comment for
// what it leaves away.
func Draw(number string, digits int) Digits {
	text := []rune(number)
	if len(text) > digits || !drawable(text) {
		text = []rune(strings.Map(figures, number))
	}
	text = text[max(0, len(text)-digits):]
	out := make(Digits, digits)
	for i, r := range text {
		out[digits-len(text)+i] = glyphs[r]
	}
	return out
}

func drawable(text []rune) bool {
	for _, r := range text {
		if _, ok := glyphs[r]; !ok {
			return false
		}
	}
	return true
}

// figures keeps what is a digit.
func figures(r rune) rune {
	if unicode.Is(unicode.Nd, r) && r < unicode.MaxASCII {
		return r
	}
	return -1
}

// dashes stand for a counter that calls nobody.
func dashes(digits int) Digits { return Draw(strings.Repeat("-", digits), digits) }

// dot stands for a counter that is open and has nobody in hand.
func dot(digits int) Digits {
	out := make(Digits, digits)
	out[digits-1] = segPoint
	return out
}
