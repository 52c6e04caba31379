package main

import (
	"bytes"
	"encoding/json"
	"fmt"
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
	"layso/kiosk/button"
	"layso/printer"
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
	for limit := time.After(patience); h.hardware.board.Statuses()[0].State != button.Broken; {
		select {
		case <-limit:
			t.Fatalf("%+v", h.hardware.board.Statuses())
		case <-time.After(10 * time.Millisecond):
		}
	}
	states := map[string]string{}
	for _, p := range h.parts() {
		states[p.Kind+" "+p.Name] = fmt.Sprint(p.For, p.OK, p.State == "broken")
	}
	want := map[string]string{
		"button button-NONE17": "[dat-dai] false true", "panels NONE0.0": "[1] false true", "other buttons[0].lamp": "[] false true",
		"other buttons[1].lamp": "[] false true", "other chime.pin": "[] false true", "other paper_switch[0].pin": "[] false true",
	}
	for name, is := range want {
		if states[name] != is {
			t.Errorf("%s is %s, want %s", name, states[name], is)
		}
	}
	if len(states) != len(want)+1 { // and the button that is there
		t.Errorf("%v", states)
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
