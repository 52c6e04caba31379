package printer_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/escpos"
)

// inHall runs a test in a bubble with its own clock, with an open hall and a printer.
func inHall(t *testing.T, test func(t *testing.T, hall *desk, p *emulator.Printer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := emulator.New(emulator.Options{})
		t.Cleanup(func() {
			p.Close()
			if errs := p.Errors(); len(errs) > 0 {
				t.Errorf("the printer did not understand: %q", errs)
			}
		})
		test(t, openHall(t, &memory{}), p)
	})
}

// tap is a wire that a test can listen to or cut.
type tap struct {
	printer.Link
	write func([]byte) (int, error)
}

func (w tap) Write(b []byte) (int, error) { return w.write(b) }

// isJob tells a ticket from a status question.
func isJob(b []byte) bool { return bytes.Contains(b, []byte{escpos.GS, 'v', '0'}) }

func TestPrintsInOrderAndConfirms(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		tokens := []string{hall.take(), hall.take(), hall.take()}
		s, _ := spool(t, hall, generic, to(p))
		for _, token := range tokens {
			hall.wants(token, kiosk.Confirmed, "")
			if got := hall.log.of(token); !slices.Equal(got, []string{"print.sending", "confirmed"}) {
				t.Errorf("the log says %v", got)
			}
		}
		if p.Total() != 3 {
			t.Errorf("%d papers, want 3", p.Total())
		}
		if status := s.Status(); !status.OK || status.Queued != 0 || status.Name != "kiosk-1" {
			t.Errorf("status %+v", status)
		}
	})
}

func TestSendingIsCommittedBeforeTheFirstByte(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		token := hall.take()
		var jobs atomic.Int32
		spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if isJob(b) {
					jobs.Add(1)
					if got := hall.View().Ticket(token).Print; got != kiosk.Sending {
						t.Errorf("bytes go out while the hall says %s", got)
					}
				}
				return wire.Write(b)
			}}, nil
		})
		hall.wants(token, kiosk.Confirmed, "")
		if jobs.Load() != 1 {
			t.Errorf("%d jobs went out", jobs.Load())
		}
	})
}

func TestMutePrinterIsNeverConfirmed(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		mute := printer.Profile{Dots: 384}
		_, stop := spool(t, hall, mute, to(p))
		hall.wants(hall.take(), kiosk.Sent, "")
		stop()
		synctest.Wait()
		if p.Total() != 0 {
			t.Error("a printer without a cutter got a cut")
		}
	})
}

func TestEachFaultFailsTheTicketAtOnceAndHealsByItself(t *testing.T) {
	for fault, code := range map[emulator.Fault]string{
		emulator.PaperOut: printer.FaultPaperOut, emulator.CoverOpen: printer.FaultCoverOpen,
		emulator.Cutter: printer.FaultCutter, emulator.Offline: printer.FaultOffline,
	} {
		inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
			p.SetFault(fault)
			s, _ := spool(t, hall, generic, to(p))
			token, begun := hall.take(), time.Now()
			hall.wants(token, kiosk.Failed, code)
			if took := time.Since(begun); took > 100*time.Millisecond {
				t.Errorf("%s: it took %v to say so", fault, took)
			}
			if status := s.Status(); status.OK || status.Fault != code {
				t.Errorf("status %+v, want fault %s", status, code)
			}
			p.SetFault(emulator.None)
			if status := becomes(s, ""); !status.OK {
				t.Errorf("healed, and status %+v", status)
			}
			synctest.Wait()
			if p.Total() != 0 {
				t.Errorf("%s: the failed ticket came out after all", fault)
			}
			hall.do(kiosk.Reprint{Token: token, By: "user:lan"})
			hall.wants(token, kiosk.Confirmed, "")
		})
	}
}

func TestPaperLowIsAWarning(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		p.SetFault(emulator.PaperLow)
		s, _ := spool(t, hall, generic, to(p))
		hall.wants(hall.take(), kiosk.Confirmed, "")
		if status := s.Status(); !status.OK || status.Fault != printer.FaultPaperLow {
			t.Errorf("status %+v", status)
		}
	})
}

