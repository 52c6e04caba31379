package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"layso/configs"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/link"
)

// printing is a printer of the hall: a real one behind a link, or one in software.
type printing struct {
	printer.Printer
	software *emulator.Printer // nil for a real printer
	kind     string            // its profile's name, as the test slip says it
	wire     string            // where its link leads, as the test slip says it
}

// softwarePrinter makes a printer in software that is what its profile says.
func softwarePrinter(name string, profile printer.Profile) *printing {
	p := &printing{Printer: printer.Printer{Name: name, Profile: profile}, kind: printer.DefaultProfile, wire: "software"}
	p.software = emulator.New(emulated(profile))
	p.Open = func(ctx context.Context) (printer.Link, error) { return p.software.Dial(ctx) }
	return p
}

// configuredPrinter makes the printer that the installation's file describes.
func configuredPrinter(c configs.Printer) *printing {
	p := &printing{Printer: printer.Printer{
		Profile: profileOf(c), Open: func(ctx context.Context) (printer.Link, error) { return link.Open(ctx, c.Link) },
	}}
	if c.Link == "software" {
		p = softwarePrinter(c.Name, profileOf(c))
	}
	p.Name, p.StandIn, p.RollMM = c.Name, c.StandIn, c.RollMM
	p.kind, p.wire = kindOf(c), c.Link
	return p
}

// kindOf gives the name of the printer's profile. One that the file does not name is that of what nearly
// all can; one in software can everything.
func kindOf(c configs.Printer) string {
	if c.Profile != "" {
		return c.Profile
	}
	kind := map[bool]string{true: "epson", false: "generic"}[c.Link == "software"]
	return fmt.Sprintf("%s-%d", kind, cmp.Or(c.Paper, 80))
}

// profileOf gives what the printer's kind can, with what the file says otherwise.
func profileOf(c configs.Printer) printer.Profile {
	p := printer.Profiles()[kindOf(c)]
	if c.Paper != 0 && c.Paper != p.PaperMM {
		p.PaperMM, p.Dots = c.Paper, dotsOf(c.Paper)
	}
	if c.Status != nil && !*c.Status {
		p.Status, p.Auto, p.ProcessID, p.Recover, p.Clear = false, false, false, false, false
	}
	if c.Cut != nil && !*c.Cut {
		p.Cut = printer.CutNone
	}
	p.Trim = strings.HasPrefix(c.Link, "serial:")
	return p
}

// dotsOf gives the usual dots in a row of paper of that width, 80 or 58 mm.
func dotsOf(millimetres int) int {
	return printer.Profiles()[fmt.Sprintf("generic-%d", millimetres)].Dots
}

// newSpooler gives the reader that prints.
func (h *hall) newSpooler() *printer.Spooler {
	o := printer.Options{BaseURL: func() string { return h.baseURL }, Expire: h.expire, Now: h.owner.Now, Log: h.log}
	for _, p := range h.printers {
		o.Printers = append(o.Printers, p.Printer)
	}
	return printer.New(h.owner, o)
}
