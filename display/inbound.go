package display

import (
	"encoding/json"
	"errors"
)

// ack is what a screen says: the last event that it has shown, and whether it can be heard.
type ack struct {
	Seq   uint64
	Sound bool
}

var errNotAck = errors.New("display: not an acknowledgement")

// parseAck reads the only message that a screen may send. Fields that it does not know are let
// through: a page of a newer build may be talking.
func parseAck(data []byte) (ack, error) {
	var m struct {
		Type  string  `json:"type"`
		Seq   *uint64 `json:"seq"`
		Sound bool    `json:"sound"`
	}
	if err := json.Unmarshal(data, &m); err != nil || m.Type != "ack" || m.Seq == nil {
		return ack{}, errNotAck
	}
	return ack{*m.Seq, m.Sound}, nil
}
