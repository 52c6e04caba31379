package display

import "time"

// crowd is a set of clients that one goroutine owns: only it adds, sends to and drops them, and
// only it ends their queues. The channels are how others reach it.
type crowd struct {
	limit  int   // frames that may wait for a client
	afresh frame // what a client that has too many gets instead; nil: only the newest one
	join   chan *client
	leave  chan *client
	list   chan chan []Client
	check  chan struct{} // somebody's right may have ended
	done   chan struct{} // closed when nobody owns the crowd any more
	all    map[*client]struct{}
}

func newCrowd(limit int, afresh frame) *crowd {
	return &crowd{
		limit: limit, afresh: afresh,
		join: make(chan *client), leave: make(chan *client), list: make(chan chan []Client),
		check: make(chan struct{}, 1), done: make(chan struct{}), all: make(map[*client]struct{}),
	}
}

func (cr *crowd) add(c *client) { cr.all[c] = struct{}{} }

// drop forgets the client; its writer ends when it has written what still waits.
func (cr *crowd) drop(c *client) {
	if _, ok := cr.all[c]; ok {
		delete(cr.all, c)
		c.goodbye()
	}
}

// put gives the client a frame, or drops it when it does not keep up: it comes back with its offset.
func (cr *crowd) put(c *client, f frame) {
	if !c.put(f) {
		cr.drop(c)
		c.conn.Close() // its writer is stuck in a write
	}
}

func (cr *crowd) each(f frame) {
	for c := range cr.all {
		cr.put(c, f)
	}
}

func (cr *crowd) send(f frame, to func(Viewer) bool) {
	for c := range cr.all {
		if to(c.viewer) {
			cr.put(c, f)
		}
	}
}

// dropOutsiders drops who has lost the right to what he sees.
func (cr *crowd) dropOutsiders() {
	for c := range cr.all {
		if still := c.viewer.Still; still != nil && !still() {
			cr.drop(c)
		}
	}
}

// end drops all. Who does not take the last frames in time is cut off.
func (cr *crowd) end() {
	close(cr.done)
	for c := range cr.all {
		cr.drop(c)
		c.conn.NetConn().SetDeadline(time.Now().Add(goodbye)) // for a write that is under way
	}
}
