package link

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"go.bug.st/serial"
)

// flow is who says when the printer can take no more.
type flow string

const (
	flowRTS  flow = "rts"  // the printer's line, seen as CTS
	flowXON  flow = "xon"  // the bytes XON and XOFF in what it says
	flowNone flow = "none" // nobody
)

const (
	xon  = 0x11
	xoff = 0x13
	// chunk is how many bytes go out before the printer is asked again whether it can take more:
	// printers say stop while they have room for 128 and more.
	chunk = 64
	// bitsPerByte: start, 8 data bits, stop; no parity.
	bitsPerByte = 10
	// pollCTS is how often a line is looked at that says stop.
	pollCTS = 2 * time.Millisecond
	// inboxSize bounds answers that nobody has read.
	inboxSize = 4096
)

// modem is what is needed of a port beside its bytes.
type modem interface {
	GetModemStatusBits() (*serial.ModemStatusBits, error)
	Close() error
}

// line is a serial line to a printer. Neither the kernel nor the library does its flow control, so it
// writes small chunks no faster than the line carries them (none waits in the kernel), and looks
// before each whether the printer can take it. One goroutine always reads, so that XOFF is heard
// while nobody waits for an answer.
type line struct {
	bytes Stream
	modem modem
	flow  flow
	byte1 time.Duration // what a byte takes
	in    inbox

	writing sync.Mutex // one write at a time
	next    time.Time  // when the line will have carried what was written

	mu       sync.Mutex
	deadline time.Time     // of writes
	stopped  bool          // XOFF was heard
	changed  chan struct{} // closed when one of these changes
	closed   bool
	reading  sync.WaitGroup
}

func newLine(bytes Stream, m modem, f flow, baud int) *line {
	l := &line{bytes: bytes, modem: m, flow: f, byte1: bitsPerByte * time.Second / time.Duration(baud), changed: make(chan struct{})}
	l.in.changed = make(chan struct{})
	l.reading.Go(l.listen)
	return l
}

// openLine opens a serial device. The library sets it up and reads its modem bits; the bytes go
// through a file of our own, whose reads and writes know deadlines and end when it is closed.
func openLine(path string, baud int, f flow) (Stream, error) {
	file, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, busy(err)
	}
	port, err := serial.Open(path, &serial.Mode{BaudRate: baud})
	if err == nil && f == flowRTS {
		_, err = port.GetModemStatusBits()
		if err != nil {
			port.Close()
			err = fmt.Errorf("%w: this port has no line for flow=rts; say flow=xon or flow=none", err)
		}
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("opening the serial port: %w", err)
	}
	return newLine(file, port, f, baud), nil
}

// listen takes what the printer says, and XON and XOFF out of it, until the line ends.
func (l *line) listen() {
	buf := make([]byte, 256)
	for {
		n, err := l.bytes.Read(buf)
		said := buf[:n]
		if l.flow == flowXON {
			said = l.heed(said)
		}
		if l.in.put(said, err); err != nil {
			return
		}
	}
}

// heed does what XON and XOFF say and gives the other bytes.
func (l *line) heed(said []byte) []byte {
	rest := said[:0]
	for _, b := range said {
		if b != xon && b != xoff {
			rest = append(rest, b)
			continue
		}
		l.change(func() { l.stopped = b == xoff })
	}
	return rest
}

// change changes what writes wait for.
func (l *line) change(set func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	set()
	close(l.changed)
	l.changed = make(chan struct{})
}

// Read gives what the printer has said.
func (l *line) Read(p []byte) (int, error) { return l.in.take(p) }

// SetReadDeadline sets until when reads may take.
func (l *line) SetReadDeadline(t time.Time) error {
	l.in.until(t)
	return nil
}

// SetWriteDeadline sets until when writes may take.
func (l *line) SetWriteDeadline(t time.Time) error {
	l.change(func() { l.deadline = t })
	return l.bytes.SetWriteDeadline(t)
}

// Write sends bytes as the printer takes them.
func (l *line) Write(p []byte) (n int, err error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	for n < len(p) && err == nil {
		if err = l.await(); err != nil {
			break
		}
		var sent int
		sent, err = l.bytes.Write(p[n:min(len(p), n+chunk)])
		n += sent
		l.next = later(time.Now(), l.next).Add(time.Duration(sent) * l.byte1)
	}
	return n, err
}

// await waits until the line is free and the printer can take a chunk.
func (l *line) await() error {
	for {
		l.mu.Lock()
		deadline, stopped, closed, changed := l.deadline, l.stopped, l.closed, l.changed
		l.mu.Unlock()
		pause := time.Until(l.next)
		switch {
		case closed:
			return os.ErrClosed
		case !deadline.IsZero() && !time.Now().Before(deadline):
			return os.ErrDeadlineExceeded
		case pause > 0:
		case l.flow == flowRTS:
			bits, err := l.modem.GetModemStatusBits()
			if err != nil || bits.CTS {
				return err
			}
			pause = pollCTS
		case !stopped:
			return nil
		default:
			pause = time.Hour // XON, the deadline or the end come as a change, or below
		}
		if !deadline.IsZero() {
			pause = min(pause, time.Until(deadline))
		}
		waitFor(changed, pause)
	}
}

// Close closes the line, also under reads and writes that wait.
func (l *line) Close() error {
	already := false
	if l.change(func() { already, l.closed = l.closed, true }); already {
		return os.ErrClosed
	}
	err := l.bytes.Close()
	l.reading.Wait()
	return errors.Join(err, l.modem.Close())
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// waitFor waits for a change, at most so long.
func waitFor(changed <-chan struct{}, pause time.Duration) {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-changed:
	case <-t.C:
	}
}
