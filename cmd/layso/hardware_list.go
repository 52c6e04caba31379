package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"periph.io/x/conn/v3/driver/driverreg"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/conn/v3/i2c/i2creg"
	"periph.io/x/conn/v3/spi/spireg"
	"periph.io/x/host/v3"
)

// inventory is what this computer has, and what became of the parts that a configuration names.
type inventory struct {
	Drivers  []string `json:"drivers"` // of pins and buses, that are at work
	Pins     []named  `json:"pins"`
	SPI      []named  `json:"spi"`
	I2C      []named  `json:"i2c"`
	Printers []string `json:"printers"` // device files of USB printers
	Serial   []string `json:"serial"`   // device files of serial lines
	Parts    []part   `json:"parts"`    // that the configuration names; none without one
	OK       bool     `json:"ok"`       // nothing that the configuration names is missing or failed
}

// named is a pin or a bus.
type named struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"` // other names of it
}

// part is a piece of hardware that a configuration names.
type part struct {
	Field  string `json:"field"`            // in the file, e.g. buttons[0].pin
	Name   string `json:"name"`             // of the pin or bus, or a printer's address
	For    string `json:"for"`              // what it is for, e.g. the service dat-dai
	OK     bool   `json:"ok"`               //
	Result string `json:"result,omitempty"` // what the test found
}

// takeInventory looks at what this computer has. dev is the folder of device files.
func takeInventory(dev string) (*inventory, error) {
	state, err := host.Init()
	if err != nil {
		return nil, fmt.Errorf("starting the drivers of pins and buses: %w", err)
	}
	return &inventory{
		Drivers: loaded(state), Pins: pinsHere(), SPI: spiHere(), I2C: i2cHere(), Parts: []part{}, OK: true,
		Printers: files(dev, "usb/lp*"), Serial: files(dev, "ttyUSB*", "ttyACM*", "ttyAMA*", "serial?"),
	}, nil
}

func loaded(state *driverreg.State) []string {
	names := []string{}
	for _, d := range state.Loaded {
		names = append(names, d.String())
	}
	return names
}

func pinsHere() []named {
	aliases := map[string][]string{}
	for _, a := range gpioreg.Aliases() {
		aliases[realName(a)] = append(aliases[realName(a)], a.Name())
	}
	all := []named{}
	for _, p := range gpioreg.All() {
		all = append(all, named{p.Name(), append([]string{}, aliases[p.Name()]...)})
	}
	return all
}

func spiHere() []named {
	all := []named{}
	for _, r := range spireg.All() {
		all = append(all, named{r.Name, append([]string{}, r.Aliases...)})
	}
	return all
}

func i2cHere() []named {
	all := []named{}
	for _, r := range i2creg.All() {
		all = append(all, named{r.Name, append([]string{}, r.Aliases...)})
	}
	return all
}

func files(dev string, patterns ...string) []string {
	all := []string{}
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(dev, pattern))
		if err != nil {
			continue // a pattern of ours that were malformed; a folder that can't be read has no files
		}
		all = append(all, found...)
	}
	return all
}

// print writes the inventory for people.
func (v *inventory) print(w io.Writer) {
	for _, kind := range []struct {
		what string
		all  []named
	}{{"Pins", v.Pins}, {"SPI buses", v.SPI}, {"I2C buses", v.I2C}} {
		fmt.Fprintf(w, "%s: ", kind.what)
		if len(kind.all) == 0 {
			fmt.Fprintln(w, "none")
			continue
		}
		fmt.Fprintln(w)
		for _, x := range kind.all {
			fmt.Fprintf(w, "  %-14s %s\n", x.Name, strings.Join(x.Aliases, ", "))
		}
	}
	fmt.Fprintf(w, "USB printers: %s\nSerial lines: %s\n", orNone(v.Printers), orNone(v.Serial))
	if len(v.Pins) == 0 {
		fmt.Fprintln(w, "A PC without pins gets some from a USB adapter that Linux drives as a gpiochip; layso must be allowed to read /dev/gpiochip*.")
	}
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
