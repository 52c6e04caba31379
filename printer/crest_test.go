package printer_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"testing"
	"testing/synctest"

	"layso/kiosk"
	"layso/printer/emulator"
	"layso/printer/escpos"
)

// commands is a crest whose dots are real-time commands, 192 × 96: at the place that a ticket gives it
// they begin whole bytes.
func commands() string {
	m := image.NewGray(image.Rect(0, 0, 192, 96))
	rows := [][]byte{{0x10, 0x04, 0x01}, {0x10, 0x14, 0x01}, {0x10, 0x05, 0x01}, {0x10, 0x04, 0x10}}
	for y := range 96 {
		for x := range 192 {
			row := rows[y%len(rows)]
			if row[x/8%len(row)]&(0x80>>(x%8)) == 0 {
				m.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// A crest, unlike letters, may hold any bytes: those that a printer would take for commands, at once and in
// the middle of the picture, are not sent.
func TestCrestFullOfCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		crest := commands()
		hall := openHall(t, &memory{}, func(s *kiosk.Setup) { s.Paper.Crest = crest })
		p := emulator.New(emulator.Options{Dots: generic.Dots})
		t.Cleanup(p.Close)
		token := hall.take()
		spool(t, hall, generic, to(p))
		hall.wants(token, kiosk.Processed, "")
		if errs := p.Errors(); len(errs) > 0 {
			t.Errorf("the printer did not understand: %q", errs)
		}
		out := p.Papers()[0]
		for _, pair := range escpos.RealTime {
			if n := bytes.Count(out.Raw, pair[:]); n > 0 {
				t.Errorf("% x was sent %d times", pair, n)
			}
		}
		if dark := darkIn(out.Image, image.Rect(16, 0, 208, 110)); dark < 1000 {
			t.Errorf("%d dots of the crest are left", dark)
		}
	})
}

// darkIn counts the black dots of a part of a picture.
func darkIn(m image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r == 0 {
				n++
			}
		}
	}
	return n
}
