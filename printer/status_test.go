package printer_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/escpos"
	"layso/printer/paper"
)

// A printer that tells by itself what changes is not asked: its open cover is known at once. One that
// does not is asked often enough.
func TestAnIdlePrintersFaultIsSeen(t *testing.T) {
	for name, within := range map[string]time.Duration{"epson-80": 0, "generic-80": 5 * time.Second} {
		inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
			s, _ := spool(t, hall, printer.Profiles()[name], to(p))
			becomes(s, "")
			for range 3 {
				time.Sleep(7321 * time.Millisecond)
				begun := time.Now()
				p.SetFault(emulator.CoverOpen)
				becomes(s, printer.FaultCoverOpen)
				if took := time.Since(begun); took > within {
					t.Errorf("%s: the cover was seen after %v", name, took)
				}
				p.SetFault(emulator.None)
				becomes(s, "")
			}
		})
	}
}

func TestWhatIsNoPrinterIsTold(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, printer.Profiles()["epson-80"], to(p))
		becomes(s, "")
		p.SetFault(emulator.Garbage)
		token := hall.take()
		if status := becomes(s, printer.FaultWrongDevice); status.OK {
			t.Errorf("%+v", status)
		}
		p.SetFault(emulator.None)
		hall.printed(token)
	})
}

// swings counts how often a printer's faults change from that change on, in the time given.
func swings(s *printer.Spooler, changed <-chan struct{}, during time.Duration) (n int) {
	end := time.After(during)
	for {
		select {
		case <-changed:
			changed = s.Changed()
			n++
		case <-end:
			return n
		}
	}
}

func TestNearEndIsToldOnce(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, printer.Profiles()["epson-80"], to(p))
		becomes(s, "")
		swing := func(f emulator.Fault) {
			for range 20 {
				p.SetFault(emulator.PaperLow)
				time.Sleep(3 * time.Second)
				p.SetFault(f)
				time.Sleep(3 * time.Second)
			}
		}
		changes := make(chan int, 1)
		first := s.Changed()
		go func() { changes <- swings(s, first, 2*time.Minute) }()
		swing(emulator.None)
		if n := <-changes; n != 1 {
			t.Errorf("%d changes were told, want one", n)
		}
		if status := s.Statuses()[0]; !status.OK || status.Fault != printer.FaultPaperLow {
			t.Errorf("%+v", status)
		}
		begun := time.Now()
		becomes(s, "")
		if took := time.Since(begun); took < 30*time.Second || took > 90*time.Second {
			t.Errorf("the end of the warning came after %v", took)
		}
		p.SetFault(emulator.PaperLow)
		becomes(s, printer.FaultPaperLow)
		p.SetFault(emulator.CoverOpen)
		becomes(s, printer.FaultCoverOpen)
		p.SetFault(emulator.None) // and a new roll is in
		becomes(s, "")
	})
}

// Without a sensor the millimetres are counted.
func TestTheRollIsCounted(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, generic, to(p))
		hall.do(kiosk.PaperChanged{Printer: "kiosk-1", MM: 1000, By: "user:lan"})
		hall.wants(hall.take(), kiosk.Processed, "")
		length := 0
		for _, e := range hall.log.all() {
			length += map[bool]int{true: e.MM}[e.Type == kiosk.PrintDone]
		}
		want := p.Papers()[0].Image.Bounds().Dy()/8 + 17
		if length < want || length > want+1 {
			t.Errorf("a ticket of %d mm counts as %d", want, length)
		}
		status := s.Statuses()[0]
		if status.Roll == nil || status.Roll.LengthMM != 1000 || status.Roll.UsedMM != length || status.Roll.TicketsLeft != (1000-length)/length {
			t.Errorf("%+v", status.Roll)
		}
		for used := length; used < 920; used += length {
			if status := s.Statuses()[0]; status.Fault != "" {
				t.Fatalf("low after %d mm", used)
			}
			hall.wants(hall.take(), kiosk.Processed, "")
		}
		if status := becomes(s, printer.FaultPaperLow); !status.OK {
			t.Errorf("%+v", status)
		}
		hall.do(kiosk.PaperChanged{Printer: "kiosk-1", MM: 80000, By: "user:lan"})
		becomes(s, "")
	})
}

