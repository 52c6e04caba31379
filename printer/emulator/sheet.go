package emulator

import (
	"image"
	"image/color"
)

// sheet is paper that is printed row by row, one bit a dot. It is an image once it is cut off.
type sheet struct {
	dots   int
	stride int
	pix    []byte
}

var _ image.PalettedImage = (*sheet)(nil)

var blackOnWhite = color.Palette{color.Gray{Y: 255}, color.Gray{Y: 0}}

func newSheet(dots int) *sheet { return &sheet{dots: dots, stride: (dots + 7) / 8} }

func (s *sheet) rows() int { return len(s.pix) / s.stride }

// add prints one row; what is wider than the paper is lost.
func (s *sheet) add(row []byte) {
	at := len(s.pix)
	s.pix = append(s.pix, make([]byte, s.stride)...)
	copy(s.pix[at:], row)
}

// ColorModel gives a palette of white and black.
func (s *sheet) ColorModel() color.Model { return blackOnWhite }

// Bounds gives the rectangle from 0, 0.
func (s *sheet) Bounds() image.Rectangle { return image.Rect(0, 0, s.dots, s.rows()) }

// At gives the colour of a dot.
func (s *sheet) At(x, y int) color.Color { return blackOnWhite[s.ColorIndexAt(x, y)] }

// ColorIndexAt gives 1 for a black dot.
func (s *sheet) ColorIndexAt(x, y int) uint8 {
	if !(image.Point{X: x, Y: y}).In(s.Bounds()) {
		return 0
	}
	return s.pix[y*s.stride+x/8] >> (7 - x%8) & 1
}
