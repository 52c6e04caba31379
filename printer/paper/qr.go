package paper

import (
	"errors"
	"fmt"
	"image"

	"github.com/skip2/go-qrcode"
)

// ErrNoQR says that a ticket was laid out without its QR code.
var ErrNoQR = errors.New("no QR code on the ticket")

// leastModule is the smallest module that a worn print head and a cheap phone still agree on:
// 4 dots, half a millimetre (facts on printing, section 4).
const leastModule = 4

// quietZone is the white around a code, in modules; the encoder's picture brings it along.
const quietZone = 4

// QR gives the modules of a QR code at level M, true = black, with its quiet zone of 4 modules. An
// error wraps [ErrNoQR].
func QR(text string) (rows [][]bool, err error) {
	defer func() {
		// The encoder panics where it finds its own tables wrong; a ticket must come out all the same.
		if r := recover(); r != nil {
			rows, err = nil, fmt.Errorf("%w: %v", ErrNoQR, r)
		}
	}()
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoQR, err)
	}
	return code.Bitmap(), nil
}

// drawQR sets the code in whole dots, dots a module, with its corner at x, y.
func drawQR(b *Bitmap, rows [][]bool, dots, x, y int) {
	b.grow(y + len(rows)*dots)
	for j, row := range rows {
		for i, black := range row {
			if black {
				b.fill(image.Rect(x+i*dots, y+j*dots, x+(i+1)*dots, y+(j+1)*dots))
			}
		}
	}
}

// moduleSize gives the dots a module, from most down to the least, with which n modules fit in
// width, and 0 where none does.
func moduleSize(n, most, width int) int {
	for dots := most; dots >= leastModule; dots-- {
		if n*dots <= width {
			return dots
		}
	}
	return 0
}
