package load

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	fanCalls = 100              // calls that a fan-out is measured over
	allTold  = 20 * time.Second // within which everybody must have heard of a call
	dialers  = 16               // clients that connect at once
)

// fanCount is how many calls this run measures a fan-out over: fewer where it is a short one.
func (b *bench) fanCount() int { return max(3, min(fanCalls, int(b.Span/(20*time.Millisecond)))) }

// screens are connected hall displays.
type screens struct {
	sockets []*websocket.Conn
	readers sync.WaitGroup
	calls   chan time.Time // when a call came to one of them
}

// displays measures what so many displays hear of a call, and what they cost the server, for each number.
func (b *bench) displays(ctx context.Context) error {
	for _, n := range b.Displays {
		if err := b.withDisplays(ctx, n); err != nil {
			return fmt.Errorf("%d: %w", n, err)
		}
	}
	return nil
}

func (b *bench) withDisplays(ctx context.Context, n int) error {
	o, err := b.office(ctx, 0)
	if err != nil {
		return err
	}
	defer o.stop()
	d, err := o.connect(ctx, n)
	defer d.close()
	if err != nil {
		return err
	}
	var each, last Histogram
	var c clerk
	before := o.cpu()
	for range b.fanCount() {
		if _, err := o.take(ctx); err != nil {
			return err
		}
		click := time.Now()
		if err := c.next(ctx, o.server, 0); err != nil {
			return err
		}
		if err := d.told(click, &each, &last); err != nil {
			return err
		}
	}
	b.each(fmt.Sprintf("a ticket and its call, %d displays", n), o.server, before, int64(b.fanCount()))
	b.fan("click → frame at a display", "", n, &each)
	b.fan("click → frame at the last display", "last display", n, &last)
	b.settle()
	b.plain(fmt.Sprintf("memory of the server with %d displays, its own", n), o.memory().own, "MB")
	return o.stop()
}

// fan keeps how long it took n clients to hear of a call; the value is the p99.
func (b *bench) fan(what, series string, n int, h *Histogram) {
	o := outcome{Histogram: *h, took: time.Second}
	l := o.latency()
	l.PerS = 0 // it is no rate
	b.add(Figure{Name: fmt.Sprintf("%s, of %d, p99", what, n), Value: l.P99, Unit: "ms", Latency: l, Series: series, Size: n}, socketFloor)
}

// connect opens n displays.
func (s *server) connect(ctx context.Context, n int) (*screens, error) {
	d := &screens{calls: make(chan time.Time, n*fanCalls)}
	for range n {
		ws, err := openSocket(ctx, s.base, "view=public")
		if err != nil {
			return d, err
		}
		d.sockets = append(d.sockets, ws)
		d.readers.Go(func() { d.watch(ws) })
	}
	return d, nil
}

// told waits until every display has got a call, and records how long after the click that was, and for the last one.
func (d *screens) told(click time.Time, each, last *Histogram) error {
	late := time.After(allTold)
	longest := time.Duration(0)
	for i := range d.sockets {
		select {
		case at := <-d.calls:
			each.Record(at.Sub(click))
			longest = max(longest, at.Sub(click))
		case <-late:
			return fmt.Errorf("%d displays did not get the call within %v", len(d.sockets)-i, allTold)
		}
	}
	last.Record(longest)
	return nil
}

// watch notes when each call arrives, until the connection closes.
func (d *screens) watch(ws *websocket.Conn) {
	for {
		_, text, err := ws.ReadMessage()
		if err != nil {
			return
		}
		if bytes.HasPrefix(text, []byte(`{"type":"ticket.called"`)) {
			d.calls <- time.Now()
		}
	}
}

func (d *screens) close() {
	for _, ws := range d.sockets {
		ws.Close()
	}
	d.readers.Wait()
}

// openSocket connects a screen and reads its first two frames.
func openSocket(ctx context.Context, base, query string) (*websocket.Conn, error) {
	dialer := websocket.Dialer{ReadBufferSize: 1024, WriteBufferSize: 256}
	ws, _, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(base, "http")+"/ws?"+query, nil)
	if err != nil {
		return nil, err
	}
	for range 2 { // hello; a snapshot or a ticket's status
		if _, _, err := ws.ReadMessage(); err != nil {
			ws.Close()
			return nil, err
		}
	}
	return ws, nil
}
