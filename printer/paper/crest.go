package paper

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	scale "golang.org/x/image/draw"
)

// ErrNoCrest says that a paper was laid out without the hall's crest.
var ErrNoCrest = errors.New("no crest on the paper")

// MostCrest is how many dots a crest's picture may be wide and high before it is scaled.
const MostCrest = 1024

// Crest makes dots of a picture (PNG) such as the hall's crest: at most box high and twice as wide,
// on white, larger pictures scaled down, smaller ones enlarged by whole dots. Greys and colours
// become a pattern of dots (Floyd–Steinberg), hard edges stay clean. An error wraps [ErrNoCrest].
func Crest(data []byte, box int) (*Bitmap, error) {
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCrest, err)
	}
	if config.Width > MostCrest || config.Height > MostCrest {
		return nil, fmt.Errorf("%w: a picture of %d × %d, more than %d", ErrNoCrest, config.Width, config.Height, MostCrest)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoCrest, err)
	}
	return dither(grey(picture, box)), nil
}

// grey flattens a picture on white and scales it into the box.
func grey(picture image.Image, box int) *image.Gray {
	from := picture.Bounds()
	flat := image.NewGray(image.Rectangle{Max: from.Size()})
	draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, picture, from.Min, draw.Over)
	w, h := from.Dx(), from.Dy()
	if times := min(2*box/w, box/h); times >= 1 {
		out := image.NewGray(image.Rect(0, 0, w*times, h*times))
		scale.NearestNeighbor.Scale(out, out.Rect, flat, flat.Rect, draw.Src, nil)
		return out
	}
	width, height := 2*box, max(1, (h*2*box+w/2)/w)
	if height > box {
		width, height = max(1, (w*box+h/2)/h), box
	}
	out := image.NewGray(image.Rect(0, 0, width, height))
	scale.CatmullRom.Scale(out, out.Rect, flat, flat.Rect, draw.Src, nil)
	return out
}

// dither turns greys into dots. The values are taken as they are, without making light of them
// linear: a thermal dot bleeds into its neighbours, which darkens about as much.
func dither(from *image.Gray) *Bitmap {
	dots := image.NewPaletted(from.Rect, color.Palette{color.White, color.Black})
	draw.FloydSteinberg.Draw(dots, dots.Rect, from, image.Point{})
	out := newBitmap(from.Rect.Dx(), from.Rect.Dy())
	for y := range out.Height {
		for x := range out.Width {
			black := dots.ColorIndexAt(x, y) == 1
			if at := from.GrayAt(x, y).Y; at < 24 || at > 232 || edge(from, x, y) {
				black = at < threshold
			}
			if black {
				out.Pix[y*out.Stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return out
}

// edge reports whether dark meets light here: such a dot is inked or not, and no pattern's. Dithering
// the half-tones that smooth an edge on a screen would fray it.
func edge(g *image.Gray, x, y int) bool {
	low, high := g.GrayAt(x, y).Y, g.GrayAt(x, y).Y
	for _, by := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
		if at := image.Pt(x+by[0], y+by[1]); at.In(g.Rect) {
			low, high = min(low, g.GrayAt(at.X, at.Y).Y), max(high, g.GrayAt(at.X, at.Y).Y)
		}
	}
	return int(high)-int(low) > threshold
}

// crests keeps the last crest that was asked for as dots: a hall has one, and dithering it anew for
// each ticket would take longer than the ticket.
type crests struct {
	base64 string
	box    int
	dots   *Bitmap
	err    error
}

// get gives the crest that a base64 text holds, or nil for an empty one.
func (c *crests) get(text string, box int) (*Bitmap, error) {
	if text == "" {
		return nil, nil
	}
	if text != c.base64 || box != c.box {
		*c = crests{base64: text, box: box}
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			c.err = fmt.Errorf("%w: %w", ErrNoCrest, err)
		} else {
			c.dots, c.err = Crest(data, box)
		}
	}
	return c.dots, c.err
}
