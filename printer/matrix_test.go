package printer_test

import (
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// kinds are the kinds of printers that tickets are printed on in the matrix, and the emulator as each.
var kinds = map[string]struct {
	profile printer.Profile
	options emulator.Options
}{
	"process-id": {narrow("epson-58"), emulator.Options{}},
	"forgetful":  {without(narrow("epson-58")), emulator.Options{DropsLeftovers: true, NoClear: true, Buffer: 4096}},
	"untold":     {silentOnes(narrow("epson-58")), emulator.Options{}},
	"gs-r":       {narrow("generic-58"), emulator.Options{NoProcessID: true, NoClear: true}},
	"receiver":   {narrow("receive-only-58"), emulator.Options{NoProcessID: true, NoClear: true, ReceiveOnly: true}},
}

// narrow gives a profile with a cutter: what is torn off by hand can't be told apart by a test.
func narrow(name string) printer.Profile {
	p := printer.Profiles()[name]
	p.Cut = printer.CutFeed
	return p
}

// silentOnes gives a profile without the automatic status, on a slow wire.
func silentOnes(p printer.Profile) printer.Profile {
	p.Auto, p.Trim = false, true
	return p
}

// without gives a profile whose buffer can't be cleared.
func without(p printer.Profile) printer.Profile {
	p.Clear = false
	return p
}

// moments are when a fault strikes: at these fifths of the tickets.
var moments = map[int]string{1: "before", 2: "middle", 3: "cut", 4: "after"}

// taken is how many tickets are taken of each printer with each fault.
func taken() int {
	if underRace {
		return 60
	}
	return 200
}

// lying are the faults that such a printer does not let be seen.
func lying(kind string, f emulator.Fault) bool { return kind == "receiver" || f == emulator.Drop }

// TestFaultMatrix breaks each kind of printer in each way at each moment of 200 tickets. Every number
// that was given out ends on paper, once, or again with a mark; nobody ever waits for the printer.
func TestFaultMatrix(t *testing.T) {
	for i, name := range slices.Sorted(maps.Keys(kinds)) {
		for j, fault := range emulator.Faults() {
			if underRace && (i+j)%3 > 0 {
				continue
			}
			t.Run(name+"/"+string(fault), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { newTrial(t, name, fault).run() })
			})
		}
	}
}

// trial is 200 tickets on one printer with one fault.
type trial struct {
	*rig
	t      *testing.T
	kind   string
	fault  emulator.Fault
	p      *emulator.Printer
	rows   int // of a ticket
	tokens []string
}

func newTrial(t *testing.T, kind string, fault emulator.Fault) *trial {
	hall := openHall(t, &memory{})
	r := &trial{rig: newRig(hall), t: t, kind: kind, fault: fault}
	k := kinds[kind]
	k.options.Dots = k.profile.Dots
	r.p = r.printer(k.options)
	t.Cleanup(r.p.Close)
	spool(t, hall, k.profile, r.open("kiosk-1", r.p))
	return r
}

func (r *trial) run() {
	broken, fifth := -1, taken()/5
	for i := range taken() {
		moment := moments[i/fifth]
		if i%fifth != 0 {
			moment = ""
		}
		if moment != "" {
			r.hall.idle(r.t)
			r.arm(moment)
			broken = i
		}
		r.take()
		if moment == "after" {
			r.strikeAfter()
		}
		time.Sleep(200 * time.Millisecond)
		if broken >= 0 && i == broken+10 {
			time.Sleep(20 * time.Second)
			r.p.SetFault(emulator.None)
			broken = -1
		}
		if i == 0 {
			r.hall.idle(r.t)
			r.rows = r.p.Papers()[0].Image.Bounds().Dy()
		}
	}
	r.hall.idle(r.t)
	r.check()
}

// take takes a ticket. Its number is there at once, whatever the printer does.
func (r *trial) take() {
	begun := time.Now()
	r.tokens = append(r.tokens, r.hall.take())
	if waited := time.Since(begun); waited > 0 {
		r.t.Errorf("a citizen waited %v for his number", waited)
	}
}

func (r *trial) arm(moment string) {
	switch moment {
	case "before":
		r.p.SetFault(r.fault)
	case "middle":
		r.p.FailAfter(r.fault, r.rows/2)
	case "cut":
		r.p.FailAfter(r.fault, r.rows)
	}
}

// strikeAfter breaks the printer as soon as the paper is out.
func (r *trial) strikeAfter() {
	for before := r.p.Total(); r.p.Total() == before; {
		changed := r.p.Changed()
		if r.p.Total() == before {
			<-changed
		}
	}
	r.p.SetFault(r.fault)
}

func (r *trial) check() {
	missing, twice := 0, 0
	for _, token := range r.tokens {
		plain, marked := r.of(token)
		ticket := r.hall.View().Ticket(token)
		if plain+marked == 0 {
			missing++
			if !lying(r.kind, r.fault) || ticket.Print == kiosk.Confirmed {
				r.t.Errorf("%s has no paper and counts as %s %s; the log says %v", ticket.Number, ticket.Print, ticket.PrintFault, r.hall.log.of(token))
			}
		}
		if plain > 1 {
			r.t.Errorf("%s has %d papers without a mark; the log says %v", ticket.Number, plain, r.hall.log.of(token))
		}
		if marked > 0 {
			twice++
		}
		if r.kind == "receiver" && slices.Contains([]kiosk.PrintState{kiosk.Confirmed, kiosk.Processed}, ticket.Print) {
			r.t.Errorf("%s counts as %s on a printer that says nothing", ticket.Number, ticket.Print)
		}
	}
	if r.alien > 0 {
		r.t.Errorf("%d papers that nobody sent", r.alien)
	}
	if errs := r.p.Errors(); len(errs) > 0 {
		r.t.Errorf("the printer did not understand: %q", errs)
	}
	if missing > 50 || twice > 50 || r.fault == emulator.None && missing+twice > 0 {
		r.t.Errorf("%d tickets without a paper, %d with a marked one", missing, twice)
	}
	r.t.Logf("%d missing, %d marked", missing, twice)
}

// What a printer still holds of a ticket that failed is thrown away: only the marked paper comes out.
func TestLeftoversDoNotComeOut(t *testing.T) {
	for _, fault := range []emulator.Fault{emulator.CoverOpen, emulator.Offline} {
		synctest.Test(t, func(t *testing.T) {
			r := newTrial(t, "untold", fault)
			r.take()
			r.hall.idle(t)
			r.p.SetFault(emulator.None)
			r.p.FailAfter(fault, 1)
			r.take()
			r.hall.wants(r.tokens[1], kiosk.Failed, string(fault))
			time.Sleep(10 * time.Second)
			r.p.SetFault(emulator.None)
			r.hall.idle(t)
			if plain, marked := r.of(r.tokens[1]); marked != 1 || plain > 0 {
				t.Errorf("%s: %d papers without a mark, %d with one", fault, plain, marked)
			}
		})
	}
}

// A printer that forgets what it holds, and is mended while its ticket is still being sent, must not take
// the rest of it for commands.
func TestNothingIsSentToAPrinterThatStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newTrial(t, "forgetful", emulator.CoverOpen)
		r.take()
		r.hall.idle(t)
		r.p.FailAfter(r.fault, 200)
		r.take()
		time.Sleep(time.Second)
		r.p.SetFault(emulator.None)
		r.hall.idle(t)
		r.check()
		if n := r.p.Total(); n != 3 {
			t.Errorf("%d pieces of paper, want a ticket, a torn one and a marked one", n)
		}
	})
}
