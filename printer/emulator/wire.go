package emulator

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"

	"layso/printer/escpos"
)

// wire is one connection to the printer.
type wire struct {
	p       *Printer
	held    []byte          // the beginning of what may be a real-time command
	answers chan byte       // to be written
	gone    <-chan struct{} // closed when the other side is known to be gone; may be nil
}

// answerBuffer bounds the answers that nobody has read; later ones are lost, as on a real printer.
const answerBuffer = 64

// Connect gives an in-process connection to the printer. As on most printers one connection is
// served at a time; others wait for their turn.
func (p *Printer) Connect() net.Conn {
	near, far := net.Pipe()
	gone := make(chan struct{})
	go p.handle(far, gone)
	return &pipe{Conn: near, gone: gone}
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
		connections.Go(func() {
			defer context.AfterFunc(ctx, func() { conn.Close() })()
			p.handle(conn, ctx.Done())
		})
	}
}

// Handle is the printer's side of one connection; it returns when that ends, and closes it.
func (p *Printer) Handle(rw io.ReadWriteCloser) { p.handle(rw, nil) }

func (p *Printer) handle(rw io.ReadWriteCloser, gone <-chan struct{}) {
	select {
	case p.line <- struct{}{}:
		defer func() { <-p.line }()
	case <-gone:
		rw.Close()
		return
	case <-p.closed:
		rw.Close()
		return
	}
	w := &wire{p: p, answers: make(chan byte, answerBuffer), gone: gone}
	var writer sync.WaitGroup
	writer.Go(func() {
		for b := range w.answers {
			if _, err := rw.Write([]byte{b}); err != nil {
				break
			}
		}
	})
	w.read(rw)
	p.forget(w)
	close(w.answers)
	rw.Close()
	writer.Wait()
}

// read takes the connection's bytes until it ends.
func (w *wire) read(r io.Reader) {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if !w.p.receive(w, w.realtime(buf[:n])) || err != nil {
			return
		}
	}
}

// realtime answers the status questions among the bytes and gives the others. A printer looks for
// them in everything that it receives, in the dots of a picture too, where they must not be.
func (w *wire) realtime(data []byte) []byte {
	var rest []byte
	for _, b := range data {
		switch w.held = append(w.held, b); {
		case len(w.held) == 1 && b == escpos.DLE:
		case len(w.held) == 2 && b == 0x04:
		case len(w.held) == 2 && b == escpos.DLE:
			rest, w.held = append(rest, escpos.DLE), w.held[:1]
		case len(w.held) == 3:
			w.ask(b)
			w.held = w.held[:0]
		default:
			if len(w.held) == 2 && (b == 0x05 || b == 0x14) {
				w.fail(fmt.Sprintf("an unknown real-time command % x", w.held))
			}
			rest, w.held = append(rest, w.held...), w.held[:0]
		}
	}
	return rest
}

func (w *wire) ask(n byte) {
	if n < 1 || n > escpos.Questions {
		w.fail(fmt.Sprintf("an unknown status question %d", n))
		return
	}
	b := w.p.now(n)
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	w.answer(b)
}

func (w *wire) fail(what string) {
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	w.p.in.fail(what)
}

// answer queues a byte to be written. The printer's lock is held, so that it is not closed meanwhile.
func (w *wire) answer(b byte) {
	if w == nil {
		return
	}
	select {
	case w.answers <- b:
	default:
	}
}

// forget makes sure that nothing is answered to w any more.
func (p *Printer) forget(w *wire) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asker == w {
		p.asker = nil
	}
}
