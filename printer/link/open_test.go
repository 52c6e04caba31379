package link_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"layso/printer/link"
)

func TestCheck(t *testing.T) {
	for spec, want := range map[string]error{
		"tcp://printer":                            nil,
		"tcp://10.0.0.9:9100":                      nil,
		"tcp://[fe80::1]:9100/":                    nil,
		"file:///dev/usb/lp0":                      nil,
		"serial:///dev/ttyS0":                      nil,
		"serial:///dev/ttyUSB0?baud=9600&flow=xon": nil,
		"serial:///dev/ttyUSB0?flow=none":          nil,

		"tcp://":                                link.ErrAddress,
		"tcp://:9100":                           link.ErrAddress,
		"tcp://host/queue":                      link.ErrAddress,
		"tcp://host?baud=9600":                  link.ErrAddress,
		"file://dev/usb/lp0":                    link.ErrAddress,
		"file:///":                              link.ErrAddress,
		"/dev/usb/lp0":                          link.ErrAddress,
		"":                                      link.ErrAddress,
		"tcp://user@host":                       link.ErrAddress,
		"tcp://host:port":                       link.ErrAddress,
		"gopher://host":                         link.ErrAddress,
		"serial://dev/ttyS0":                    link.ErrAddress,
		"serial:///dev/ttyS0?baud=115201":       link.ErrAddress,
		"serial:///dev/ttyS0?baud=":             link.ErrAddress,
		"serial:///dev/ttyS0?flow=dtr":          link.ErrAddress,
		"serial:///dev/ttyS0?parity=even":       link.ErrAddress,
		"serial:///dev/ttyS0?flow=rts&flow=xon": link.ErrAddress,
	} {
		if err := link.Check(spec); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", spec, err, want)
		}
	}
}

// Wires that layso does not have are refused with what to do instead.
func TestRefusesWithAWord(t *testing.T) {
	for spec, word := range map[string]string{
		"windows:///EPSON TM-T82": "connect the printer by network",
		"winspool://EPSON":        "connect the printer by network",
		`\\PC-01\Printer`:         "connect the printer by network",
		"smb://pc/printer":        "connect the printer by network",
		"cups://localhost/epson":  "remove the queue",
		"ipp://host/q":            "remove the queue",
		"lpd://host/q":            "raw port",
		"http://10.0.0.9/":        "tcp://host:9100",
		"https://10.0.0.9/":       "tcp://host:9100",
		"usb://EPSON/TM-T82":      "file:///dev/usb/lp0",
		"LPT1":                    "file:///dev/lp0",
		"COM3":                    "serial:///dev/ttyUSB0",
	} {
		if err := link.Check(spec); !errors.Is(err, link.ErrUnsupported) || !strings.Contains(err.Error(), word) {
			t.Errorf("%q: %v, want %q", spec, err, word)
		}
	}
}

func TestOpenSaysWhereAndWhy(t *testing.T) {
	missing := "file://" + filepath.Join(t.TempDir(), "lp0")
	for _, c := range []struct{ spec, word string }{
		{missing, "no such file"},
		{"tcp://127.0.0.1:1", "refused"},
		{"serial:///dev/null", "serial port"},
		{"serial:///dev/ttyNONE?baud=9600", "no such file"},
		{"file:///dev", "no device"},
		{"usb://EPSON/TM-T82", "not supported"},
	} {
		_, err := link.Open(t.Context(), c.spec)
		if err == nil || !strings.Contains(err.Error(), c.spec) || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%s: %v, want its address and %q", c.spec, err, c.word)
		}
	}
	if _, err := os.Stat(strings.TrimPrefix(missing, "file://")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a missing device was made")
	}
}

// A regular file takes the bytes, one job after the other, and answers nothing.
func TestRegularFileHasNoWayBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.bin")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		l := mustOpen(t, "file://"+path)
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

func mustOpen(t *testing.T, spec string) *link.Link {
	t.Helper()
	l, err := link.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A printer that says no more still takes what it is sent.
func TestHalfClosed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan []byte, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		c.(*net.TCPConn).CloseWrite()
		all, _ := io.ReadAll(c)
		got <- all
	}()
	wire := mustOpen(t, "tcp://"+l.Addr().String())
	if _, err := wire.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("read: %v, want EOF", err)
	}
	if err := wire.Tx(job(), nil); err != nil {
		t.Error(err)
	}
	wire.Close()
	if all := <-got; !bytes.Equal(all, job()) {
		t.Errorf("%d bytes came", len(all))
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := link.Open(ctx, "tcp://127.0.0.1:9"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
