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
			hall.wants(token, kiosk.Processed, "")
			if got := hall.log.of(token); !slices.Equal(got, []string{"print.sending", "processed"}) {
				t.Errorf("the log says %v", got)
			}
		}
		if p.Total() != 3 {
			t.Errorf("%d papers, want 3", p.Total())
		}
		if status := s.Statuses()[0]; !status.OK || status.Queued != 0 || status.Name != "kiosk-1" {
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
					if bytes.HasPrefix(b, escpos.AppendInit(nil)) {
						jobs.Add(1)
					}
					if got := hall.View().Ticket(token).Print; got != kiosk.Sending {
						t.Errorf("bytes go out while the hall says %s", got)
					}
				}
				return wire.Write(b)
			}}, nil
		})
		hall.wants(token, kiosk.Processed, "")
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

func TestEachFaultHoldsTheTicketUntilItIsGone(t *testing.T) {
	for _, fault := range []emulator.Fault{
		emulator.PaperOut, emulator.CoverOpen, emulator.Cutter, emulator.Hot, emulator.Fatal, emulator.Offline,
		emulator.Silent, emulator.Swallow, emulator.Unreachable,
	} {
		inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
			code := map[emulator.Fault]string{emulator.Swallow: printer.FaultSilent}[fault]
			if code == "" {
				code = string(fault)
			}
			p.SetFault(fault)
			s, _ := spool(t, hall, generic, to(p))
			token := hall.take()
			if status := becomes(s, code); status.OK || !slices.Equal(status.Faults, []string{code}) || s.Ready("kiosk-1") {
				t.Errorf("status %+v, want fault %s", status, code)
			}
			time.Sleep(2 * time.Minute) // of the bubble's time
			if got := s.Statuses()[0]; got.Queued != 1 || hall.View().Ticket(token).Print != kiosk.Queued {
				t.Errorf("%s: the paper is %s, %d wait", fault, hall.View().Ticket(token).Print, got.Queued)
			}
			p.SetFault(emulator.None)
			hall.wants(token, kiosk.Processed, "")
			if status := becomes(s, ""); !status.OK || !s.Ready("") {
				t.Errorf("healed, and status %+v", status)
			}
			if p.Total() != 1 || hall.View().Ticket(token).Prints != 1 {
				t.Errorf("%s: %d papers, asked for %d times", fault, p.Total(), hall.View().Ticket(token).Prints)
			}
		})
	}
}

func TestPaperLowIsAWarning(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		p.SetFault(emulator.PaperLow)
		s, _ := spool(t, hall, generic, to(p))
		hall.wants(hall.take(), kiosk.Processed, "")
		if status := s.Statuses()[0]; !status.OK || status.Fault != printer.FaultPaperLow {
			t.Errorf("status %+v", status)
		}
	})
}

// A whole rush before an unplugged printer, and nobody plugs it in in time: nothing of it is printed
// when it is.
func TestOldJobsExpire(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		p.SetFault(emulator.Unreachable)
		s, _ := spool(t, hall, generic, to(p))
		var tokens []string
		for range 200 {
			tokens = append(tokens, hall.take())
		}
		time.Sleep(5*time.Minute - 10*time.Second)
		late := hall.take()
		for _, token := range tokens {
			hall.wants(token, kiosk.Expired, printer.ReasonOld)
		}
		p.SetFault(emulator.None)
		hall.wants(late, kiosk.Processed, "")
		becomes(s, "")
		if p.Total() != 1 {
			t.Errorf("%d papers, want the last ticket's alone", p.Total())
		}
	})
}

// Whoever was called no longer needs his paper, unless staff wants it.
func TestJobsOfCalledTicketsExpireSooner(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		p.SetFault(emulator.CoverOpen)
		spool(t, hall, generic, to(p))
		called, wanted := hall.take(), hall.take()
		clerk := kiosk.Operator{Counter: "1", User: "lan"}
		hall.do(kiosk.OpenCounter{Operator: clerk})
		hall.do(kiosk.Next{Operator: clerk})
		hall.wants(called, kiosk.Expired, printer.ReasonCalled)
		hall.do(kiosk.Reprint{Token: called, By: "user:lan"})
		time.Sleep(time.Minute)
		p.SetFault(emulator.None)
		hall.wants(called, kiosk.Processed, "")
		hall.wants(wanted, kiosk.Processed, "")
	})
}

func TestPaperRunsOutInTheMiddle(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		s, _ := spool(t, hall, generic, to(p))
		becomes(s, "")
		p.FailAfter(emulator.PaperOut, 200)
		token := hall.take()
		hall.wants(token, kiosk.Failed, printer.FaultPaperOut)
		if status := becomes(s, printer.FaultPaperOut); status.OK {
			t.Errorf("status %+v", status)
		}
		time.Sleep(time.Minute)
		p.SetFault(emulator.None)
		hall.wantSteps(token, "print.sending", "failed", "print.queued", "print.sending", "processed")
		if paper := p.Papers()[0]; !paper.Whole() {
			t.Error("the last paper is no whole ticket")
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
		hall.wants(hall.take(), kiosk.PrintUncertain, printer.FaultSilent)
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
					n, _ := wire.Write(b[:2345])
					wire.Close()
					return n, io.ErrClosedPipe
				}
				return wire.Write(b)
			}}, nil
		})
		hall.wantSteps(hall.take(), "print.sending", "uncertain", "print.queued", "print.sending", "processed")
		papers := p.Papers()
		if len(papers) != 2 || !bytes.HasPrefix(papers[0].Raw, escpos.AppendInit(nil)) || !papers[0].Whole() {
			t.Errorf("%d papers, want the torn one and a whole one", len(papers))
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
		f := &flaky{hall, map[kiosk.PrintState]int{kiosk.Sending: 2, kiosk.Processed: 3}}
		spool(t, f, generic, to(p))
		hall.wants(hall.take(), kiosk.Processed, "")
		if p.Total() != 1 {
			t.Errorf("%d papers, want 1", p.Total())
		}
	})
}
