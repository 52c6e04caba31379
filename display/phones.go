package display

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"time"

	"layso/kiosk"
)

// Ticket is the view of a phone that follows one ticket with [Hub.ServeTicket].
const Ticket View = "ticket"

// waitStep is by how many seconds a wait must have moved before a phone hears of it: a number that
// twitches says less than one that stands.
const waitStep = 120

// Rhythm of the phones.
const (
	slots    = 40                     // parts of a heartbeat, so that thousands of phones are not told at once
	group    = 32                     // phones that are told before others get their turn
	manners  = 50 * time.Millisecond  // for which phones leave the network to the displays and to who is called
	patience = 3                      // how often they do so in one look at all
	rest     = 200 * time.Millisecond // the longest time between two looks at all phones; else as long as a look lasts
)

type ticketFrame struct {
	Type   string             `json:"type"`
	Seq    uint64             `json:"seq"`
	At     string             `json:"at"`
	Ticket kiosk.TicketStatus `json:"ticket"`
}

// status is how a ticket stands. Its message is made by the first writer that needs it.
type status struct {
	hub      *Hub
	view     *kiosk.View
	forecast *kiosk.Forecast
	of       *kiosk.Ticket
	once     sync.Once
	msg      message
	err      error
}

func (f *status) deliver(c *client) error {
	f.once.Do(func() {
		opts := f.hub.opts
		f.msg, f.err = encoded(ticketFrame{
			"ticket.status", f.view.Seq(), stamp(opts.Now(), f.view.Location()), f.view.Status(f.of, f.forecast, opts.StatusURL()),
		})
	})
	if f.err != nil {
		return f.err
	}
	return c.send(f.msg)
}

// ServeTicket upgrades the request to a WebSocket that follows the ticket with this token: its
// status at once, and whenever it moves. A token that today does not know gets 404.
func (h *Hub) ServeTicket(w http.ResponseWriter, r *http.Request, token string) {
	if h.opts.Hall.View().Ticket(token) == nil {
		http.Error(w, "unknown ticket", http.StatusNotFound)
		return
	}
	h.connect(w, r, &client{
		crowd: h.phones, viewer: Viewer{View: Ticket}, token: token,
		begin: func(c *client) error { return c.hello(c.hub.opts.Hall.View(), Ticket) },
	})
}

// runPhones is a goroutine of its own, so that thousands of phones never hold up a TV.
func (h *Hub) runPhones(ctx context.Context) {
	defer h.phones.end()
	tick := time.NewTicker(heartbeat / slots)
	defer tick.Stop()
	again := time.NewTimer(manners)
	defer again.Stop()
	changed := h.opts.Hall.Changed()
	p := &followers{hub: h, seq: h.opts.Hall.View().Seq(), byToken: make(map[string]*follower)}
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-h.phones.join:
			h.phones.add(c)
			h.start(c)
			p.add(c)
		case c := <-h.phones.leave:
			p.remove(c)
			h.phones.drop(c)
		case <-changed:
			changed = h.opts.Hall.Changed()
			p.tellTouched()
			if !p.planned {
				p.planned = true
				again.Reset(max(manners, time.Until(p.quiet)))
			}
		case <-again.C:
			p.planned = false
			p.tell()
		case <-tick.C:
			p.beat()
		}
	}
}

// follower is a ticket that phones follow, and what all of them were told of it.
type follower struct {
	told   place
	phones map[*client]struct{}
}

// place is what a phone is told anew when it changes.
type place struct {
	ticket *kiosk.Ticket // as it was; they are never changed
	ahead  int
	wait   kiosk.Range
}

type followers struct {
	hub     *Hub
	seq     uint64 // the last event that was looked at
	byToken map[string]*follower
	slot    int       // the phone that came last has it; the next part of a heartbeat
	planned bool      // the others will be looked at
	quiet   time.Time // until when the others are not looked at again
}

