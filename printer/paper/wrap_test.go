package paper

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the text, its style and the room for it are: every letter of it is set, in order, and no line
// is wider than the room.
func TestFitKeepsEveryLetter(t *testing.T) {
	fonts := newFonts()
	rapid.Check(t, func(t *rapid.T) {
		text := clean(rapid.StringOf(rapid.RuneFrom([]rune("AaWwiÂẫẬđĐ., ·/0189  "))).Draw(t, "text"))
		least := rapid.IntRange(9, 15).Draw(t, "least") * 2
		s := style{regular, least + 2*rapid.IntRange(0, 10).Draw(t, "more"), least, rapid.IntRange(1, 4).Draw(t, "lines")}
		width := rapid.IntRange(50, 600).Draw(t, "width")
		b := fonts.fit(text, s, width)
		if got, want := strings.Join(b.lines, ""), strings.Join(strings.Fields(text), ""); strings.ReplaceAll(got, " ", "") != want {
			t.Fatalf("set %q of %q", b.lines, text)
		}
		for _, line := range b.lines {
			if w := b.face.width(line); w > width {
				t.Fatalf("%q is %d dots wide in %d", line, w, width)
			}
		}
		if b.face.px < s.least || b.face.px > s.most {
			t.Fatalf("set in %d dots, want %d to %d", b.face.px, s.least, s.most)
		}
		if len(b.lines) > s.lines && b.face.px > s.least {
			t.Fatalf("%d lines of %d dots, which could be smaller", len(b.lines), b.face.px)
		}
	})
}
