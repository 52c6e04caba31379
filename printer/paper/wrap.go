package paper

import "strings"

// block is text broken into lines of one face.
type block struct {
	face  *face
	lines []string
}

// draw sets the lines from the row y on, and gives the row after them. The base line lies a whole
// em below the top of its line.
func (b block) draw(to *Bitmap, x, y int) int {
	for _, line := range b.lines {
		b.face.draw(to, line, x, y+b.face.px)
		y += b.face.leading()
	}
	to.grow(y)
	return y
}

// height gives the rows that the lines take.
func (b block) height() int { return len(b.lines) * b.face.leading() }

// width gives the dots of the longest line.
func (b block) width() int {
	widest := 0
	for _, line := range b.lines {
		widest = max(widest, b.face.width(line))
	}
	return widest
}

// style is how a text may be set: from the size most down to least, in that number of lines.
type style struct {
	weight      weight
	most, least int // dots an em
	lines       int
}

// fit sets text in width dots: as large as the style allows in its number of lines, and where even
// the least size needs more lines, in more. Nothing is ever cut off.
func (f *fonts) fit(text string, s style, width int) block {
	text = strings.Join(strings.Fields(text), " ")
	for px := s.most; ; px -= 2 {
		face := f.face(s.weight, max(px, s.least))
		lines, broken := wrap(face, text, width)
		if px <= s.least || len(lines) <= s.lines && !broken {
			return block{face, balance(face, text, width, lines)}
		}
	}
}

// wrap breaks text between words, and reports whether it had to break inside one.
func wrap(f *face, text string, width int) (lines []string, broken bool) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if joined := strings.TrimSpace(line + " " + word); f.width(joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for f.width(word) > width {
			head := fitting(f, word, width)
			lines, word, broken = append(lines, word[:head]), word[head:], true
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines, broken
}

// fitting gives the length in bytes of the longest beginning of word that fits, at least one
// character.
func fitting(f *face, word string, width int) int {
	fits := 0
	for i := range word {
		if i > 0 && f.width(word[:i]) > width {
			break
		}
		fits = i
	}
	if fits == 0 {
		fits = len(string([]rune(word)[:1]))
	}
	return fits
}

// balance evens out lines by narrowing the column for as long as their number stays the same: a
// last line of one word looks like a mistake.
func balance(f *face, text string, width int, lines []string) []string {
	for narrow := width - 8; narrow > 0 && len(lines) > 1; narrow -= 8 {
		tried, broken := wrap(f, text, narrow)
		if broken || len(tried) > len(lines) {
			break
		}
		lines = tried
	}
	return lines
}