func (p *followers) add(c *client) {
	view := p.hub.opts.Hall.View()
	t := view.Ticket(c.token)
	if t == nil {
		p.hub.phones.drop(c)
		return
	}
	c.slot = len(p.hub.phones.all) % slots
	f := p.byToken[c.token]
	if f == nil {
		// A later phone leaves told alone: what it is told may be news that the others still wait for.
		f = &follower{told: p.place(view, t), phones: make(map[*client]struct{})}
		p.byToken[c.token] = f
	}
	f.phones[c] = struct{}{}
	p.hub.phones.put(c, p.status(view, t))
}

func (p *followers) remove(c *client) {
	if f := p.byToken[c.token]; f != nil {
		delete(f.phones, c)
		if len(f.phones) == 0 {
			delete(p.byToken, c.token)
		}
	}
}

// beat tells a part of the phones that the hub is there.
func (p *followers) beat() {
	p.slot = (p.slot + 1) % slots
	pulse := p.hub.beat(p.seq)
	for c := range p.hub.phones.all {
		if c.slot == p.slot {
			p.hub.phones.put(c, pulse)
		}
	}
}

// tellTouched looks at the tickets that something happened to: somebody who is called must not wait for the
// news that others moved up.
func (p *followers) tellTouched() {
	tokens := p.touched()
	if len(tokens) == 0 {
		return
	}
	view := p.hub.opts.Hall.View()
	for _, token := range tokens {
		p.look(token, view)
	}
	runtime.Gosched() // to the writers
}

// tell looks at every followed ticket, a few at a time.
func (p *followers) tell() {
	begun, told, waits := time.Now(), 0, 0
	view := p.hub.opts.Hall.View()
	for token := range p.byToken {
		if told += p.look(token, view); told < group {
			continue
		}
		told = 0
		runtime.Gosched() // to the writers, and to whoever else waits
		if p.hub.opts.Hall.View() != view {
			p.tellTouched()
			if waits++; waits <= patience {
				time.Sleep(manners)
			}
			view = p.hub.opts.Hall.View() // nobody is told what is older than what he was told
		}
	}
	now := time.Now()
	p.quiet = now.Add(min(rest, now.Sub(begun)))
}

// touched gives the followed tickets that the latest events are about. A hole in the events does
// no harm: every ticket is looked at afterwards.
func (p *followers) touched() []string {
	var tokens []string
	last, err := p.hub.between(p.seq, func(e kiosk.Event) error {
		if _, ok := p.byToken[e.Ticket]; ok {
			tokens = append(tokens, e.Ticket)
		}
		return nil
	})
	p.seq = last
	if err != nil {
		p.seq = max(last, p.hub.opts.Hall.View().Seq())
	}
	return tokens
}

// look tells the ticket's phones when it has moved, and gives how many they are. A ticket of yesterday has no
// status any more.
func (p *followers) look(token string, view *kiosk.View) int {
	f := p.byToken[token]
	if f == nil {
		return 0
	}
	t := view.Ticket(token)
	if t == nil {
		for c := range f.phones {
			p.hub.phones.drop(c)
		}
		delete(p.byToken, token)
		return 0
	}
	is := p.place(view, t)
	if !moved(f.told, is) {
		return 0
	}
	f.told = is
	news := p.status(view, t)
	for c := range f.phones {
		if _, ok := p.hub.phones.all[c]; ok {
			p.hub.phones.put(c, news)
		}
	}
	return len(f.phones)
}

func (p *followers) place(view *kiosk.View, t *kiosk.Ticket) place {
	return place{t, view.Ahead(t), p.hub.opts.Hall.Forecast().Left(t)}
}

func (p *followers) status(view *kiosk.View, t *kiosk.Ticket) *status {
	return &status{hub: p.hub, view: view, forecast: p.hub.opts.Hall.Forecast(), of: t}
}

// moved reports whether the news is worth a frame. A recall counts: the citizen has not come yet.
func moved(was, is place) bool {
	a, b := was.ticket, is.ticket
	return a.State != b.State || was.ahead != is.ahead || a.Calls != b.Calls || a.Counter != b.Counter ||
		shifted(was.wait.P50S, is.wait.P50S) || shifted(was.wait.P80S, is.wait.P80S)
}

// shifted reports whether a wait in seconds has changed so much that it is worth telling.
func shifted(was, is int) bool { return abs(was-is) >= max(waitStep, was/10) }

func abs(n int) int { return max(n, -n) }