func TestPagesComeOutBetweenTickets(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, printer.Profiles()["epson-80"], to(p))
		draw := func(r *paper.Renderer) *paper.Bitmap {
			b, err := r.Render(paper.Slip{Number: "TEST"})
			if err != nil {
				t.Error(err)
			}
			return b
		}
		var tokens []string
		for range 5 {
			tokens = append(tokens, hall.take())
		}
		if got, err := s.Page(t.Context(), "kiosk-1", printer.Page{Kind: kiosk.TestPage, By: "user:lan", Draw: draw}); got != kiosk.Confirmed || err != nil {
			t.Errorf("%s, %v", got, err)
		}
		for _, token := range tokens {
			hall.wants(token, kiosk.Confirmed, "")
		}
		p.SetFault(emulator.PaperOut)
		if got, err := s.Page(t.Context(), "", printer.Page{Kind: kiosk.ClosingPage, By: "user:lan", Draw: draw}); got != kiosk.Failed || err != nil {
			t.Errorf("%s, %v", got, err)
		}
		if _, err := s.Page(t.Context(), "another", printer.Page{Kind: kiosk.TestPage, By: "user:lan", Draw: draw}); !errors.Is(err, printer.ErrUnknownPrinter) {
			t.Error(err)
		}
		var pages []string
		for _, e := range hall.log.all() {
			if e.Type == kiosk.PagePrinted {
				pages = append(pages, e.Page+" "+string(e.Outcome)+" "+e.Reason+" "+e.By)
			}
		}
		if want := []string{"test confirmed  user:lan", "closing failed paper_out user:lan"}; !slices.Equal(pages, want) || p.Total() != 6 {
			t.Errorf("the log says %q, %d papers", pages, p.Total())
		}
	})
}

// A printer that ruins one paper after the other does not get the same ticket for ever.
func TestThreePapersAreEnough(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, printer.Profiles()["epson-80"], to(p))
		becomes(s, "")
		p.FailAfter(emulator.Restart, 100)
		token := hall.take()
		for range 600 {
			time.Sleep(100 * time.Millisecond)
			p.FailAfter(emulator.Restart, 100)
		}
		ticket := hall.View().Ticket(token)
		if ticket.Prints != 3 || ticket.Print != kiosk.PrintUncertain || ticket.PrintFault != printer.FaultUnreachable {
			t.Errorf("asked for %d times, %s %s", ticket.Prints, ticket.Print, ticket.PrintFault)
		}
		p.SetFault(emulator.None)
		hall.do(kiosk.Reprint{Token: token, By: "user:lan"})
		hall.wants(token, kiosk.Confirmed, "")
		if f := s.Figures()[0]; f.Papers[kiosk.PrintUncertain] != 3 || f.Papers[kiosk.Confirmed] != 1 || f.Reprints != 3 {
			t.Errorf("%+v", f)
		}
	})
}

// A printer that is well and just never answers GS r: its tickets count as uncertain, are not printed
// again, and do not wait long each.
func TestAPrinterThatNeverSaysItIsDone(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if _, err := wire.Write(bytes.ReplaceAll(b, escpos.AppendAskPaper(nil), nil)); err != nil {
					return 0, err
				}
				return len(b), nil
			}}, nil
		})
		begun := time.Now()
		for range 10 {
			hall.wants(hall.take(), kiosk.PrintUncertain, "")
		}
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("ten tickets took %v", took)
		}
		time.Sleep(time.Minute)
		if p.Total() != 10 {
			t.Errorf("%d papers, want 10", p.Total())
		}
	})
}

// A hot print head goes on by itself: the ticket in it is not printed again.
func TestAHotPrinterIsWaitedFor(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, printer.Profiles()["epson-80"], to(p))
		becomes(s, "")
		p.FailAfter(emulator.Hot, 100)
		token := hall.take()
		becomes(s, printer.FaultHot)
		time.Sleep(25 * time.Second)
		p.SetFault(emulator.None)
		hall.wants(token, kiosk.Confirmed, "")
		if p.Total() != 1 {
			t.Errorf("%d papers", p.Total())
		}
	})
}

// lines is a log that can be read.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func TestTheLogSaysWhatToDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hall, p, out := openHall(t, &memory{}), emulator.New(emulator.Options{}), &lines{}
		t.Cleanup(p.Close)
		s := printer.New(hall, printer.Options{
			Printers: []printer.Printer{{Name: "kiosk-1", Profile: generic, Open: to(p)}}, Now: hall.Now,
			BaseURL: func() string { return "" }, Log: slog.New(slog.NewTextHandler(out, nil)),
		})
		ctx, cancel := context.WithCancel(t.Context())
		var over atomic.Bool
		go func() { s.Run(ctx); over.Store(true) }()
		becomes(s, "")
		p.SetFault(emulator.PaperOut)
		becomes(s, printer.FaultPaperOut)
		p.SetFault(emulator.None)
		becomes(s, "")
		cancel()
		synctest.Wait()
		text := out.buf.String()
		for _, want := range []string{"printer=kiosk-1 fault=paper_out do=\"put in a new roll", "a fault of the printer is gone", "the printer is ready"} {
			if !strings.Contains(text, want) {
				t.Errorf("the log does not say %q:\n%s", want, text)
			}
		}
		if n := strings.Count(text, "\n"); n > 6 || !over.Load() {
			t.Errorf("%d lines:\n%s", n, text)
		}
	})
}

// Whatever a printer can have, the log knows what to do.
func TestEachFaultHasAdvice(t *testing.T) {
	for _, f := range printer.Faults() {
		if printer.Advice(f) == "" {
			t.Errorf("no advice for %s", f)
		}
	}
}
