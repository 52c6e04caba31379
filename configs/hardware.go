package configs

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"layso/kiosk"
)

// Hardware is what hangs on the PC's pins and buses. All of it may be left out.
type Hardware struct {
	Buttons     []Button      `yaml:"buttons"`      // that take a number
	Chime       *Chime        `yaml:"chime"`        // sounds at a call
	Lamps       *Lamps        `yaml:"lamps"`        // of the whole hall
	PaperSwitch []PaperSwitch `yaml:"paper_switch"` // for printers without a sensor
	Panels      []Panel       `yaml:"panels"`       // LED panels above the counters
}

// Button is a push button between a pin and ground.
type Button struct {
	Pin      string `yaml:"pin"`      // as periph names it, e.g. GPIO17
	Service  string `yaml:"service"`  // id
	Priority string `yaml:"priority"` // id of a reason; may be empty
	Printer  string `yaml:"printer"`  // name; empty: the first one
	Lamp     string `yaml:"lamp"`     // pin; empty: none
}

// Chime is a gong or a bell; its pin is high for a moment at each call.
type Chime struct {
	Pin string `yaml:"pin"`
}

// Lamps are the hall's own lamps, high for lit; each may be left out.
type Lamps struct {
	Ready string `yaml:"ready"` // pin; lit while some button gives numbers
	Fault string `yaml:"fault"` // pin; blinks while a printer or a button needs the staff
}

// PaperSwitch is a switch at a printer's paper, between a pin and ground.
type PaperSwitch struct {
	Pin     string `yaml:"pin"`
	Printer string `yaml:"printer"` // name; empty: the first one
	Means   string `yaml:"means"`   // low (default), or out
	Closed  *bool  `yaml:"closed"`  // true (default): it means so when it is closed; false: when it is open
}

// WhenClosed reports whether the paper is low or out when the switch is closed.
func (s PaperSwitch) WhenClosed() bool { return s.Closed == nil || *s.Closed }

// Panel is a chain of LED panels on one bus, one for each counter.
type Panel struct {
	SPI        string   `yaml:"spi"`        // as periph names it, e.g. SPI0.0
	Counters   []string `yaml:"counters"`   // ids, in the order of the chain from the PC on, at most 32
	Digits     int      `yaml:"digits"`     // of each panel, 1-8; default 4
	Brightness *int     `yaml:"brightness"` // 0-15; default 8
}

// Bright is Brightness with its default.
func (p Panel) Bright() int {
	if p.Brightness == nil {
		return 8
	}
	return *p.Brightness
}

// Any reports whether there is any hardware.
func (h Hardware) Any() bool {
	return len(h.Buttons)+len(h.PaperSwitch)+len(h.Panels) > 0 || h.Chime != nil || h.Lamps != nil
}

// PinUse is a pin and what it is for.
type PinUse struct {
	Pin   string
	Field string // in the file, e.g. buttons[0].lamp
	Out   bool   // an output
}

// Pins gives every pin that is used.
func (h Hardware) Pins() (all []PinUse) {
	add := func(pin, field string, out, needed bool) {
		if pin != "" || needed {
			all = append(all, PinUse{pin, field, out})
		}
	}
	for i, b := range h.Buttons {
		add(b.Pin, fmt.Sprintf("buttons[%d].pin", i), false, true)
		add(b.Lamp, fmt.Sprintf("buttons[%d].lamp", i), true, false)
	}
	if h.Chime != nil {
		add(h.Chime.Pin, "chime.pin", true, true)
	}
	if h.Lamps != nil {
		add(h.Lamps.Ready, "lamps.ready", true, false)
		add(h.Lamps.Fault, "lamps.fault", true, false)
	}
	for i, s := range h.PaperSwitch {
		add(s.Pin, fmt.Sprintf("paper_switch[%d].pin", i), false, true)
	}
	return all
}

const maxPanels = 32 // in one chain

var deviceForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,31}$`)

func (c *Config) checkHardware(d *document) {
	c.checkPins(d)
	for i, b := range c.Buttons {
		at := fmt.Sprintf("buttons[%d]", i)
		d.required(at+".service", b.Service)
		c.checkPrinterName(d, at+".printer", b.Printer, "a button has nothing but paper to say the number on")
	}
	if c.Lamps != nil && c.Lamps.Ready != "" && len(c.Buttons) == 0 {
		d.at("lamps.ready", "there is no button: this lamp is lit while one gives numbers; use fault for the printers")
	}
	for i := range c.PaperSwitch {
		s, at := &c.PaperSwitch[i], fmt.Sprintf("paper_switch[%d]", i)
		if s.Means == "" {
			s.Means = "low"
		}
		d.oneOf(at+".means", s.Means, "low", "out")
		c.checkPrinterName(d, at+".printer", s.Printer, "a paper switch watches the paper of one")
	}
	for i := range c.Panels {
		c.checkPanel(d, i)
	}
}

// checkPins wants every pin to have a name and one use.
func (c *Config) checkPins(d *document) {
	used := map[string]string{}
	for _, p := range c.Pins() {
		other, twice := used[p.Pin]
		switch {
		case p.Pin == "":
			d.at(p.Field, "is required")
		case !deviceForm.MatchString(p.Pin):
			d.at(p.Field, "%q is no name of a pin such as GPIO17; layso hardware lists them", p.Pin)
		case twice:
			d.at(p.Field, "the pin %s is used for %s, too", p.Pin, other)
		default:
			used[p.Pin] = p.Field
		}
	}
}

func (c *Config) checkPrinterName(d *document, at, name, why string) {
	switch {
	case len(c.Printers) == 0:
		d.at(at, "there is no printer: %s", why)
	case name != "" && !slices.ContainsFunc(c.Printers, func(p Printer) bool { return p.Name == name }):
		d.at(at, "there is no printer called %q", name)
	}
}

func (c *Config) checkPanel(d *document, i int) {
	p, at := &c.Panels[i], fmt.Sprintf("panels[%d]", i)
	if p.Digits == 0 && !d.has(at+".digits") {
		p.Digits = 4
	}
	switch {
	case p.SPI == "":
		d.at(at+".spi", "is required")
	case !deviceForm.MatchString(p.SPI):
		d.at(at+".spi", "%q is no name of a bus such as SPI0.0; layso hardware lists them", p.SPI)
	case slices.ContainsFunc(c.Panels[:i], func(q Panel) bool { return q.SPI == p.SPI }):
		d.at(at+".spi", "the bus %s has panels already; name all of a chain in one list", p.SPI)
	}
	if len(p.Counters) == 0 || len(p.Counters) > maxPanels {
		d.at(at+".counters", "name 1 to %d counters, one for each panel of the chain", maxPanels)
	}
	if p.Digits < 1 || p.Digits > 8 {
		d.at(at+".digits", "must be 1 to 8")
	}
	if b := p.Bright(); b < 0 || b > 15 {
		d.at(at+".brightness", "must be 0 to 15")
	}
}

// Check reads the installation's file and the hall's seed that it names, and compares the two as well. The
// error is the [Faults] of one of the files, or says why it cannot be read; link is as with [Load].
func Check(path string, link func(address string) error) error {
	c, d, err := load(path, link)
	if err != nil {
		return err
	}
	setup, err := c.Seed()
	if err != nil {
		return err
	}
	if c.Hall != "" { // else what buttons and panels are for comes later
		c.refers(d, setup)
	}
	c.checkCertificate(d, time.Now())
	return d.faults.orNil()
}

// refers wants what buttons and panels are for to be in the hall.
func (c *Config) refers(d *document, setup *kiosk.Setup) {
	missing := func(at, what, id string) { d.at(at, "%s has no %s %q", filepath.Base(c.Hall), what, id) }
	for i, b := range c.Buttons {
		at := fmt.Sprintf("buttons[%d]", i)
		if setup.Service(b.Service) == nil {
			missing(at+".service", "service", b.Service)
		}
		if b.Priority != "" && setup.Priority(b.Priority) == nil {
			missing(at+".priority", "priority", b.Priority)
		}
	}
	for i, p := range c.Panels {
		for k, id := range p.Counters {
			if setup.Counter(id) == nil {
				missing(fmt.Sprintf("panels[%d].counters[%d]", i, k), "counter", id)
			}
		}
	}
}
