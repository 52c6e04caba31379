package printer_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// TestPaperSwitches: a switch at the roll tells what a printer without a sensor does not know. Low warns; out
// holds the tickets until there is paper.
func TestPaperSwitches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hall, p := openHall(t, &memory{}), emulator.New(emulator.Options{})
		t.Cleanup(p.Close)
		s, _ := spool(t, hall, printer.Profiles()["receive-only-80"], to(p))
		becomes(s, "")
		wants := func(ok bool, faults ...string) {
			t.Helper()
			if got := s.Statuses()[0]; got.OK != ok || !slices.Equal(got.Faults, faults) || s.Ready("") != ok {
				t.Errorf("%+v, want %v %v", got, ok, faults)
			}
		}
		s.PaperSwitch("", true)
		wants(true, printer.FaultPaperLow)
		s.PaperOutSwitch("kiosk-1", true)
		wants(false, printer.FaultPaperOut)
		token := hall.take()
		time.Sleep(30 * time.Second) // of the bubble's time
		if got := hall.View().Ticket(token); got.Print != kiosk.Queued {
			t.Errorf("%s without paper", got.Print)
		}
		s.PaperOutSwitch("kiosk-1", false)
		hall.wants(token, kiosk.Sent, "")
		wants(true, printer.FaultPaperLow)
		s.PaperSwitch("kiosk-1", false)
		wants(true)
		s.PaperSwitch("none", true)
		s.PaperOutSwitch("none", true)
		wants(true)
	})
}
