package main

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"sync"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
	"layso/web"
)

// emulated gives the settings of a printer in software that has what the profile says, and no more.
func emulated(profile printer.Profile) emulator.Options {
	cuts := map[printer.Cut]emulator.Cut{printer.CutFeed: emulator.CutGSV, printer.CutOld: emulator.CutESCi}
	cut, known := cuts[profile.Cut]
	if !known {
		cut = emulator.NoCutter
	}
	return emulator.Options{
		Dots: profile.Dots, Keep: shownPapers, Cut: cut, FeedUnits: profile.Feed,
		ReceiveOnly: !profile.Status, NoProcessID: !profile.ProcessID, NoClear: !profile.Clear, Rubbish48: profile.Not48,
	}
}

// softwarePaper gives the first software printer to the page that shows it, or nil.
func (h *hall) softwarePaper() web.Paper {
	for _, p := range h.printers {
		if p.software != nil {
			return &shownPaper{printer: p.software, png: map[int][]byte{}}
		}
	}
	return nil
}

// shownPapers is how many papers the page can show.
const shownPapers = 8

// shownPaper draws each paper once and keeps the pictures of the last ones.
type shownPaper struct {
	printer *emulator.Printer
	mu      sync.Mutex
	png     map[int][]byte // by the paper's number
}

// Paper implements web.Paper.
func (s *shownPaper) Paper(seq int) (picture, raw []byte) {
	papers := s.printer.Papers()
	i := slices.IndexFunc(papers, func(p *emulator.Paper) bool { return seq == 0 || p.Seq == seq })
	if i < 0 {
		return nil, nil
	}
	return s.draw(papers[i], papers[len(papers)-1].Seq), papers[i].Raw
}

// draw gives the paper's picture, and forgets those of papers before the oldest.
func (s *shownPaper) draw(p *emulator.Paper, oldest int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.png[p.Seq] == nil {
		var b bytes.Buffer
		if png.Encode(&b, p.Image) != nil { // a bytes.Buffer takes everything, a paper is never empty
			return nil
		}
		s.png[p.Seq] = b.Bytes()
	}
	for seq := range s.png {
		if seq < oldest {
			delete(s.png, seq)
		}
	}
	return s.png[p.Seq]
}

// State implements web.Paper.
func (s *shownPaper) State() web.Emulator {
	coming, _ := s.printer.Coming()
	state := web.Emulator{Papers: s.printer.Total(), Fault: string(s.printer.Fault()), Coming: string(coming), Recent: []web.EmulatorPaper{}}
	for _, p := range s.printer.Papers() {
		state.Recent = append(state.Recent, web.EmulatorPaper{Seq: p.Seq, MM: (p.Image.Bounds().Dy() + 7) / 8, Torn: p.Torn, Lost: p.Lost})
	}
	return state
}

// SetFault implements web.Paper.
func (s *shownPaper) SetFault(code string, rows int) error {
	fault := emulator.Fault(code)
	switch {
	case !fault.Valid():
		return fmt.Errorf("%w: fault %q", kiosk.ErrInvalidField, code)
	case rows > 0 && fault != emulator.None:
		s.printer.FailAfter(fault, rows)
	default:
		s.printer.SetFault(fault)
	}
	return nil
}
