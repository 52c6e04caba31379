package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/conn/v3/spi"
	"periph.io/x/conn/v3/spi/spireg"
	"periph.io/x/host/v3"

	"layso/configs"
	"layso/display/panel"
	"layso/kiosk"
	"layso/kiosk/button"
	"layso/web"
)

// hardware is what hangs on the PC's pins and buses, as far as it was found there. What is missing never
// keeps the hall from opening: it is told, and the rest works.
type hardware struct {
	configs.Hardware
	board  *button.Board
	panels []*panel.Panels
	faults []fault // what was asked for and can't be used
}

// fault is a part that can't be used.
type fault struct {
	field string // of the configuration; empty: it concerns all
	why   string
}

// String gives a sentence.
func (f fault) String() string { return strings.TrimPrefix(f.field+": "+f.why, ": ") }

// startHardware starts the buttons, the chime, the paper switches and the panels that the installation's
// file names.
func (h *hall) startHardware(ctx context.Context) {
	w := &h.hardware
	if !w.Any() {
		return
	}
	if _, err := host.Init(); err != nil {
		w.fault("", "the drivers of pins and buses: %v", err)
	}
	pins := w.find()
	h.startButtons(ctx, pins)
	h.startSwitches(ctx, pins)
	if pin := pins["chime.pin"]; pin != nil {
		h.read(ctx, button.Chime{Hall: h.owner, Pin: pin, Log: h.log}.Run)
	}
	for i, p := range w.Panels {
		if !hasSPI(p.SPI) {
			w.fault(fmt.Sprintf("panels[%d].spi", i), "this computer has no bus %s; it has %s", p.SPI, listed(spiNames()))
		}
		panels := panel.New(panel.Options{
			Hall: h.owner, Counters: p.Counters, Digits: p.Digits, Brightness: p.Bright(), Log: h.log.With("spi", p.SPI),
			Open: func() (spi.PortCloser, error) { return spireg.Open(p.SPI) },
		})
		w.panels = append(w.panels, panels)
		h.read(ctx, panels.Run)
	}
	for _, f := range w.faults {
		h.log.Warn("hardware does not work", "fault", f.String())
	}
}

func (w *hardware) fault(field, format string, args ...any) {
	w.faults = append(w.faults, fault{field, fmt.Sprintf(format, args...)})
}

// find gives the pins by what they are for. A pin that is missing, or that goes by two names, is a fault.
func (w *hardware) find() map[string]gpio.PinIO {
	pins, used := map[string]gpio.PinIO{}, map[string]string{}
	for _, use := range w.Pins() {
		pin := gpioreg.ByName(use.Pin)
		if pin == nil {
			w.fault(use.Field, "this computer has no pin %s; it has %s", use.Pin, listed(pinNames()))
			continue
		}
		real := realName(pin)
		if other, twice := used[real]; twice {
			w.fault(use.Field, "the pin %s is %s, which is used for %s, too", use.Pin, real, other)
			continue
		}
		used[real], pins[use.Field] = use.Field, pin
	}
	return pins
}

// realName gives the name of the pin behind an alias.
func realName(p gpio.PinIO) string {
	if alias, ok := p.(gpio.RealPin); ok {
		return alias.Real().Name()
	}
	return p.Name()
}

// absent stands for a pin that this computer does not have: whoever uses it gets an error.
type absent struct {
	gpio.PinIO
	name string
}

// Name implements pin.Pin.
func (a absent) Name() string { return a.name }

