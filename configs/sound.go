package configs

import (
	"fmt"
	"slices"
)

// Sound is a loudspeaker on the PC's own sound card: one zone, where people listen together.
type Sound struct {
	Name     string   `yaml:"name"`     // on the staff's pages, in the log; unique
	Command  []string `yaml:"command"`  // program and arguments; it plays the WAV that it gets on its standard input, and ends
	Counters []string `yaml:"counters"` // ids of those whose calls are spoken here; none: all
}

func (c *Config) checkSound(d *document) {
	for i, s := range c.Sound {
		at := fmt.Sprintf("sound[%d]", i)
		d.required(at+".name", s.Name)
		if slices.ContainsFunc(c.Sound[:i], func(o Sound) bool { return s.Name != "" && o.Name == s.Name }) {
			d.at(at+".name", "another loudspeaker is called %q, too", s.Name)
		}
		if len(s.Command) == 0 || s.Command[0] == "" {
			d.at(at+".command", `is required, e.g. ["aplay", "-q", "-"]`)
		}
	}
}
