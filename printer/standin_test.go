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

// pair is a hall with two printers that stand in for one another.
type pair struct {
	*rig
	t       *testing.T
	names   []string
	p       []*emulator.Printer
	spooler *printer.Spooler
	stop    func()
}

func newPair(t *testing.T, hall *desk) *pair {
	x := &pair{rig: newRig(hall), t: t, names: []string{"kiosk-1", "kiosk-2"}}
	profile := printer.Profiles()["epson-58"]
	for range x.names {
		p := x.printer(emulator.Options{Dots: profile.Dots})
		t.Cleanup(p.Close)
		x.p = append(x.p, p)
	}
	var printers []printer.Printer
	for i, name := range x.names {
		printers = append(printers, printer.Printer{Name: name, Profile: profile, Open: x.open(name, x.p[i]), StandIn: x.names[1-i]})
	}
	x.spooler = printer.New(hall, printer.Options{
		Printers: printers, BaseURL: func() string { return "http://10.0.0.5:8080" }, Now: hall.Now, Log: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { x.spooler.Run(ctx) })
	x.stop = func() { cancel(); running.Wait() }
	t.Cleanup(x.stop)
	return x
}

// on takes a ticket whose paper is to come out of that printer.
func (x *pair) on(i int) string {
	return x.hall.do(kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), Device: "kiosk", By: "device:kiosk", Print: true, Printer: x.names[i]}).Token
}

// printedOn gives where a ticket's papers came out.
func (x *pair) printedOn(token string) (names []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range x.papers[token] {
		names = append(names, p.on)
	}
	return names
}

func (x *pair) becomes(i int, ready bool) kiosk.PrinterStatus {
	for {
		changed := x.spooler.Changed()
		if s := x.spooler.Statuses()[i]; s.OK == ready {
			return s
		}
		<-changed
	}
}

func TestTheStandInPrintsWhileAPrinterIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newPair(t, openHall(t, &memory{}))
		want := func(i, on int) {
			t.Helper()
			token := x.on(i)
			x.hall.idle(t)
			if got := x.printedOn(token); !slices.Equal(got, []string{x.names[on]}) || x.hall.View().Ticket(token).PrintedOn != x.names[on] {
				t.Errorf("asked of %s: printed on %v, want %s", x.names[i], got, x.names[on])
			}
		}
		want(0, 0)
		want(1, 1)
		x.p[0].SetFault(emulator.CoverOpen)
		if s := x.becomes(0, false); s.StandIn != "kiosk-2" || !x.spooler.Ready("kiosk-1") {
			t.Errorf("%+v", s)
		}
		want(0, 1)
		want(1, 1)
		x.p[1].SetFault(emulator.PaperOut)
		if s := x.becomes(1, false); s.StandIn != "" || x.spooler.Ready("kiosk-1") || x.spooler.Ready("kiosk-2") {
			t.Errorf("%+v", s)
		}
		held := x.on(1)
		synctest.Wait()
		if s := x.spooler.Statuses(); s[0].Queued != 0 || s[1].Queued != 1 {
			t.Errorf("%+v", s)
		}
		x.p[0].SetFault(emulator.None)
		x.hall.idle(t)
		if got := x.printedOn(held); !slices.Equal(got, []string{"kiosk-1"}) {
			t.Errorf("printed on %v, want the stand-in, which was ready first", got)
		}
		x.p[1].SetFault(emulator.None)
		x.becomes(1, true)
		want(1, 1)
	})
}

// Two printers, each broken at random and mended by somebody: every number comes out of one of them,
// once without a mark.
func TestTwoPrintersLoseAndDoubleNothing(t *testing.T) {
	for seed := range uint64(6) {
		if underRace && seed > 0 {
			return
		}
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 7))
			x := newPair(t, openHall(t, &memory{}))
			faults := slices.DeleteFunc(emulator.Faults(), func(f emulator.Fault) bool { return f == emulator.Drop })
			var tokens []string
			for range 200 {
				tokens = append(tokens, x.on(rng.IntN(2)))
				time.Sleep(time.Duration(rng.IntN(2000)) * time.Millisecond)
				switch p := x.p[rng.IntN(2)]; rng.IntN(12) {
				case 0:
					p.SetFault(faults[rng.IntN(len(faults))])
				case 1:
					p.FailAfter(faults[rng.IntN(len(faults))], 1+rng.IntN(1000))
				case 2, 3, 4:
					p.SetFault(emulator.None)
				}
			}
			for _, p := range x.p {
				p.SetFault(emulator.None)
			}
			x.hall.idle(t)
			x.all(tokens)
		})
	}
}

// all wants each number on paper, once without a mark, or only with one.
func (x *pair) all(tokens []string) {
	for _, token := range tokens {
		ticket := x.hall.View().Ticket(token)
		plain, marked := x.of(token)
		gaveUp := ticket.Prints >= 3 && ticket.Print != kiosk.Confirmed || ticket.Print == kiosk.Expired
		if plain > 1 || plain+marked == 0 && !gaveUp {
			x.t.Errorf("%s: %d papers, %d with a mark, %s: %v", ticket.Number, plain, marked, ticket.Print, x.hall.log.of(token))
		}
	}
}
