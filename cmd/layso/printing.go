package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"log/slog"
	"sync"

	"layso/configs"
	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/link"
	"layso/web"
)

// printing is the hall's printer: a real one behind a link, or one in software.
type printing struct {
	name     string
	profile  printer.Profile
	open     func(context.Context) (printer.Link, error)
	software *emulator.Printer // nil for a real printer
}

// softwarePrinter makes a printer in software for paper of that width in millimetres.
func softwarePrinter(name string, millimetres int) *printing {
	p := &printing{name: name, profile: printer.Profile{Dots: dotsOf(millimetres), Status: true, Cut: true}}
	p.software = emulator.New(emulator.Options{Dots: p.profile.Dots})
	p.open = func(context.Context) (printer.Link, error) { return p.software.Connect(), nil }
	return p
}

// configuredPrinter makes the printer that the installation's file describes.
func configuredPrinter(c configs.Printer) *printing {
	if c.Link == "software" {
		return softwarePrinter(c.Name, c.Paper)
	}
	return &printing{
		name:    c.Name,
		profile: printer.Profile{Dots: dotsOf(c.Paper), Status: c.Status, Cut: c.Cut},
		open:    func(ctx context.Context) (printer.Link, error) { return link.Open(ctx, c.Link) },
	}
}

// dotsOf gives the dots in a row of paper of that width at 203 dpi.
func dotsOf(millimetres int) int {
	if millimetres == 58 {
		return 384
	}
	return 576
}

func (p *printing) options(base string, log *slog.Logger) printer.Options {
	return printer.Options{
		Name: p.name, Profile: p.profile, Open: p.open,
		BaseURL: func() string { return base }, Log: log,
	}
}

// paper gives the software printer to the page that shows it, or nil.
func (p *printing) paper() web.Paper {
	if p == nil || p.software == nil {
		return nil
	}
	return &shownPaper{printer: p.software}
}

// shownPaper draws the newest paper once and keeps the picture.
type shownPaper struct {
	printer *emulator.Printer
	mu      sync.Mutex
	seq     int
	png     []byte
}

// Latest implements web.Paper.
func (s *shownPaper) Latest() (picture, raw []byte) {
	papers := s.printer.Papers()
	if len(papers) == 0 {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if newest := papers[0]; s.seq != newest.Seq {
		var b bytes.Buffer
		if png.Encode(&b, newest.Image) != nil { // a bytes.Buffer takes everything, a paper is never empty
			return nil, nil
		}
		s.seq, s.png = newest.Seq, b.Bytes()
	}
	return s.png, papers[0].Raw
}

// Papers implements web.Paper.
func (s *shownPaper) Papers() int { return s.printer.Total() }

// Fault implements web.Paper.
func (s *shownPaper) Fault() string { return string(s.printer.Fault()) }

// SetFault implements web.Paper.
func (s *shownPaper) SetFault(code string) error {
	fault := emulator.Fault(code)
	if !fault.Valid() && fault != emulator.None {
		return fmt.Errorf("%w: fault %q", kiosk.ErrInvalidField, code)
	}
	s.printer.SetFault(fault)
	return nil
}
