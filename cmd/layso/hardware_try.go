package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/physic"
	"periph.io/x/conn/v3/spi"
	"periph.io/x/conn/v3/spi/spireg"

	"layso/configs"
	"layso/display/panel"
	"layso/kiosk/button"
	"layso/printer/link"
)

// tryHardware lists what this computer has, and tries out what a configuration names.
func tryHardware(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var config string
	var asJSON bool
	var wait time.Duration
	err := flags("hardware", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&config, "config", "", "the installation's YAML file: what it names is tried out")
		f.BoolVar(&asJSON, "json", false, "for programs")
		f.DurationVar(&wait, "wait", 30*time.Second, "how long to wait until every button was pressed; 0: do not")
	})
	if err != nil {
		return err
	}
	if wait < 0 {
		return usageError{errors.New("--wait is below 0")}
	}
	v, err := takeInventory("/dev")
	if err != nil {
		return err
	}
	say := stdout
	if asJSON {
		say = stderr
	} else {
		v.print(stdout)
	}
	if config != "" {
		if err := v.try(ctx, config, wait, say); err != nil {
			return err
		}
	}
	if asJSON {
		out := json.NewEncoder(stdout)
		out.SetIndent("", "  ")
		if err := out.Encode(v); err != nil {
			return err
		}
	}
	if !v.OK {
		return errors.New("some of it does not work")
	}
	return nil
}

// try tries out what the configuration names. While layso runs with it, the hardware is in use.
func (v *inventory) try(ctx context.Context, config string, wait time.Duration, say io.Writer) error {
	if err := configs.Check(config, link.Check); err != nil {
		return usageError{err}
	}
	c, err := configs.Load(config, link.Check)
	if err != nil {
		return usageError{err}
	}
	if conn, err := net.Dial("unix", socketOf(c.Data)); err == nil {
		conn.Close()
		return errors.New("layso runs with this configuration and holds its hardware: stop it first")
	}
	w := hardware{Hardware: c.Hardware}
	pins := w.find()
	t := &trial{inventory: v, hardware: &w, pins: pins, say: say}
	t.missing()
	t.printers(ctx, c.Printers)
	t.outputs(ctx)
	t.chains(ctx)
	t.switches()
	t.buttons(ctx, wait)
	return ctx.Err()
}

// trial tries a configuration's hardware out, piece by piece.
type trial struct {
	*inventory
	hardware *hardware
	pins     map[string]gpio.PinIO // by field
	say      io.Writer
}

// found notes what became of a piece, and tells it.
func (t *trial) found(p part, err error) {
	if p.OK = err == nil; err != nil {
		p.Result, t.OK = err.Error(), false
	}
	t.Parts = append(t.Parts, p)
	mark := "ok   "
	if !p.OK {
		mark = "FAULT"
	}
	fmt.Fprintf(t.say, "%s %s %s (%s) %s\n", mark, p.Field, p.Name, p.For, p.Result)
}

// missing tells of pins that are not there.
func (t *trial) missing() {
	for _, use := range t.hardware.Pins() {
		if t.pins[use.Field] != nil {
			continue
		}
		for _, f := range t.hardware.faults {
			if f.field == use.Field {
				t.found(part{Field: use.Field, Name: use.Pin, For: t.purpose(use.Field)}, errors.New(f.why))
			}
		}
	}
}

// purpose says what a pin is for.
func (t *trial) purpose(field string) string {
	for i, b := range t.hardware.Buttons {
		what := strings.TrimSpace(b.Service + " " + b.Priority)
		switch field {
		case fmt.Sprintf("buttons[%d].pin", i):
			return "button for " + what
		case fmt.Sprintf("buttons[%d].lamp", i):
			return "lamp of the button for " + what
		}
	}
	for i, s := range t.hardware.PaperSwitch {
		if field == fmt.Sprintf("paper_switch[%d].pin", i) {
			return fmt.Sprintf("paper %s of printer %s", s.Means, s.Printer)
		}
	}
	return strings.TrimSuffix(field, ".pin")
}

// openWithin is how long a printer's wire may take to open.
const openWithin = 5 * time.Second

// printers opens the wire to each printer; nothing is printed.
func (t *trial) printers(ctx context.Context, all []configs.Printer) {
	for i, p := range all {
		x := part{Field: fmt.Sprintf("printers[%d].link", i), Name: p.Link, For: p.Name, Result: "its wire opens"}
		if p.Link == "software" {
			x.Result = "a printer in software"
			t.found(x, nil)
			continue
		}
		within, cancel := context.WithTimeout(ctx, openWithin)
		l, err := link.Open(within, p.Link)
		cancel()
		if err == nil {
			err = l.Close()
		}
		t.found(x, err)
	}
}

