package display

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"layso/kiosk"
)

// Hall is the source of everything that is told: a [kiosk.Owner]. An event that Since gives is in
// the View already.
type Hall interface {
	View() *kiosk.View
	Forecast() *kiosk.Forecast
	// Changed gives a channel that is closed at the next publishing of events or of a forecast.
	Changed() <-chan struct{}
	// Since gives up to limit published events after since, and false when they are too old for it.
	Since(since uint64, limit int) ([]kiosk.Event, bool)
}

// History gives the events that the hall no longer has in memory: the journal.
type History interface {
	Since(since uint64, limit int) ([]kiosk.Event, error)
}

// View is what a connection may see.
type View string

// The views. Public: no token, nothing personal, no print outcome. Kiosk: also the printers, and
// what became of the paper of the tickets that it took itself. Clerk: everything that the counter
// page shows.
const (
	Public View = "public"
	Kiosk  View = "kiosk"
	Clerk  View = "clerk"
)

// Viewer is who looks, as the caller of [Hub.Serve] has settled it. Device is the paired device, or
// empty; for a kiosk it is what stands in [kiosk.Take.Device]. Zone is the counters whose calls a
// display shows; empty: all. Still says whether he is who he was, and is asked with each heartbeat and
// at [Hub.Recheck]: a session ends, a device is revoked or gets another zone. Nil: for ever.
type Viewer struct {
	View   View
	Device string
	Zone   []string
	Still  func() bool
}

// Options are the settings of a [Hub]. Hall is required, the rest may be left out.
type Options struct {
	Hall    Hall
	History History // nil: a screen that is further behind than the hall's memory gets a snapshot
	Epoch   string  // identity of the log; offsets of another are worth nothing
	Build   string  // identity of the pages; screens reload when it changes
	Demo    bool    // told in the snapshot

	// Printers gives the printers' state, and PrintersChanged a channel that is closed when it
	// changes next. Either both or none.
	Printers        func() []kiosk.PrinterStatus
	PrintersChanged func() <-chan struct{}

	StatusURL   func() string            // base of the status pages, without a slash at the end
	Now         func() time.Time         // nil: time.Now
	CheckOrigin func(*http.Request) bool // nil: the Origin must be the Host
	Log         *slog.Logger             // nil: slog.Default()
}

// Limits of a connection.
const (
	heartbeat  = 10 * time.Second // screens reconnect after 25 s of silence
	silence    = 3 * heartbeat    // a screen that answers no ping for so long is gone
	writeWait  = 5 * time.Second  // for one frame
	goodbye    = time.Second      // for the last frames when the hub stops
	queueSize  = 256              // frames that wait for one screen; then it gets how things stand, then it is dropped
	phoneQueue = 8                // the same for a phone, whose newest frame says all
	portion    = 32 << 10         // bytes that are written at once
	readLimit  = 512              // bytes of a message from a screen
	page       = 256              // events read at a time
)

// Hub tells screens what happens. Make one with [New], let [Hub.Run] run, and hand it connections.
type Hub struct {
	opts     Options
	upgrader websocket.Upgrader
	screens  *crowd
	phones   *crowd
	wg       sync.WaitGroup // the clients' goroutines

	// Run's own:
	seq    uint64            // the last event that was told
	stale  bool              // names or lists changed and the screens have no fresh snapshot yet
	shown  uint64            // the last event that displays were told
	counts []byte            // the last hall.counts without its seq
	gone   map[string]Client // by device: paired ones that left, as they were
}

// New gives a hub that is not running yet.
func New(opts Options) *Hub {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.StatusURL == nil {
		opts.StatusURL = func() string { return "" }
	}
	return &Hub{
		opts:    opts,
		screens: newCrowd(queueSize, afresh{}),
		phones:  newCrowd(phoneQueue, nil),
		gone:    make(map[string]Client),
		upgrader: websocket.Upgrader{
			ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: new(sync.Pool),
			HandshakeTimeout: writeWait, CheckOrigin: opts.CheckOrigin,
		},
	}
}

// Run tells the screens what happens until ctx ends, then says goodbye to them and waits for all
// goroutines of the hub. It may run once.
func (h *Hub) Run(ctx context.Context) {
	h.wg.Go(func() { h.runPhones(ctx) })
	h.runScreens(ctx)
	h.wg.Wait()
}

