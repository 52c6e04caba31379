package display

import (
	"context"
	"net/http"
	"time"

	"layso/kiosk"
)

// Ticket is the view of a phone that follows one ticket with [Hub.ServeTicket].
const Ticket View = "ticket"

// waitStep is by how many seconds a wait must have moved before a phone hears of it: a number that
// twitches says less than one that stands.
const waitStep = 120

type ticketFrame struct {
	Type   string             `json:"type"`
	Seq    uint64             `json:"seq"`
	At     string             `json:"at"`
	Ticket kiosk.TicketStatus `json:"ticket"`
}

// ServeTicket upgrades the request to a WebSocket that follows the ticket with this token: its
// status at once, and whenever it moves. A token that today does not know gets 404.
func (h *Hub) ServeTicket(w http.ResponseWriter, r *http.Request, token string) {
	if h.opts.Hall.View().Ticket(token) == nil {
		http.Error(w, "unknown ticket", http.StatusNotFound)
		return
	}
	h.connect(w, r, &client{
		crowd: h.phones, queue: make(chan frame, phoneQueue), viewer: Viewer{View: Ticket}, token: token,
		begin: func(c *client) error { return c.hello(c.hub.opts.Hall.View(), Ticket) },
	})
}

// follower is a ticket that phones follow, and what all of them were told of it.
type follower struct {
	told   kiosk.TicketStatus
	phones map[*client]struct{}
}

// runPhones is a goroutine of its own, so that thousands of phones never hold up a TV.
func (h *Hub) runPhones(ctx context.Context) {
	defer h.phones.end()
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
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
			p.tell()
		case <-tick.C:
			h.phones.each(h.beat(p.seq))
		}
	}
}

type followers struct {
	hub     *Hub
	seq     uint64 // the last event that was looked at
	byToken map[string]*follower
}

func (p *followers) add(c *client) {
	view := p.hub.opts.Hall.View()
	t := view.Ticket(c.token)
	if t == nil {
		p.hub.phones.drop(c)
		return
	}
	st := p.status(view, t)
	f := p.byToken[c.token]
	if f == nil {
		// A later phone leaves told alone: what it is told may be news that the others still wait for.
		f = &follower{told: st, phones: make(map[*client]struct{})}
		p.byToken[c.token] = f
	}
	f.phones[c] = struct{}{}
	p.send(view, st, c)
}

func (p *followers) remove(c *client) {
	if f := p.byToken[c.token]; f != nil {
		delete(f.phones, c)
		if len(f.phones) == 0 {
			delete(p.byToken, c.token)
		}
	}
}

// tell looks at every followed ticket: first at those that something happened to, since somebody
// who is called must not wait for the news that others moved up.
func (p *followers) tell() {
	view := p.hub.opts.Hall.View()
	first := p.touched()
	for _, token := range first {
		p.look(token, view)
	}
	for token := range p.byToken {
		p.look(token, view)
	}
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

// look tells the ticket's phones when it has moved. A ticket of yesterday has no status any more.
func (p *followers) look(token string, view *kiosk.View) {
	f := p.byToken[token]
	if f == nil {
		return
	}
	t := view.Ticket(token)
	if t == nil {
		for c := range f.phones {
			p.hub.phones.drop(c)
		}
		delete(p.byToken, token)
		return
	}
	if st := p.status(view, t); moved(f.told, st) {
		f.told = st
		for c := range f.phones {
			p.send(view, st, c)
		}
	}
}

func (p *followers) status(view *kiosk.View, t *kiosk.Ticket) kiosk.TicketStatus {
	return view.Status(t, p.hub.opts.Hall.Forecast(), p.hub.opts.StatusURL())
}

func (p *followers) send(view *kiosk.View, st kiosk.TicketStatus, c *client) {
	m, err := newPlain(0, ticketFrame{"ticket.status", view.Seq(), stamp(p.hub.opts.Now(), view.Location()), st})
	if err != nil {
		p.hub.opts.Log.Error("a ticket's status", "err", err)
		return
	}
	if _, ok := p.hub.phones.all[c]; ok {
		p.hub.phones.put(c, m)
	}
}

// moved reports whether the news is worth a frame. A recall counts: the citizen has not come yet.
func moved(was, is kiosk.TicketStatus) bool {
	return was.State != is.State || was.Ahead != is.Ahead || was.Calls != is.Calls ||
		(was.Counter == nil) != (is.Counter == nil) || was.Counter != nil && *was.Counter != *is.Counter ||
		abs(was.Wait.P50S-is.Wait.P50S) >= waitStep || abs(was.Wait.P80S-is.Wait.P80S) >= waitStep
}

func abs(n int) int { return max(n, -n) }
