package printer_test

import (
	"testing"
	"testing/synctest"

	"layso/printer"
	"layso/printer/emulator"
)

// motion prints tickets as the spooler sends them, and gives what the motor did in the printer's own
// clock. The printer has the smallest usual buffer.
func motion(t *testing.T, profile printer.Profile, wire, speed int) (m emulator.Motion) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cut := map[printer.Cut]emulator.Cut{"": emulator.NoCutter, printer.CutFeed: emulator.CutGSV, printer.CutOld: emulator.CutESCi}[profile.Cut]
		p := emulator.New(emulator.Options{
			Dots: profile.Dots, FeedUnits: profile.Feed, Cut: cut, ReceiveOnly: !profile.Status, Buffer: 4096, Speed: speed, Wire: wire,
		})
		hall := openHall(t, &memory{})
		_, stop := spool(t, hall, profile, to(p))
		for range 5 {
			hall.printed(hall.take())
		}
		stop()
		synctest.Wait()
		if m = p.Motion(); p.Total() != 5 || len(p.Errors()) > 0 {
			t.Errorf("%d papers, errors %q", p.Total(), p.Errors())
		}
		p.Close()
	})
	return m
}

// TestMotorNeverStarves: on USB at full speed and on 100 Mbit TCP the spooler's tickets come faster
// than the motor eats them, at 200 mm/s and at the fastest printers' 300. On a serial line they do not,
// and blank rows that are left out make it shorter.
func TestMotorNeverStarves(t *testing.T) {
	for name, profile := range printer.Profiles() {
		t.Run(name, func(t *testing.T) {
			for _, wire := range []int{emulator.USBFullSpeed, emulator.Ethernet100} {
				for _, speed := range []int{200, 300} {
					if m := motion(t, profile, wire, speed); m.Starved > 0 || m.Rows < 5*300 {
						t.Errorf("%d bytes/s, %d mm/s: %+v", wire, speed, m)
					}
				}
			}
			serial := motion(t, profile, emulator.Serial115200, 200)
			profile.Trim = true
			trimmed := motion(t, profile, emulator.Serial115200, 200)
			if serial.Starved == 0 || trimmed.Starved == 0 || trimmed.Waited >= serial.Waited {
				t.Errorf("serial: %+v, trimmed %+v", serial, trimmed)
			}
			t.Logf("five tickets, 115200 baud, 200 mm/s: %v, trimmed %v", serial.Took, trimmed.Took)
		})
	}
}