// A whole rush before an unplugged printer: nobody waits for a time-out of his own, and nothing of
// it is printed when the printer is plugged in.
func TestUnreachablePrinterDoesNotPileUpJobs(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		var plugged atomic.Bool
		s, _ := spool(t, hall, generic, func(ctx context.Context) (printer.Link, error) {
			if plugged.Load() {
				return p.Connect(), nil
			}
			time.Sleep(3 * time.Second) // a dial that times out, on the bubble's clock
			return nil, errNoPrinter
		})
		begun := time.Now()
		for range 200 {
			hall.wants(hall.take(), kiosk.Failed, printer.FaultUnreachable)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("200 tickets took %v to fail", took)
		}
		plugged.Store(true)
		becomes(s, "")
		hall.wants(hall.take(), kiosk.Confirmed, "")
		if p.Total() != 1 {
			t.Errorf("%d papers, want the last ticket's alone", p.Total())
		}
	})
}

func TestPaperRunsOutInTheMiddle(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if !isJob(b) {
					return wire.Write(b)
				}
				n, _ := wire.Write(b[:len(b)/2])
				p.SetFault(emulator.PaperOut)
				m, err := wire.Write(b[n:])
				return n + m, err
			}}, nil
		})
		hall.wants(hall.take(), kiosk.Failed, printer.FaultPaperOut)
		if status := s.Status(); status.OK || status.Fault != printer.FaultPaperOut {
			t.Errorf("status %+v", status)
		}
	})
}

func TestSilenceAfterTheTicketIsUncertain(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		var silent atomic.Bool
		spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if silent.Store(silent.Load() || isJob(b)); silent.Load() {
					return len(b), nil // swallowed, and never answered
				}
				return wire.Write(b)
			}}, nil
		})
		hall.wants(hall.take(), kiosk.PrintUncertain, printer.FaultUnreachable)
	})
}

// A wire that breaks off in the middle leaves the printer waiting for dots. The next ticket must
// not be taken for them.
func TestTicketAfterATornOneIsWhole(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		var broken atomic.Bool
		spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if isJob(b) && broken.CompareAndSwap(false, true) {
					n, _ := wire.Write(b[:12345])
					wire.Close()
					return n, io.ErrClosedPipe
				}
				return wire.Write(b)
			}}, nil
		})
		hall.wants(hall.take(), kiosk.PrintUncertain, printer.FaultUnreachable)
		hall.wants(hall.take(), kiosk.Confirmed, "")
		papers := p.Papers()
		if len(papers) != 2 || !bytes.HasPrefix(papers[0].Raw, escpos.AppendInit(nil)) {
			t.Errorf("%d papers, want the torn one and a whole one", len(papers))
		}
	})
}

// Network printers close a connection that idles.
func TestClosedIdleWireIsOpenedAnew(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		var last atomic.Value
		spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			last.Store(wire)
			return wire, nil
		})
		for range 3 {
			hall.wants(hall.take(), kiosk.Confirmed, "")
			last.Load().(io.Closer).Close()
		}
	})
}

// flaky is a hall whose disk fails: the commands in fail are refused that many times.
type flaky struct {
	*desk
	fail map[kiosk.PrintState]int
}

func (f *flaky) Do(ctx context.Context, cmd kiosk.Command) (kiosk.Result, error) {
	if r, ok := cmd.(kiosk.ReportPrint); ok && f.fail[r.Outcome] > 0 {
		f.fail[r.Outcome]--
		return kiosk.Result{}, kiosk.ErrStorage
	}
	return f.desk.Do(ctx, cmd)
}

func TestDiskFailuresNeitherLoseNorDoubleAPaper(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		f := &flaky{hall, map[kiosk.PrintState]int{kiosk.Sending: 2, kiosk.Confirmed: 3}}
		spool(t, f, generic, to(p))
		hall.wants(hall.take(), kiosk.Confirmed, "")
		if p.Total() != 1 {
			t.Errorf("%d papers, want 1", p.Total())
		}
	})
}
