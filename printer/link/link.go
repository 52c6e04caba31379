package link

import (
	"fmt"
	"io"
	"sync"
	"time"

	"periph.io/x/conn/v3"
)

// Stream is what a link is made of; *os.File and net.Conn are streams. A deadline may be refused
// with an error that wraps [os.ErrNoDeadline].
type Stream interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

// Timeout is how long a transaction ([Link.Tx]) may take: a printer that is there answers a status
// question in milliseconds.
const Timeout = 3 * time.Second

// Link is an open wire to a printer. Reads and writes may be done by different goroutines.
type Link struct {
	name   string
	stream Stream
	mu     sync.Mutex // one transaction at a time
}

var (
	_ conn.Conn = (*Link)(nil)
	_ Stream    = (*Link)(nil)
)

// New makes a link of a stream that is open already; name says which printer, for people.
func New(name string, s Stream) *Link { return &Link{name: name, stream: s} }

// String gives what the link was opened with.
func (l *Link) String() string { return l.name }

// Duplex is half: the answer follows the question, with another length.
func (l *Link) Duplex() conn.Duplex { return conn.Half }

// Tx writes w and then reads len(r) bytes, within [Timeout]. It is for questions whose answer has a
// fixed length. Either may be empty.
func (l *Link) Tx(w, r []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	deadline := time.Now().Add(Timeout)
	if len(w) > 0 {
		if err := l.SetWriteDeadline(deadline); err != nil {
			return err
		}
		if _, err := l.Write(w); err != nil {
			return err
		}
	}
	if len(r) == 0 {
		return nil
	}
	if err := l.SetReadDeadline(deadline); err != nil {
		return err
	}
	if _, err := io.ReadFull(l.stream, r); err != nil {
		return fmt.Errorf("printer %s: no answer: %w", l.name, err)
	}
	return nil
}

// Read reads what the printer says. [io.EOF] comes as it is: the printer closed the wire, or it has
// no way back.
func (l *Link) Read(p []byte) (int, error) {
	n, err := l.stream.Read(p)
	return n, l.wrap("reading", err)
}

// Write sends bytes; after an error the count says how many certainly left.
func (l *Link) Write(p []byte) (int, error) {
	n, err := l.stream.Write(p)
	return n, l.wrap("writing", err)
}

// Close closes the wire, also under reads and writes that wait on it: they end with an error. What was
// written and not yet taken by the printer may be lost with it: read the printer's answer first.
func (l *Link) Close() error { return l.wrap("closing", l.stream.Close()) }

// SetReadDeadline sets until when reads may take; the zero time is for ever.
func (l *Link) SetReadDeadline(t time.Time) error {
	return l.wrap("setting a deadline", l.stream.SetReadDeadline(t))
}

// SetWriteDeadline sets until when writes may take; the zero time is for ever.
func (l *Link) SetWriteDeadline(t time.Time) error {
	return l.wrap("setting a deadline", l.stream.SetWriteDeadline(t))
}

func (l *Link) wrap(doing string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return fmt.Errorf("printer %s: %s: %w", l.name, doing, err)
}
