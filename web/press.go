package web

import (
	"context"
	"slices"
	"time"

	"layso/kiosk"
)

// The refusals about paper that is no ticket. A [Press] returns them too.
const (
	ErrUnknownPrinter kiosk.Error = "unknown_printer"
	ErrNoClosedDay    kiosk.Error = "no_closed_day" // no business day has ended yet
	ErrPrinterBusy    kiosk.Error = "printer_busy"  // it gave no answer in time; the paper may still come out
)

// Press prints what is no ticket.
type Press interface {
	// Test prints a test slip on the printer and gives what became of it.
	Test(ctx context.Context, printer, by string) (kiosk.PrintState, error)
	// Closing prints the closing slip of the newest business day that has ended.
	Closing(ctx context.Context, printer, by string) (kiosk.PrintState, error)
	// Slip tells of that slip.
	Slip() (ClosingSlip, error)
}

// ClosingSlip is what is known of the closing slip of the newest business day that has ended. Where none
// was printed there is only the day, and nothing where no day has ended yet.
type ClosingSlip struct {
	Day     string           `json:"day,omitempty"` // YYYY-MM-DD
	At      *time.Time       `json:"at,omitempty"`
	Printer string           `json:"printer,omitempty"`
	Print   kiosk.PrintState `json:"print,omitempty"`
}

// pressRoutes are about paper that is no ticket; without a press they do not exist.
func (s *Server) pressRoutes() []route {
	if s.Press == nil {
		return nil
	}
	return []route{
		{"POST", "/api/printers/{name}/test", signedIn, testPrinter},
		{"GET", "/api/papers/closing", managers, getClosing},
		{"POST", "/api/papers/closing", managers, printClosing},
	}
}

// printer gives the state of the printer of this name, or of the hall's first for "".
func (c *call) printer(name string) (kiosk.PrinterStatus, error) {
	all := c.Printers()
	i := slices.IndexFunc(all, func(p kiosk.PrinterStatus) bool { return name == "" || p.Name == name })
	if i < 0 {
		return kiosk.PrinterStatus{}, ErrUnknownPrinter
	}
	return all[i], nil
}

// ownPrinter gives the printer of the kiosk that makes the request; empty, which is the hall's first, for
// everybody else and where the kiosk's own is no more.
func (c *call) ownPrinter() string {
	if c.who.device == nil || c.who.device.Kind != deviceKiosk || c.who.device.Printer == "" {
		return ""
	}
	p, err := c.printer(c.who.device.Printer)
	if err != nil {
		return ""
	}
	return p.Name
}

// paperChanged notes a new roll. Where nobody says how long it is, it is as long as the last one.
func paperChanged(c *call) error {
	var in struct{ MM *int }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	p, err := c.printer(c.r.PathValue("name"))
	if err != nil {
		return err
	}
	cmd := kiosk.PaperChanged{Printer: p.Name, By: c.who.name()}
	switch {
	case in.MM != nil:
		cmd.MM = *in.MM
	case p.Roll != nil:
		cmd.MM = p.Roll.LengthMM
	}
	if _, err := c.Hall.Do(c.r.Context(), cmd); err == kiosk.ErrInvalidField {
		return invalid("mm")
	} else if err != nil {
		return err
	}
	if p, err = c.printer(p.Name); err != nil {
		return err
	}
	return c.json(200, p)
}

// pageStatus is what became of a paper that is no ticket. Fault says why it did not come out.
type pageStatus struct {
	Printer string           `json:"printer"`
	Print   kiosk.PrintState `json:"print"`
	Fault   string           `json:"fault,omitempty"`
}

// page prints a paper that is no ticket and answers with what became of it. A printer that does not
// print is no refusal: it is what the caller wanted to know.
func (c *call) page(name string, print func(ctx context.Context, printer, by string) (kiosk.PrintState, error)) error {
	p, err := c.printer(name)
	if err != nil {
		return err
	}
	state, err := print(c.r.Context(), p.Name, c.who.name())
	if err != nil {
		return err
	}
	out := pageStatus{Printer: p.Name, Print: state}
	if state == kiosk.Failed || state == kiosk.PrintUncertain {
		now, err := c.printer(p.Name)
		if err != nil {
			return err
		}
		out.Fault = now.Fault
	}
	return c.json(200, out)
}

func testPrinter(c *call) error {
	if err := decode(c.r, &struct{}{}, maxBody); err != nil {
		return err
	}
	return c.page(c.r.PathValue("name"), c.Press.Test)
}

func getClosing(c *call) error {
	slip, err := c.Press.Slip()
	if err != nil {
		return err
	}
	return c.json(200, slip)
}

func printClosing(c *call) error {
	var in struct{ Printer string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	return c.page(in.Printer, c.Press.Closing)
}
