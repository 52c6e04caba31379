package emulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"
)

// ErrUnreachable is why [Printer.Dial] gives no connection.
var ErrUnreachable = errors.New("printer emulator: unreachable")

// wire is one connection to the printer.
type wire struct {
	p       *Printer
	id      int
	rw      io.Closer
	cmd     []byte          // the beginning of what may be a real-time command
	answers chan []byte     // to be written
	gone    <-chan struct{} // closed when the other side is known to be gone; may be nil
	ended   chan struct{}   // closed when the printer hung up
}

// answerBuffer bounds the answers that nobody has read; later ones are lost, as on a real printer.
const answerBuffer = 64

// Connect gives an in-process connection to the printer. As on most printers one connection is
// served at a time; others wait for their turn. To a printer that is [Unreachable] it is closed.
func (p *Printer) Connect() net.Conn {
	near, far := net.Pipe()
	gone := make(chan struct{})
	c := &pipe{Conn: near, gone: gone}
	if p.Fault() == Unreachable {
		far.Close()
		c.Close()
		return c
	}
	go p.handle(far, gone)
	return c
}

// Dial is [Printer.Connect], but for a printer that is [Unreachable]: then it gives
// [ErrUnreachable].
func (p *Printer) Dial(ctx context.Context) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if p.Fault() == Unreachable {
		return nil, ErrUnreachable
	}
	return p.Connect(), nil
}

// pipe tells the printer that it was closed, also when the printer isn't reading.
type pipe struct {
	net.Conn
	once sync.Once
	gone chan struct{}
}

// Close ends the connection.
func (c *pipe) Close() error {
	c.once.Do(func() { close(c.gone) })
	return c.Conn.Close()
}

// Serve takes connections from l until ctx ends, then closes all and waits for them. It returns nil
// after ctx ended.
func (p *Printer) Serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	var connections sync.WaitGroup
	defer connections.Wait()
	defer cancel()
	defer context.AfterFunc(ctx, func() { l.Close() })()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if err == nil {
				conn.Close()
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("printer emulator: %w", err)
		}
		if p.Fault() == Unreachable {
			conn.Close()
			continue
		}
		connections.Go(func() {
			defer context.AfterFunc(ctx, func() { conn.Close() })()
			p.handle(conn, ctx.Done())
		})
	}
}

// Handle is the printer's side of one connection; it returns when that ends, and closes it.
func (p *Printer) Handle(rw io.ReadWriteCloser) { p.handle(rw, nil) }

func (p *Printer) handle(rw io.ReadWriteCloser, gone <-chan struct{}) {
	defer rw.Close()
	select {
	case p.line <- struct{}{}:
		defer func() { <-p.line }()
	case <-gone:
		return
	case <-p.closed:
		return
	}
	w := p.serve(rw, gone)
	var writer sync.WaitGroup
	writer.Go(func() {
		for b := range w.answers {
			if _, err := rw.Write(b); err != nil {
				return
			}
		}
	})
	w.read(rw)
	p.forget(w)
	rw.Close()
	writer.Wait()
}

// serve makes the connection the one that answers go to.
func (p *Printer) serve(rw io.Closer, gone <-chan struct{}) *wire {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wires++
	p.served = &wire{p: p, id: p.wires, rw: rw, gone: gone, answers: make(chan []byte, answerBuffer), ended: make(chan struct{})}
	if p.fault == Unreachable {
		p.served.hangUp()
	}
	return p.served
}

// forget makes sure that nothing is answered to w any more.
func (p *Printer) forget(w *wire) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.served == w {
		p.served = nil
	}
	close(w.answers)
}

// read takes the connection's bytes until it ends.
func (w *wire) read(r io.Reader) {
	buf := make([]byte, min(4096, w.p.opts.Buffer))
	for {
		n, err := r.Read(buf)
		if !w.p.receive(w, buf[:n]) || err != nil {
			return
		}
	}
}

// wait waits for a change in the printer, or for the time that a slow byte takes: false when the
// connection or the printer was closed meanwhile.
func (w *wire) wait(changed <-chan struct{}, slow bool) bool {
	var tick <-chan time.Time
	if slow {
		timer := time.NewTimer(slowByte)
		defer timer.Stop()
		tick = timer.C
	}
	select {
	case <-changed:
	case <-tick:
	case <-w.gone:
		return false
	case <-w.ended:
		return false
	case <-w.p.closed:
		return false
	}
	return true
}

// hangUp closes the connection from the printer's side.
func (w *wire) hangUp() {
	if w != nil && !w.hungUp() {
		close(w.ended)
		w.rw.Close()
	}
}

func (w *wire) hungUp() bool {
	select {
	case <-w.ended:
		return true
	default:
		return false
	}
}

// answer says something to who asked, as far as the printer's fault lets it.
func (w *wire) answer(b ...byte) {
	switch {
	case w == nil:
	case w.p.fault == Silent || w.p.fault == Swallow:
	case w.p.fault == Garbage:
		w.put(w.p.garbage()...)
	default:
		w.put(b...)
	}
}

// put queues bytes to be written. The printer's lock is held, so that the queue is not closed.
func (w *wire) put(b ...byte) {
	if w == nil || w.p.opts.ReceiveOnly {
		return
	}
	select {
	case w.answers <- append([]byte(nil), b...):
	default:
	}
}

// garbage gives the next bytes of noise.
func (p *Printer) garbage() []byte {
	out := make([]byte, min(4, len(p.opts.Noise)))
	for i := range out {
		out[i] = p.opts.Noise[p.noise%len(p.opts.Noise)]
		p.noise++
	}
	return out
}
