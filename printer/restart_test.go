package printer_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/printer/escpos"
)

// crashed gives a log that ends while a ticket is being sent.
func crashed(t *testing.T) (log *memory, token string) {
	t.Helper()
	log = &memory{}
	hall := openHall(t, log)
	token = hall.take()
	hall.do(kiosk.ReportPrint{Token: token, Printer: "kiosk-1", Outcome: kiosk.Sending})
	hall.Close()
	return log, token
}

func TestTicketInSendingAtTheStartIsPrintedAgainWithAMark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, token := crashed(t)
		hall := openHall(t, log)
		p := emulator.New(emulator.Options{})
		spool(t, hall, generic, to(p))
		for got := []string(nil); !slices.Equal(got, []string{"print.sending", "uncertain", "print.queued", "print.sending", "processed"}); {
			changed := hall.Changed()
			if got = log.of(token); len(got) < 5 {
				<-changed
			} else if got[4] != "processed" {
				t.Fatalf("the log says %v", got)
			}
		}
		if ticket := hall.View().Ticket(token); ticket.Prints != 2 {
			t.Errorf("asked for %d times, want 2", ticket.Prints)
		}
		if p.Total() != 1 {
			t.Errorf("%d papers", p.Total())
		}
	})
}

func TestTicketInSendingThatWasCalledIsNotPrintedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, token := crashed(t)
		hall := openHall(t, log)
		clerk := kiosk.Operator{Counter: "1", User: "lan"}
		hall.do(kiosk.OpenCounter{Operator: clerk})
		hall.do(kiosk.Next{Operator: clerk})
		p := emulator.New(emulator.Options{})
		spool(t, hall, generic, to(p))
		hall.wants(token, kiosk.PrintUncertain, printer.ReasonInterrupted)
		synctest.Wait()
		if p.Total() != 0 || hall.View().Ticket(token).Prints != 1 {
			t.Error("it was printed again")
		}
	})
}

// A ticket that was being sent to a printer which the hall has no more comes out of another, whose roll
// did not lose the paper of the first try.
func TestTicketInSendingToAPrinterThatIsGone(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		token := hall.do(kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), Device: "kiosk", By: "device:kiosk", Print: true, Printer: "gone"}).Token
		hall.do(kiosk.ReportPrint{Token: token, Printer: "gone", Outcome: kiosk.Sending})
		spool(t, hall, generic, to(p))
		if ticket := hall.printed(token); ticket.Prints != 2 || ticket.PrintedOn != "kiosk-1" {
			t.Errorf("asked for %d times, printed on %s", ticket.Prints, ticket.PrintedOn)
		}
		if roll, _ := hall.View().Roll("kiosk-1"); roll.UsedMM < 50 || roll.UsedMM > 120 {
			t.Errorf("one ticket took %d mm", roll.UsedMM)
		}
	})
}

// An office that takes its last printer out of the configuration: nothing waits for it for ever.
func TestJobsWithoutAnyPrinter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, sending := crashed(t)
		hall := openHall(t, log)
		queued := hall.take()
		s := printer.New(hall, printer.Options{Now: hall.Now, Log: slog.New(slog.DiscardHandler)})
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { s.Run(ctx) })
		hall.wants(sending, kiosk.PrintUncertain, printer.ReasonInterrupted)
		hall.wants(queued, kiosk.Expired, printer.ReasonOld)
		if len(s.Statuses()) > 0 || s.Ready("") {
			t.Errorf("%+v", s.Statuses())
		}
		cancel()
		running.Wait()
	})
}

// A printer that holds a part of a ticket gets rid of it first, also where staff asked for that ticket's
// paper again before layso ended.
func TestReprintByStaffAfterARestart(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		token := hall.take()
		for _, outcome := range []kiosk.PrintState{kiosk.Sending, kiosk.Failed} {
			hall.do(kiosk.ReportPrint{Token: token, Printer: "kiosk-1", Outcome: outcome})
		}
		hall.do(kiosk.Reprint{Token: token, By: "user:lan"})
		wire := p.Connect()
		half := escpos.AppendRaster(escpos.AppendInit(nil), 72, make([]byte, 72*100), escpos.Band)
		if _, err := wire.Write(half[:len(half)-3000]); err != nil {
			t.Fatal(err)
		}
		wire.Close()
		spool(t, hall, generic, to(p))
		hall.printed(token)
		if paper := p.Papers()[0]; !paper.Whole() || len(p.Errors()) > 0 {
			t.Errorf("torn: %v, errors %q", paper.Torn, p.Errors())
		}
	})
}

// A stop while the printer takes nothing: the spooler ends in time, and the next start knows.
func TestStopInTheMiddleLeavesTheTicketInSending(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		writing := make(chan struct{})
		_, stop := spool(t, hall, generic, func(context.Context) (printer.Link, error) {
			wire := p.Connect()
			return tap{wire, func(b []byte) (int, error) {
				if isJob(b) {
					close(writing)
					wire.SetWriteDeadline(time.Time{})
					p.SetFault(emulator.Offline) // and takes nothing once its buffer is full
					b = append(b, make([]byte, 1<<20)...)
				}
				return wire.Write(b)
			}}, nil
		})
		token := hall.take()
		<-writing
		begun := time.Now()
		stop()
		if took := time.Since(begun); took > 4*time.Second {
			t.Errorf("the stop took %v", took)
		}
		if got := hall.View().Ticket(token).Print; got != kiosk.Sending {
			t.Errorf("the ticket is %s, want sending", got)
		}
	})
}
