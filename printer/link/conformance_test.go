package link_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"layso/printer/emulator"
	"layso/printer/escpos"
	"layso/printer/link"
)

// job prints a picture of 140 rows, in two bands; its bytes hold every value that a terminal might eat.
func job() []byte {
	pix := make([]byte, 72*140)
	for i := range pix {
		pix[i] = byte(i * 7)
	}
	return escpos.AppendCut(escpos.AppendRaster(escpos.AppendInit(nil), 72, pix, escpos.Band))
}

// bench is one wire under test.
type bench struct {
	*testing.T
	p    *emulator.Printer
	open func() (*link.Link, error)
}

// link opens the wire for the rest of the test.
func (b bench) link() *link.Link {
	b.Helper()
	l, err := b.open()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}

// TestConformance is what the spooler may expect of every wire.
func TestConformance(t *testing.T) {
	for name, wire := range wires {
		t.Run(name, func(t *testing.T) {
			for name, test := range map[string]func(bench){
				"prints": testPrints, "status": testStatus, "deadlines": testDeadlines, "past deadline": testPastDeadline,
				"both ways": testBothWays, "close": testClose, "close under reads and writes": testCloseUnder,
				"close after writing": testCloseAfterWriting, "far end closes": testFarEndCloses,
			} {
				t.Run(name, func(t *testing.T) {
					t.Parallel() // a serial line takes its time
					p := emulator.New(emulator.Options{XonXoff: true, ReceiveOnly: name == "close after writing"})
					t.Cleanup(p.Close)
					test(bench{t, p, wire(t, p)})
					if errs := p.Errors(); len(errs) > 0 {
						t.Errorf("the printer did not understand %q", errs)
					}
				})
			}
		})
	}
}

// print sends a job and waits for the answer that comes when it is printed.
func (b bench) print(l *link.Link, data []byte) {
	b.Helper()
	l.SetWriteDeadline(time.Now().Add(time.Minute)) // a serial line takes its time
	if _, err := l.Write(data); err != nil {
		b.Fatal(err)
	}
	var r [1]byte
	if err := l.Tx(escpos.AppendAskPaper(nil), r[:]); err != nil || r[0] != 0 {
		b.Fatalf("fence %x, %v", r, err)
	}
}

// A job comes out; the answer comes after the paper.
func testPrints(t bench) {
	l := t.link()
	if l.String() == "" {
		t.Error("the link has no name")
	}
	for n := range 3 {
		t.print(l, job())
		if papers := t.p.Papers(); len(papers) != n+1 || !bytes.Equal(papers[0].Raw, job()) || !papers[0].Whole() {
			t.Fatalf("%d papers", len(papers))
		}
	}
}

func testStatus(t bench) {
	l := t.link()
	for _, c := range []struct {
		fault emulator.Fault
		n     int
		want  byte
	}{
		{emulator.CoverOpen, 2, 0x16}, {emulator.PaperOut, 4, 0x7e}, {emulator.Cutter, 3, 0x1a}, {emulator.Hot, 3, 0x52},
		{emulator.Offline, 1, 0x1a}, {emulator.PaperLow, 4, 0x1e}, {emulator.None, 1, 0x12}, {emulator.Fatal, 3, 0x32},
	} {
		t.p.SetFault(c.fault)
		var r [1]byte
		if err := l.Tx(escpos.AppendAskNow(nil, c.n), r[:]); err != nil || r[0] != c.want {
			t.Errorf("%q: answer %x, %v, want %x", c.fault, r, err, c.want)
		}
	}
}

// A read that nobody answers, and a write that nobody takes, end at their deadlines; the link
// works on afterwards.
func testDeadlines(t bench) {
	l := t.link()
	l.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	if _, err := l.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read without an answer: %v", err)
	}
	t.p.SetFault(emulator.Offline)
	white := make([]byte, 64<<20) // far more than the printer, the kernel and the wire can hold
	l.SetWriteDeadline(time.Now().Add(200 * time.Millisecond))
	sent, err := l.Write(white)
	if !errors.Is(err, os.ErrDeadlineExceeded) || sent == 0 {
		t.Errorf("a write that is not taken: %d bytes, %v", sent, err)
	}
	t.p.SetFault(emulator.None)
	// The printer first swallows what the kernel has taken, some megabytes on TCP.
	l.SetWriteDeadline(time.Now().Add(time.Minute))
	l.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := l.Write(escpos.AppendAskNow(nil, 1)); err != nil {
		t.Error(err)
	}
	if got := t.status(l); got != 0x12 {
		t.Errorf("after the deadlines: %x", got)
	}
}

