package main

import (
	"errors"

	"layso/configs"
	"layso/kiosk"
)

// setupFile is the hall as a YAML file, for the HTTP side.
type setupFile struct{}

// Export implements web.SetupFile.
func (setupFile) Export(s *kiosk.Setup) []byte { return configs.ExportHall(s) }

// Import implements web.SetupFile.
func (setupFile) Import(raw []byte) (*kiosk.Setup, error) {
	s, err := configs.ParseHall("hall.yaml", raw)
	var faults configs.Faults
	if errors.As(err, &faults) {
		return nil, faults.OfHall()
	}
	return s, err
}
