package paper

import (
	"image"
	"image/color"
)

// Bitmap is a picture of black and white dots, one bit a dot, most significant bit left, 1 = black:
// the packing that ESC/POS raster commands take. It implements [image.PalettedImage], so that
// image/png writes it with one bit a dot.
type Bitmap struct {
	Width, Height int    // in dots
	Stride        int    // bytes a row
	Pix           []byte // the rows from the top, Stride bytes each
}

var _ image.PalettedImage = (*Bitmap)(nil)

var blackOnWhite = color.Palette{color.Gray{Y: 255}, color.Gray{Y: 0}}

func newBitmap(width, height int) *Bitmap {
	stride := (width + 7) / 8
	return &Bitmap{Width: width, Height: height, Stride: stride, Pix: make([]byte, stride*height)}
}

// Black reports whether the dot at x, y is black. Outside the picture all is white.
func (b *Bitmap) Black(x, y int) bool {
	if x < 0 || y < 0 || x >= b.Width || y >= b.Height {
		return false
	}
	return b.Pix[y*b.Stride+x/8]&(0x80>>(x%8)) != 0
}

// ColorModel gives a palette of white and black.
func (b *Bitmap) ColorModel() color.Model { return blackOnWhite }

// Bounds gives the rectangle from 0, 0.
func (b *Bitmap) Bounds() image.Rectangle { return image.Rect(0, 0, b.Width, b.Height) }

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
	if height > b.Height {
		b.Pix = append(b.Pix, make([]byte, (height-b.Height)*b.Stride)...)
		b.Height = height
	}
}

// fill blackens a rectangle, clipped to the width; the picture grows downwards as needed.
func (b *Bitmap) fill(r image.Rectangle) {
	b.grow(r.Max.Y)
	r = r.Intersect(b.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			b.Pix[y*b.Stride+x/8] |= 0x80 >> (x % 8)
		}
	}
}

// draw adds the black dots of src with its corner at x, y, clipped at the top and at the sides;
// the picture grows downwards as needed.
func (b *Bitmap) draw(src *Bitmap, x, y int) {
	b.grow(y + src.Height)
	first, shift := x>>3, x&7
	for row := max(0, -y); row < src.Height; row++ {
		out := b.Pix[(y+row)*b.Stride:][:b.Stride]
		for i, bits := range src.Pix[row*src.Stride:][:src.Stride] {
			if at := first + i; at >= 0 && at < b.Stride {
				out[at] |= bits >> shift
			}
			if at := first + i + 1; shift > 0 && at >= 0 && at < b.Stride {
				out[at] |= bits << (8 - shift)
			}
		}
	}
}
