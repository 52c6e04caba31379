package paper_test

import (
	"image"
	"image/draw"
	"testing"

	"layso/kiosk"
	"layso/printer/paper"
)

// corner is what a phone sees that is held over the code: the last rows of the right half, and the paper
// around.
func corner(b *paper.Bitmap) image.Image {
	from := image.Rect(b.Width/2, b.Height-230, b.Width, b.Height)
	out := image.NewGray(from.Inset(-40))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, from, b, from.Min, draw.Src)
	return out
}

// A test slip shows a wrong width and a worn head: it inks the outermost columns, and in one bar every
// dot of the head. Its code can be read.
func TestTestSlipInksTheWholeHead(t *testing.T) {
	for dots, r := range renderers {
		b := r.Test(trial(kiosk.Vietnamese))
		edges, bars := 0, 0
		for y := range b.Height {
			n := 0
			for x := range dots {
				if b.Black(x, y) {
					n++
				}
			}
			if b.Black(0, y) && b.Black(dots-1, y) {
				edges++
			}
			if n == dots {
				bars++
			}
		}
		if edges < 60 || bars < 16 || bars > 40 {
			t.Errorf("%d dots: %d rows reach both edges, %d are black throughout", dots, edges, bars)
		}
		if got, want := readQR(t, corner(b)), "layso kiosk-1 epson-80 2026-11-24T07:45"; got != want {
			t.Errorf("the QR code says %q, want %q", got, want)
		}
	}
}
