package paper

import (
	"errors"
	"image"
)

// Render lays out a ticket. There is always a bitmap: an error (it wraps [ErrNoQR] or [ErrNoCrest])
// says what had to be left off, and the number is what the citizen cannot do without.
//
// The number is as large as the paper is wide, up to a limit. Where marks, a route and an office's own
// texts would make the ticket too long, the number makes room for them, and then the QR code, down to
// what can still be read well.
func (r *Renderer) Render(s Slip) (*Bitmap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	modules, noCode := s.code()
	most, module := r.measures.number.most, r.measures.module
	var last *Bitmap // with a larger QR code
	for {
		t := ticket{sheet: r.sheet(), slip: &s, modules: modules, most: most, module: module}
		err := errors.Join(noCode, t.layOut())
		over := t.out.Height - r.length
		switch {
		case last != nil && t.out.Height >= last.Height: // it gains nothing by a smaller one
			return last, err
		case over <= 0 || most <= r.measures.number.least && module <= leastModule:
			return t.out, err
		case most > r.measures.number.least:
			most = max(r.measures.number.least, min(most, t.tall)-over)
		default:
			last, module = t.out, module-1
		}
	}
}

// ticket is a sheet with a citizen's number.
type ticket struct {
	sheet
	slip    *Slip
	modules [][]bool // of the QR code; nil: none
	module  int      // dots of one at most
	most    int      // the height of the number at most
	tall    int      // and what it became
}

func (t *ticket) layOut() error {
	noCrest := t.head(t.slip.Hall, t.slip.Head, t.slip.Crest, t.slip.Lang)
	t.service()
	t.number()
	t.marks()
	noCode := t.body()
	t.foot()
	return errors.Join(noCrest, noCode)
}

// service: what the citizen waits for, and under another language's name the Vietnamese one, which
// the officials know; on the same line where there is room.
func (t *ticket) service() {
	name, own := t.slip.Service.In(t.slip.Lang), clean(t.slip.Service.VI)
	large := t.fonts.fit(clean(name), t.measures.service, t.inner())
	top := t.y
	t.y = large.draw(t.out, t.margin, t.y)
	if name != t.slip.Service.VI {
		small := t.fonts.face(t.second.weight, t.second.most)
		x := t.margin + large.width() + t.gap*3/4
		if len(large.lines) == 1 && x+small.width(own) <= t.dots-t.margin {
			small.draw(t.out, own, x, top+large.face.px)
		} else {
			t.line(own, t.second)
		}
	}
	t.y += t.gap / 2
}

// number, as large as the room allows: it is read at arm's length by people without their glasses.
func (t *ticket) number() {
	text := clean(t.slip.Number)
	for px := t.about(text); ; px -= 2 {
		f := t.fonts.face(bold, px)
		left, right, top := f.ink(text)
		if px <= 24 || right-left <= t.inner() && top <= t.most {
			f.draw(t.out, text, t.margin-left, t.y+top)
			t.tall = top
			break
		}
	}
	t.y += t.tall + t.gap*3/4
	t.out.grow(t.y)
}

// about gives a size that is just too large for the number: to draw it in all that are larger would take
// long, and the memory to keep them.
func (t *ticket) about(text string) int {
	const px = 64
	left, right, top := t.fonts.face(bold, px).ink(text)
	if text == "" || top <= 0 || right <= left {
		return px
	}
	return min(t.inner()*px/(right-left), t.most*px/top)/2*2 + 6
}

// marks are framed words, not inverted bars: solid black slows the print head down. They stand in one
// row, smaller where they must; what fits no more even so goes below.
func (t *ticket) marks() {
	marks := t.slip.marks()
	if len(marks) == 0 {
		return
	}
	px := t.mark.most
	for px > t.mark.least && t.boxes(marks, px) > t.inner() {
		px -= 2
	}
	x, tall := t.margin, px*3/2+6
	for _, m := range marks {
		width := t.box(m, px)
		if x > t.margin && x+width > t.dots-t.margin {
			x, t.y = t.margin, t.y+tall+t.gap/2
		}
		frame(t.out, image.Rect(x, t.y, x+width, t.y+tall), 3)
		base := t.y + px*5/4 + 1
		end := t.fonts.face(bold, px).draw(t.out, m.text, x+px/2, base)
		t.fonts.face(regular, px-2).draw(t.out, m.own, end+px/3, base)
		x += width + t.gap*2/3
	}
	t.y += tall + t.gap*3/4
}

// boxes gives the width of all marks in a row, and box the one of a mark in its frame.
func (t *ticket) boxes(marks []mark, px int) int {
	width := -t.gap * 2 / 3
	for _, m := range marks {
		width += t.box(m, px) + t.gap*2/3
	}
	return width
}

func (t *ticket) box(m mark, px int) int {
	width := px + t.fonts.face(bold, px).width(m.text)
	if m.own != "" {
		width += px/3 + t.fonts.face(regular, px-2).width(m.own)
	}
	return width
}

func frame(b *Bitmap, r image.Rectangle, line int) {
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+line))
	b.fill(image.Rect(r.Min.X, r.Max.Y-line, r.Max.X, r.Max.Y))
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+line, r.Max.Y))
	b.fill(image.Rect(r.Max.X-line, r.Min.Y, r.Max.X, r.Max.Y))
}
