package link_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"layso/printer/link"
)

// openPTY gives the printer's end of a raw pseudo-terminal and the path of the other: the nearest
// thing to a device file that a test has.
func openPTY(t *testing.T) (*os.File, string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	var path string
	raw, err := master.SyscallConn()
	if err == nil {
		err = raw.Control(func(fd uintptr) { path, err = unlock(int(fd)) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return master, path
}

func unlock(fd int) (string, error) {
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return "", err
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return "", err
	}
	tio, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return "", err
	}
	tio.Iflag, tio.Oflag, tio.Lflag = 0, 0, 0
	return fmt.Sprintf("/dev/pts/%d", n), unix.IoctlSetTermios(fd, unix.TCSETS, tio)
}

// A pipe takes bytes while somebody reads it, and is not there else.
func TestNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "printer")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := link.Open(t.Context(), "file://"+path); !errors.Is(err, unix.ENXIO) {
		t.Errorf("without a reader: %v", err)
	}
	reader, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	l := mustOpen(t, "file://"+path)
	defer l.Close()
	go io.Copy(io.Discard, io.LimitReader(reader, 1000))
	if err := l.Tx(make([]byte, 1000), nil); err != nil {
		t.Error(err)
	}
	if _, err := l.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("read: %v, want EOF", err)
	}
	l.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := l.Write(make([]byte, 1<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("nobody reads: %v", err)
	}
}

// Bytes that the driver of a USB printer may still hold are pushed out before it is closed; an answer
// proves that there are none.
func TestClosePushesOut(t *testing.T) {
	for answer, want := range map[string]string{"": "abc\x00", "d": "abc"} {
		master, path := openPTY(t)
		l := mustOpen(t, "file://"+path)
		if _, err := io.WriteString(l, "abc"); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(master, answer); err != nil {
			t.Fatal(err)
		}
		if answer != "" {
			if _, err := l.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
		}
		l.Close()
		if got, _ := io.ReadAll(master); string(got) != want { // it ends with EIO
			t.Errorf("answered %q: %q came, want %q", answer, got, want)
		}
		master.Close()
	}
}

// A port without modem lines can't have their flow control, and says so when it is opened.
func TestPortWithoutModemLines(t *testing.T) {
	master, path := openPTY(t)
	defer master.Close()
	if _, err := link.Open(t.Context(), "serial://"+path); err == nil || !strings.Contains(err.Error(), "flow=xon") {
		t.Error(err)
	}
}
