package link

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"
)

// The faults of an address.
var (
	// ErrAddress: the address can't be understood.
	ErrAddress = errors.New("not a printer's address")
	// ErrUnsupported: the address is understood, but layso has no such wire.
	ErrUnsupported = errors.New("not supported")
)

// rawPort is the port of raw printing, JetDirect's.
const rawPort = "9100"

// parse gives the kind of wire, "tcp" or "file", and where it leads, or an error that wraps
// [ErrAddress] or [ErrUnsupported].
func parse(spec string) (kind, where string, err error) {
	fault := func(why error, text string) (string, string, error) {
		return "", "", fmt.Errorf("printer %q: %w: %s", spec, why, text)
	}
	u, err := url.Parse(spec)
	if err != nil || u.Opaque != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fault(ErrAddress, "want tcp://host:9100 or file:///dev/usb/lp0")
	}
	switch u.Scheme {
	case "tcp":
		if u.Hostname() == "" || strings.Trim(u.Path, "/") != "" {
			return fault(ErrAddress, "want tcp://host:9100")
		}
		port := u.Port()
		if port == "" {
			port = rawPort
		}
		return "tcp", net.JoinHostPort(u.Hostname(), port), nil
	case "file":
		if u.Host != "" || len(u.Path) < 2 {
			return fault(ErrAddress, "want file:///dev/usb/lp0, with three slashes")
		}
		return "file", u.Path, nil
	case "serial", "usb", "lpd", "ipp", "cups", "windows", "http", "https":
		return fault(ErrUnsupported, u.Scheme+" printers; connect it by USB (file:///dev/usb/lp0) or network (tcp://host:9100)")
	}
	return fault(ErrAddress, "want tcp://host:9100 or file:///dev/usb/lp0")
}

// Open opens the wire to a printer within ctx. The addresses are tcp://host, tcp://host:port and
// file:///path; another one gives an error that wraps [ErrAddress] or [ErrUnsupported].
func Open(ctx context.Context, spec string) (*Link, error) {
	kind, where, err := parse(spec)
	if err != nil {
		return nil, err
	}
	var s Stream
	if kind == "tcp" {
		s, err = dial(ctx, where)
	} else {
		s, err = openFile(where)
	}
	if err != nil {
		return nil, fmt.Errorf("printer %s: %w", spec, err)
	}
	return New(spec, s), nil
}

func dial(ctx context.Context, address string) (Stream, error) {
	d := net.Dialer{Timeout: Timeout, KeepAlive: 15 * time.Second}
	c, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err // not c: a nil net.Conn is no nil Stream
	}
	return c, nil
}

// openFile opens a device file, a pipe or, for tests and for catching a job, a regular file. It
// never makes one: a printer that is unplugged would become a file in /dev that swallows tickets.
func openFile(path string) (Stream, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return nil, err
		}
		return oneWay{f}, nil
	}
	f, err := os.OpenFile(path, os.O_RDWR|syscall.O_NOCTTY, 0)
	if errors.Is(err, syscall.EBUSY) {
		return nil, fmt.Errorf("%w: another program, e.g. CUPS, holds the printer", err)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// oneWay is a regular file: what was written to it is no answer, and it knows no deadlines.
type oneWay struct{ *os.File }

// Read says that nothing ever comes back.
func (oneWay) Read([]byte) (int, error) { return 0, io.EOF }

// SetReadDeadline does nothing: a read does not wait.
func (oneWay) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: a write to a file does not wait for a printer.
func (oneWay) SetWriteDeadline(time.Time) error { return nil }
