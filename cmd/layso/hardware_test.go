package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/conn/v3/gpio/gpiotest"
	"periph.io/x/conn/v3/spi"
	"periph.io/x/conn/v3/spi/spireg"
	"periph.io/x/conn/v3/spi/spitest"
	"periph.io/x/host/v3"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/button"
	"layso/kiosk/journal"
	"layso/printer"
	"layso/printer/emulator"
)

// solder gives this computer pins of these names for the time of the test.
func solder(t *testing.T, names ...string) map[string]*gpiotest.Pin {
	t.Helper()
	if _, err := host.Init(); err != nil {
		t.Fatal(err)
	}
	pins := map[string]*gpiotest.Pin{}
	for _, name := range names {
		pins[name] = &gpiotest.Pin{N: name, EdgesChan: make(chan gpio.Level, 64)}
		if err := gpioreg.Register(pins[name]); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { gpioreg.Unregister(name) })
	}
	return pins
}

// push presses the button on the pin as a person does.
func push(p *gpiotest.Pin) {
	p.EdgesChan <- gpio.Low
	time.Sleep(150 * time.Millisecond) // of the bubble's time
	p.EdgesChan <- gpio.High
	time.Sleep(150 * time.Millisecond)
}

// post is a hall with one button and one printer: a real journal, a real spooler, no screen.
type post struct {
	t       *testing.T
	owner   *kiosk.Owner
	spooler *printer.Spooler
	printer *emulator.Printer
	board   *button.Board
	pin     *gpiotest.Pin
}

