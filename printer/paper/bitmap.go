package paper

import (
	"image"
	"image/color"
)

// Bitmap is a picture of black and white dots, one bit a dot, most significant bit left, 1 = black:
// the packing that ESC/POS raster commands take. It implements [image.PalettedImage], so that
// image/png writes it with one bit a dot.
type Bitmap struct {
	width, height int
	stride        int // bytes a row
	pix           []byte
}

var _ image.PalettedImage = (*Bitmap)(nil)

var blackOnWhite = color.Palette{color.Gray{Y: 255}, color.Gray{Y: 0}}

func newBitmap(width, height int) *Bitmap {
	stride := (width + 7) / 8
	return &Bitmap{width: width, height: height, stride: stride, pix: make([]byte, stride*height)}
}

// Width gives the dots in a row.
func (b *Bitmap) Width() int { return b.width }

// Height gives the number of rows.
func (b *Bitmap) Height() int { return b.height }

// Stride gives the bytes in a row.
func (b *Bitmap) Stride() int { return b.stride }

// Pix gives the packed rows, Stride bytes each, from the top. They are not a copy.
func (b *Bitmap) Pix() []byte { return b.pix }

// Black reports whether the dot at x, y is black. Outside the picture all is white.
func (b *Bitmap) Black(x, y int) bool {
	if x < 0 || y < 0 || x >= b.width || y >= b.height {
		return false
	}
	return b.pix[y*b.stride+x/8]&(0x80>>(x%8)) != 0
}

// ColorModel gives a palette of white and black.
func (b *Bitmap) ColorModel() color.Model { return blackOnWhite }

// Bounds gives the rectangle from 0, 0.
func (b *Bitmap) Bounds() image.Rectangle { return image.Rect(0, 0, b.width, b.height) }

// At gives the colour of a dot.
func (b *Bitmap) At(x, y int) color.Color { return blackOnWhite[b.ColorIndexAt(x, y)] }

// ColorIndexAt gives 1 for a black dot and 0 for a white one.
func (b *Bitmap) ColorIndexAt(x, y int) uint8 {
	if b.Black(x, y) {
		return 1
	}
	return 0
}

// grow makes the picture at least height rows high. A layout does not know its length before its
// last line is set.
func (b *Bitmap) grow(height int) {
	if height > b.height {
		b.pix = append(b.pix, make([]byte, (height-b.height)*b.stride)...)
		b.height = height
	}
}

// fill blackens a rectangle, clipped to the width; the picture grows downwards as needed.
func (b *Bitmap) fill(r image.Rectangle) {
	b.grow(r.Max.Y)
	r = r.Intersect(b.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			b.pix[y*b.stride+x/8] |= 0x80 >> (x % 8)
		}
	}
}

// draw adds the black dots of src with its corner at x, y, clipped at the top and at the sides;
// the picture grows downwards as needed.
func (b *Bitmap) draw(src *Bitmap, x, y int) {
	b.grow(y + src.height)
	first, shift := x>>3, x&7
	for row := max(0, -y); row < src.height; row++ {
		out := b.pix[(y+row)*b.stride:][:b.stride]
		for i, bits := range src.pix[row*src.stride:][:src.stride] {
			if at := first + i; at >= 0 && at < b.stride {
				out[at] |= bits >> shift
			}
			if at := first + i + 1; shift > 0 && at >= 0 && at < b.stride {
				out[at] |= bits << (8 - shift)
			}
		}
	}
}
