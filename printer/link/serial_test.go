package link_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.bug.st/serial"

	"layso/printer/emulator"
	"layso/printer/escpos"
	"layso/printer/link"
)

// modem is the control lines of a port.
type modem struct {
	stop   atomic.Bool
	broken atomic.Bool
	closed atomic.Bool
}

func (m *modem) GetModemStatusBits() (*serial.ModemStatusBits, error) {
	if m.broken.Load() {
		return nil, io.ErrUnexpectedEOF
	}
	return &serial.ModemStatusBits{CTS: !m.stop.Load()}, nil
}

func (m *modem) Close() error { m.closed.Store(true); return nil }

// onLine runs a test in a bubble with its own clock: a serial line and its far end.
func onLine(t *testing.T, flow string, test func(t *testing.T, l link.Stream, m *modem, far net.Conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		m := &modem{}
		l := link.NewLine(near, m, flow, 9600)
		test(t, l, m, far)
		l.Close()
		far.Close()
		synctest.Wait()
		if !m.closed.Load() {
			t.Error("the port was left open")
		}
	})
}

// drain reads what comes, and counts it.
func drain(far io.Reader) *atomic.Int64 {
	var n atomic.Int64
	go func() {
		buf := make([]byte, 4096)
		for {
			m, err := far.Read(buf)
			if n.Add(int64(m)); err != nil {
				return
			}
		}
	}()
	return &n
}

// No more waits in the kernel than the printer can still take after it said stop.
func TestSerialGoesNoFasterThanTheLine(t *testing.T) {
	for _, flow := range []string{"rts", "xon", "none"} {
		onLine(t, flow, func(t *testing.T, l link.Stream, _ *modem, far net.Conn) {
			got, begun := drain(far), time.Now()
			if n, err := l.Write(make([]byte, 1000)); n != 1000 || err != nil {
				t.Errorf("%d, %v", n, err)
			}
			synctest.Wait()
			least := 936 * link.Byte(9600) // the last chunk is under way
			if took := time.Since(begun); got.Load() != 1000 || took < least || took > least+50*time.Millisecond {
				t.Errorf("%s: %d bytes in %v, want 1000 in %v", flow, got.Load(), took, least)
			}
		})
	}
}

// The printer says stop in the middle: at most a chunk goes out after that, and all goes on after.
func testStops(t *testing.T, l link.Stream, far net.Conn, stop, start func()) {
	t.Helper()
	got := drain(far)
	go func() {
		time.Sleep(300 * time.Millisecond)
		stop()
		held := got.Load()
		time.Sleep(2 * time.Second)
		if more := got.Load() - held; more > 64 {
			t.Errorf("%d bytes came after the stop", more)
		}
		start()
	}()
	begun := time.Now()
	if n, err := l.Write(make([]byte, 1000)); n != 1000 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if took := time.Since(begun); took < 2800*time.Millisecond || took > 3100*time.Millisecond {
		t.Errorf("it took %v, want a second and the pause of two", took)
	}
	// And one that never starts again ends at the deadline, with a count.
	stop()
	l.SetWriteDeadline(time.Now().Add(time.Second))
	if n, err := l.Write(make([]byte, 1000)); n > 64 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%d, %v", n, err)
	}
	go func() {
		time.Sleep(time.Second)
		l.Close()
	}()
	l.SetWriteDeadline(time.Time{})
	if _, err := l.Write(make([]byte, 1000)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closed under a write: %v", err)
	}
}

func TestSerialHeedsCTS(t *testing.T) {
	onLine(t, "rts", func(t *testing.T, l link.Stream, m *modem, far net.Conn) {
		testStops(t, l, far, func() { m.stop.Store(true) }, func() { m.stop.Store(false) })
	})
	onLine(t, "rts", func(t *testing.T, l link.Stream, m *modem, _ net.Conn) {
		m.broken.Store(true)
		if _, err := l.Write([]byte{1}); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("the port is gone: %v", err)
		}
	})
}

func TestSerialHeedsXOFF(t *testing.T) {
	onLine(t, "xon", func(t *testing.T, l link.Stream, _ *modem, far net.Conn) {
		say := func(b byte) func() { return func() { far.Write([]byte{b}) } }
		testStops(t, l, far, say(0x13), say(0x11))
	})
}

// XON and XOFF are taken out of what the printer says, where they mean that.
func TestSerialAnswers(t *testing.T) {
	for flow, want := range map[string]string{"xon": "ab", "none": "\x13a\x11b", "rts": "\x13a\x11b"} {
		onLine(t, flow, func(t *testing.T, l link.Stream, _ *modem, far net.Conn) {
			far.Write([]byte("\x13a\x11b"))
			l.SetReadDeadline(time.Now().Add(time.Second))
			got, err := io.ReadAll(l)
			if string(got) != want || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s: %q, %v", flow, got, err)
			}
			l.SetReadDeadline(time.Time{})
			far.Close()
			if _, err := l.Read(make([]byte, 1)); err != io.EOF {
				t.Errorf("after the end: %v", err)
			}
		})
	}
}

// A deadline counts for a read that waits already.
func TestSerialDeadlineUnderARead(t *testing.T) {
	onLine(t, "none", func(t *testing.T, l link.Stream, _ *modem, _ net.Conn) {
		ended := make(chan error, 1)
		go func() {
			_, err := l.Read(make([]byte, 1))
			ended <- err
		}()
		synctest.Wait()
		l.SetReadDeadline(time.Now().Add(time.Second))
		begun := time.Now()
		if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begun) > 2*time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

// Answers that nobody reads do not pile up.
func TestSerialLosesWhatNobodyReads(t *testing.T) {
	onLine(t, "none", func(t *testing.T, l link.Stream, _ *modem, far net.Conn) {
		far.Write(make([]byte, 10_000))
		synctest.Wait()
		l.SetReadDeadline(time.Now().Add(time.Second))
		if got, _ := io.ReadAll(l); len(got) == 0 || len(got) > 4096 {
			t.Errorf("%d bytes were kept", len(got))
		}
	})
}

// A printer with a small buffer that stops in the middle loses nothing on a line with XON/XOFF, and
// much on one without.
func TestSerialWithASmallPrinter(t *testing.T) {
	for flow, lost := range map[string]bool{"xon": false, "none": true} {
		onLine(t, flow, func(t *testing.T, l link.Stream, _ *modem, far net.Conn) {
			p := emulator.New(emulator.Options{Buffer: 1024, XonXoff: true, LosesOverflow: true})
			go p.Handle(far)
			p.FailAfter(emulator.CoverOpen, 10)
			go func() {
				time.Sleep(15 * time.Second)
				p.SetFault(emulator.None)
			}()
			if _, err := l.Write(append(job(), escpos.AppendBlank(nil, 30_000)...)); err != nil {
				t.Error(err)
			}
			if _, err := l.Write(escpos.AppendCut(nil)); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Minute)
			papers := p.Papers()
			if len(papers) == 0 {
				t.Errorf("%s: no paper", flow)
				return
			}
			first := papers[len(papers)-1]
			if whole := first.Whole() && bytes.Equal(first.Raw, job()); whole == lost {
				t.Errorf("%s: whole is %v, %d bytes lost", flow, whole, first.Lost)
			}
		})
	}
}
