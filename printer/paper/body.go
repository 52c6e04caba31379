package paper

import (
	"fmt"
	"strings"
)

// code is a QR code that found its place; side counts its quiet zone in. The zero value is none.
type code struct {
	rows        [][]bool
	dots        int // a module
	side, quiet int
	x           int
	beside      bool // leaves half of the paper to words
}

// body: how long it will take, what comes after, and the QR code with what it is good for: beside
// that, or below it where the code is too wide.
func (t *ticket) body() error {
	c, err := t.code()
	if !t.columns {
		t.factsInRows()
	}
	top, width := t.y, t.inner()
	if c.beside {
		width = c.x - t.margin
	}
	if t.columns {
		t.factsInColumn(width)
	}
	t.route(width)
	caption, hints := t.hints(c)
	for _, line := range hints {
		t.set(line, t.label, t.margin, width)
	}
	words := t.y
	if c.beside {
		t.y = top - t.gap*3/4 // the upper quiet zone begins in the white that is there already
	}
	t.place(c, caption)
	t.y = max(t.y, words) + t.gap/2
	return err
}

// code finds a place for the QR code: with modules of the usual size where it takes at most half of the
// width (but for the quiet zone in the margin), else with smaller ones, else with whatever fits the paper.
func (t *ticket) code() (code, error) {
	rows := t.modules
	if rows == nil {
		return code{}, nil
	}
	c := code{rows: rows, dots: moduleSize(len(rows)-quietZone, t.module, t.dots/2), beside: true}
	if c.dots == 0 {
		c.dots, c.beside = moduleSize(len(rows), t.module, t.dots), false
	}
	if c.dots == 0 {
		return code{}, fmt.Errorf("%w: %d modules do not fit in %d dots", ErrNoQR, len(rows), t.dots)
	}
	c.side, c.quiet = len(rows)*c.dots, quietZone*c.dots
	c.x = (t.dots - c.side) / 2
	if c.beside {
		c.x = min(t.dots-c.side, t.dots-c.side-t.margin+c.quiet)
	}
	return c, nil
}

// hints are the small lines about the ticket: what fits below the code, and what stands beside it.
func (t *ticket) hints(c code) (caption, beside []string) {
	if !t.slip.Issued.IsZero() {
		beside = append(beside, t.slip.Issued.Format(t.slip.words().taken))
	}
	f := t.fonts.face(t.label.weight, t.label.least)
	for i, line := range t.slip.purpose() {
		if t.columns && c.beside && (i == 0 || f.width(clean(line)) <= c.side-2*c.quiet) {
			caption = append(caption, line)
		} else {
			beside = append(beside, line)
		}
	}
	return caption, beside
}

// place draws the code, if there is one, and its caption below it, which may begin in the quiet zone's
// last rows: its letters don't.
func (t *ticket) place(c code, caption []string) {
	drawQR(t.out, c.rows, c.dots, c.x, t.y)
	t.y += c.side
	if len(caption) > 0 {
		t.y -= 4
	}
	for _, line := range caption {
		t.set(line, t.label, c.x+c.quiet, c.side-2*c.quiet)
	}
}

// facts are the two things that a citizen asks after the number.
func (t *ticket) facts() [][2]string {
	w := t.slip.words()
	facts := [][2]string{{w.ahead, t.slip.people()}}
	if wait := t.slip.expected(); wait != "" {
		facts = append(facts, [2]string{w.wait, wait})
	}
	return facts
}

func (t *ticket) factsInColumn(width int) {
	for _, fact := range t.facts() {
		t.set(fact[0], t.label, t.margin, width)
		t.set(fact[1], t.value, t.margin, width)
		t.y += t.gap / 3
	}
}

func (t *ticket) factsInRows() {
	for _, fact := range t.facts() {
		t.row(fact[0], fact[1], t.label, t.value)
	}
	t.y += t.gap * 3 / 4
}

// route is a small numbered list of what comes after; what the number is for now is the first step.
func (t *ticket) route(width int) {
	steps := t.slip.steps()
	if len(steps) == 0 {
		return
	}
	t.set(t.slip.words().then, t.label, t.margin, width)
	indent := t.fonts.face(regular, t.second.most).width("2.  ")
	for i, step := range steps {
		b := t.fonts.fit(step, t.second, width-indent)
		b.face.draw(t.out, fmt.Sprintf("%d.", i+2), t.margin, t.y+b.face.px)
		t.y = b.draw(t.out, t.margin+indent, t.y)
	}
	t.y += t.gap / 3
}

// foot: what the office wants to say, and what the ticket is not, in Vietnamese whatever the language:
// officials read it too.
func (t *ticket) foot() {
	t.line(t.slip.Foot.In(t.slip.Lang), t.label)
	if own := t.slip.words(); own != &vietnamese {
		t.sentence(own.form)
	}
	t.sentence(vietnamese.form)
	t.out.grow(t.y)
}

// sentence sets a small text over the whole width, and where that takes a second line, breaks it
// after the comma.
func (t *ticket) sentence(text string) {
	if t.fonts.face(t.label.weight, t.label.least).width(text) > t.inner() {
		text, rest, _ := strings.Cut(text, ", ")
		t.line(text+",", t.label)
		t.line(rest, t.label)
		return
	}
	t.line(text, t.label)
}
