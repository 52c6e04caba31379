package main

import (
	"bytes"
	"image/png"
	"testing"

	"layso/printer"
	"layso/printer/escpos"
)

// Each paper is found under its number as long as it is kept, the newest under none.
func TestShownPapers(t *testing.T) {
	p := softwarePrinter("demo", printer.Profiles()[printer.DefaultProfile])
	shown := (&hall{settings: settings{printers: []*printing{p}}}).softwarePaper()
	if picture, raw := shown.Paper(0); picture != nil || raw != nil {
		t.Error("there is a paper before the first")
	}
	wire := p.software.Connect()
	defer wire.Close()
	for rows := 1; rows <= shownPapers+2; rows++ {
		if _, err := wire.Write(escpos.AppendCut(escpos.AppendFeed(nil, rows))); err != nil {
			t.Fatal(err)
		}
		if _, err := wire.Write(escpos.AppendAskPaper(nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := wire.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		shown.Paper(0)
	}
	if n := len(shown.(*shownPaper).png); n > shownPapers {
		t.Errorf("%d pictures are kept", n)
	}
	for seq, want := range map[int]int{0: shownPapers + 2, 3: 3, shownPapers + 2: shownPapers + 2, 2: 0, shownPapers + 3: 0} {
		rows := 0
		if picture, _ := shown.Paper(seq); picture != nil {
			config, err := png.DecodeConfig(bytes.NewReader(picture))
			if err != nil {
				t.Fatal(err)
			}
			rows = config.Height
		}
		if rows != want {
			t.Errorf("paper %d has %d rows, want %d", seq, rows, want)
		}
	}
	if state := shown.State(); state.Papers != shownPapers+2 || len(state.Recent) != shownPapers || state.Recent[0].Seq != shownPapers+2 || state.Recent[0].MM != 2 {
		t.Errorf("%+v", state)
	}
}
