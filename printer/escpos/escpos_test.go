package escpos_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"layso/printer/escpos"
)

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want []byte
	}{
		{"init", escpos.AppendInit(nil), []byte{0x1b, 0x40, 0x1c, 0x2e}},
		{"cut", escpos.AppendCut(nil), []byte{0x1d, 0x56, 66, 0}},
		{"feed", escpos.AppendFeed(nil, 300), []byte{0x1b, 0x4a, 255, 0x1b, 0x4a, 45}},
		{"no feed", escpos.AppendFeed(nil, 0), nil},
		{"ask", escpos.AppendAskNow(nil, 4), []byte{0x10, 4, 4}},
		{"paper", escpos.AppendAskPaper(nil), []byte{0x1d, 0x72, 1}},
		{"blank", escpos.AppendBlank(nil, 2), []byte{0, 0}},
		{"raster", escpos.AppendRaster(nil, 2, []byte{1, 2, 3, 4, 5}, 64), []byte{0x1d, 0x76, 0x30, 0, 2, 0, 2, 0, 1, 2, 3, 4}},
	} {
		if !bytes.Equal(c.got, c.want) {
			t.Errorf("%s: % x, want % x", c.name, c.got, c.want)
		}
	}
}

// bands takes a raster apart again.
func bands(t *testing.T, stride int, stream []byte) (heights []int, pix []byte) {
	t.Helper()
	for len(stream) > 0 {
		if len(stream) < 8 || !bytes.Equal(stream[:4], []byte{0x1d, 0x76, 0x30, 0}) || int(stream[4])+256*int(stream[5]) != stride {
			t.Fatalf("no band header: % x", stream[:min(8, len(stream))])
		}
		h := int(stream[6]) + 256*int(stream[7])
		heights, pix = append(heights, h), append(pix, stream[8:8+h*stride]...)
		stream = stream[8+h*stride:]
	}
	return heights, pix
}

func TestBandsAreNeverAMultipleOf48High(t *testing.T) {
	for _, band := range []int{64, 128} {
		for rows := range 800 {
			heights, pix := bands(t, 2, escpos.AppendRaster(nil, 2, bytes.Repeat([]byte{0xaa}, rows*2), band))
			for _, h := range heights {
				if h%48 == 0 || h > band+8 {
					t.Fatalf("%d rows in bands of %d: a band of %d", rows, band, h)
				}
			}
			if len(pix) < rows*2 || len(bytes.Trim(pix, "\x00")) != rows*2 {
				t.Fatalf("%d rows in bands of %d: %d bytes came back", rows, band, len(pix))
			}
		}
	}
}

func TestNoRealTimeCommandInTheDots(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	alphabet := []byte{0x10, 0x10, 0x04, 0x05, 0x14, 0x00, 0xff}
	for range 200 {
		in := make([]byte, 72*100)
		for i := range in {
			in[i] = alphabet[rng.IntN(len(alphabet))]
		}
		given := slices.Clone(in)
		_, out := bands(t, 72, escpos.AppendRaster(nil, 72, in, escpos.Band))
		for i, b := range out[:len(out)-1] {
			if next := out[i+1]; b == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14) {
				t.Fatalf("% x in the data", out[i:i+2])
			}
		}
		for i := range in {
			if diff := in[i] ^ out[i]; diff != 0 && (diff != 0x08 || in[i] != 0x10) {
				t.Fatalf("byte %d changed from %x to %x", i, in[i], out[i])
			}
		}
		if !bytes.Equal(in, given) {
			t.Fatal("the caller's picture was changed")
		}
	}
}

func TestStatusBits(t *testing.T) {
	for _, c := range []struct {
		n    int
		b    byte
		want escpos.Status
	}{
		{1, 0x12, escpos.Status{}},
		{1, 0x16, escpos.Status{}}, // the drawer's pin, on a real TM
		{1, 0x1a, escpos.Status{Offline: true}},
		{2, 0x16, escpos.Status{CoverOpen: true}},
		{2, 0x32, escpos.Status{PaperOut: true}},
		{2, 0x52, escpos.Status{Error: true}},
		{3, 0x1a, escpos.Status{Cutter: true}},
		{3, 0x32, escpos.Status{Fatal: true}},
		{3, 0x52, escpos.Status{Passing: true}},
		{4, 0x1e, escpos.Status{PaperLow: true}},
		{4, 0x7e, escpos.Status{PaperLow: true, PaperOut: true}},
	} {
		var s escpos.Status
		s.Merge(c.n, c.b)
		if s != c.want {
			t.Errorf("question %d, answer %x: %+v, want %+v", c.n, c.b, s, c.want)
		}
	}
}

// kinds feeds a stream and gives what came of it.
func kinds(stream []byte) (got []escpos.Kind) {
	var d escpos.Demux
	for _, b := range stream {
		if r := d.Feed(b); r.Kind != escpos.Nothing {
			got = append(got, r.Kind)
		}
	}
	return got
}

func TestDemux(t *testing.T) {
	for _, c := range []struct {
		name   string
		stream []byte
		want   []escpos.Kind
	}{
		{"real-time", []byte{0x12, 0x16, 0x1a, 0x7e}, []escpos.Kind{escpos.Now, escpos.Now, escpos.Now, escpos.Now}},
		{"paper", []byte{0x00, 0x0f}, []escpos.Kind{escpos.Paper, escpos.Paper}},
		{"automatic, then real-time", []byte{0x18, 0, 0x0c, 0x0f, 0x12}, []escpos.Kind{escpos.Auto, escpos.Now}},
		{"automatic broken off", []byte{0x18, 0, 0x12}, []escpos.Kind{escpos.Now}},
		{"flow control around", []byte{0x13, 0x11, 0x12, 0x13}, []escpos.Kind{escpos.Now}},
		{"process", []byte{0x37, 0x22, '1', '2', '3', '4', 0, 0x12}, []escpos.Kind{escpos.Process, escpos.Now}},
		{"process broken off", []byte{0x37, 0x12}, []escpos.Kind{escpos.Now}},
		{"noise", []byte{0xff, 0x80, 0x91}, nil},
	} {
		if got := kinds(c.stream); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func FuzzDemux(f *testing.F) {
	f.Add([]byte{0x12, 0x18, 0, 0, 0, 0x37, 0x22, 1, 2, 3, 4, 0, 0x0c})
	f.Fuzz(func(t *testing.T, stream []byte) {
		var d escpos.Demux
		var s escpos.Status
		for i, b := range stream {
			r := d.Feed(b)
			if want := map[escpos.Kind]int{escpos.Now: 1, escpos.Paper: 1, escpos.Auto: 4, escpos.Process: 4}[r.Kind]; len(r.Data) != want {
				t.Fatalf("byte %d: kind %d with %d bytes", i, r.Kind, len(r.Data))
			}
			if r.Kind == escpos.Now {
				s.Merge(i%6, r.Data[0])
			}
		}
		// Whatever came before, six bytes of flow control later a status is understood again.
		for range 6 {
			d.Feed(0x13)
		}
		if r := d.Feed(0x12); r.Kind != escpos.Now {
			t.Fatalf("out of step after % x", stream)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	pix := make([]byte, 72*700)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range pix {
		pix[i] = byte(rng.Uint32())
	}
	var dst []byte
	for b.Loop() {
		dst = escpos.AppendCut(escpos.AppendRaster(escpos.AppendInit(dst[:0]), 72, pix, escpos.Band))
	}
	b.SetBytes(int64(len(dst)))
}
