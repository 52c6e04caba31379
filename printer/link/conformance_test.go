package link_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"layso/printer/emulator"
	"layso/printer/escpos"
	"layso/printer/link"
)

// job prints a picture of 300 black rows; its bytes hold every value that a terminal might eat.
func job() []byte {
	pix := make([]byte, 72*300)
	for i := range pix {
		pix[i] = byte(i * 7)
	}
	return escpos.AppendCut(escpos.AppendRaster(escpos.AppendInit(nil), 72, pix, escpos.Band))
}

func open(t *testing.T, spec string) *link.Link {
	t.Helper()
	l, err := link.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// wires are the ways to a printer that answers. Each gives a link whose far end is p.
var wires = map[string]func(*testing.T, *emulator.Printer) *link.Link{
	"in-process": func(_ *testing.T, p *emulator.Printer) *link.Link { return link.New("emulator", p.Connect()) },
	"tcp": func(t *testing.T, p *emulator.Printer) *link.Link {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		var served sync.WaitGroup
		served.Go(func() { p.Serve(ctx, l) })
		t.Cleanup(func() { cancel(); served.Wait() })
		return open(t, "tcp://"+l.Addr().String())
	},
	"file": func(t *testing.T, p *emulator.Printer) *link.Link {
		master, path := openPTY(t)
		slave := open(t, "file://"+path)
		var served sync.WaitGroup
		served.Go(func() { p.Handle(master) })
		t.Cleanup(func() { master.Close(); served.Wait() })
		return slave
	},
}

// TestConformance is what the spooler may expect of every link.
func TestConformance(t *testing.T) {
	for name, wire := range wires {
		t.Run(name, func(t *testing.T) {
			p := emulator.New(emulator.Options{})
			t.Cleanup(p.Close)
			l := wire(t, p)
			t.Cleanup(func() { l.Close() })
			if l.String() == "" {
				t.Error("the link has no name")
			}
			testPrints(t, l, p)
			testStatus(t, l, p)
			testDeadlines(t, l, p)
			testClose(t, l)
		})
	}
}

// A job and its fence in one write; the answer comes after the paper.
func testPrints(t *testing.T, l *link.Link, p *emulator.Printer) {
	t.Helper()
	var r [1]byte
	if err := l.Tx(escpos.AppendAskPaper(job()), r[:]); err != nil || r[0] != 0 {
		t.Fatalf("fence %x, %v", r, err)
	}
	papers := p.Papers()
	if len(papers) != 1 || !bytes.Equal(papers[0].Raw, job()) {
		t.Errorf("%d papers, errors %v", len(papers), p.Errors())
	}
}

func testStatus(t *testing.T, l *link.Link, p *emulator.Printer) {
	t.Helper()
	for _, c := range []struct {
		fault emulator.Fault
		n     int
		want  byte
	}{{emulator.CoverOpen, 2, 0x16}, {emulator.PaperOut, 4, 0x7e}, {emulator.None, 1, 0x12}} {
		p.SetFault(c.fault)
		var r [1]byte
		if err := l.Tx(escpos.AppendAskNow(nil, c.n), r[:]); err != nil || r[0] != c.want {
			t.Errorf("%q: answer %x, %v, want %x", c.fault, r, err, c.want)
		}
	}
}

// A read that nobody answers, and a write that nobody takes, end at their deadlines; the link
// works on afterwards.
func testDeadlines(t *testing.T, l *link.Link, p *emulator.Printer) {
	t.Helper()
	l.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, err := l.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read without an answer: %v", err)
	}
	p.SetFault(emulator.Offline)
	l.SetWriteDeadline(time.Now().Add(100 * time.Millisecond))
	// White dots: far more than the printer, the kernel and the wire can hold.
	sent, err := l.Write(make([]byte, 64<<20))
	if !errors.Is(err, os.ErrDeadlineExceeded) || sent == 0 {
		t.Errorf("a write that is not taken: %d bytes, %v", sent, err)
	}
	p.SetFault(emulator.None)
	// The printer first swallows what the kernel has taken, some megabytes on TCP.
	l.SetWriteDeadline(time.Now().Add(time.Minute))
	l.SetReadDeadline(time.Now().Add(time.Minute))
	var r [1]byte
	if _, err := l.Write(escpos.AppendAskNow(nil, 1)); err != nil {
		t.Error(err)
	}
	if _, err := l.Read(r[:]); err != nil || r[0] != 0x12 {
		t.Errorf("after the deadlines: %x, %v", r, err)
	}
}

func testClose(t *testing.T, l *link.Link) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := l.Write([]byte{0}); err == nil {
		t.Error("a write to a closed link went through")
	}
}

// A regular file takes the bytes, one job after the other, and answers nothing.
func TestRegularFileHasNoWayBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.bin")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		l := open(t, "file://"+path)
		if err := l.Tx(job(), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("read: %v, want EOF", err)
		}
		l.Close()
	}
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, append(job(), job()...)) {
		t.Errorf("%d bytes in the file, %v", len(got), err)
	}
}
