package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// Open opens the wire to a printer within ctx. The addresses are tcp://host, tcp://host:port,
// file:///path and serial:///path?baud=N&flow=rts|xon|none (115200 and rts when left out); another one
// gives the error of [Check]. After a wire broke, Open gives a new
// one; close the old one first, for most printers serve one at a time.
func Open(ctx context.Context, spec string) (*Link, error) {
	a, err := parse(spec)
	if err != nil {
		return nil, err
	}
	var s Stream
	switch a.kind {
	case "tcp":
		s, err = dial(ctx, a.where)
	case "serial":
		s, err = openLine(a.where, a.baud, a.flow)
	default:
		s, err = openFile(a.where)
	}
	if err != nil {
		return nil, fmt.Errorf("printer %s: %w", spec, err)
	}
	return New(spec, s), nil
}

// keepAlive finds out within half a minute that a printer is gone that nobody talks to.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}

func dial(ctx context.Context, address string) (Stream, error) {
	d := net.Dialer{Timeout: Timeout, KeepAliveConfig: keepAlive}
	c, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err // not c: a nil net.Conn is no nil Stream
	}
	return c, nil
}

// openFile opens a device file or, for tests and for catching a job, a pipe or a regular file. It
// never makes one: a printer that is unplugged would become a file in /dev that swallows tickets.
func openFile(path string) (Stream, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	switch mode := info.Mode(); {
	case mode.IsRegular():
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return nil, err
		}
		return regular{oneWay{f}}, nil
	case mode&os.ModeNamedPipe != 0: // without a reader it is refused, as a printer that is not there
		f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return nil, err
		}
		return oneWay{f}, nil
	case mode&os.ModeCharDevice == 0:
		return nil, errors.New("no device")
	}
	f, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, busy(err)
	}
	return &device{File: f}, nil
}

// busy says who may hold the device.
func busy(err error) error {
	if errors.Is(err, syscall.EBUSY) {
		return fmt.Errorf("%w: another program, e.g. CUPS, holds the printer", err)
	}
	return err
}

// device is a character device: a USB printer. Its driver (usblp) calls bytes written that are still
// under way, and forgets them when it is closed. An answer proves that they arrived. Without one, a
// NUL is written before closing, which printers ignore: the driver takes it when the bytes before it
// have gone.
type device struct {
	*os.File
	mu       sync.Mutex
	writing  int
	underWay bool
}

// settle is how long the driver gets for that.
const settle = 500 * time.Millisecond

// Write sends bytes.
func (d *device) Write(p []byte) (int, error) {
	d.begin()
	n, err := d.File.Write(p)
	d.end(err == nil)
	return n, err
}

func (d *device) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writing++
}

func (d *device) end(underWay bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writing, d.underWay = d.writing-1, underWay
}

// Read reads what the printer says.
func (d *device) Read(p []byte) (int, error) {
	n, err := d.File.Read(p)
	if n > 0 {
		d.begin()
		d.end(false)
	}
	return n, err
}

// Close closes the device; what was written without an error goes out first.
func (d *device) Close() error {
	d.mu.Lock()
	waits := d.underWay && d.writing == 0
	d.underWay = false
	d.mu.Unlock()
	if waits && d.File.SetWriteDeadline(time.Now().Add(settle)) == nil {
		d.File.Write([]byte{0}) // as far as it goes: who closes is done with the printer
	}
	return d.File.Close()
}

// oneWay is a file that gives no answers; what was written to it is none.
type oneWay struct{ *os.File }

// Read says that nothing ever comes back.
func (oneWay) Read([]byte) (int, error) { return 0, io.EOF }

// SetReadDeadline does nothing: a read does not wait.
func (oneWay) SetReadDeadline(time.Time) error { return nil }

// regular is a regular file, which knows no deadlines: a write to it does not wait for a printer.
type regular struct{ oneWay }

// SetWriteDeadline does nothing.
func (regular) SetWriteDeadline(time.Time) error { return nil }
