package paper

import (
	"image"
	"sync"

	"layso/kiosk"
)

// measures are the sizes of one paper width, in dots.
type measures struct {
	margin  int // white at both sides, beside the paper's own
	gap     int // between parts that belong to different things
	crest   int // height of the crest's box
	hall    style
	service style
	second  style // under the service: its Vietnamese name under the English one; the route; texts of slips
	label   style // and all small print
	value   style
	mark    style
	number  span // the height of the number
	length  int  // of a ticket; the number makes room for it where other things are many
	module  int  // dots of a QR module where there is room
	columns bool // the two facts of a ticket stand beside the QR code, label over value; else in rows above it
	groups  int  // groups of a hash in a row
}

// span are the most and the least of a size.
type span struct{ most, least int }

// wide is 80 mm paper at 203 dots per inch, narrow is 58 mm.
var wide = measures{
	margin: 16, gap: 20, crest: 96,
	hall:    style{bold, 26, 20, 2},
	service: style{bold, 42, 28, 2},
	second:  style{regular, 24, 20, 2},
	label:   style{regular, 20, 18, 1},
	value:   style{bold, 32, 24, 1},
	mark:    style{bold, 26, 20, 1},
	number:  span{172, 104}, length: 720, module: 6, columns: true, groups: 8,
}

// coarse is wide at 180 dots per inch, as the TM-T88 has them: everything is as large to the eye.
var coarse = measures{
	margin: 14, gap: 17, crest: 84,
	hall:    style{bold, 24, 18, 2},
	service: style{bold, 36, 24, 2},
	second:  style{regular, 22, 18, 2},
	label:   style{regular, 18, 16, 1},
	value:   style{bold, 28, 22, 1},
	mark:    style{bold, 24, 18, 1},
	number:  span{152, 88}, length: 638, module: 5, columns: true, groups: 8,
}

var narrow = measures{
	margin: 8, gap: 16, crest: 72,
	hall:    style{bold, 22, 18, 2},
	service: style{bold, 34, 24, 2},
	second:  style{regular, 22, 18, 2},
	label:   style{regular, 20, 18, 1},
	value:   style{bold, 24, 20, 1},
	mark:    style{bold, 24, 18, 1},
	number:  span{140, 88}, length: 720, module: 5, groups: 4,
}

// Renderer lays paper out for one width. It keeps the glyphs and the crest that it drew, so the second
// ticket takes a fraction of the first one's time. It may be used by several goroutines.
type Renderer struct {
	mu     sync.Mutex
	fonts  *fonts
	crests crests
	dots   int
	measures
}

// New gives a renderer for paper that is dots wide: 576 for 80 mm, 384 for 58 mm, 512 for 80 mm at 180
// dots per inch. Other widths get the sizes of the next narrower one. The width is rounded down to whole
// bytes, and up to 256.
func New(dots int) *Renderer {
	r := &Renderer{fonts: newFonts(), dots: max(dots/8*8, 256), measures: narrow}
	switch {
	case r.dots >= 576:
		r.measures = wide
	case r.dots >= 512:
		r.measures = coarse
	}
	return r
}

// sheet is a paper on its way out; y is the next free row.
type sheet struct {
	*Renderer
	out *Bitmap
	y   int
}

func (r *Renderer) sheet() sheet { return sheet{r, newBitmap(r.dots, 4), 4} }

func (s *sheet) inner() int { return s.dots - 2*s.margin }

// set writes text at x in a column of that width.
func (s *sheet) set(text string, st style, x, width int) {
	s.y = s.fonts.fit(clean(text), st, width).draw(s.out, x, s.y)
}

// line writes text over the whole width.
func (s *sheet) line(text string, st style) { s.set(text, st, s.margin, s.inner()) }

// rule draws a line from margin to margin, with white above and below.
func (s *sheet) rule(above, below int) {
	s.y += above
	s.out.fill(image.Rect(s.margin, s.y, s.dots-s.margin, s.y+2))
	s.y += 2 + below
	s.out.grow(s.y)
}

// head says whose paper it is: the crest, right of it the office's name and what the office wants to
// stand under that, and a rule. Crest and words are centred on each other.
func (s *sheet) head(hall, below kiosk.Text, crest string, lang kiosk.Lang) error {
	picture, err := s.crests.get(crest, s.measures.crest)
	x, top, tall := s.margin, s.y, 0
	if picture != nil {
		x, tall = x+picture.Width+s.gap*3/4, picture.Height
	}
	name := s.fonts.fit(clean(hall.In(lang)), s.hall, s.dots-s.margin-x)
	under := s.fonts.fit(clean(below.In(lang)), s.label, s.dots-s.margin-x)
	words := name.height() + under.height()
	s.y = under.draw(s.out, x, name.draw(s.out, x, top+max(0, tall-words)/2))
	if picture != nil {
		s.out.draw(picture, s.margin, top+max(0, words-tall)/2)
		s.y = max(s.y, top+tall)
	}
	s.rule(s.gap/2, s.gap/2)
	return err
}

// row sets a label left and its value right, on one base line.
func (s *sheet) row(label, value string, ls, vs style) {
	v := s.fonts.fit(clean(value), vs, s.inner()*3/5)
	l := s.fonts.fit(clean(label), ls, s.inner()-v.width()-12)
	drop := max(0, v.face.px-l.face.px)
	left := l.draw(s.out, s.margin, s.y+drop)
	s.y = max(left, v.draw(s.out, s.dots-s.margin-v.width(), s.y))
}