// blinks is how often each output goes on, and blink for how long, on and off.
const (
	blinks = 3
	blink  = 500 * time.Millisecond
)

// outputs blinks each lamp, and sounds the chime.
func (t *trial) outputs(ctx context.Context) {
	for _, use := range t.hardware.Pins() {
		pin := t.pins[use.Field]
		if pin == nil || !use.Out {
			continue
		}
		fmt.Fprintf(t.say, "      %s %s goes on and off %d times\n", use.Field, use.Pin, blinks)
		var err error
		for range blinks {
			err = errors.Join(err, pin.Out(gpio.High))
			rest(ctx, blink)
			err = errors.Join(err, pin.Out(gpio.Low))
			rest(ctx, blink)
		}
		t.found(part{Field: use.Field, Name: use.Pin, For: t.purpose(use.Field), Result: fmt.Sprintf("was on %d times: did it light or sound?", blinks)}, err)
	}
}

// chains lights every segment of the panels, and then shows each one's place in its chain.
func (t *trial) chains(ctx context.Context) {
	for i, p := range t.hardware.Panels {
		x := part{Field: fmt.Sprintf("panels[%d].spi", i), Name: p.SPI, For: "panels of " + strings.Join(p.Counters, ", ")}
		x.Result = fmt.Sprintf("%d panels were written: every segment, then its place in the chain from 1", len(p.Counters))
		if !hasSPI(p.SPI) {
			t.found(x, fmt.Errorf("this computer has no bus %s; it has %s", p.SPI, listed(spiNames())))
			continue
		}
		fmt.Fprintf(t.say, "      %s %s shows every segment, then 1, 2, 3… along the chain\n", x.Field, p.SPI)
		t.found(x, lightChain(ctx, p))
	}
}

// shownFor is how long panels show each of the two pictures.
const shownFor = 3 * time.Second

func lightChain(ctx context.Context, p configs.Panel) (err error) {
	port, err := spireg.Open(p.SPI)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, port.Close()) }()
	conn, err := port.Connect(250*physic.KiloHertz, spi.Mode0, 8)
	if err != nil {
		return err
	}
	chips := panel.NewChips(conn, len(p.Counters))
	places := make([]panel.Digits, len(p.Counters))
	for i := range places {
		places[i] = panel.Draw(fmt.Sprint(i+1), p.Digits)
	}
	err = errors.Join(chips.Init(p.Digits, p.Bright()), chips.Show(places), chips.On(), chips.Test(true))
	rest(ctx, shownFor)
	err = errors.Join(err, chips.Test(false))
	rest(ctx, shownFor)
	return errors.Join(err, chips.Halt())
}

// switches tells what each paper switch says now.
func (t *trial) switches() {
	for i, s := range t.hardware.PaperSwitch {
		field := fmt.Sprintf("paper_switch[%d].pin", i)
		pin := t.pins[field]
		if pin == nil {
			continue
		}
		closed, err := button.IsClosed(pin)
		says := "there is paper"
		if closed == s.WhenClosed() {
			says = "paper " + s.Means
		}
		state := map[bool]string{true: "closed", false: "open"}[closed]
		t.found(part{Field: field, Name: s.Pin, For: t.purpose(field), Result: state + ": " + says}, err)
	}
}

// buttons waits until each button that is there was pressed once, in any order.
func (t *trial) buttons(ctx context.Context, wait time.Duration) {
	there := false
	for i := range t.hardware.Buttons {
		there = there || t.pins[fmt.Sprintf("buttons[%d].pin", i)] != nil
	}
	if wait == 0 || !there {
		return
	}
	fmt.Fprintf(t.say, "      press every button once, within %v\n", wait)
	within, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	var told sync.Mutex
	var pressing sync.WaitGroup
	for i, b := range t.hardware.Buttons {
		field := fmt.Sprintf("buttons[%d].pin", i)
		pin := t.pins[field]
		if pin == nil {
			continue
		}
		pressing.Go(func() {
			err := button.WaitForPress(within, pin)
			if errors.Is(err, context.DeadlineExceeded) {
				err = errors.New("was not pressed, or is not wired to this pin")
			}
			told.Lock()
			defer told.Unlock()
			t.found(part{Field: field, Name: b.Pin, For: t.purpose(field), Result: "was pressed"}, err)
		})
	}
	pressing.Wait()
}

// rest waits, or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