func (h *Hub) runScreens(ctx context.Context) {
	defer h.screens.end()
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	changed, printers := h.opts.Hall.Changed(), h.printersChanged()
	h.seq = h.opts.Hall.View().Seq()
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-h.screens.join:
			h.screens.add(c)
			h.start(c)
		case c := <-h.screens.leave:
			h.screens.drop(c)
			h.miss(c)
		case <-h.screens.check:
			h.screens.dropOutsiders()
		case reply := <-h.screens.list:
			reply <- h.clients()
		case <-changed:
			changed = h.opts.Hall.Changed()
			h.tell()
		case <-printers:
			printers = h.printersChanged()
			h.tellPrinters()
		case <-tick.C:
			h.screens.dropOutsiders()
			h.screens.each(h.beat(h.seq))
			h.tellCounts(h.opts.Hall.View()) // opening hours change without an event
		}
	}
}

// tell sends what happened since the last time: first the events, which somebody waits for, then
// what has to be computed.
func (h *Hub) tell() {
	timed := false
	last, err := h.between(h.seq, func(e kiosk.Event) error {
		h.stale = h.stale || isStructural(e.Type)
		timed = timed || e.Type == kiosk.ClockSet
		f := newEvent(e, h.opts.Hall.View())
		if f.visible(Viewer{View: Public}) {
			h.shown = e.Seq
		}
		h.screens.send(f, f.visible)
		return nil
	})
	view := h.opts.Hall.View()
	h.seq = last
	if err != nil {
		// The screens can't be told one by one what happened; how things stand they can.
		h.opts.Log.Error("the hub can't read the log, sending snapshots", "after", last, "err", err)
		h.seq, h.stale = view.Seq(), true
	}
	if timed {
		h.screens.each(h.beat(h.seq)) // a screen must not show the old time until the next one
	}
	// A view that is ahead of the events told would swallow some: wait for the next change, which
	// is on its way.
	if h.stale && view.Seq() == h.seq {
		h.stale = false
		h.tellSnapshot(view)
	}
	h.tellCounts(view)
}

// between gives each of the events after seq, as far as they are published, and the seq of the last.
func (h *Hub) between(seq uint64, each func(kiosk.Event) error) (uint64, error) {
	for {
		events, err := h.read(seq)
		if err != nil || len(events) == 0 {
			return seq, err
		}
		for _, e := range events {
			if e.Seq != seq+1 {
				return seq, errGap
			}
			if err := each(e); err != nil {
				return seq, err
			}
			seq = e.Seq
		}
	}
}

func (h *Hub) read(seq uint64) ([]kiosk.Event, error) {
	top := h.opts.Hall.View().Seq()
	if events, ok := h.opts.Hall.Since(seq, page); ok || seq >= top {
		return events, nil
	}
	if h.opts.History == nil {
		return nil, errGap
	}
	events, err := h.opts.History.Since(seq, page)
	if err == nil && len(events) == 0 {
		err = errGap
	}
	// The journal may be ahead of what is published.
	for len(events) > 0 && events[len(events)-1].Seq > top {
		events = events[:len(events)-1]
	}
	return events, err
}

// tellSnapshot makes a snapshot for each view and zone that somebody has.
func (h *Hub) tellSnapshot(view *kiosk.View) {
	made := map[string]snapshot{}
	for c := range h.screens.all {
		v, zone := c.viewer.View, c.viewer.Zone
		key := string(v) + " " + strings.Join(zone, " ")
		s, ok := made[key]
		if !ok {
			var err error
			if s, err = h.snapshot(view, v, zone); err != nil {
				h.opts.Log.Error("no snapshot", "view", v, "err", err) // of plain fields: can't happen
				return
			}
			made[key] = s
		}
		h.screens.put(c, s)
	}
}

// tellCounts sends how many wait and what the counters do, when that is news.
func (h *Hub) tellCounts(view *kiosk.View) {
	body := countsBody(view, h.opts.Now(), h.opts.Hall.Forecast())
	if string(body) == string(h.counts) {
		return
	}
	h.counts = body
	h.screens.each(countsFrame(view.Seq(), body))
}

func (h *Hub) tellPrinters() {
	f, err := newPlain(0, printersFrame{"printer.state", h.opts.Printers()})
	if err == nil {
		h.screens.send(f, func(v Viewer) bool { return v.View != Public })
	}
}

// printersChanged gives nil, which never fires, when there are no printers.
func (h *Hub) printersChanged() <-chan struct{} {
	if h.opts.PrintersChanged == nil {
		return nil
	}
	return h.opts.PrintersChanged()
}

// Recheck looks at once for screens that are not any more who they were, and drops them: they come
// back with their offset as who they are now.
func (h *Hub) Recheck() {
	select {
	case h.screens.check <- struct{}{}:
	default: // it is asked for already
	}
}
