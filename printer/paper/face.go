package paper

import (
	"image"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

type weight int

const (
	regular weight = iota
	bold
)

// threshold parts ink from paper in an anti-aliased glyph: no dithering, which blurs small text.
const threshold = 128

// fonts gives the faces of every size that was ever used. Glyphs are turned into dots once: drawing
// outlines anew for each ticket took most of its time.
type fonts struct {
	parsed [2]*opentype.Font
	faces  map[faceKey]*face
}

type faceKey struct {
	weight weight
	px     int
}

func newFonts() *fonts {
	f := &fonts{faces: make(map[faceKey]*face)}
	for w, ttf := range [][]byte{regular: liberationsansregular.TTF, bold: liberationsansbold.TTF} {
		parsed, err := opentype.Parse(ttf)
		if err != nil {
			panic("paper: a font compiled into the program cannot be read: " + err.Error())
		}
		f.parsed[w] = parsed
	}
	return f
}

// face gives the font at px dots an em.
func (f *fonts) face(w weight, px int) *face {
	key := faceKey{w, px}
	if known := f.faces[key]; known != nil {
		return known
	}
	// NewFace fails for no options of ours: it checks nothing but the font, which was parsed.
	outlines, err := opentype.NewFace(f.parsed[w], &opentype.FaceOptions{Size: float64(px), DPI: 72})
	if err != nil {
		panic("paper: " + err.Error())
	}
	made := &face{outlines: outlines, px: px, glyphs: make(map[rune]glyph), kerns: make(map[[2]rune]fixed.Int26_6)}
	f.faces[key] = made
	return made
}

// face is one weight at one size.
type face struct {
	outlines font.Face
	px       int
	glyphs   map[rune]glyph
	kerns    map[[2]rune]fixed.Int26_6
}

// glyph is a character as dots. x and y lead from the pen on the base line to the dots' corner.
type glyph struct {
	dots    *Bitmap
	x, y    int
	advance fixed.Int26_6
}

func (f *face) glyph(r rune) glyph {
	if known, ok := f.glyphs[r]; ok {
		return known
	}
	// A character that the font lacks comes as its box for missing characters: seen, not lost.
	rect, mask, at, advance, _ := f.outlines.Glyph(fixed.Point26_6{}, r)
	made := glyph{dots: newBitmap(rect.Dx(), rect.Dy()), x: rect.Min.X, y: rect.Min.Y, advance: advance}
	if alpha, ok := mask.(*image.Alpha); ok { // opentype draws no other
		for y := range rect.Dy() {
			row := alpha.Pix[alpha.PixOffset(at.X, at.Y+y):]
			for x := range rect.Dx() {
				if row[x] >= threshold {
					made.dots.Pix[y*made.dots.Stride+x/8] |= 0x80 >> (x % 8)
				}
			}
		}
	}
	f.glyphs[r] = made
	return made
}

func (f *face) kern(left, right rune) fixed.Int26_6 {
	key := [2]rune{left, right}
	if known, ok := f.kerns[key]; ok {
		return known
	}
	k := f.outlines.Kern(left, right)
	f.kerns[key] = k
	return k
}

// walk visits the glyphs of text with the pen's place before each, and gives the place after all.
func (f *face) walk(text string, visit func(glyph, fixed.Int26_6)) fixed.Int26_6 {
	var pen fixed.Int26_6
	before := rune(-1)
	for _, r := range text {
		if before >= 0 {
			pen += f.kern(before, r)
		}
		g := f.glyph(r)
		visit(g, pen)
		pen += g.advance
		before = r
	}
	return pen
}

// width gives the dots that text takes on a line.
func (f *face) width(text string) int {
	return f.walk(text, func(glyph, fixed.Int26_6) {}).Ceil()
}

// draw sets text on b with its base line at y, and gives the place of the pen after it.
func (f *face) draw(b *Bitmap, text string, x, y int) int {
	return x + f.walk(text, func(g glyph, pen fixed.Int26_6) {
		b.draw(g.dots, x+pen.Round()+g.x, y+g.y)
	}).Ceil()
}

// ink gives the dots' left and right edge of text set at 0, and their height above the base line.
func (f *face) ink(text string) (left, right, top int) {
	left = 1 << 20
	f.walk(text, func(g glyph, pen fixed.Int26_6) {
		x := pen.Round() + g.x
		left, right, top = min(left, x), max(right, x+g.dots.Width), max(top, -g.y)
	})
	return left, right, top
}

// leading gives the rows from one base line to the next. A third more than the em leaves room for
// two marks above a capital, as in Ẫ.
func (f *face) leading() int { return f.px * 4 / 3 }
