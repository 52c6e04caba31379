package printer

import (
	"maps"
	"sync"

	"layso/kiosk"
)

// Figures are what a printer has done since layso started.
type Figures struct {
	Printer  string
	Papers   map[kiosk.PrintState]int // tickets by what became of their paper
	Reprints int                      // of these, those that were not the first paper of their ticket
}

// figures counts for one printer.
type figures struct {
	mu       sync.Mutex
	papers   map[kiosk.PrintState]int
	reprints int
}

func (f *figures) count(t *kiosk.Ticket, outcome kiosk.PrintState) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.papers == nil {
		f.papers = map[kiosk.PrintState]int{}
	}
	if f.papers[outcome]++; t.Prints > 1 {
		f.reprints++
	}
}

// Figures gives what each printer has done, in the order of [Options].
func (s *Spooler) Figures() []Figures {
	out := make([]Figures, len(s.workers))
	for i, w := range s.workers {
		w.figures.mu.Lock()
		out[i] = Figures{w.Name, maps.Clone(w.figures.papers), w.figures.reprints}
		w.figures.mu.Unlock()
	}
	return out
}
