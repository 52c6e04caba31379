package paper

import (
	"fmt"
	"image"
	"strings"
	"sync"
)

// measures are the sizes of one paper width, in dots.
type measures struct {
	margin     int // white at both sides, beside the paper's own
	gap        int // between parts that belong to different things
	hall       style
	service    style
	second     style // under the service: its Vietnamese name under the English one, and what comes after
	label      style
	value      style
	small      style
	mark       style
	number     int // the height of the number at most
	module     int // dots of a QR module where there is room
	besideCode bool
}

var wide = measures{
	margin: 16, gap: 24,
	hall:    style{bold, 26, 20, 2},
	service: style{bold, 44, 28, 2},
	second:  style{regular, 26, 20, 2},
	label:   style{regular, 22, 18, 1},
	value:   style{bold, 34, 24, 1},
	small:   style{regular, 20, 18, 3},
	mark:    style{bold, 28, 20, 1},
	number:  190, module: 6, besideCode: true,
}

var narrow = measures{
	margin: 8, gap: 20,
	hall:    style{bold, 22, 18, 2},
	service: style{bold, 34, 24, 2},
	second:  style{regular, 22, 18, 2},
	label:   style{regular, 20, 18, 1},
	value:   style{bold, 24, 20, 1},
	small:   style{regular, 18, 18, 4},
	mark:    style{bold, 24, 18, 1},
	number:  140, module: 5,
}

// Renderer lays tickets out for one paper width. It keeps the glyphs that it drew, so the second
// ticket takes a fraction of the first one's time. It may be used by several goroutines.
type Renderer struct {
	mu    sync.Mutex
	fonts *fonts
	dots  int
	measures
}

// New gives a renderer for paper that is dots wide: 576 for 80 mm, 384 for 58 mm. Widths from 512
// on get the sizes of the wide paper. The width is rounded down to whole bytes, and up to 256.
func New(dots int) *Renderer {
	r := &Renderer{fonts: newFonts(), dots: max(dots/8*8, 256), measures: narrow}
	if r.dots >= 512 {
		r.measures = wide
	}
	return r
}

// Render lays out a ticket. There is always a bitmap: an error (it wraps [ErrNoQR]) says that the
// QR code had to be left off, and the number is what the citizen cannot do without.
func (r *Renderer) Render(s Slip) (*Bitmap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := page{r, &s, newBitmap(r.dots, 8), 8}
	p.head()
	p.number()
	p.marks()
	err := p.body()
	p.foot()
	return p.out, err
}

// page is a ticket on its way down the paper; y is the next free row.
type page struct {
	*Renderer
	slip *Slip
	out  *Bitmap
	y    int
}

func (p *page) inner() int { return p.dots - 2*p.margin }

// set writes text at x in a column of that width.
func (p *page) set(text string, s style, x, width int) {
	p.y = p.fonts.fit(clean(text), s, width).draw(p.out, x, p.y)
}

// head: who serves, a hairline, and what for.
func (p *page) head() {
	p.set(p.slip.Hall.In(p.slip.Lang), p.hall, p.margin, p.inner())
	p.y += 10
	p.out.fill(image.Rect(p.margin, p.y, p.dots-p.margin, p.y+2))
	p.y += p.gap / 2
	name := p.slip.Service.In(p.slip.Lang)
	p.set(name, p.service, p.margin, p.inner())
	if name != p.slip.Service.VI {
		p.set(p.slip.Service.VI, p.second, p.margin, p.inner())
	}
	if route := p.slip.route(); route != "" {
		p.y += 4
		p.set(route, p.second, p.margin, p.inner())
	}
	p.y += p.gap - 6
}

// number, as large as the width allows: it is read at arm's length by people without their glasses.
func (p *page) number() {
	text := clean(p.slip.Number)
	var f *face
	var left, top int
	for px := p.measures.number * 4 / 3; ; px -= 2 {
		f = p.fonts.face(bold, px)
		l, right, height := f.ink(text)
		if left, top = l, height; px <= 24 || right-l <= p.inner() && height <= p.measures.number {
			break
		}
	}
	f.draw(p.out, text, p.margin-left, p.y+top)
	p.y += top + p.gap
	p.out.grow(p.y)
}

