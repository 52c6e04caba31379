package link_test

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"
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
