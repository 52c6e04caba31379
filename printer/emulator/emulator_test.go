package emulator_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"layso/printer/emulator"
	"layso/printer/escpos"
)

// job is a picture of rows on 576 dots, black but for the last row.
func job(rows int) []byte {
	pix := bytes.Repeat([]byte{0xff}, 72*rows)
	clear(pix[72*(rows-1):])
	out := escpos.AppendRaster(escpos.AppendInit(nil), 72, pix, escpos.Band)
	return escpos.AppendCut(escpos.AppendFeed(out, 10))
}

func send(t *testing.T, c net.Conn, data []byte) {
	t.Helper()
	if _, err := c.Write(data); err != nil {
		t.Fatal(err)
	}
}

// ask sends a question and gives the one byte of the answer.
func ask(t *testing.T, c net.Conn, question []byte) byte {
	t.Helper()
	send(t, c, question)
	var b [1]byte
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := c.Read(b[:]); err != nil {
		t.Fatalf("no answer to % x: %v", question, err)
	}
	return b[0]
}

func connect(t *testing.T, p *emulator.Printer) net.Conn {
	t.Helper()
	c := p.Connect()
	t.Cleanup(func() { c.Close(); p.Close() })
	return c
}

func TestDrawsThePaper(t *testing.T) {
	p := emulator.New(emulator.Options{})
	c := connect(t, p)
	sent := job(200)
	send(t, c, sent)
	if b := ask(t, c, escpos.AppendAskPaper(nil)); b != 0 {
		t.Errorf("paper status %x", b)
	}
	papers := p.Papers()
	if len(papers) != 1 || len(p.Errors()) != 0 {
		t.Fatalf("%d papers, errors %v", len(papers), p.Errors())
	}
	paper := papers[0]
	if b := paper.Image.Bounds(); b.Dx() != 576 || b.Dy() != 210 {
		t.Errorf("the paper is %v, want 576x210", b)
	}
	if !bytes.Equal(paper.Raw, sent) {
		t.Error("the raw bytes differ from what was sent")
	}
	for _, dot := range []struct {
		x, y  int
		black bool
	}{{0, 0, true}, {575, 198, true}, {0, 199, false}, {0, 209, false}} {
		if r, _, _, _ := paper.Image.At(dot.x, dot.y).RGBA(); (r == 0) != dot.black {
			t.Errorf("dot %d, %d: black is %v", dot.x, dot.y, !dot.black)
		}
	}
}

func TestUnknownBytesAreErrors(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want string
	}{
		{[]byte("Xin"), "unknown bytes 58"},
		{[]byte{escpos.GS, '(', 'k'}, "unknown bytes 1d 28"},
		{[]byte{escpos.DLE, 0x14, 1}, "real-time command 10 14"},
		{[]byte{escpos.DLE, 4, 9}, "status question 9"},
		{[]byte{escpos.GS, 'v', '0', 0, 73, 0, 1, 0}, "raster of 584 dots"},
		{[]byte{escpos.GS, 'v', '0', 0, 1, 0, 96, 0}, "multiple of 48"},
	} {
		p := emulator.New(emulator.Options{})
		w := connect(t, p)
		send(t, w, c.data)
		ask(t, w, escpos.AppendAskNow(nil, 1)) // all before it has been read
		if got := strings.Join(p.Errors(), "; "); !strings.Contains(got, c.want) {
			t.Errorf("% x: errors %q, want %q", c.data, got, c.want)
		}
	}
}

// Without paper nothing comes out, GS r is not answered, DLE EOT is; with paper again all is made up.
func TestPrintsWhenTheFaultIsOver(t *testing.T) {
	p := emulator.New(emulator.Options{})
	c := connect(t, p)
	p.SetFault(emulator.PaperOut)
	send(t, c, escpos.AppendAskPaper(job(100)))
	if b := ask(t, c, escpos.AppendAskNow(nil, 1)); b&0x08 == 0 {
		t.Errorf("status %x, want off line", b)
	}
	if n := p.Total(); n != 0 {
		t.Fatalf("%d papers without paper", n)
	}
	changed := p.Changed()
	p.SetFault(emulator.None)
	<-changed
	var b [1]byte
	if _, err := c.Read(b[:]); err != nil || b[0] != 0 || p.Total() != 1 {
		t.Errorf("answer %x, %v, %d papers", b, err, p.Total())
	}
}

func TestFullBufferHoldsTheSenderUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := emulator.New(emulator.Options{Buffer: 4096})
		c := p.Connect()
		p.SetFault(emulator.CoverOpen)
		c.SetWriteDeadline(time.Now().Add(time.Second))
		n, err := c.Write(job(500))
		if err == nil || n < 4096 || n > 3*4096 {
			t.Errorf("%d bytes taken, %v", n, err)
		}
		c.Close()
		synctest.Wait() // the connection's goroutines end although the buffer is still full
	})
}

func TestKeepsTheLastPapers(t *testing.T) {
	p := emulator.New(emulator.Options{Keep: 3})
	c := connect(t, p)
	for rows := 2; rows < 10; rows++ {
		send(t, c, job(rows))
	}
	ask(t, c, escpos.AppendAskPaper(nil))
	var seqs []int
	for _, paper := range p.Papers() {
		seqs = append(seqs, paper.Seq)
	}
	if !slices.Equal(seqs, []int{8, 7, 6}) {
		t.Errorf("papers %v, want 8 7 6", seqs)
	}
}

func TestServesTCP(t *testing.T) {
	p := emulator.New(emulator.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error)
	go func() { served <- p.Serve(ctx, l) }()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	send(t, c, job(50))
	ask(t, c, escpos.AppendAskPaper(nil))
	if p.Total() != 1 {
		t.Errorf("%d papers", p.Total())
	}
	cancel()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func Example() {
	p := emulator.New(emulator.Options{Dots: 384})
	wire := p.Connect()
	defer wire.Close()
	wire.Write(escpos.AppendAskPaper(escpos.AppendCut(escpos.AppendFeed(nil, 80))))
	wire.Read(make([]byte, 1)) // the answer comes when all is printed
	fmt.Println(p.Papers()[0].Image.Bounds().Max)
	// Output: (384,80)
}