func (h *hall) startButtons(ctx context.Context, pins map[string]gpio.PinIO) {
	if len(h.hardware.Buttons) == 0 && h.hardware.Lamps == nil {
		return
	}
	o := button.Options{Hall: h.owner, Ready: h.spooler.Ready, Needs: h.printersNeedStaff, Log: h.log, Lit: output(pins["lamps.ready"]), Fault: output(pins["lamps.fault"])}
	for i, b := range h.hardware.Buttons {
		pin, found := pins[fmt.Sprintf("buttons[%d].pin", i)]
		if !found {
			pin = absent{gpio.INVALID, b.Pin}
		}
		o.Buttons = append(o.Buttons, button.Button{
			Pin: pin, Lamp: output(pins[fmt.Sprintf("buttons[%d].lamp", i)]), Service: b.Service, Priority: b.Priority, Printer: b.Printer,
		})
	}
	h.hardware.board = button.New(o)
	h.read(ctx, h.hardware.board.Run)
}

// printersNeedStaff reports whether a printer does not print, though another may stand in for it.
func (h *hall) printersNeedStaff() bool {
	return slices.ContainsFunc(h.spooler.Statuses(), func(p kiosk.PrinterStatus) bool { return !p.OK })
}

// output gives the pin as an output; nil, and not a pin that is nil, where there is none.
func output(p gpio.PinIO) gpio.PinOut {
	if p == nil {
		return nil
	}
	return p
}

func (h *hall) startSwitches(ctx context.Context, pins map[string]gpio.PinIO) {
	for i, s := range h.hardware.PaperSwitch {
		pin := pins[fmt.Sprintf("paper_switch[%d].pin", i)]
		if pin == nil {
			continue
		}
		tell := h.spooler.PaperSwitch
		if s.Means == "out" {
			tell = h.spooler.PaperOutSwitch
		}
		watch := button.PaperSwitch{Pin: pin, Closed: s.WhenClosed(), Log: h.log, Tell: func(on bool) { tell(s.Printer, on) }}
		h.read(ctx, watch.Run)
	}
}

// parts gives the state of all of it, for the staff's pages and the metrics.
func (h *hall) parts() []web.Part {
	parts, w := []web.Part{}, &h.hardware
	if w.board != nil {
		for _, s := range w.board.Statuses() {
			parts = append(parts, web.Part{Kind: "button", Name: s.Name, For: []string{s.Service}, State: s.State, OK: !s.NeedsStaff()})
		}
	}
	for i, p := range w.panels {
		s := p.Status()
		part := web.Part{Kind: "panels", Name: w.Panels[i].SPI, For: s.Counters, State: "ready", OK: s.OK}
		if !s.OK {
			part.State = "broken"
		}
		parts = append(parts, part)
	}
	for _, f := range w.faults {
		button := strings.HasPrefix(f.field, "buttons[") && strings.HasSuffix(f.field, ".pin")
		if !button && !strings.HasPrefix(f.field, "panels[") { // those speak for themselves
			parts = append(parts, web.Part{Kind: "other", Name: f.field, For: []string{}, State: "broken"})
		}
	}
	return parts
}

// warnOfHardware tells who starts layso what does not work.
func warnOfHardware(w io.Writer, faults []fault) {
	for _, f := range faults {
		fmt.Fprintf(w, "Hardware: %s\n", f)
	}
	if len(faults) > 0 {
		fmt.Fprintln(w, "The hall opens without it.")
	}
}

func pinNames() (names []string) {
	for _, p := range gpioreg.All() {
		names = append(names, p.Name())
	}
	return names
}

func spiNames() (names []string) {
	for _, r := range spireg.All() {
		names = append(names, r.Name)
	}
	return names
}

// hasSPI reports whether there is a bus of that name.
func hasSPI(name string) bool {
	return slices.ContainsFunc(spireg.All(), func(r *spireg.Ref) bool { return r.Name == name || slices.Contains(r.Aliases, name) })
}

// listed names what there is, as far as a line holds it.
func listed(names []string) string {
	const some = 40
	switch {
	case len(names) == 0:
		return "none: is it switched on, and may layso read its files in /dev?"
	case len(names) > some:
		return strings.Join(names[:some], ", ") + fmt.Sprintf(" and %d more", len(names)-some)
	}
	return strings.Join(names, ", ")
}
