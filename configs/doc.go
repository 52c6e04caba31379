// Package configs reads layso's two kinds of settings and keeps examples of both.
//
// The installation (what this PC listens on, where its data lies, its printer) is a YAML file that a
// flag names; [Load] reads it. The hall (services, counters, hours, users) lives in the journal and is
// edited on the admin pages; [LoadHall] reads the YAML file that seeds it at the first start.
//
//	c, err := configs.Load("/etc/layso/layso.yaml", link.Check)
//	setup, err := configs.LoadHall(c.Hall)
//
// Both are strict: an unknown key, a wrong type and a value out of range are errors, all of them are
// reported at once as [Faults], and each names its file and line. Of YAML's many ways the files use
// mappings, sequences and plain values: anchors, aliases, tags and merge keys are refused.
//
// The package opens no printer and starts nothing: it says what was asked for, package main does it.
package configs
