package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// calls is how many calls the fan-out is measured over.
const calls = 200

// settle is how long the server gets to give back what the demo's sign-ins took: 19 MiB for a PIN.
const settle = 3 * time.Second

// displays are connected hall displays.
type displays struct {
	sockets []*websocket.Conn
	readers sync.WaitGroup
	calls   chan time.Time // when a call came to one of them
}

// screens measures what displays hear of a call, alone and with phones beside them. pid is the server's; the
// clerk is signed in and has opened counter 1.
func (b *benchmark) screens(ctx context.Context, c *benchClient, pid int) error {
	d := &displays{calls: make(chan time.Time, b.displays*calls)}
	defer d.close()
	for range b.displays {
		ws, err := openSocket(ctx, c.base, "view=public")
		if err != nil {
			return err
		}
		d.sockets = append(d.sockets, ws)
		d.readers.Go(func() { d.watch(ws) })
	}
	if err := b.fanOut(ctx, c, d); err != nil {
		return err
	}
	time.Sleep(settle)
	b.add(fmt.Sprintf("memory of the server (RSS), %d displays, after %d calls", b.displays, calls), residentMB(pid), "MB")
	return b.phones(ctx, c, d, pid)
}

// fanOut measures from the clerk's click to the frame at the displays, the last one included.
func (b *benchmark) fanOut(ctx context.Context, c *benchClient, d *displays) error {
	var each, last []time.Duration
	for range calls {
		if err := c.post(ctx, "/api/tickets", takeBody); err != nil {
			return err
		}
		click := time.Now()
		if err := c.post(ctx, "/api/counters/1/next", ""); err != nil {
			return err
		}
		took, err := d.told(click)
		if err != nil {
			return err
		}
		each = append(each, took...)
		last = append(last, took[len(took)-1])
		if err := c.post(ctx, "/api/counters/1/finish", ""); err != nil {
			return err
		}
	}
	b.add(fmt.Sprintf("click → frame, %d displays, p50", b.displays), ms(percentile(each, 0.5)), "ms")
	b.add(fmt.Sprintf("click → frame, %d displays, p99", b.displays), ms(percentile(each, 0.99)), "ms")
	b.against(fmt.Sprintf("click → last of %d displays, p99", b.displays), ms(percentile(last, 0.99)), "ms", socketName)
	return nil
}

// told waits until every display has got a call and gives how long after the click that was, the last at the end.
func (d *displays) told(click time.Time) ([]time.Duration, error) {
	var took []time.Duration
	late := time.After(allTold)
	for range d.sockets {
		select {
		case at := <-d.calls:
			took = append(took, at.Sub(click))
		case <-late:
			return nil, fmt.Errorf("%d displays did not get the call within %v", len(d.sockets)-len(took), allTold)
		}
	}
	last := took[0]
	for _, t := range took {
		last = max(last, t)
	}
	return append(took[:len(took)-1:len(took)-1], last), nil
}

// watch notes when each call arrives, until the connection closes.
func (d *displays) watch(ws *websocket.Conn) {
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

func (d *displays) close() {
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
