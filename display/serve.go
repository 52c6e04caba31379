package display

import (
	"errors"
	"net/http"
	"strconv"

	"layso/kiosk"
)

// errGap: the events that a screen missed can't be given without a hole.
var errGap = errors.New("display: the log has a gap")

// Serve upgrades the request to a WebSocket that follows the hall. The query's since and epoch are
// the offset that the screen has; who looks is the caller's word.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, v Viewer) {
	q := r.URL.Query()
	since, ok := uint64(0), false
	if n, err := strconv.ParseUint(q.Get("since"), 10, 64); err == nil && q.Get("epoch") == h.opts.Epoch {
		since, ok = n, true
	}
	h.connect(w, r, &client{
		crowd: h.screens, viewer: v,
		begin: func(c *client) error { return c.follow(since, ok) },
	})
}

// follow writes hello and then the missed events, where since is an offset of today, or a snapshot.
// The client is in the crowd already: what happens meanwhile waits in its queue.
func (c *client) follow(since uint64, ok bool) error {
	view := c.hub.opts.Hall.View()
	if err := c.hello(view, c.viewer.View); err != nil {
		return err
	}
	if !ok || since > view.Seq() || since < view.DayFirst() {
		return c.snap(view)
	}
	c.prev = since
	c.seen.Store(since)
	return c.replay(since, false)
}

// afresh is for a screen that could not take all that happened: what it missed and how things stand.
type afresh struct{}

func (afresh) deliver(c *client) error {
	view, since := c.hub.opts.Hall.View(), c.seen.Load()
	err := c.flush()
	switch {
	case err != nil:
		return err
	case since < view.DayFirst():
		err = c.snap(view)
	default:
		err = c.replay(since, true)
	}
	if err == nil {
		err = c.flush()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.late = err != nil
	return err
}

// replay writes the missed events, and a snapshot after them when names or lists have changed or when one is
// wanted. An error in their midst cuts the connection, so that the screen comes back with the offset it has
// come to; before the first it gets a snapshot.
func (c *client) replay(since uint64, fresh bool) error {
	from := since
	for {
		last, err := c.hub.between(from, func(e kiosk.Event) error {
			fresh = fresh || isStructural(e.Type)
			if f := newEvent(e, c.hub.opts.Hall.View()); f.visible(c.viewer) {
				return f.deliver(c)
			}
			return nil
		})
		if err != nil && last > since {
			return err
		}
		now := c.hub.opts.Hall.View()
		switch {
		case err != nil:
			return c.snap(now)
		case !fresh:
			c.seen.Store(last)
			return c.catchUp(now)
		case now.Seq() == last:
			return c.snap(now)
		}
		from = last // more has happened, and the snapshot must not swallow it
	}
}

// catchUp writes what has no offset and is only told when it changes.
func (c *client) catchUp(view *kiosk.View) error {
	opts := c.hub.opts
	f := countsFrame(view.Seq(), countsBody(view, opts.Now(), opts.Hall.Forecast()))
	err := f.deliver(c)
	if err != nil || c.viewer.View == Public || opts.Printers == nil {
		return err
	}
	if f, err = newPlain(0, printersFrame{"printer.state", opts.Printers()}); err != nil {
		return err
	}
	return f.deliver(c)
}

func (c *client) snap(view *kiosk.View) error {
	s, err := c.hub.snapshot(view, c.viewer.View, c.viewer.Zone)
	if err != nil {
		return err
	}
	return s.deliver(c)
}

// zone is what a display is told: never null, so that empty says all.
func (c *client) zone() []string {
	if c.viewer.View != Public {
		return nil
	}
	return append([]string{}, c.viewer.Zone...)
}

func (c *client) hello(view *kiosk.View, name View) error {
	f, err := newPlain(0, helloFrame{
		Type: "hello", Epoch: c.hub.opts.Epoch, Build: c.hub.opts.Build, View: name,
		Now: stamp(c.hub.opts.Now(), view.Location()), Zone: c.zone(),
	})
	if err != nil {
		return err
	}
	return f.deliver(c)
}
