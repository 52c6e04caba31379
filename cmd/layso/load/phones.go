package load

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// manyPhones is from how many on what one costs can be told from what the server has at hand in any case.
const manyPhones = 1000

// beside is how many displays hang on the server beside the phones: those of a big hall.
const beside = 25

// news is a frame about its ticket that a phone got.
type news struct {
	phone int
	state string
	at    time.Time
}

// gone is the state of a phone that has lost its connection. A real one comes back and reads how its ticket stands.
const gone = "gone"

// phones measures what so many citizens' phones hear of a call, with one for each waiting ticket and displays beside
// them, and what an idle one costs, for each number. The first service of all is everybody's, so that each call moves everybody.
func (b *bench) phones(ctx context.Context) error {
	for _, n := range b.Phones {
		if err := b.withPhones(ctx, max(n, 2)); err != nil {
			return fmt.Errorf("%d: %w", n, err)
		}
	}
	return nil
}

func (b *bench) withPhones(ctx context.Context, n int) error {
	o, err := b.office(ctx, 0)
	if err != nil {
		return err
	}
	defer o.stop()
	d, err := o.connect(ctx, beside)
	defer d.close()
	if err != nil {
		return err
	}
	tokens, err := o.queue(ctx, n)
	if err != nil {
		return err
	}
	b.settle()
	before := o.memory().own
	crowd := &crowdOf{tokens: tokens, done: make([]bool, n), away: make([]bool, n), heard: make(chan news, 4*n)}
	defer crowd.close()
	if err := crowd.connect(ctx, o.base); err != nil {
		return err
	}
	b.settle()
	b.plain(fmt.Sprintf("memory of the server with %d phones, its own", n), o.memory().own, "MB")
	if n >= manyPhones {
		b.plain(fmt.Sprintf("memory of the server for an idle phone, of %d", n), (o.memory().own-before)*1024/float64(n), "KB")
	}
	if err := b.callPhones(ctx, o, d, crowd); err != nil {
		return err
	}
	return o.stop()
}

// crowdOf are connected phones.
type crowdOf struct {
	tokens  []string
	done    []bool // whose ticket is finished
	sockets []*websocket.Conn
	readers sync.WaitGroup
	heard   chan news
	away    []bool // whom the server has let go
	lost    int    // how many these are
}

// connect opens a phone for each ticket.
func (c *crowdOf) connect(ctx context.Context, base string) error {
	var mu sync.Mutex
	next := 0
	_, err := closed(ctx, dialers, time.Hour, int64(len(c.tokens)), func(ctx context.Context, _ int) error {
		mu.Lock()
		i := next
		next++
		mu.Unlock()
		ws, err := openSocket(ctx, base, "ticket="+c.tokens[i])
		if err != nil {
			return fmt.Errorf("phone %d: %w", i, err)
		}
		mu.Lock()
		defer mu.Unlock()
		c.sockets = append(c.sockets, ws)
		c.readers.Go(func() { c.watch(ws, i) })
		return nil
	})
	return err
}

var stateOf = regexp.MustCompile(`"state":"([a-z_]+)"`)

// watch notes what a phone hears of its ticket, until the connection closes.
func (c *crowdOf) watch(ws *websocket.Conn, phone int) {
	for {
		_, text, err := ws.ReadMessage()
		at := time.Now()
		if err != nil {
			select {
			case c.heard <- news{phone, gone, at}:
			default: // nobody waits for it any more
			}
			return
		}
		if state := stateOf.FindSubmatch(text); state != nil && bytes.HasPrefix(text, []byte(`{"type":"ticket.status"`)) {
			c.heard <- news{phone, string(state[1]), at}
		}
	}
}

func (c *crowdOf) close() {
	for _, ws := range c.sockets {
		ws.Close()
	}
	c.readers.Wait()
}

// callPhones calls one ticket after another and measures from the click to the phone that is called, to the
// last one whose place changed with it, and to the last display. Others must hear nothing.
func (b *bench) callPhones(ctx context.Context, o *office, d *screens, c *crowdOf) error {
	var first, last, each, display Histogram
	var at clerk
	wrong, n, before := 0, len(c.tokens), o.cpu()
	for call := range min(b.fanCount(), n-1) {
		click := time.Now()
		if err := at.next(ctx, o.server, 0); err != nil {
			return err
		}
		called, moved, others, err := c.hear(at.inHand, n-call, click)
		if err != nil {
			return err
		}
		if err := d.told(click, &each, &display); err != nil {
			return err
		}
		first.Record(called)
		last.Record(moved)
		wrong += others
	}
	b.each(fmt.Sprintf("a call, %d phones", n), o.server, before, first.Count())
	b.fan("click → the phone that is called", "called", n, &first)
	b.fan("click → the last phone whose place changed", "last", n, &last)
	b.fan(fmt.Sprintf("click → the last of %d displays beside phones", beside), "last display", n, &display)
	b.plain(fmt.Sprintf("phones that the server let go, of %d", n), float64(c.lost), "")
	b.plain(fmt.Sprintf("frames to phones whose ticket had no news, of %d", n), float64(wrong), "")
	return nil
}

// hear waits until each of left phones has heard of its ticket: how long after the click it was for the one
// that is called and for the last that waits, and how many frames came to phones whose ticket is done.
func (c *crowdOf) hear(called string, left int, click time.Time) (first, last time.Duration, others int, err error) {
	told := slices.Clone(c.away)
	left -= c.lost
	late := time.After(allTold)
	for left > 0 {
		select {
		case is := <-c.heard:
			if is.state == gone && !c.done[is.phone] {
				c.lost++
				c.away[is.phone] = true
			}
			took := is.at.Sub(click)
			switch {
			case is.state == "called" && c.tokens[is.phone] == called:
				first = took
			case is.state == "waiting":
				last = max(last, took)
			case is.state == "finished" && !c.done[is.phone]: // the one that was called before
				c.done[is.phone] = true
				continue
			case is.state != gone:
				others++
			}
			if !told[is.phone] {
				told[is.phone] = true
				left--
			}
		case <-late:
			return 0, 0, 0, fmt.Errorf("%d phones did not hear of the call within %v", left, allTold)
		}
	}
	return first, last, others, nil
}
