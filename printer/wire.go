package printer

import (
	"errors"
	"io"
	"os"
	"sync"
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
	// chunk is what is written at once, and chunkWithin how long that may take: a wire of 9600 baud
	// needs 2 s, and a printer that takes 400 bytes a second is none.
	chunk       = 2 << 10
	chunkWithin = 5 * time.Second
	// readSlice is how long a read lasts at most, so that a reader ends also where closing a wire does
	// not end its read.
	readSlice = time.Second
	// tolerance is how many bytes that make no sense are put down to a bad cable.
	tolerance = 3
)

// The ends of a conversation.
var (
	errSilent  = errors.New("the printer does not answer")
	errStrange = errors.New("what answers is no printer")
	errHalted  = errors.New("the printer stopped")
)

// wire is the conversation over one link. One goroutine reads, so that what the printer says by itself
// is known at once. The answers to DLE EOT and GS r carry no number: they are matched by kind and order,
// and after a missing one the wire is closed, else a late one would be taken for the next.
type wire struct {
	link  Link
	heard func(escpos.Status) // takes the automatic status
	news  chan<- struct{}     // told of every answer, and of the end
	done  chan struct{}       // closed when the reader has ended

	mu      sync.Mutex
	demux   escpos.Demux
	asked   bool  // a DLE EOT is not answered
	now     *byte // its answer
	fences  int   // GS r that are not answered
	passed  bool  // all were
	empty   bool  // and the last one said that there is no paper
	cleared bool
	id      [4]byte // the last process ID that came back
	auto    *escpos.Status
	odd     int   // answers that nobody asked for
	offered bool  // a paper is being written
	err     error // why the reader ended
}

func newWire(l Link, heard func(escpos.Status), news chan<- struct{}) *wire {
	w := &wire{link: l, heard: heard, news: news, done: make(chan struct{})}
	go w.read()
	return w
}

// close ends the conversation and waits for the reader.
func (w *wire) close() {
	w.link.Close()
	<-w.done
}

func (w *wire) read() {
	defer close(w.done)
	buf := make([]byte, 64)
	for {
		w.link.SetReadDeadline(time.Now().Add(readSlice)) // a wire without deadlines ends when it is closed
		n, err := w.link.Read(buf)
		w.take(buf[:n])
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			w.mu.Lock()
			w.err = err
			w.mu.Unlock()
			w.tell()
			return
		}
	}
}

func (w *wire) tell() {
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// take deals with bytes that came.
func (w *wire) take(data []byte) {
	if len(data) == 0 {
		return
	}
	w.mu.Lock()
	before := w.auto
	for _, b := range data {
		w.answer(w.demux.Feed(b))
	}
	after := w.auto
	w.mu.Unlock()
	if after != before {
		w.heard(*after)
	}
	w.tell()
}

// answer files one answer away.
func (w *wire) answer(r escpos.Reply) {
	switch r.Kind {
	case escpos.Now:
		if !w.asked {
			w.odd++
			return
		}
		b := r.Data[0]
		w.asked, w.now = false, &b
	case escpos.Paper:
		if w.fences == 0 {
			return // a late one, of a paper that broke off
		}
		w.fences--
		w.passed, w.empty = w.fences == 0, r.PaperOut()
	case escpos.Process:
		copy(w.id[:], r.Data)
	case escpos.Cleared:
		w.cleared = true
	case escpos.Auto:
		s := escpos.AutoStatus(r.Data)
		if w.auto = &s; w.offered && halts(faultOf(s)) {
			w.link.SetWriteDeadline(time.Now()) // what it would get now is lost on it, or comes out as rubbish
		}
	}
}

// ended gives why the wire is dead, or nil while it is not.
func (w *wire) ended() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// strange reports whether more came than a bad cable explains, since it was last asked.
func (w *wire) strange() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := w.odd + w.demux.Strange
	w.odd, w.demux.Strange = 0, 0
	return n > tolerance
}

// expect forgets what earlier papers were answered, before another one with so many GS r goes out.
func (w *wire) expect(fences int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fences, w.passed, w.empty, w.cleared, w.id = fences, false, false, false, [4]byte{}
}

// fault gives what the printer told by itself last and stops it, or nothing. The lock is held.
func (w *wire) fault() string {
	if w.auto == nil {
		return ""
	}
	return faultOf(*w.auto)
}

// told gives what the printer told by itself last, where it did.
func (w *wire) told() (escpos.Status, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.auto == nil {
		return escpos.Status{}, false
	}
	return *w.auto, true
}

// still gives what the printer told by itself last, unless it is otherwise off line or on line by now: then
// what it told since is lost, and the old is forgotten.
func (w *wire) still(offline bool) *escpos.Status {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.auto != nil && w.auto.Offline != offline {
		w.auto = nil
	}
	return w.auto
}

// write sends bytes and gives how many certainly left.
func (w *wire) write(data []byte) (sent int, err error) {
	for sent < len(data) && err == nil {
		if err = w.allow(); err != nil {
			return sent, err
		}
		var n int
		n, err = w.link.Write(data[sent:min(len(data), sent+chunk)])
		sent += n
	}
	return sent, err
}

// allow sets the deadline of the next chunk, unless a paper is being written and the printer has said
// that it stopped.
func (w *wire) allow() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.offered && halts(w.fault()) {
		return errHalted
	}
	return w.link.SetWriteDeadline(time.Now().Add(chunkWithin))
}

// offer writes a paper, as long as the printer does not say that it stopped.
func (w *wire) offer(data []byte) (int, error) {
	w.offers(true)
	defer w.offers(false)
	return w.write(data)
}

func (w *wire) offers(yes bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offered = yes
}

// await waits until cond, which is called under the lock, holds or the deadline is over: [errSilent].
// news is the other end of w.news.
func (w *wire) await(news <-chan struct{}, deadline time.Time, cond func() bool) error {
	timer := time.NewTimer(time.Until(deadline))
	defer timer.Stop()
	for {
		w.mu.Lock()
		ok, err := cond(), w.err
		w.mu.Unlock()
		switch {
		case ok:
			return nil
		case err != nil:
			return err
		}
		select {
		case <-news:
		case <-timer.C:
			return errSilent
		}
	}
}

// ask puts question n of the status.
func (w *wire) ask(news <-chan struct{}, n int) (byte, error) {
	w.mu.Lock()
	w.asked, w.now = true, nil
	w.mu.Unlock()
	if _, err := w.write(escpos.AppendAskNow(nil, n)); err != nil {
		return 0, err
	}
	if err := w.await(news, time.Now().Add(answerWithin), func() bool { return w.now != nil }); err != nil {
		return 0, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return *w.now, nil
}

// status gives how the printer is: all four questions, or, where it tells by itself what changes, what
// it told last, after one question that shows that it is still there and that this is still so.
func (w *wire) status(news <-chan struct{}) (s escpos.Status, err error) {
	for n := 1; n <= escpos.Questions; n++ {
		b, err := w.ask(news, n)
		if err != nil && w.strange() {
			return s, errStrange
		}
		if err != nil {
			return s, err
		}
		s.Merge(n, b)
		if n > 1 {
			continue
		}
		if told := w.still(s.Offline); told != nil {
			s = *told
			break
		}
	}
	if w.strange() {
		return s, errStrange
	}
	return s, nil
}
