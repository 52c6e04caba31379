package display

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// client is one connection: a queue that its crowd fills, a goroutine that writes and one that reads.
type client struct {
	hub    *Hub
	crowd  *crowd
	conn   *websocket.Conn
	queue  chan frame
	viewer Viewer
	since  time.Time
	token  string              // of a phone's ticket
	begin  func(*client) error // writes the first frames
	prev   uint64              // the writer's: seq of the frame before in this stream
	seen   atomic.Uint64       // all up to here is dealt with; written by the writer
	said   atomic.Pointer[ack] // the last acknowledgement; nil: none yet
}

// frame is something to write to a client.
type frame interface {
	deliver(*client) error
}

// connect upgrades the request and hands the client to its crowd. The handler returns at once: an
// idle connection costs two small goroutines.
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
	select {
	case c.crowd.join <- c:
	case <-c.crowd.done:
		conn.Close()
	}
}

// start is called by the owner of the crowd when the client is in it, so that nothing happens
// between the snapshot and the first event in the queue.
func (h *Hub) start(c *client) {
	h.wg.Go(c.write)
	h.wg.Go(c.read)
}

func (c *client) write() {
	defer c.conn.Close()
	if c.begin(c) != nil {
		return
	}
	for f := range c.queue {
		if f.deliver(c) != nil {
			return // the reader notices and leaves
		}
	}
	c.close(websocket.CloseServiceRestart, "")
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
		a.Seq = min(a.Seq, c.seen.Load())
		c.said.Store(&a)
		c.alive("")
	}
	c.conn.Close()
	select {
	case c.crowd.leave <- c:
	case <-c.crowd.done:
	}
}

func (c *client) alive(string) error { return c.conn.SetReadDeadline(time.Now().Add(silence)) }

func (c *client) close(code int, text string) {
	// Best effort: the connection ends in any case.
	_ = c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(goodbye))
}

func (c *client) send(m *websocket.PreparedMessage) error {
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return err
	}
	return c.conn.WritePreparedMessage(m)
}

func (c *client) describe() Client {
	d := Client{View: c.viewer.View, Device: c.viewer.Device, Since: c.since, Seq: c.seen.Load()}
	if a := c.said.Load(); a != nil {
		d.Acked, d.Sound, d.Voice = a.Seq, a.Sound, a.Voice
	}
	return d
}
