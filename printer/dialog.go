package printer

import (
	"errors"
	"io"
	"os"
	"time"

	"layso/printer/escpos"
)

// Link is an open wire to a printer. Package link gives them; so does the emulator.
type Link interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

const (
	// answerWithin is how long a status question may take. Printers answer in milliseconds, but a
	// cheap one may be busy moving paper.
	answerWithin = time.Second
	// takeWithin is how long a printer may take to swallow a whole ticket, ten times the slowest.
	takeWithin = 15 * time.Second
	// fenceWithin is how long after the last byte the printer has to say that it is done.
	fenceWithin = 10 * time.Second
	// fenceRound is how often it is asked meanwhile whether something is wrong.
	fenceRound = 2 * time.Second
)

// errSilent says that a printer that should answer did not.
var errSilent = errors.New("the printer does not answer")

// dialog is the conversation over one link. The printer's answers carry no number, so they are
// matched by kind and order; after a missing answer the link is closed, else a late one would be
// taken for the next.
type dialog struct {
	link    Link
	demux   escpos.Demux
	buf     [64]byte
	unread  []byte
	printed bool // GS r was answered
	empty   bool // and said that there is no paper
}

// write sends bytes and gives how many certainly left.
func (d *dialog) write(data []byte, within time.Duration) (int, error) {
	if err := d.link.SetWriteDeadline(time.Now().Add(within)); err != nil {
		return 0, err
	}
	return d.link.Write(data)
}

// await reads until an answer of that kind, or until the deadline: [errSilent]. It keeps what the
// fence answers on the way.
func (d *dialog) await(kind escpos.Kind, deadline time.Time) (escpos.Reply, error) {
	for {
		for i, b := range d.unread {
			r := d.demux.Feed(b)
			if r.Kind == escpos.Paper {
				d.printed, d.empty = true, r.PaperOut()
			}
			if r.Kind == kind {
				d.unread = d.unread[i+1:]
				return r, nil
			}
		}
		if err := d.link.SetReadDeadline(deadline); err != nil {
			return escpos.Reply{}, err
		}
		n, err := d.link.Read(d.buf[:])
		if d.unread = d.buf[:n]; err != nil && n == 0 {
			if errors.Is(err, os.ErrDeadlineExceeded) {
				err = errSilent
			}
			return escpos.Reply{}, err
		}
	}
}

// status asks all four questions.
func (d *dialog) status() (s escpos.Status, err error) {
	for n := 1; n <= escpos.Questions; n++ {
		if _, err := d.write(escpos.AppendAskNow(nil, n), answerWithin); err != nil {
			return s, err
		}
		r, err := d.await(escpos.Now, time.Now().Add(answerWithin))
		if err != nil {
			return s, err
		}
		s.Merge(n, r.Data[0])
	}
	return s, nil
}

// fence waits until the printer says that it has dealt with all that was sent. It looks at the
// status now and then: a printer that has stopped never gets to the fence. The fault is empty where
// the fence was answered, or where nothing is wrong and the time is up: see printed.
func (d *dialog) fence() (fault string, err error) {
	for end := time.Now().Add(fenceWithin); !d.printed && time.Now().Before(end); {
		_, err := d.await(escpos.Paper, time.Now().Add(fenceRound))
		if err == nil {
			break
		}
		if !errors.Is(err, errSilent) {
			return FaultUnreachable, err
		}
		s, err := d.status()
		if err != nil {
			return FaultUnreachable, err
		}
		if fault := faultOf(s); stops(fault) {
			return fault, nil
		}
	}
	return "", nil
}
