package printer_test

import (
	"context"
	"io"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

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
			hall.wants(hall.take(), kiosk.Processed, "")
			last.Load().(io.Closer).Close()
		}
	})
}

// A printer that tells nothing and closes a wire that idles loses no ticket to it.
func TestAMutePrinterThatHangsUpGetsEachTicket(t *testing.T) {
	inHall(t, func(t *testing.T, hall *desk, p *emulator.Printer) {
		opened := 0
		dial := to(p)
		spool(t, hall, printer.Profiles()["receive-only-80"], func(ctx context.Context) (printer.Link, error) {
			opened++
			return dial(ctx)
		})
		for range 5 {
			hall.wants(hall.take(), kiosk.Sent, "")
			synctest.Wait()
			p.SetFault(emulator.HangUp)
			synctest.Wait()
		}
		if p.Total() != 5 || opened > 6 {
			t.Errorf("%d papers over %d wires", p.Total(), opened)
		}
	})
}
