package main

import (
	"slices"
	"testing"

	"layso/configs"
	"layso/printer"
	"layso/printer/emulator"
)

// A file may name exactly the kinds of printers that the spooler knows.
func TestTheFileKnowsTheProfiles(t *testing.T) {
	if got, want := configs.Profiles(), printer.ProfileNames(); !slices.Equal(got, want) {
		t.Errorf("configs knows %v, printer %v", got, want)
	}
}

func TestWhatTheFileSaysOfAPrinterGoesBeforeItsProfile(t *testing.T) {
	no := false
	for name, c := range map[string]struct {
		file configs.Printer
		want func(p printer.Profile) bool
	}{
		"nothing": {configs.Printer{Link: "tcp://p"}, func(p printer.Profile) bool {
			return p.Dots == 576 && p.Status && !p.ProcessID && p.Cut == printer.CutFeed
		}},
		"old keys": {configs.Printer{Link: "tcp://p", Paper: 58, Status: &no, Cut: &no}, func(p printer.Profile) bool {
			return p.Dots == 384 && p.PaperMM == 58 && !p.Status && p.Cut == printer.CutNone
		}},
		"software": {configs.Printer{Link: "software", Paper: 58}, func(p printer.Profile) bool { return p.Dots == 384 && p.ProcessID }},
		"profile":  {configs.Printer{Link: "tcp://p", Profile: "tm-t88-180dpi"}, func(p printer.Profile) bool { return p.Dots == 512 && p.DPI == 180 && !p.Trim }},
		"narrower": {configs.Printer{Link: "tcp://p", Profile: "epson-80", Paper: 58}, func(p printer.Profile) bool { return p.Dots == 384 && p.ProcessID }},
		"believed": {configs.Printer{Link: "tcp://p", Profile: "epson-80", Status: &no}, func(p printer.Profile) bool { return !p.Status && !p.Auto && !p.Clear }},
		"slow":     {configs.Printer{Link: "serial:///dev/ttyS0"}, func(p printer.Profile) bool { return p.Trim }},
	} {
		if p := profileOf(c.file); !c.want(p) {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// The metrics tell of each printer what it can't do, what it has done, and how much paper is left.
func TestMetricsOfPrinters(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 09:00")
	p := softwarePrinter("cua-chinh", printer.Profiles()[printer.DefaultProfile])
	p.RollMM = 80000
	o.printers = []*printing{p}
	o.start()
	o.soon("/metrics", `layso_printer_ok{fault="",printer="cua-chinh"} 1`, `layso_printer_fault{fault="paper_out",printer="cua-chinh"} 0`,
		`layso_printer_fault_seconds{printer="cua-chinh"} 0`, `layso_roll_left_mm{printer="cua-chinh"} 80000`)
	o.take()
	o.soon("/metrics", `layso_papers_total{outcome="confirmed",printer="cua-chinh"} 1`, `layso_reprints_total{printer="cua-chinh"} 0`,
		`layso_roll_used_mm{printer="cua-chinh"} `)
	p.software.SetFault(emulator.CoverOpen)
	o.take()
	o.soon("/metrics", `layso_printer_ok{fault="cover_open",printer="cua-chinh"} 0`, `layso_printer_fault{fault="cover_open",printer="cua-chinh"} 1`,
		`layso_printer_queued{printer="cua-chinh"} 1`)
}
