package link

import (
	"time"

	"go.bug.st/serial"
)

// NewLine makes a serial line of a stream and a modem of the test's own.
func NewLine(bytes Stream, m Modem, flow_ string, baud int) Stream {
	return newLine(bytes, m, flow(flow_), baud)
}

// Modem is what a line needs beside its bytes.
type Modem interface {
	GetModemStatusBits() (*serial.ModemStatusBits, error)
	Close() error
}

// Byte is what a byte takes at that speed.
func Byte(baud int) time.Duration { return bitsPerByte * time.Second / time.Duration(baud) }
