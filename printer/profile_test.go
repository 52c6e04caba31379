package printer_test

import (
	"testing"
	"testing/synctest"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// Each kind of printer of the table gets its tickets in commands that it knows, and its answers are
// believed as far as it can give any.
func TestEachProfileOnAPrinterOfItsKind(t *testing.T) {
	cuts := map[printer.Cut]emulator.Cut{printer.CutFeed: emulator.CutGSV, printer.CutOld: emulator.CutESCi, printer.CutNone: emulator.NoCutter, "": emulator.NoCutter}
	for name, profile := range printer.Profiles() {
		for _, trim := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				profile.Trim = trim && profile.Feed < 2 // the emulator's ESC J moves whole rows
				p := emulator.New(emulator.Options{
					Dots: profile.Dots, Cut: cuts[profile.Cut], NoProcessID: !profile.ProcessID, NoClear: !profile.Clear,
					NoNearEnd: !profile.NearEnd, ReceiveOnly: !profile.Status, Rubbish48: true,
				})
				t.Cleanup(p.Close)
				hall := openHall(t, &memory{})
				s, _ := spool(t, hall, profile, to(p))
				want, says := kiosk.Sent, "nothing"
				switch {
				case profile.ProcessID:
					want, says = kiosk.Confirmed, "printed"
				case profile.Status:
					want, says = kiosk.Processed, "taken"
				}
				for range 3 {
					hall.wants(hall.take(), want, "")
				}
				synctest.Wait()
				if errs := p.Errors(); p.Total() != 3 || len(errs) > 0 {
					t.Errorf("%s: %d papers, errors %q", name, p.Total(), errs)
				}
				if status := s.Statuses()[0]; status.Confirms != says || status.Width != profile.PaperMM {
					t.Errorf("%s: %+v", name, status)
				}
				for _, paper := range p.Papers() {
					if !paper.Whole() || paper.Image.Bounds().Dx() != profile.Dots {
						t.Errorf("%s: a paper of %v, whole: %v", name, paper.Image.Bounds(), paper.Whole())
					}
				}
			})
		}
	}
}
