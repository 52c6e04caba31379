package configs

import (
	_ "embed" // the demo's hall, and the one that is not set up
	"errors"
	"fmt"

	"layso/kiosk"
)

//go:embed demo.yaml
var demo []byte

//go:embed blank.yaml
var blank []byte

// Demo gives the demo's hall as the public contract describes it.
func Demo() (*kiosk.Setup, error) { return parseHall("demo.yaml", demo) }

// Seed gives the hall that the installation begins with: the one of its file, or one that nobody has described yet.
func (c *Config) Seed() (*kiosk.Setup, error) {
	if c.Hall == "" {
		return parseHall("blank.yaml", blank)
	}
	return LoadHall(c.Hall)
}

// LoadHall reads and checks the file that seeds a hall. The error is a [Faults], or says why the file
// cannot be read.
func LoadHall(path string) (*kiosk.Setup, error) {
	setup := &kiosk.Setup{}
	d, err := readFile(path, setup)
	if err != nil {
		return nil, fmt.Errorf("hall: %w", err)
	}
	return d.hall(setup)
}

// ParseHall reads and checks a hall in the form of the file that seeds one; file is what its faults call it. The error is
// a [Faults].
func ParseHall(file string, raw []byte) (*kiosk.Setup, error) { return parseHall(file, raw) }

func parseHall(file string, raw []byte) (*kiosk.Setup, error) {
	setup := &kiosk.Setup{}
	return decode(file, raw, setup).hall(setup)
}

// hall gives the setup when neither the file nor the hall's own rules find a fault.
func (d *document) hall(setup *kiosk.Setup) (*kiosk.Setup, error) {
	if !d.broken {
		var faults kiosk.Faults
		err := setup.Validate()
		if errors.As(err, &faults) {
			for _, f := range faults[:min(len(faults), maxFaults)] {
				d.add(d.lineOf(f.Field), f.Field, f.Problem, "%s", f.Detail)
			}
		} else if err != nil {
			return nil, err
		}
	}
	if err := d.faults.orNil(); err != nil {
		return nil, err
	}
	return setup, nil
}
