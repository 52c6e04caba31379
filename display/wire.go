package display

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// message is a text frame as it goes over the wire (RFC 6455, 5.2), head and text: a server's frames are not
// masked, so that one message is made once and written to everybody.
type message []byte

// ping is a control frame without content. A screen's network stack answers it.
var ping = message{0x89, 0}

// newMessage puts the head before a text.
func newMessage(text []byte) message {
	m := make(message, 0, len(text)+10)
	m = append(m, 0x81) // the only and last part of a text
	switch n := len(text); {
	case n < 126:
		m = append(m, byte(n))
	case n < 1<<16:
		m = binary.BigEndian.AppendUint16(append(m, 126), uint16(n))
	default:
		m = binary.BigEndian.AppendUint64(append(m, 127), uint64(n))
	}
	return append(m, text...)
}

func encoded(v any) (message, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("display: encoding a frame: %w", err)
	}
	return newMessage(data), nil
}
