package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/paper"
	"layso/web"
)

// pager prints a paper that is no ticket; [printer.Spooler] does.
type pager interface {
	Page(ctx context.Context, printer string, page printer.Page) (kiosk.PrintState, error)
}

// dayBook gives what past days came to; [journal.Journal] does.
type dayBook interface {
	LastClosed() (string, error)
	DayEvents(day string) ([]kiosk.Event, error)
	Seal(day string) (seq uint64, head [32]byte, err error)
	Since(seq uint64, limit int) ([]kiosk.Event, error)
}

// pageWithin is how long a paper may take that is no ticket: the tickets before it, its bytes, and the
// printer's answer.
const pageWithin = 40 * time.Second

// press implements web.Press.
type press struct {
	pages    pager
	days     dayBook
	view     func() *kiosk.View
	now      func() time.Time
	printers []*printing
}

// Test implements web.Press.
func (p *press) Test(ctx context.Context, name, by string) (kiosk.PrintState, error) {
	slip := p.testSlip(name)
	return p.page(ctx, name, printer.Page{
		Kind: kiosk.TestPage, By: by, Draw: func(r *paper.Renderer) *paper.Bitmap { return r.Test(slip) },
	})
}

// Closing implements web.Press.
func (p *press) Closing(ctx context.Context, name, by string) (kiosk.PrintState, error) {
	day, err := p.days.LastClosed()
	switch {
	case err != nil:
		return "", err
	case day == "":
		return "", web.ErrNoClosedDay
	}
	slip, err := p.closingSlip(day)
	if err != nil {
		return "", err
	}
	return p.page(ctx, name, printer.Page{
		Kind: kiosk.ClosingPage, Day: day, By: by, Draw: func(r *paper.Renderer) *paper.Bitmap { return r.Closing(slip) },
	})
}

// Slip implements web.Press.
func (p *press) Slip() (web.ClosingSlip, error) {
	day, err := p.days.LastClosed()
	if err != nil || day == "" {
		return web.ClosingSlip{}, err
	}
	_, e, err := slipOf(p.days, day)
	if err != nil || e.Type == "" {
		return web.ClosingSlip{Day: day}, err
	}
	at := e.At.In(p.view().Location())
	return web.ClosingSlip{Day: day, At: &at, Printer: e.Printer, Print: e.Outcome}, nil
}

func (p *press) page(ctx context.Context, name string, page printer.Page) (kiosk.PrintState, error) {
	within, cancel := context.WithTimeout(ctx, pageWithin)
	defer cancel()
	state, err := p.pages.Page(within, name, page)
	switch {
	case errors.Is(err, printer.ErrUnknownPrinter):
		return "", web.ErrUnknownPrinter
	case err != nil && within.Err() != nil && ctx.Err() == nil:
		return "", web.ErrPrinterBusy
	}
	return state, err
}

// stamp is the time that goes onto a paper: none while nobody knows whether it is right.
func (p *press) stamp(v *kiosk.View) time.Time {
	if v.ClockSuspect() {
		return time.Time{}
	}
	return p.now().In(v.Location())
}

func (p *press) testSlip(name string) paper.TestSlip {
	v := p.view()
	slip := paper.TestSlip{Hall: v.Setup().Name, Crest: v.Setup().Paper.Crest, Lang: kiosk.Vietnamese, Printer: name, Issued: p.stamp(v)}
	for _, x := range p.printers {
		if x.Name == name {
			slip.Profile, slip.Link = x.kind, x.wire
			roll, _ := v.Roll(name)
			if length := cmp.Or(roll.LengthMM, x.RollMM); length > 0 {
				slip.Roll = max(0, length-roll.UsedMM)
			}
		}
	}
	return slip
}

// closingSlip puts together what a business day came to, of its events and of its end's place in the
// log's chain.
func (p *press) closingSlip(day string) (paper.ClosingSlip, error) {
	v := p.view()
	events, err := p.days.DayEvents(day)
	if err != nil {
		return paper.ClosingSlip{}, err
	}
	seq, head, err := p.days.Seal(day)
	if err != nil {
		return paper.ClosingSlip{}, err
	}
	return paper.ClosingSlip{
		Hall: v.Setup().Name, Crest: v.Setup().Paper.Crest, Lang: kiosk.Vietnamese, Totals: kiosk.TotalsOf(events),
		Seq: seq, Hash: hex.EncodeToString(head[:]), Printed: p.stamp(v),
	}, nil
}
