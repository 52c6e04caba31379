package paper_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"layso/printer/paper"
)

// picture makes a PNG whose dots are what at gives, 0 black to 255 white.
func picture(width, height int, at func(x, y int) uint8) []byte {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetGray(x, y, color.Gray{Y: at(x, y)})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func mustCrest(t *testing.T, data []byte, box int) *paper.Bitmap {
	t.Helper()
	b, err := paper.Crest(data, box)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// black counts the black dots.
func black(b *paper.Bitmap) (n int) {
	for y := range b.Height {
		for x := range b.Width {
			if b.Black(x, y) {
				n++
			}
		}
	}
	return n
}

func TestCrestFitsItsBox(t *testing.T) {
	for _, c := range []struct{ width, height, wantW, wantH int }{
		{512, 512, 96, 96}, {512, 256, 192, 96}, {1000, 100, 192, 19}, {100, 1000, 10, 96}, {1024, 1, 192, 1}, {1, 1024, 1, 96},
		{96, 96, 96, 96}, {95, 95, 95, 95}, {40, 40, 80, 80}, {10, 30, 30, 90}, {1, 1, 96, 96},
	} {
		b := mustCrest(t, picture(c.width, c.height, func(int, int) uint8 { return 0 }), 96)
		if b.Width != c.wantW || b.Height != c.wantH {
			t.Errorf("%d × %d became %d × %d, want %d × %d", c.width, c.height, b.Width, b.Height, c.wantW, c.wantH)
		}
		if n := black(b); n != b.Width*b.Height {
			t.Errorf("%d × %d: %d of %d dots are black", c.width, c.height, n, b.Width*b.Height)
		}
	}
}

// A grey is as dark on paper as it was: as many of 255 dots are white as it says.
func TestCrestKeepsGreys(t *testing.T) {
	for _, grey := range []uint8{40, 64, 100, 128, 180, 220} {
		b := mustCrest(t, picture(300, 300, func(int, int) uint8 { return grey }), 96)
		white := 1 - float64(black(b))/float64(b.Width*b.Height)
		if want := float64(grey) / 255; math.Abs(white-want) > 0.02 {
			t.Errorf("grey %d: %.3f white, want %.3f", grey, white, want)
		}
	}
}

// disc is a black disc on white with its edge smoothed over some dots, as a scanner or a program gives it.
func disc(x, y int) uint8 {
	r := math.Hypot(float64(x)-200, float64(y)-200)
	return uint8(max(0, min(255, (r-150)*60+128)))
}

// Black on white stays so: no dot stands alone, and every row is black in one piece.
func TestCrestHasCleanEdges(t *testing.T) {
	b := mustCrest(t, picture(401, 401, disc), 96)
	for y := range b.Height {
		turns := 0
		for x := range b.Width {
			if b.Black(x, y) != b.Black(x-1, y) {
				turns++
			}
		}
		if turns > 2 {
			t.Errorf("row %d turns %d times between white and black", y, turns)
		}
	}
}

func TestCrestLiesOnWhite(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 200, 200))
	for i := range clear.Pix {
		clear.Pix[i] = 0 // black, but wholly transparent
	}
	var out bytes.Buffer
	if err := png.Encode(&out, clear); err != nil {
		t.Fatal(err)
	}
	if n := black(mustCrest(t, out.Bytes(), 96)); n > 0 {
		t.Errorf("%d dots of a transparent picture are black", n)
	}
}

func TestCrestRefuses(t *testing.T) {
	good := picture(100, 100, disc)
	for name, data := range map[string][]byte{
		"nothing": nil, "no picture": []byte("GIF89a"), "half a picture": good[:len(good)/2],
		"a picture that is too wide": picture(paper.MostCrest+1, 1, disc),
	} {
		if b, err := paper.Crest(data, 96); !errors.Is(err, paper.ErrNoCrest) || b != nil {
			t.Errorf("%s: %v, %v", name, b, err)
		}
	}
}

// A ticket comes without its crest rather than not at all.
func TestWithoutItsCrestTheTicketStillComes(t *testing.T) {
	r := paper.New(576)
	want, _ := r.Render(normal())
	for _, crest := range []string{"no base64!", base64.StdEncoding.EncodeToString([]byte("no picture"))} {
		got, err := r.Render(with(func(s *paper.Slip) { s.Crest = crest }))
		if !errors.Is(err, paper.ErrNoCrest) || errors.Is(err, paper.ErrNoQR) {
			t.Errorf("%q: error %v, want ErrNoCrest", crest, err)
		}
		if !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%q: the ticket differs from one without a crest", crest)
		}
	}
}

// An office that changes its crest gets the new one, from a renderer that has kept the old one.
func TestCrestIsChanged(t *testing.T) {
	r := paper.New(576)
	render := func(data []byte) []byte {
		b, err := r.Render(with(func(s *paper.Slip) { s.Crest = base64.StdEncoding.EncodeToString(data) }))
		if err != nil {
			t.Fatal(err)
		}
		return b.Pix
	}
	old := render(picture(96, 96, disc))
	if bytes.Equal(old, render(crest)) {
		t.Error("the old crest is still printed")
	}
	if !bytes.Equal(old, render(picture(96, 96, disc))) {
		t.Error("the same crest came out differently")
	}
}

// FuzzCrest gives any bytes as a picture.
func FuzzCrest(f *testing.F) {
	f.Add(picture(20, 30, disc))
	f.Add(crest)
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := paper.Crest(data, 96)
		if err == nil && (b.Height < 1 || b.Height > 96 || b.Width < 1 || b.Width > 192) {
			t.Errorf("%d × %d dots", b.Width, b.Height)
		}
	})
}
