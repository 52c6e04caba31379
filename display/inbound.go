package display

import (
	"encoding/json"
	"errors"
	"slices"
)

// ack is what a screen says: the last event that it has shown, whether it can be heard, and how its
// voice is.
type ack struct {
	Seq   uint64
	Sound bool
	Voice string // one of voices, or empty
}

// voices are the states of a display's voice, as its page has them: it can be heard; the browser wants a
// touch first; not known yet; a fault of the television's; silent by its address; silent by the hall.
var voices = []string{"on", "blocked", "trying", "failed", "muted", "off"}

var errNotAck = errors.New("display: not an acknowledgement")

// parseAck reads the only message that a screen may send. Fields and states of the voice that it does not
// know are let through: a page of a newer build may be talking.
func parseAck(data []byte) (ack, error) {
	var m struct {
		Type  string  `json:"type"`
		Seq   *uint64 `json:"seq"`
		Sound bool    `json:"sound"`
		Voice string  `json:"voice"`
	}
	if err := json.Unmarshal(data, &m); err != nil || m.Type != "ack" || m.Seq == nil {
		return ack{}, errNotAck
	}
	if !slices.Contains(voices, m.Voice) {
		m.Voice = ""
	}
	return ack{*m.Seq, m.Sound, m.Voice}, nil
}
