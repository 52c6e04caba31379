package emulator

import (
	"fmt"
	"time"

	"layso/printer/escpos"
)

// span is what one connection sent in a row, and how many bytes of it were lost after that.
type span struct {
	from int
	data []byte
	lost int
}

// slowByte is what a byte takes with the fault [Slow].
const slowByte = time.Second

// receive takes a connection's bytes, and waits while the buffer is full: false when the connection
// or the printer was closed meanwhile.
func (p *Printer) receive(from *wire, data []byte) bool {
	for len(data) > 0 {
		p.mu.Lock()
		n := p.takeSome(from, data)
		changed, slow := p.changed, p.fault == Slow
		p.mu.Unlock()
		data = data[n:]
		if (slow || len(data) > 0) && !from.wait(changed, slow) {
			return false
		}
	}
	return true
}

// takeSome takes what there is room for, and gives its length.
func (p *Printer) takeSome(from *wire, data []byte) int {
	p.motor.offered(p.opts.Now())
	for i, b := range data {
		switch {
		case from.hungUp():
			return len(data)
		case p.held >= p.opts.Buffer && !p.opts.LosesOverflow, p.fault == Slow && i > 0:
			return i
		}
		from.scan(b)
	}
	return len(data)
}

// accept takes a byte that is no part of a real-time command.
func (p *Printer) accept(from *wire, b byte) {
	switch {
	case p.fault == Swallow || p.drops():
		p.in.lose(1)
	case p.held >= p.opts.Buffer && p.opts.LosesOverflow:
		p.pending[len(p.pending)-1].lost++
	case p.fault.stops():
		p.hold(from.id, b)
	default:
		p.motor.arrive()
		p.in.take(from.id, b)
	}
}

// drops reports whether the fault [Drop] takes the next byte.
func (p *Printer) drops() bool {
	if p.fault != Drop {
		return false
	}
	p.dropped++
	return (p.dropped-1)%p.opts.DropEvery >= p.opts.DropEvery-p.opts.DropBurst
}

// hold puts a byte into the buffer.
func (p *Printer) hold(from int, b byte) {
	if n := len(p.pending); n == 0 || p.pending[n-1].from != from || p.pending[n-1].lost > 0 {
		p.pending = append(p.pending, span{from: from})
	}
	last := &p.pending[len(p.pending)-1]
	last.data = append(last.data, b)
	if p.held++; p.opts.XonXoff && !p.paused && p.held >= p.opts.Buffer*3/4 {
		p.paused = true
		p.served.put(xoff)
	}
}

// pump interprets what was received, unless a fault stops the printer.
func (p *Printer) pump() {
	for len(p.pending) > 0 && !p.fault.stops() {
		first := &p.pending[0]
		s := *first
		if first.data = first.data[1:]; len(first.data) == 0 {
			p.pending = p.pending[1:]
		}
		p.held--
		p.motor.arrive()
		if p.in.take(s.from, s.data[0]); len(s.data) == 1 && s.lost > 0 {
			p.in.lose(s.lost)
		}
	}
	p.resume()
}

// resume tells a sender that was stopped that there is room.
func (p *Printer) resume() {
	if p.paused && p.held <= p.opts.Buffer/4 {
		p.paused = false
		p.served.put(xon)
	}
}

const (
	xon  = 0x11
	xoff = 0x13
)

// clearBuffers is DLE DC4 8 with its fixed parameters (Epson's reference, DLE DC4 fn 8).
var clearBuffers = [...]byte{escpos.DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8}

// scan looks for real-time commands in everything that is received, in the dots of a picture too,
// where they must not be. The other bytes go on.
func (w *wire) scan(b byte) {
	if len(w.cmd) == 0 && b != escpos.DLE {
		w.p.accept(w, b)
		return
	}
	w.cmd = append(w.cmd, b)
	n := len(w.cmd)
	switch {
	case n == 1, n == 2 && (b == 0x04 || b == 0x05 || b == 0x14):
		return
	case n == 3 && w.cmd[1] == 0x04:
		w.askNow(b)
	case n == 3 && w.cmd[1] == 0x05:
		w.enquire(b)
	case n > 2 && !w.p.opts.NoClear && string(w.cmd) == string(clearBuffers[:n]):
		if n < len(clearBuffers) {
			return
		}
		w.p.clear()
		w.p.resume()
		w.answer(0x37, 0x25, 0)
	default:
		w.release()
		return
	}
	w.cmd = w.cmd[:0]
}

// release lets bytes go on that are no real-time command after all.
func (w *wire) release() {
	if len(w.cmd) > 2 && !(w.cmd[2] == 1 && w.p.pulseOff) {
		w.p.in.fail(fmt.Sprintf("an unknown real-time command % x", w.cmd))
	}
	held := string(w.cmd)
	w.cmd = w.cmd[:0]
	w.p.accept(w, held[0])
	for i := 1; i < len(held); i++ {
		w.scan(held[i])
	}
}

func (w *wire) askNow(n byte) {
	if n < 1 || n > escpos.Questions {
		w.p.in.fail(fmt.Sprintf("an unknown status question %d", n))
		return
	}
	w.answer(w.p.now(n))
}

// enquire is DLE ENQ: it does something only when the cutter is jammed. 1 tries again, in vain as
// long as the jam is there; 2 forgets what the printer holds.
func (w *wire) enquire(n byte) {
	switch {
	case n != 1 && n != 2:
		w.p.in.fail(fmt.Sprintf("an unknown real-time request %d", n))
	case w.p.fault == Cutter && n == 2:
		w.p.clear()
		w.p.resume()
	case w.p.in.left > 0 && !w.p.fault.stops():
		w.p.in.fail("a real-time request inside a picture")
	}
}