// status reads the next answer to DLE EOT.
func (b bench) status(l *link.Link) byte {
	b.Helper()
	for r := [1]byte{}; ; {
		if _, err := io.ReadFull(l, r[:]); err != nil {
			b.Error(err)
			return 0
		}
		if r[0]&0x93 == 0x12 { // no XON or XOFF
			return r[0]
		}
	}
}

// A deadline that is set while a read waits counts for it.
func testPastDeadline(t bench) {
	l := t.link()
	ended := make(chan error)
	go func() {
		_, err := l.Read(make([]byte, 1))
		ended <- err
	}()
	l.SetReadDeadline(time.Now())
	if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error(err)
	}
}

// One goroutine reads what the printer says by itself while another writes.
func testBothWays(t bench) {
	l := t.link()
	heard := make(chan []byte, 1)
	go func() {
		said := make([]byte, 5)
		io.ReadFull(l, said)
		heard <- said
	}()
	l.SetWriteDeadline(time.Now().Add(time.Minute))
	for _, data := range [][]byte{escpos.AppendInit(nil), {escpos.GS, 'a', 0x0e}, job()[4:], escpos.AppendAskPaper(nil)} {
		if _, err := l.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if said := <-heard; !bytes.Equal(said, []byte{0x10, 0, 0, 0, 0}) {
		t.Errorf("the printer said % x", said)
	}
}

func testClose(t bench) {
	l := t.link()
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := l.Write([]byte{0}); err == nil {
		t.Error("a write to a closed link went through")
	}
	if _, err := l.Read(make([]byte, 1)); err == nil {
		t.Error("a read of a closed link went through")
	}
	testPrints(t)
}

// A close ends reads and writes that wait, and the wire can be opened again.
func testCloseUnder(t bench) {
	l := t.link()
	t.p.SetFault(emulator.CoverOpen)
	ended := make(chan error)
	go func() {
		_, err := l.Read(make([]byte, 64))
		for err == nil {
			_, err = l.Read(make([]byte, 64)) // XOFF
		}
		ended <- err
	}()
	white := make([]byte, 1<<20)
	l.SetWriteDeadline(time.Now().Add(200 * time.Millisecond))
	for err := error(nil); err == nil; { // until the printer, the kernel and the wire are full
		_, err = l.Write(white)
	}
	l.SetWriteDeadline(time.Time{})
	go func() {
		err := error(nil)
		for err == nil {
			_, err = l.Write(white)
		}
		ended <- err
	}()
	time.AfterFunc(10*time.Millisecond, func() { l.Close() })
	for range 2 {
		if err := <-ended; err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("closed, and it ended with %v", err)
		}
	}
	t.p.SetFault(emulator.None)
	testPrints(t)
}

// What was written without an error comes out, when the wire is closed at once. A printer that only
// receives gives nothing to wait for.
func testCloseAfterWriting(t bench) {
	l := t.link()
	l.SetWriteDeadline(time.Now().Add(time.Minute))
	if _, err := l.Write(job()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for changed := t.p.Changed(); t.p.Total() == 0; changed = t.p.Changed() {
		<-changed
	}
	if !t.p.Papers()[0].Whole() {
		t.Error("the paper is not whole")
	}
}

// The printer hangs up in the middle of a ticket, or is switched off and on, or unplugged: reads and
// writes end, and the wire can be opened again.
func testFarEndCloses(t bench) {
	for _, fault := range []emulator.Fault{emulator.HangUp, emulator.Restart, emulator.Unreachable} {
		l := t.link()
		t.p.FailAfter(fault, 100)
		deadline := time.Now().Add(time.Minute)
		l.SetWriteDeadline(deadline)
		l.SetReadDeadline(deadline)
		var err error
		for err == nil { // the kernel takes some before it knows
			_, err = l.Write(escpos.AppendBlank(escpos.AppendRaster(nil, 72, make([]byte, 72*128), escpos.Band), 1))
		}
		if _, rerr := l.Read(make([]byte, 64)); rerr == nil || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(rerr, os.ErrDeadlineExceeded) {
			t.Errorf("%q: write ended with %v, read with %v", fault, err, rerr)
		}
		l.Close()
		t.p.SetFault(emulator.None)
		next := t.link()
		t.print(next, append(escpos.AppendCut(escpos.AppendBlank(nil, 72*escpos.Band)), job()...))
		if newest := t.p.Papers()[0]; !newest.Whole() || !bytes.HasSuffix(newest.Raw, job()) {
			t.Errorf("%q: the ticket after it is not whole", fault)
		}
		next.Close()
	}
}