func openPost(t *testing.T, more ...func(*configs.Hardware)) *post {
	t.Helper()
	p := &post{t: t, printer: emulator.New(emulator.Options{Keep: 1000}), pin: solder(t, "TEST17")["TEST17"]}
	t.Cleanup(p.printer.Close)
	log, err := journal.Open(filepath.Join(t.TempDir(), dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	if p.owner, err = kiosk.Start(log, kiosk.Options{Seed: setup, Log: quiet}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.owner.Close)
	parts := configs.Hardware{Buttons: []configs.Button{{Pin: "TEST17", Service: "dat-dai"}}}
	for _, add := range more {
		add(&parts)
	}
	h := &hall{owner: p.owner, settings: settings{log: quiet, hardware: hardware{Hardware: parts}}}
	h.printers = []*printing{{Printer: printer.Printer{
		Name: "only", Profile: printer.Profiles()["epson-80"],
		Open: func(ctx context.Context) (printer.Link, error) { return p.printer.Dial(ctx) },
	}}}
	h.spooler = h.newSpooler()
	p.spooler = h.spooler
	ctx, stop := context.WithCancel(context.Background())
	h.read(ctx, h.spooler.Run)
	h.startHardware(ctx)
	p.board = h.hardware.board
	t.Cleanup(func() { stop(); h.readers.Wait() })
	p.ready(true)
	time.Sleep(time.Second) // of the bubble's time: until the button's contact is known
	return p
}

// press pushes the button, and waits until it may be pushed again.
func (p *post) press() {
	push(p.pin)
	time.Sleep(2 * button.LockOut) // of the bubble's time
}

// ready waits until the button would give a number, or would not.
func (p *post) ready(want bool) {
	p.t.Helper()
	for limit := time.Now().Add(time.Minute); p.spooler.Ready("") != want; {
		if time.Now().After(limit) {
			p.t.Fatalf("ready is not %v: %+v", want, p.spooler.Statuses())
		}
		time.Sleep(100 * time.Millisecond) // of the bubble's time
	}
}

// settled waits until every number's paper is out.
func (p *post) settled() {
	p.t.Helper()
	for limit := time.Now().Add(5 * time.Minute); ; {
		open := 0
		for t := range p.owner.View().Tickets() {
			if t.Print != kiosk.Confirmed {
				open++
			}
		}
		if open == 0 {
			return
		}
		if time.Now().After(limit) {
			p.t.Fatalf("%d numbers have no paper", open)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// TestButtonToPaper: a press gives paper, whatever has befallen the printer between; while it would print
// nothing, a press takes no number; and a ticket whose paper is lost on the way comes out again.
func TestButtonToPaper(t *testing.T) {
	for _, fault := range []emulator.Fault{emulator.PaperOut, emulator.CoverOpen, emulator.Cutter, emulator.Offline, emulator.Silent} {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := openPost(t)
				p.press()
				p.settled()
				p.count(1)
				p.printer.SetFault(fault)
				p.ready(false)
				for range 3 {
					p.press()
				}
				p.count(1)
				if s := p.board.Statuses()[0]; s.State != "no_paper" || s.Refused != 3 || s.Taken != 1 {
					t.Errorf("%+v", s)
				}
				p.printer.SetFault(emulator.None)
				p.ready(true)
				p.press()
				p.settled()
				p.count(2)

				p.printer.FailAfter(fault, 200) // in the middle of the third ticket
				p.press()
				p.ready(false)
				p.press()
				time.Sleep(10 * time.Second)
				p.count(3)
				p.printer.SetFault(emulator.None)
				p.settled()
				p.count(3)
				whole := 0
				for _, x := range p.printer.Papers() {
					if !x.Torn {
						whole++
					}
				}
				if whole < 3 {
					t.Errorf("%d whole papers for 3 numbers", whole)
				}
			})
		})
	}
}

// TestSwitchesAndChimeAreWired: what hangs on the other pins gets to where it belongs.
func TestSwitchesAndChimeAreWired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pins := solder(t, "TEST22", "TEST24", "TEST25")
		p := openPost(t, func(h *configs.Hardware) {
			h.Chime = &configs.Chime{Pin: "TEST22"}
			h.PaperSwitch = []configs.PaperSwitch{{Pin: "TEST24", Means: "low"}, {Pin: "TEST25", Printer: "only", Means: "out"}}
		})
		faults := func(want string) {
			t.Helper()
			time.Sleep(time.Second) // of the bubble's time
			if got := strings.Join(p.spooler.Statuses()[0].Faults, " "); got != want {
				t.Errorf("the printer has %q, want %q", got, want)
			}
		}
		faults("")
		pins["TEST24"].EdgesChan <- gpio.Low
		faults("paper_low")
		p.press()
		p.settled()
		p.count(1)
		pins["TEST25"].EdgesChan <- gpio.Low
		faults("paper_out")
		p.press()
		p.count(1)
		pins["TEST24"].EdgesChan <- gpio.High
		pins["TEST25"].EdgesChan <- gpio.High
		faults("")
		at := kiosk.Operator{Counter: "1", User: "clerk1"}
		for _, cmd := range []kiosk.Command{kiosk.OpenCounter{Operator: at}, kiosk.Next{Operator: at}} {
			if _, err := p.owner.Do(t.Context(), cmd); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(100 * time.Millisecond)
		during := pins["TEST22"].Read()
		time.Sleep(time.Second)
		if after := pins["TEST22"].Read(); during != gpio.High || after != gpio.Low {
			t.Errorf("the chime is %s during a call and %s after it", during, after)
		}
	})
}

func (p *post) count(n int) {
	p.t.Helper()
	if got := p.owner.View().Count(); got != n {
		p.t.Fatalf("%d numbers, want %d", got, n)
	}
}

