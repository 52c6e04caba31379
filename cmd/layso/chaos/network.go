package chaos

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"unsafe"
)

// OwnNetwork makes a command run in a network of its own, in which nobody else is and which [Run] may take down.
func OwnNetwork(c *exec.Cmd) {
	if c.SysProcAttr == nil {
		c.SysProcAttr = &syscall.SysProcAttr{}
	}
	c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWNET
	if os.Geteuid() != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
}

// TakeNetwork brings the network up of a process that [OwnNetwork] has begun. It refuses any other network: it wants every
// interface to be down, which is so on no computer that does something.
func TakeNetwork() error {
	all, err := net.Interfaces()
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Flags&net.FlagUp != 0 {
			return errors.New("this network is in use by others")
		}
	}
	return setLoopback(true)
}

const loopback = "lo"

// setLoopback sets the loopback interface up or down (netdevice(7)). Down, it carries nothing, and connections stay as they
// are: nobody is told.
func setLoopback(up bool) error {
	s, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(s)
	var request struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		rest  [22]byte
	}
	copy(request.name[:], loopback)
	if up {
		request.flags = syscall.IFF_UP
	}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(s), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); errno != 0 {
		return fmt.Errorf("setting the interface %s up or down: %w", loopback, errno)
	}
	return nil
}
