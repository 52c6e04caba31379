package main

import (
	"bytes"
	"encoding/hex"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// TestPapersOfTheWholeHall: the test slip and the closing slip come out of the printer that was asked,
// the roll knows of them, and so does the log.
func TestPapersOfTheWholeHall(t *testing.T) {
	front, back := software("cửa chính", ""), software("quầy 1", "")
	h := startWith(t, front, back)
	ctx, p := t.Context(), &press{h.hall.spooler, h.hall.journal, h.hall.owner.View, h.hall.owner.Now, h.hall.printers}
	if _, err := p.Closing(ctx, "quầy 1", "user:manager"); err != web.ErrNoClosedDay {
		t.Errorf("a closing slip of no day: %v", err)
	}
	if slip, err := p.Slip(); err != nil || slip != (web.ClosingSlip{}) {
		t.Errorf("the closing slip of no day: %+v %v", slip, err)
	}
	if _, err := p.Test(ctx, "nobody", "user:clerk1"); err != web.ErrUnknownPrinter {
		t.Errorf("a test slip on no printer: %v", err)
	}
	h.ready("quầy 1")
	clerk, manager := h.clerk(t, "clerk1"), h.clerk(t, "manager")
	got := clerk.must("POST", "/api/printers/qu%E1%BA%A7y%201/test", nil)
	if got["print"] != "confirmed" || got["printer"] != "quầy 1" || back.software.Total() != 1 || front.software.Total() != 0 {
		t.Errorf("a test slip: %v, %d and %d papers", got, front.software.Total(), back.software.Total())
	}
	keep(t, "test-slip", back.software.Papers()[0].Image)

	clerk.take("dat-dai", 3)
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	clerk.must("POST", "/api/counters/1/finish", nil)
	manager.must("POST", "/api/day/close", nil)
	day := h.hall.owner.View().Day()
	front.software.SetFault("paper_out")
	manager.must("POST", "/api/papers/closing", map[string]any{"printer": "cửa chính"})
	if slip := manager.must("GET", "/api/papers/closing", nil); len(slip) != 1 || slip["day"] != day {
		t.Errorf("before the slip is there: %v", slip)
	}
	got = manager.must("POST", "/api/papers/closing", map[string]any{"printer": "quầy 1"})
	if slip := manager.must("GET", "/api/papers/closing", nil); slip["day"] != day || slip["printer"] != "quầy 1" || slip["print"] != "confirmed" || slip["at"] == nil {
		t.Errorf("the slip that is there: %v", slip)
	}
	if got["print"] != "confirmed" || back.software.Total() != 2 {
		t.Errorf("the closing slip: %v, %d papers", got, back.software.Total())
	}
	keep(t, "closing-slip", back.software.Papers()[0].Image)
	slip, err := p.closingSlip(h.hall.owner.View().Day())
	if err != nil {
		t.Fatal(err)
	}
	seq, head, err := h.hall.journal.Seal(h.hall.owner.View().Day())
	if err != nil || slip.Seq != seq || slip.Hash != hex.EncodeToString(head[:]) || slip.Totals.Taken != 3 || slip.Totals.Served != 1 || slip.Totals.Cancelled != 2 {
		t.Errorf("the slip says %+v, the seal is %d (%v)", slip, seq, err)
	}
	if roll, known := h.hall.owner.View().Roll("quầy 1"); !known || roll.UsedMM < 100 {
		t.Errorf("the roll is %+v", roll)
	}
	events, err := h.hall.journal.Since(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, e := range events {
		if e.Type == kiosk.PagePrinted && e.Page != kiosk.LatePage { // a ticket may still be under way when the day ends
			pages = append(pages, strings.TrimSpace(e.Page+" "+e.By+" "+string(e.Outcome)+" "+e.Day))
		}
	}
	if len(pages) != 3 || pages[0] != "test user:clerk1 confirmed" || pages[2] != "closing user:manager confirmed "+h.hall.owner.View().Day() {
		t.Errorf("the log knows of %q", pages)
	}

	back.software.SetFault("paper_out")
	got = clerk.must("POST", "/api/printers/qu%E1%BA%A7y%201/test", nil)
	if got["print"] != "failed" || got["fault"] != "paper_out" {
		t.Errorf("without paper: %v", got)
	}
}

// ready waits until the spooler has found a printer, which it does in its own time.
func (h *equipped) ready(name string) { h.t.Helper(); h.becomes(name, true) }

// becomes waits until the spooler knows that the printer would print, or would not.
func (h *equipped) becomes(name string, ready bool) {
	h.t.Helper()
	late := time.After(patience)
	for changed := h.hall.spooler.Changed(); h.hall.spooler.Ready(name) != ready; changed = h.hall.spooler.Changed() {
		select {
		case <-changed:
		case <-late:
			h.t.Fatalf("%s: ready is not %v", name, ready)
		}
	}
}

// keep writes a picture of a paper when LAYSO_SHOTS names a folder.
func keep(t *testing.T, name string, img image.Image) {
	t.Helper()
	folder := os.Getenv("LAYSO_SHOTS")
	if folder == "" {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(folder, name+".png"), b.String())
}
