package configs

import (
	"fmt"
	"slices"
	"time"

	"layso/kiosk"
)

// Printer is a ticket printer and how it is reached.
type Printer struct {
	Name    string `yaml:"name"`     // in the log and on the staff's pages; unique
	Link    string `yaml:"link"`     // "tcp://host:9100" (the port may be left out), "file:///dev/usb/lp0", "serial:///dev/ttyUSB0?baud=115200&flow=rts" (or xon, none), or "software"
	Profile string `yaml:"profile"`  // its kind, one of [Profiles]; empty: what nearly all printers can
	StandIn string `yaml:"stand_in"` // name of the printer that takes its tickets while it can't print; may be empty
	RollMM  int    `yaml:"roll_mm"`  // length of a new roll in millimetres, 1,000-200,000; 0: not known

	// What is otherwise than its kind has it; may be left out.
	Paper  int   `yaml:"paper"`  // width in mm: 80 or 58
	Status *bool `yaml:"status"` // false: it answers nothing, and is believed
	Cut    *bool `yaml:"cut"`    // false: it has no cutter, the paper is moved to the tear-off edge
}

// Profiles gives the kinds of printers that a file may name. What they are is package printer's.
func Profiles() []string {
	return []string{
		"custom-kpm", "epson-58", "epson-80", "generic-58", "generic-80",
		"receive-only-58", "receive-only-80", "tm-t88-180dpi", "xprinter-80",
	}
}

// The limits of what a file may say of printers: those of the hall where that has them.
const (
	leastRoll, mostRoll     = 1_000, 200_000
	leastExpire, mostExpire = 30 * time.Second, 12 * time.Hour
)

// ExpireAfter is Expire as a duration.
func (c *Config) ExpireAfter() time.Duration {
	d, err := time.ParseDuration(c.Expire)
	if err != nil {
		return 0 // Load has refused it
	}
	return d
}

func (c *Config) checkPrinters(d *document) {
	if after, err := time.ParseDuration(c.Expire); err != nil || after < leastExpire || after > mostExpire {
		d.at("expire", "%q is no time such as 5m or 90s, from 30s to 12h", c.Expire)
	}
	for i, p := range c.Printers {
		at := fmt.Sprintf("printers[%d]", i)
		p.check(d, at)
		if slices.ContainsFunc(c.Printers[:i], func(q Printer) bool { return p.Name != "" && q.Name == p.Name }) {
			d.at(at+".name", "another printer is called %q, too", p.Name)
		}
		known := func(q Printer) bool { return q.Name == p.StandIn }
		switch {
		case p.StandIn == "":
		case p.StandIn == p.Name:
			d.at(at+".stand_in", "a printer cannot stand in for itself")
		case !slices.ContainsFunc(c.Printers, known):
			d.at(at+".stand_in", "there is no printer called %q", p.StandIn)
		}
	}
}

func (p Printer) check(d *document, at string) {
	d.required(at+".name", p.Name)
	switch {
	case len(p.Name) > maxPrinterName:
		d.at(at+".name", "is longer than %d bytes", maxPrinterName)
	case !kiosk.CleanText(p.Name):
		d.at(at+".name", "contains control or text direction characters")
	}
	if p.Link != "software" {
		if err := d.link(p.Link); err != nil {
			d.at(at+".link", "%v", err)
		}
	}
	if p.Profile != "" {
		d.oneOf(at+".profile", p.Profile, Profiles()...)
	}
	if d.has(at+".paper") && p.Paper != 80 && p.Paper != 58 {
		d.at(at+".paper", "must be 80 or 58")
	}
	if p.RollMM != 0 && (p.RollMM < leastRoll || p.RollMM > mostRoll) {
		d.at(at+".roll_mm", "must be the length of a new roll in millimetres, %d-%d, or left out", leastRoll, mostRoll)
	}
}

// maxPrinterName bounds a printer's name, in bytes: that of the hall's log.
const maxPrinterName = 120