// TestHallOpensWithoutItsHardware: pins and buses that are missing are told, and nothing else changes.
func TestHallOpensWithoutItsHardware(t *testing.T) {
	solder(t, "TEST5", "TEST6")
	if err := gpioreg.RegisterAlias("ALSO5", "TEST5"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gpioreg.Unregister("ALSO5") })
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(settings{
		data: t.TempDir(), listen: "127.0.0.1:0", seed: setup, log: slog.New(slog.DiscardHandler),
		printers: []*printing{softwarePrinter("p", printer.Profiles()["epson-80"])},
		hardware: hardware{Hardware: configs.Hardware{
			Buttons:     []configs.Button{{Pin: "NONE17", Service: "dat-dai", Lamp: "NONE27"}, {Pin: "TEST5", Service: "dat-dai", Lamp: "ALSO5"}},
			Lamps:       &configs.Lamps{Fault: "TEST6"},
			Chime:       &configs.Chime{Pin: "NONE22"},
			PaperSwitch: []configs.PaperSwitch{{Pin: "NONE24", Means: "low"}},
			Panels:      []configs.Panel{{SPI: "NONE0.0", Counters: []string{"1"}, Digits: 4}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	warnOfHardware(&told, h.hardware.faults)
	for _, want := range []string{
		"buttons[0].pin: this computer has no pin NONE17; it has TEST5, TEST6", "buttons[0].lamp: ", "chime.pin: ",
		"buttons[1].lamp: the pin ALSO5 is TEST5, which is used for buttons[1].pin, too",
		"paper_switch[0].pin: ", "panels[0].spi: this computer has no bus NONE0.0; it has none", "The hall opens without it.",
	} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("nothing is said of %q:\n%s", want, &told)
		}
	}
	if s := h.hardware.board.Statuses(); len(s) != 2 || s[0].Name != "button-NONE17" || s[1].Name != "button-TEST5" {
		t.Errorf("%+v", s)
	}
	if err := h.close(); err != nil {
		t.Error(err)
	}
}

// TestTryHardware plays somebody who tries out what he has wired, and has one button on a wrong pin.
func TestTryHardware(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "layso.yaml")
	writeFile(t, filepath.Join(dir, "hall.yaml"), `name: {vi: Bộ phận Một cửa}
time_zone: Asia/Ho_Chi_Minh
phone: {mode: "off"}
hours: {always: true}
services: [{id: dat-dai, name: {vi: Đất đai}, prefix: A, mean_s: 600}]
counters: [{id: "1", name: {vi: Quầy 1}, services: [dat-dai]}, {id: "2", name: {vi: Quầy 2}, services: [dat-dai]}]
priorities: []
`)
	writeFile(t, config, `data: data
hall: hall.yaml
printers: [{name: p, link: software}]
buttons:
  - {pin: TEST17, service: dat-dai, lamp: TEST27}
  - {pin: TEST18, service: dat-dai}
paper_switch: [{pin: TEST24, means: out}]
panels: [{spi: TESTSPI, counters: ["1", "2"], digits: 4}]
`)
	synctest.Test(t, func(t *testing.T) {
		pins := solder(t, "TEST17", "TEST18", "TEST24", "TEST27")
		bus := &spitest.Record{}
		if err := spireg.Register("TESTSPI", nil, -1, func() (spi.PortCloser, error) { bus.Initialized = false; return bus, nil }); err != nil {
			t.Fatal(err)
		}
		defer spireg.Unregister("TESTSPI")
		tried := func(pushed ...string) (v inventory, code int) {
			var out, say bytes.Buffer
			var running sync.WaitGroup
			running.Go(func() {
				code = run(t.Context(), []string{"hardware", "--config", config, "--json", "--wait", "10s"}, &out, &say)
			})
			time.Sleep(12 * time.Second) // of the bubble's time: the lamp's three blinks, the panels, then the buttons
			for _, name := range pushed {
				push(pins[name])
			}
			running.Wait()
			if err := json.Unmarshal(out.Bytes(), &v); err != nil {
				t.Fatalf("%v: %s", err, &say)
			}
			return v, code
		}
		v, code := tried("TEST17", "TEST18")
		if code != exitFine || !v.OK || len(v.Parts) != 6 {
			t.Errorf("exit %d: %+v", code, v)
		}
		if n := len(bus.Ops); n != 4+8+1+2+1 { // set up, digits, on, the test on and off, and dark
			t.Errorf("%d writes to the panels", n)
		}
		v, code = tried("TEST18")
		if code != exitFail || v.OK {
			t.Errorf("exit %d: %+v", code, v)
		}
		for _, p := range v.Parts {
			if wrong := p.Field == "buttons[0].pin"; p.OK == wrong {
				t.Errorf("%+v", p)
			}
		}
	})
}