// marks are framed words, not inverted bars: solid black slows the print head down. What does not fit
// beside the one before goes below it.
func (p *page) marks() {
	f := p.fonts.face(p.mark.weight, p.mark.most)
	x, below := p.margin, p.y
	for _, text := range p.slip.marks() {
		width := f.width(text) + 28
		if x > p.margin && x+width > p.dots-p.margin {
			x, p.y = p.margin, below
		}
		box := image.Rect(x, p.y, x+width, p.y+f.px*3/2+4)
		frame(p.out, box, 3)
		f.draw(p.out, text, x+14, p.y+f.px*5/4)
		x, below = box.Max.X+14, box.Max.Y+p.gap*2/3
	}
	p.y = below
}

func frame(b *Bitmap, r image.Rectangle, line int) {
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+line))
	b.fill(image.Rect(r.Min.X, r.Max.Y-line, r.Max.X, r.Max.Y))
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+line, r.Max.Y))
	b.fill(image.Rect(r.Max.X-line, r.Min.Y, r.Max.X, r.Max.Y))
}

// body: how long it will take, and the QR code with what it is good for beside it, or above it
// where the code is too wide for that.
func (p *page) body() error {
	code, dots, err := p.code()
	quiet, side := quietZone*dots, len(code)*dots
	if !p.besideCode {
		p.factsInRows()
	}
	top, column := p.y, p.inner()
	beside := side > 0 && side-quiet <= p.dots/2
	x := min(p.dots-side, p.dots-side-p.margin+quiet) // the right quiet zone lies in the margin
	if beside {
		column = x - p.margin + quiet/2 // the text may lean into half of the left one
	}
	if p.besideCode {
		p.factsInColumn(column)
	}
	for _, line := range p.slip.hints() {
		p.set(line, p.small, p.margin, column)
	}
	p.y += p.gap / 2
	if beside {
		top -= min(p.gap, quiet) - 8 // and the upper one in the white that is there already
	} else {
		top, x = p.y, (p.dots-side)/2
	}
	if side > 0 {
		drawQR(p.out, code, dots, x, top)
		p.y = max(p.y, top+side)
	}
	return err
}

// code gives the QR code and its module size: the usual one where the code without the quiet zone
// in the margin takes at most half of the width, else a smaller one, else whatever fits the paper.
func (p *page) code() ([][]bool, int, error) {
	if p.slip.URL == "" {
		return nil, 0, nil
	}
	rows, err := QR(p.slip.URL)
	if err != nil {
		return nil, 0, err
	}
	dots := moduleSize(len(rows)-quietZone, p.module, p.dots/2)
	if dots == 0 {
		dots = moduleSize(len(rows), p.module, p.dots)
	}
	if dots == 0 {
		return nil, 0, fmt.Errorf("%w: %d modules do not fit in %d dots", ErrNoQR, len(rows), p.dots)
	}
	return rows, dots, nil
}

// facts are the two things that a citizen asks after the number.
func (p *page) facts() [][2]string {
	w := p.slip.words()
	facts := [][2]string{{w.ahead, p.slip.people()}}
	if wait := p.slip.expected(); wait != "" {
		facts = append(facts, [2]string{w.wait, wait})
	}
	return facts
}

func (p *page) factsInColumn(width int) {
	for _, fact := range p.facts() {
		p.set(fact[0], p.label, p.margin, width)
		p.set(fact[1], p.value, p.margin, width)
		p.y += 8
	}
	p.y += 4
}

// factsInRows sets the label left and the value right, on one base line.
func (p *page) factsInRows() {
	for _, fact := range p.facts() {
		label := p.fonts.fit(fact[0], p.label, p.inner()/2)
		room := p.inner() - label.face.width(label.lines[0]) - 12
		value := p.fonts.fit(fact[1], p.value, room)
		x := p.dots - p.margin - value.face.width(value.lines[0])
		label.draw(p.out, p.margin, p.y+value.face.px-label.face.px)
		p.y = value.draw(p.out, x, p.y)
	}
	p.y += p.gap
}

// foot: what the ticket is not, in Vietnamese whatever the language: officials read it too.
func (p *page) foot() {
	if own := p.slip.words(); own != &vietnamese {
		p.sentence(own.form)
	}
	p.sentence(vietnamese.form)
	p.out.grow(p.y + 4)
}

// sentence sets small text over the whole width, and where that takes a second line, breaks it
// after the comma.
func (p *page) sentence(text string) {
	if p.fonts.face(p.small.weight, p.small.most).width(text) > p.inner() {
		text, rest, _ := strings.Cut(text, ", ")
		p.set(text+",", p.small, p.margin, p.inner())
		p.set(rest, p.small, p.margin, p.inner())
		return
	}
	p.set(text, p.small, p.margin, p.inner())
}
