package link

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// The faults of an address.
var (
	// ErrAddress: the address can't be understood.
	ErrAddress = errors.New("not a printer's address")
	// ErrUnsupported: the address is understood, but layso has no such wire. The error says what to
	// do instead.
	ErrUnsupported = errors.New("not supported")
)

const (
	wantTCP    = "tcp://host:9100"
	wantFile   = "file:///dev/usb/lp0"
	wantSerial = "serial:///dev/ttyUSB0?baud=115200&flow=rts (or xon, or none)"
	wantAny    = "want " + wantTCP + ", " + wantFile + " or " + wantSerial
)

// instead says what to do for wires that layso does not have, by the address's scheme.
var instead = map[string]string{
	"windows": "the Windows print spooler takes tickets for a printer that is unplugged and never says whether paper came out; connect the printer by network: " + wantTCP,
	"smb":     "a shared printer never says whether paper came out; connect the printer by network: " + wantTCP,
	"cups":    "a print queue never says whether paper came out; remove the queue and give the printer itself: " + wantFile + " or " + wantTCP,
	"lpd":     "a print queue never says whether paper came out; give the printer's raw port: " + wantTCP,
	"http":    "this is a printer's web page; give its raw port: " + wantTCP,
	"usb":     "give the file that the system makes for the printer: " + wantFile,
	"lpt":     "give the file that the system makes for the printer: file:///dev/lp0",
	"com":     "give the port's device file: " + wantSerial,
}

// alias gives other schemes that mean the same.
var alias = map[string]string{
	"winspool": "windows", "ipp": "cups", "ipps": "cups", "lpr": "lpd", "https": "http", "parallel": "lpt",
}

// rawPort is the port of raw printing, JetDirect's.
const rawPort = "9100"

// The speeds that a serial line may have, in bits a second.
var bauds = []int{1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600}

// defaultBaud is what an address means that says none.
const defaultBaud = 115200

// address is where a wire leads.
type address struct {
	kind  string // tcp, file or serial
	where string // host and port, or the path of a device
	baud  int
	flow  flow
}

// Check says what is wrong with an address, without opening it: an error that wraps [ErrAddress] or
// [ErrUnsupported], or nil.
func Check(spec string) error {
	_, err := parse(spec)
	return err
}

// parse reads an address.
func parse(spec string) (address, error) {
	fault := func(why error, text string) (address, error) {
		return address{}, fmt.Errorf("%q is %w: %s", spec, why, text)
	}
	if s := schemeOf(spec); instead[s] != "" {
		return fault(ErrUnsupported, instead[s])
	}
	u, err := url.Parse(spec)
	if err != nil || u.Opaque != "" || u.User != nil || u.Fragment != "" || u.RawQuery != "" && u.Scheme != "serial" {
		return fault(ErrAddress, wantAny)
	}
	switch device := u.Host == "" && len(u.Path) > 1; {
	case u.Scheme == "tcp" && u.Hostname() != "" && strings.Trim(u.Path, "/") == "":
		port := u.Port()
		if port == "" {
			port = rawPort
		}
		return address{kind: "tcp", where: net.JoinHostPort(u.Hostname(), port)}, nil
	case u.Scheme == "tcp":
		return fault(ErrAddress, "want "+wantTCP)
	case u.Scheme == "file" && device:
		return address{kind: "file", where: u.Path}, nil
	case u.Scheme == "file":
		return fault(ErrAddress, "want "+wantFile+", with three slashes")
	case u.Scheme == "serial" && device:
		a := address{kind: "serial", where: u.Path, baud: defaultBaud, flow: flowRTS}
		if err := a.settings(u.RawQuery); err != nil {
			return fault(ErrAddress, err.Error())
		}
		return a, nil
	case u.Scheme == "serial":
		return fault(ErrAddress, "want "+wantSerial+", with three slashes")
	}
	return fault(ErrAddress, wantAny)
}

// schemeOf gives the kind of wire that people may mean.
func schemeOf(spec string) string {
	lower := strings.ToLower(spec)
	scheme, _, found := strings.Cut(lower, ":")
	switch {
	case strings.HasPrefix(lower, `\\`):
		return "smb"
	case strings.HasPrefix(lower, "lpt"):
		return "lpt"
	case strings.HasPrefix(lower, "com"):
		return "com"
	case !found:
		return ""
	case alias[scheme] != "":
		return alias[scheme]
	}
	return scheme
}

// settings reads what stands behind the question mark.
func (a *address) settings(query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return err
	}
	for key, given := range values {
		value := given[0]
		switch {
		case len(given) > 1:
			return fmt.Errorf("%s stands there twice", key)
		case key == "baud":
			if a.baud, err = strconv.Atoi(value); err != nil || !slices.Contains(bauds, a.baud) {
				return fmt.Errorf("baud is one of %v", bauds)
			}
		case key == "flow":
			if a.flow = flow(value); a.flow != flowRTS && a.flow != flowXON && a.flow != flowNone {
				return errors.New("flow is rts, xon or none")
			}
		default:
			return fmt.Errorf("%q is not known; known are baud and flow", key)
		}
	}
	return nil
}
