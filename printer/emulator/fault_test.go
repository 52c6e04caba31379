package emulator_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"layso/printer/emulator"
	"layso/printer/escpos"
)

// jobRows are the rows of paper of job(200): the picture and the feed after it.
const jobRows = 210

var clearBuffers = []byte{0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8}

// broken runs a test in a bubble with its own clock; the printer is mended and left at its end.
func broken(t *testing.T, o emulator.Options, test func(t *testing.T, p *emulator.Printer, c net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := emulator.New(o)
		c := p.Connect()
		defer p.Close()
		defer c.Close()
		test(t, p, c)
		if errs := p.Errors(); len(errs) > 0 {
			t.Errorf("the printer did not understand: %q", errs)
		}
	})
}

// hears gives what the printer says until it has been silent for a second.
func hears(c net.Conn) (said []byte) {
	for buf := make([]byte, 256); ; {
		c.SetReadDeadline(time.Now().Add(time.Second))
		n, err := c.Read(buf)
		if said = append(said, buf[:n]...); err != nil {
			return said
		}
	}
}

// wants fails unless the papers, oldest first, have so many rows; a minus marks a torn one.
func wants(t *testing.T, p *emulator.Printer, rows ...int) {
	t.Helper()
	var got []int
	for _, paper := range slices.Backward(p.Papers()) {
		n := paper.Image.Bounds().Dy()
		if paper.Torn {
			n = -n
		}
		if paper.Whole() != (n > 0 && paper.Lost == 0) {
			t.Errorf("a paper of %d rows: whole is %v", n, paper.Whole())
		}
		got = append(got, n)
	}
	if !slices.Equal(got, rows) {
		t.Errorf("papers of %v rows, want %v", got, rows)
	}
}

func TestStopsInTheMiddleAndGoesOn(t *testing.T) {
	for fault, want := range map[emulator.Fault][]int{
		emulator.PaperOut:  {-50, -(jobRows - 50)}, // the rest is on the new roll
		emulator.CoverOpen: {jobRows},
		emulator.Hot:       {jobRows},
		emulator.Offline:   {jobRows},
		emulator.Cutter:    {jobRows},
		emulator.PaperLow:  {jobRows},
		emulator.Fatal:     {-50}, // the rest is lost: it has to be switched off and on
	} {
		broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
			p.FailAfter(fault, 50)
			if f, rows := p.Coming(); f != fault || rows != 50 {
				t.Errorf("%q is to come after %d rows", f, rows)
			}
			send(t, c, escpos.AppendAskPaper(job(200)))
			synctest.Wait()
			if f, _ := p.Coming(); p.Fault() != fault || f != emulator.None {
				t.Errorf("the fault is %q, want %q; %q is to come", p.Fault(), fault, f)
			}
			if whole := fault == emulator.PaperLow; whole != (len(hears(c)) == 1) {
				t.Errorf("%q: GS r answered is %v", fault, !whole)
			}
			p.SetFault(emulator.None)
			said := hears(c)
			wants(t, p, want...)
			if fine := fault == emulator.PaperLow || fault == emulator.Fatal; !fine && !bytes.Equal(said, []byte{0}) {
				t.Errorf("%q: mended, and it says % x", fault, said)
			}
		})
	}
}

// Printers that forget what they hold when they are mended: the half ticket is torn off, and the
// next is whole.
func TestDropsLeftovers(t *testing.T) {
	for fault, want := range map[emulator.Fault][]int{
		emulator.PaperOut: {-50, jobRows}, emulator.CoverOpen: {-50, jobRows},
		emulator.Cutter: {-jobRows, jobRows}, emulator.Offline: {jobRows, jobRows},
	} {
		broken(t, emulator.Options{DropsLeftovers: true}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
			p.FailAfter(fault, 50)
			send(t, c, job(200))
			synctest.Wait()
			p.SetFault(emulator.None)
			send(t, c, job(200))
			synctest.Wait()
			wants(t, p, want...)
		})
	}
}

// A jammed cutter holds a printed ticket: DLE ENQ 1 does not free it, DLE ENQ 2 forgets what follows,
// and whoever frees it tears the ticket off.
func TestCutterJam(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.FailAfter(emulator.Cutter, 1)
		send(t, c, escpos.AppendAskPaper(job(200)))
		send(t, c, []byte{escpos.DLE, 5, 1})
		synctest.Wait()
		wants(t, p)
		send(t, c, []byte{escpos.DLE, 5, 2})
		synctest.Wait()
		p.SetFault(emulator.None)
		wants(t, p, -jobRows)
		if said := hears(c); len(said) != 0 {
			t.Errorf("GS r was forgotten, and answered % x", said)
		}
		send(t, c, []byte{escpos.DLE, 5, 2}) // no jam: does nothing
		send(t, c, job(200))
		synctest.Wait()
		wants(t, p, -jobRows, jobRows)
	})
}

// DLE ENQ does nothing where the cutter is not jammed.
func TestEnquiryWithoutAJam(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.FailAfter(emulator.CoverOpen, 50)
		send(t, c, job(200))
		send(t, c, []byte{escpos.DLE, 5, 2})
		synctest.Wait()
		p.SetFault(emulator.None)
		wants(t, p, jobRows)
	})
}

