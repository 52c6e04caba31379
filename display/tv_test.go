package display_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// tv is a display by the rules of web/static/js/display/link.js, which keeps the calls that it was told.
type tv struct {
	rng   *rand.Rand
	epoch string
	first uint64 // of the first snapshot
	seq   atomic.Uint64
	calls []frame
	lazy  atomic.Bool // it stops reading now and then
}

var errLost = errors.New("lost")

// run connects for ever, with the pauses of the real one, until the dialing says that it is over.
func (v *tv) run(dial func() (net.Conn, error)) {
	for tries := 0; ; {
		conn, err := dial()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil && v.watch(conn) {
			tries = 0
		}
		tries = min(tries+1, 5)
		longest := min(10*time.Second, 500*time.Millisecond<<tries)
		time.Sleep(200*time.Millisecond + time.Duration(v.rng.Int64N(int64(longest-200*time.Millisecond))))
	}
}

// watch follows one connection to its end and reports whether it came to its hello.
func (v *tv) watch(link net.Conn) (greeted bool) {
	defer link.Close()
	query := ""
	if v.epoch != "" {
		query = fmt.Sprintf("?epoch=%s&since=%d", v.epoch, v.seq.Load())
	}
	d := websocket.Dialer{
		HandshakeTimeout: 10 * time.Second,
		NetDialContext:   func(context.Context, string, string) (net.Conn, error) { return link, nil },
	}
	conn, _, err := d.Dial("ws://hall/ws"+query, nil)
	for err == nil {
		if v.lazy.Load() && v.rng.IntN(40) == 0 {
			time.Sleep(time.Duration(v.rng.IntN(12)) * time.Second)
		}
		conn.SetReadDeadline(time.Now().Add(25 * time.Second))
		var data []byte
		var f frame
		if _, data, err = conn.ReadMessage(); err == nil {
			err = json.Unmarshal(data, &f)
		}
		if err == nil {
			err = v.take(f)
			greeted = true
		}
		if err == nil {
			conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
			err = conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"type":"ack","seq":%d,"sound":true}`, v.seq.Load()))
		}
	}
	return greeted
}

func (v *tv) take(f frame) error {
	switch {
	case f.Type == "hello":
		if v.epoch != f.Epoch {
			v.epoch = f.Epoch
			v.seq.Store(0)
		}
	case f.Type == "snapshot":
		if v.first == 0 {
			v.first = f.Seq
		}
		v.seq.Store(f.Seq)
	case !f.isEvent() || f.Seq <= v.seq.Load():
	case f.Prev > v.seq.Load():
		return errLost
	default:
		v.seq.Store(f.Seq)
		if isCall(f.Type) {
			v.calls = append(v.calls, f)
		}
	}
	return nil
}

func isCall(kind string) bool { return kind == "ticket.called" || kind == "ticket.recalled" }
