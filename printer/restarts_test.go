package printer_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// chaos is a hall with two printers of different kinds, whose layso ends and starts again, now and then
// with one of them taken out of its configuration.
type chaos struct {
	*rig
	t      *testing.T
	rng    *rand.Rand
	log    *memory
	names  []string
	kinds  []string
	p      []*emulator.Printer
	tokens []string
	s      *printer.Spooler
	stop   func()
}

func newChaos(t *testing.T, rng *rand.Rand) *chaos {
	x := &chaos{rig: newRig(nil), t: t, rng: rng, log: &memory{}, names: []string{"a", "b"}, kinds: []string{"gs-r", "process-id"}}
	if rng.IntN(2) == 0 {
		x.kinds[0] = "forgetful"
	}
	for _, k := range x.kinds {
		o := kinds[k].options
		o.Dots = kinds[k].profile.Dots
		p := x.printer(o)
		t.Cleanup(p.Close)
		x.p = append(x.p, p)
	}
	return x
}

// start starts layso with all printers, or with the first ones.
func (x *chaos) start(n int) {
	hall := openHall(x.t, x.log)
	x.mu.Lock()
	x.hall = hall
	x.mu.Unlock()
	var printers []printer.Printer
	for i, name := range x.names[:n] {
		printers = append(printers, printer.Printer{Name: name, Profile: kinds[x.kinds[i]].profile, Open: x.open(name, x.p[i])})
	}
	if n == 2 && x.rng.IntN(2) == 0 {
		printers[0].StandIn = "b"
	}
	x.s = printer.New(hall, printer.Options{
		Printers: printers, BaseURL: func() string { return "http://10.0.0.5:8080" }, Now: hall.Now, Log: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { x.s.Run(ctx) })
	x.stop = func() { cancel(); running.Wait(); hall.Close() }
}

func (x *chaos) step(faults []emulator.Fault) {
	i := x.rng.IntN(2)
	switch x.rng.IntN(14) {
	case 0:
		x.p[i].SetFault(faults[x.rng.IntN(len(faults))])
	case 1:
		x.p[i].FailAfter(faults[x.rng.IntN(len(faults))], 1+x.rng.IntN(1000))
	case 2, 3, 4:
		x.p[i].SetFault(emulator.None)
	case 5:
		x.stop()
		x.start(1 + x.rng.IntN(2))
	case 6, 7:
		if jobs := x.hall.View().PrintJobs(); len(jobs) > 0 {
			x.hall.do(kiosk.Reprint{Token: jobs[x.rng.IntN(len(jobs))].Token, By: "user:lan", Printer: x.names[i]})
		}
	case 8:
		if len(x.tokens) > 0 {
			x.hall.do(kiosk.Reprint{Token: x.tokens[x.rng.IntN(len(x.tokens))], By: "user:lan", Printer: x.names[i]})
		}
	default:
		x.tokens = append(x.tokens, x.hall.do(kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), Device: "kiosk", By: "device:kiosk", Print: true, Printer: x.names[i]}).Token)
	}
	time.Sleep(time.Duration(x.rng.IntN(1500)) * time.Millisecond) // of the bubble's time
}

// check wants each number on paper, once without a mark, or only with one. A printer that has no process ID
// may think that it has dealt with a paper that lies there in two pieces; then it is not confirmed.
func (x *chaos) check(seed uint64) {
	for _, token := range x.tokens {
		ticket := x.hall.View().Ticket(token)
		plain, marked := x.of(token)
		gaveUp := ticket.Prints >= 3 && ticket.Print != kiosk.Confirmed || ticket.Print == kiosk.Expired || ticket.Print == kiosk.Processed
		if plain > 1 || plain+marked == 0 && !gaveUp {
			x.t.Errorf("history %d: %s: %d papers, %d with a mark, %s: %v", seed, ticket.Number, plain, marked, ticket.Print, x.log.of(token))
		}
	}
	if x.alien > 0 {
		x.t.Errorf("history %d: %d papers that nobody sent", seed, x.alien)
	}
	for _, p := range x.p {
		if errs := p.Errors(); len(errs) > 0 {
			x.t.Errorf("history %d: the printer did not understand %q", seed, errs[:1])
		}
	}
}

// TestRestartsMovesAndRepairs: whatever happens to layso and to its printers, and whatever clerks ask for
// meanwhile, no number is lost or comes out twice without a mark.
func TestRestartsMovesAndRepairs(t *testing.T) {
	for seed := range uint64(50) {
		if underRace && seed > 2 {
			return
		}
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 17))
			x := newChaos(t, rng)
			faults := slices.DeleteFunc(emulator.Faults(), func(f emulator.Fault) bool { return f == emulator.Drop })
			x.start(2)
			for range 150 {
				x.step(faults)
			}
			for _, p := range x.p {
				p.SetFault(emulator.None)
			}
			x.stop()
			x.start(2)
			x.hall.idle(t)
			x.check(seed)
			x.stop()
		})
	}
}
