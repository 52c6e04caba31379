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
		{"old cut", escpos.AppendOldCut(nil), []byte{0x1b, 0x69}},
		{"automatic status", escpos.AppendAuto(nil), []byte{0x1d, 0x61, 0x0e}},
		{"process ID", escpos.AppendProcessID(nil, [4]byte{'1', '2', '3', '4'}), []byte{0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x31, 0x32, 0x33, 0x34}},
		{"recover", escpos.AppendRecover(nil), []byte{0x10, 5, 2}},
		{"clear", escpos.AppendClear(nil), []byte{0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8}},
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

func TestAutomaticStatusBits(t *testing.T) {
	for _, c := range []struct {
		data [4]byte
		want escpos.Status
	}{
		{[4]byte{0x10}, escpos.Status{}},
		{[4]byte{0x14, 0, 0, 0x0f}, escpos.Status{}}, // the drawer's pin
		{[4]byte{0x58}, escpos.Status{Offline: true}},
		{[4]byte{0x38}, escpos.Status{Offline: true, CoverOpen: true}},
		{[4]byte{0x18, 0x04}, escpos.Status{Offline: true, Error: true}},
		{[4]byte{0x18, 0x08}, escpos.Status{Offline: true, Cutter: true}},
		{[4]byte{0x18, 0x20}, escpos.Status{Offline: true, Fatal: true}},
		{[4]byte{0x18, 0x40}, escpos.Status{Offline: true, Passing: true}},
		{[4]byte{0x10, 0, 0x03}, escpos.Status{PaperLow: true}},
		{[4]byte{0x18, 0, 0x0f}, escpos.Status{Offline: true, PaperLow: true, PaperOut: true}},
	} {
		if got := escpos.AutoStatus(c.data[:]); got != c.want {
			t.Errorf("% x: %+v, want %+v", c.data, got, c.want)
		}
	}
}

// kinds feeds a stream and gives what came of it, and how many bytes made no sense.
func kinds(stream []byte) (got []escpos.Kind, strange int) {
	var d escpos.Demux
	for _, b := range stream {
		if r := d.Feed(b); r.Kind != escpos.Nothing {
			got = append(got, r.Kind)
		}
	}
	return got, d.Strange
}

func TestDemux(t *testing.T) {
	const now, paper, auto, process, cleared = escpos.Now, escpos.Paper, escpos.Auto, escpos.Process, escpos.Cleared
	for _, c := range []struct {
		name    string
		stream  []byte
		want    []escpos.Kind
		strange int
	}{
		{"real-time", []byte{0x12, 0x16, 0x1a, 0x7e}, []escpos.Kind{now, now, now, now}, 0},
		{"paper", []byte{0x00, 0x0f}, []escpos.Kind{paper, paper}, 0},
		{"automatic, then real-time", []byte{0x18, 0, 0x0c, 0x0f, 0x12}, []escpos.Kind{auto, now}, 0},
		{"automatic broken off", []byte{0x18, 0, 0x12}, []escpos.Kind{now}, 2},
		{"automatic twice", []byte{0x18, 0x10, 0, 0, 0}, []escpos.Kind{auto}, 1},
		{"flow control around", []byte{0x13, 0x11, 0x12, 0x13}, []escpos.Kind{now}, 0},
		{"flow control inside", []byte{0x18, 0x13, 0, 0x11, 0x0c, 0, 0x37, 0x13, 0x22, '1', '2', 0x11, '3', '4', 0}, []escpos.Kind{auto, process}, 0},
		{"process", []byte{0x37, 0x22, '1', '2', '3', '4', 0, 0x12}, []escpos.Kind{process, now}, 0},
		{"process broken off", []byte{0x37, 0x12}, []escpos.Kind{now}, 1},
		{"process with a wrong end", []byte{0x37, 0x22, '1', '2', '3', '4', 0x12}, []escpos.Kind{now}, 6},
		{"cleared", []byte{0x37, 0x25, 0, 0x12}, []escpos.Kind{cleared, now}, 0},
		{"noise", []byte{0xff, 0x80, 0x91}, nil, 3},
	} {
		if got, strange := kinds(c.stream); !slices.Equal(got, c.want) || strange != c.strange {
			t.Errorf("%s: %v and %d strange bytes, want %v and %d", c.name, got, strange, c.want, c.strange)
		}
	}
	if _, strange := kinds([]byte("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\n\r\n400 Bad Request")); strange < 10 {
		t.Errorf("a web server seems a printer: %d strange bytes", strange)
	}
}

