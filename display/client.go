package display

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// client is one connection: a queue that its crowd fills, a goroutine that reads, and one that writes while
// there is something to write. An idle connection costs the reader only.
type client struct {
	hub    *Hub
	crowd  *crowd
	conn   *websocket.Conn
	viewer Viewer
	since  time.Time
	token  string              // of a phone's ticket
	slot   int                 // in which part of a heartbeat a phone is told
	begin  func(*client) error // writes the first frames

	mu    sync.Mutex // of what follows up to last
	queue []frame
	busy  bool // a writer is at work, or the connection has failed
	late  bool // it had too much to take and has not caught up yet
	last  atomic.Bool

	prev uint64      // the writer's: seq of the frame before in this stream
	out  net.Buffers // the writer's: what goes out with the next write
	size int         // of out
	seen atomic.Uint64
	said atomic.Pointer[ack] // the last acknowledgement; nil: none yet

	heard atomic.Pointer[time.Time] // when it last said something, a pong included
	owes  atomic.Pointer[time.Time] // since when something is written that it has not said it has shown; or nil
}

// frame is something to write to a client: deliver says what, and is called by the client's writer.
type frame interface {
	deliver(*client) error
}

// connect upgrades the request and hands the client to its crowd. The handler returns at once.
func (h *Hub) connect(w http.ResponseWriter, r *http.Request, c *client) {
	select {
	case <-c.crowd.done:
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	default:
	}
	conn, err := h.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c.hub, c.conn, c.since = h, conn, h.opts.Now()
	now := time.Now()
	c.heard.Store(&now)
	select {
	case c.crowd.join <- c:
	case <-c.crowd.done:
		conn.Close()
	}
}

// start is called by the owner of the crowd when the client is in it, so that nothing happens
// between the snapshot and the first event in the queue.
func (h *Hub) start(c *client) {
	c.busy = true
	h.wg.Go(c.write)
	h.wg.Go(c.read)
}

// put queues a frame. Who has too many of them gets how things stand instead of them all; false: that was
// not taken either.
func (c *client) put(f frame) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) >= c.crowd.limit {
		if c.crowd.afresh == nil {
			c.queue = nil // f says all
		} else if c.late {
			return false
		} else {
			c.late, c.queue = true, []frame{c.crowd.afresh}
		}
	}
	c.queue = append(c.queue, f)
	c.wake()
	return true
}

// goodbye lets the writer end the connection when it has written what still waits.
func (c *client) goodbye() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last.Store(true)
	c.wake()
}

func (c *client) wake() {
	if !c.busy {
		c.busy = true
		c.hub.wg.Go(c.write)
	}
}

// write writes until the queue is empty. Where it fails nobody writes any more: the reader notices and leaves.
func (c *client) write() {
	if begin := c.begin; begin != nil {
		c.begin = nil
		if begin(c) != nil || c.flush() != nil {
			c.conn.Close()
			return
		}
	}
	for {
		frames, more := c.take()
		if !more {
			return
		}
		if len(frames) == 0 {
			c.close(websocket.CloseServiceRestart, "")
			c.conn.Close()
			return
		}
		if c.deliver(frames) != nil {
			c.conn.Close()
			return
		}
	}
}

// take gives what waits; nothing of it when the connection is to end, and false when there is nothing to do.
func (c *client) take() (frames []frame, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames, c.queue = c.queue, nil
	c.busy = len(frames) > 0 || c.last.Load()
	return frames, c.busy
}

func (c *client) deliver(frames []frame) error {
	for _, f := range frames {
		if err := f.deliver(c); err != nil {
			return err
		}
	}
	return c.flush()
}

func (c *client) read() {
	c.conn.SetReadLimit(readLimit)
	c.alive("")
	c.conn.SetPongHandler(c.alive)
	for {
		kind, data, err := c.conn.ReadMessage()
		if err != nil {
			break
		}
		a, err := parseAck(data)
		if kind != websocket.TextMessage || err != nil {
			c.close(websocket.ClosePolicyViolation, "not understood")
			break
		}
		c.shown(a)
		c.alive("")
	}
	c.conn.Close()
	select {
	case c.crowd.leave <- c:
	case <-c.crowd.done:
	}
}

func (c *client) alive(string) error {
	now := time.Now()
	c.heard.Store(&now)
	return c.conn.SetReadDeadline(now.Add(silence))
}

// shown takes what the screen says.
func (c *client) shown(a ack) {
	seen := c.seen.Load()
	a.Seq = min(a.Seq, seen)
	c.said.Store(&a)
	if a.Seq == seen {
		c.owes.Store(nil)
		if now := time.Now(); c.seen.Load() > seen { // meanwhile
			c.owes.Store(&now)
		}
	}
}

// wrote notes that all up to seq is dealt with, and that the screen has to say that it has shown it.
func (c *client) wrote(seq uint64) {
	c.prev = seq
	c.seen.Store(seq)
	if c.owes.Load() == nil {
		now := time.Now()
		c.owes.Store(&now)
	}
}

func (c *client) close(code int, text string) {
	// Best effort: the connection ends in any case.
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(goodbye))
}

// send adds the bytes of a message to what goes out next.
func (c *client) send(m message) error {
	c.out = append(c.out, m)
	if c.size += len(m); c.size < portion {
		return nil
	}
	return c.flush()
}

// flush writes whole messages past the WebSocket library, in one system call where it can: the library would
// need one for each. Its own pongs and farewells may come between two messages, never into one.
func (c *client) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	wait := writeWait
	if c.last.Load() {
		wait = goodbye
	}
	out, conn := c.out, c.conn.NetConn()
	c.out, c.size = nil, 0
	if err := conn.SetWriteDeadline(time.Now().Add(wait)); err != nil {
		return err
	}
	if len(out) == 1 {
		_, err := conn.Write(out[0])
		return err
	}
	_, err := out.WriteTo(conn)
	return err
}
