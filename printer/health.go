package printer

import (
	"slices"
	"time"

	"layso/kiosk"
	"layso/printer/escpos"
)

// lowSteady is how long the sensor for the near end has to see paper again before that is believed:
// a roll at the edge swings it to and fro.
const lowSteady = time.Minute

// rollWarns is the share of the roll, in percent, at which a printer without a sensor counts as low.
const rollWarns = 92

// health is what is known of a printer. The spooler's lock guards it.
type health struct {
	known   bool   // it was looked at since the start
	link    string // what is wrong with the way to it, a fault code
	status  escpos.Status
	lowSeen time.Time // when the sensor last saw the near end; zero: not on this roll
	lowPin  bool      // an external paper switch says so
	outPin  bool      // an external paper switch says that there is none
	lowRoll bool      // so do the millimetres
	roll    time.Time // since when the roll is in
	faults  []string
	since   time.Time // when faults last changed
	told    time.Time // the same in the hall's time, as it was said last
}

// sinceBy gives when the faults last changed in the hall's time, which is now: another one than was said last
// only where somebody set that meanwhile.
func (h *health) sinceBy(now time.Time) time.Time {
	if at := now.Add(-time.Since(h.since)); at.Sub(h.told).Abs() > time.Second {
		h.told = at.Round(0)
	}
	return h.told
}

// sees takes in what the printer says.
func (h *health) sees(s escpos.Status) {
	h.known, h.link, h.status = true, "", s
	switch {
	case s.PaperLow && !s.PaperOut:
		h.lowSeen = time.Now()
	case s.CoverOpen || s.PaperOut:
		h.lowSeen = time.Time{} // somebody is changing the roll, or has to
	}
}

// low reports whether the roll is near its end, by whoever can tell.
func (h *health) low() bool {
	return h.status.PaperLow || !h.lowSeen.IsZero() && time.Since(h.lowSeen) < lowSteady || h.lowPin || h.lowRoll
}

// found gives the faults, the most urgent first.
func (h *health) found() []string {
	faults := []string{}
	if !h.known || h.link != "" {
		return append(faults, orElse(h.link, FaultUnreachable))
	}
	faults = append(faults, faultsOf(h.status)...)
	if h.outPin && !slices.Contains(faults, FaultPaperOut) {
		faults = append(faults, FaultPaperOut)
		slices.SortStableFunc(faults, func(a, b string) int { return slices.Index(Faults(), a) - slices.Index(Faults(), b) })
	}
	if h.low() && !slices.Contains(faults, FaultPaperOut) {
		faults = append(faults, FaultPaperLow)
	}
	return faults
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// ready reports whether it would print now.
func (h *health) ready() bool { return len(h.faults) == 0 || h.faults[0] == FaultPaperLow }

// first gives the fault to name, or nothing.
func (h *health) first() string {
	if len(h.faults) == 0 {
		return ""
	}
	return h.faults[0]
}

// note changes what is known of the worker's printer and tells everybody where that shows.
func (w *worker) note(change func(h *health)) {
	s := w.spooler
	s.mu.Lock()
	defer s.mu.Unlock()
	before := w.health.known
	change(&w.health)
	faults := w.health.found()
	if slices.Equal(faults, w.health.faults) && before == w.health.known {
		return
	}
	w.tellLog(faults)
	w.health.faults, w.health.since = faults, time.Now()
	s.wake()
}

// tellLog says what became of the printer and what to do.
func (w *worker) tellLog(faults []string) {
	for _, f := range faults {
		if !slices.Contains(w.health.faults, f) {
			w.log.Warn("the printer needs attention", "fault", f, "do", advice[f])
		}
	}
	for _, f := range w.health.faults {
		if !slices.Contains(faults, f) && w.health.known {
			w.log.Info("a fault of the printer is gone", "fault", f, "after", time.Since(w.health.since).Round(time.Second))
		}
	}
	if len(faults) == 0 {
		w.log.Info("the printer is ready")
	}
}

// fails notes what is wrong with the way to the printer.
func (w *worker) fails(fault string) {
	w.note(func(h *health) { h.known, h.link = true, fault })
}

// PaperSwitch takes what an external switch at the roll says: low, or not.
func (s *Spooler) PaperSwitch(printer string, low bool) {
	if w := s.find(printer); w != nil {
		w.note(func(h *health) { h.lowPin = low })
	}
}

// PaperOutSwitch takes what an external switch says of whether there is paper at all.
func (s *Spooler) PaperOutSwitch(printer string, out bool) {
	if w := s.find(printer); w != nil {
		w.note(func(h *health) { h.outPin = out })
	}
}

// Statuses gives the printers' states as they were last seen, in the order of [Options].
func (s *Spooler) Statuses() []kiosk.PrinterStatus {
	view, now := s.hall.View(), s.opts.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]kiosk.PrinterStatus, len(s.workers))
	for i, w := range s.workers {
		h := &w.health
		out[i] = kiosk.PrinterStatus{
			Name: w.Name, OK: h.ready(), Fault: h.first(), Faults: slices.Clone(h.faults), Since: h.sinceBy(now),
			Confirms: w.Profile.confirms(), Width: w.Profile.width(), Roll: w.roll(view),
		}
		if sub := s.standIn(w); sub != nil {
			out[i].StandIn = sub.Name
		}
	}
	for _, t := range view.PrintJobs() {
		if i := slices.Index(s.workers, s.owner(t)); i >= 0 {
			out[i].Queued++
		}
	}
	return out
}

// roll gives how much paper is left, where the roll's length is known.
func (w *worker) roll(view *kiosk.View) *kiosk.RollStatus {
	length, used := w.used(view)
	if length == 0 {
		return nil
	}
	left := max(length-used, 0) / max(int(w.ticketMM.Load()), 1)
	now, _ := view.Roll(w.Name)
	return &kiosk.RollStatus{LengthMM: length, UsedMM: used, TicketsLeft: left, Since: now.Since}
}

// used gives the length of the roll, 0 where nobody knows it, and what came off it, in millimetres.
func (w *worker) used(view *kiosk.View) (length, used int) {
	roll, _ := view.Roll(w.Name)
	if length = roll.LengthMM; length == 0 {
		length = w.RollMM
	}
	return length, roll.UsedMM
}

// measure compares the roll with what came off it.
func (w *worker) measure(view *kiosk.View) {
	length, used := w.used(view)
	roll, _ := view.Roll(w.Name)
	w.note(func(h *health) {
		h.lowRoll = !w.Profile.NearEnd && length > 0 && used*100 >= length*rollWarns
		if !roll.Since.Equal(h.roll) {
			h.roll, h.lowSeen = roll.Since, time.Time{}
		}
	})
}