// FuzzDemux: each byte is part of one answer, strange, or flow control, or waits for the rest of its
// answer; and whatever came before, a status is understood.
func FuzzDemux(f *testing.F) {
	f.Add([]byte{0x12, 0x18, 0, 0, 0, 0x37, 0x22, '1', '2', '3', '4', 0, 0x0c, 0x37, 0x25, 0})
	f.Add([]byte{0x18, 0x13, 0, 0x11, 0xff, 0x37, 0x12})
	sizes := map[escpos.Kind][2]int{escpos.Now: {1, 1}, escpos.Paper: {1, 1}, escpos.Auto: {4, 4}, escpos.Process: {4, 7}, escpos.Cleared: {0, 3}}
	f.Fuzz(func(t *testing.T, stream []byte) {
		var d escpos.Demux
		accounted := 0
		for i, b := range stream {
			r := d.Feed(b)
			if b == 0x11 || b == 0x13 {
				accounted++
			}
			if size := sizes[r.Kind]; r.Kind != escpos.Nothing {
				if len(r.Data) != size[0] {
					t.Fatalf("byte %d: kind %d with %d bytes", i, r.Kind, len(r.Data))
				}
				accounted += size[1]
			}
			if waits := i + 1 - accounted - d.Strange; waits < 0 || waits > 6 {
				t.Fatalf("%d bytes wait after % x", waits, stream[:i+1])
			}
			if r.Kind == escpos.Auto {
				escpos.AutoStatus(r.Data)
			}
		}
		if r := d.Feed(0x12); r.Kind != escpos.Now || r.Data[0] != 0x12 {
			t.Fatalf("out of step after % x", stream)
		}
	})
}

// drawn gives the picture that a stream prints, as a printer that knows these commands draws it.
func drawn(t *testing.T, stride int, stream []byte) (pix []byte, heights []int) {
	t.Helper()
	for len(stream) > 0 {
		switch {
		case bytes.HasPrefix(stream, []byte{0x1b, 'J'}):
			pix = append(pix, make([]byte, stride*int(stream[2]))...)
			stream = stream[3:]
		case bytes.HasPrefix(stream, []byte{0x1d, 'v', '0', 0}):
			width, height := int(stream[4])+256*int(stream[5]), int(stream[6])+256*int(stream[7])
			heights, stream = append(heights, height), stream[8:]
			for range height {
				row := make([]byte, stride)
				copy(row, stream[:width])
				pix, stream = append(pix, row...), stream[width:]
			}
		default:
			t.Fatalf("no command: % x", stream[:min(8, len(stream))])
		}
	}
	return pix, heights
}

// What is left out is blank, and the picture the same.
func TestTrimmedPictureIsTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		const stride = 12
		pix := make([]byte, 0, stride*800)
		for len(pix) < stride*(1+rng.IntN(700)) {
			rows := make([]byte, stride*(1+rng.IntN(60)))
			if rng.IntN(2) == 0 {
				for i := range rows {
					if i%stride < 1+rng.IntN(stride) {
						rows[i] = byte(rng.Uint32())
					}
				}
			}
			pix = append(pix, rows...)
		}
		r := escpos.Raster{Stride: stride, Not48: true, Trim: true}
		out, bands := r.Append(nil, pix)
		got, heights := drawn(t, stride, out)
		if bands != len(heights) {
			t.Fatalf("%d bands, want %d", len(heights), bands)
		}
		for _, h := range heights {
			if h%48 == 0 || h > escpos.Band+8 {
				t.Fatalf("a band of %d rows", h)
			}
		}
		if len(got) < len(pix) || !bytes.Equal(got[:len(pix)], pix) || len(bytes.Trim(got[len(pix):], "\x00")) > 0 {
			t.Fatalf("%d rows came out as another picture of %d", len(pix)/stride, len(got)/stride)
		}
	}
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