func TestClearsItsBuffers(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.FailAfter(emulator.PaperOut, 50)
		send(t, c, escpos.AppendAskPaper(job(200)))
		send(t, c, clearBuffers)
		if said := hears(c); !bytes.Equal(said, []byte{0x37, 0x25, 0}) {
			t.Errorf("the clear response is % x", said)
		}
		p.SetFault(emulator.None)
		send(t, c, job(200))
		synctest.Wait()
		wants(t, p, -50, jobRows)

		send(t, c, job(200)[:72*90]) // in the middle of a picture
		send(t, c, clearBuffers)
		send(t, c, escpos.AppendCut(nil))
		send(t, c, job(200))
		synctest.Wait()
		wants(t, p, -50, jobRows, -89, jobRows)
	})
}

func TestHangsUpInTheMiddle(t *testing.T) {
	for _, fault := range []emulator.Fault{emulator.HangUp, emulator.Unreachable} {
		broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
			p.FailAfter(fault, 100)
			if _, err := c.Write(job(200)); err == nil {
				t.Error("the whole job was taken")
			}
			if _, err := c.Read(make([]byte, 1)); err != io.EOF {
				t.Errorf("read: %v, want EOF", err)
			}
			c.Close()
			if fault == emulator.Unreachable {
				if _, err := p.Dial(t.Context()); !errors.Is(err, emulator.ErrUnreachable) {
					t.Errorf("dial says %v", err)
				}
				if _, err := p.Connect().Write([]byte{0}); err == nil {
					t.Error("a connection to an unreachable printer takes bytes")
				}
			}
			p.SetFault(emulator.None)
			next, err := p.Dial(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer next.Close()
			send(t, next, escpos.AppendCut(escpos.AppendBlank(nil, 72*128)))
			send(t, next, job(200))
			synctest.Wait()
			wants(t, p, -128, jobRows) // the first band, filled up with white
		})
	}
}

// A wire that breaks in the middle of a command: what fills it up and cleans the printer is no error of
// the sender's. From the next ticket on, errors are.
func TestBreaksOffInACommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := emulator.New(emulator.Options{})
		c := p.Connect()
		send(t, c, []byte{escpos.GS, 'v'})
		c.Close()
		synctest.Wait()
		next := p.Connect()
		defer next.Close()
		send(t, next, escpos.AppendCut(escpos.AppendBlank(nil, 100)))
		send(t, next, job(200))
		synctest.Wait()
		wants(t, p, jobRows)
		if errs := p.Errors(); len(errs) > 0 {
			t.Errorf("errors %q", errs)
		}
		send(t, next, []byte{'x'})
		synctest.Wait()
		if len(p.Errors()) != 1 {
			t.Errorf("errors %q, want one", p.Errors())
		}
	})
}

func TestRestart(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		send(t, c, []byte{escpos.GS, 'a', 0x0e})
		hears(c)
		p.FailAfter(emulator.Restart, 100)
		if _, err := c.Write(job(200)); err == nil {
			t.Error("the whole job was taken")
		}
		wants(t, p, -100)
		next := p.Connect()
		defer next.Close()
		send(t, next, escpos.AppendAskPaper(job(200)))
		p.SetFault(emulator.PaperLow)
		if said := hears(next); len(said) != 1 {
			t.Errorf("it says % x, want the answer to GS r alone: GS a is over", said)
		}
		wants(t, p, -100, jobRows)
	})
}

// A printer that loses bytes says that all is well. What is left of the picture is not taken for an
// error of the sender's.
func TestLosesBytes(t *testing.T) {
	broken(t, emulator.Options{DropEvery: 5000, DropBurst: 7}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.SetFault(emulator.Drop)
		send(t, c, job(200))
		for n := 1; n <= escpos.Questions; n++ {
			if b := ask(t, c, escpos.AppendAskNow(nil, n)); b != 0x12 {
				t.Errorf("status %d is %x", n, b)
			}
		}
		p.SetFault(emulator.None)
		send(t, c, escpos.AppendCut(escpos.AppendBlank(nil, 72*128)))
		send(t, c, job(200))
		synctest.Wait()
		papers := p.Papers()
		if n := len(papers); n < 2 || !papers[0].Whole() || papers[n-1].Whole() || papers[n-1].Lost == 0 {
			t.Errorf("%d papers", n)
		}
	})
}

func TestTakesAByteASecond(t *testing.T) {
	broken(t, emulator.Options{}, func(t *testing.T, p *emulator.Printer, c net.Conn) {
		p.SetFault(emulator.Slow)
		begun := time.Now()
		c.SetWriteDeadline(begun.Add(time.Minute))
		if n, err := c.Write(job(200)); !errors.Is(err, os.ErrDeadlineExceeded) || n > 4096 {
			t.Errorf("%d bytes taken, %v", n, err)
		}
		p.SetFault(emulator.None)
		c.SetWriteDeadline(time.Time{})
		ask(t, c, escpos.AppendAskNow(nil, 1))
		if took := time.Since(begun); took > 70*time.Second {
			t.Errorf("mended, and it took %v", took)
		}
	})
}
