package display

import (
	"cmp"
	"slices"
	"time"
)

// Client is a screen as the staff sees it: one that is connected, or a paired one that was since the hub
// began. Phones are not listed.
type Client struct {
	View      View
	Device    string
	Connected bool
	Since     time.Time     // when it connected
	Seq       uint64        // of the last event or snapshot written to it
	Acked     uint64        // the last that it says it has shown; 0: it said nothing
	Behind    uint64        // seqs between what it has shown and what it should have; 0 where it said nothing
	Sound     bool          // it says that it can be heard
	Voice     string        // how it says that its voice is: on, blocked, trying, failed, muted, off or empty
	Silent    time.Duration // since it was last heard of; a connected one answers every 10 s
	Owes      time.Duration // since when it was told something that it has not said it has shown; 0: nothing
	heard     time.Time
}

// Clients gives the screens, longest connected first; none after Run has ended. It waits for Run to begin.
func (h *Hub) Clients() []Client {
	reply := make(chan []Client, 1)
	select {
	case h.screens.list <- reply:
		return <-reply
	case <-h.screens.done:
		return nil
	}
}

func (h *Hub) clients() []Client {
	now := time.Now()
	out, here := make([]Client, 0, len(h.screens.all)), map[string]bool{}
	for c := range h.screens.all {
		here[c.viewer.Device] = true
		out = append(out, c.describe(h.shown, now))
	}
	for device, x := range h.gone {
		if !here[device] {
			x.Silent = now.Sub(x.heard)
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b Client) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Device, b.Device))
	})
	return out
}

// miss keeps how a paired screen was when it left.
func (h *Hub) miss(c *client) {
	x := c.describe(h.shown, time.Now())
	if before, ok := h.gone[x.Device]; x.Device == "" || ok && before.heard.After(x.heard) {
		return
	}
	x.Connected, x.Owes = false, 0
	h.gone[x.Device] = x
}

// describe says how the client is; shown is the last event that a display was told. Times are steady ones, which
// nobody sets.
func (c *client) describe(shown uint64, now time.Time) Client {
	d := Client{View: c.viewer.View, Device: c.viewer.Device, Connected: true, Since: c.since, Seq: c.seen.Load(), heard: *c.heard.Load()}
	d.Silent = now.Sub(d.heard)
	if owes := c.owes.Load(); owes != nil {
		d.Owes = max(now.Sub(*owes), 1)
	}
	if a := c.said.Load(); a != nil {
		d.Acked, d.Sound, d.Voice = a.Seq, a.Sound, a.Voice
		if top := max(shown, d.Seq); d.Owes > 0 && top > a.Seq {
			d.Behind = top - a.Seq
		}
	}
	return d
}
