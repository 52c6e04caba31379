package chaos

import (
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// weather says what a network does to its connections. Each is the share of the connections that this happens to.
type weather struct {
	cut   float64 // cut off in the midst
	lose  float64 // cut off when an answer comes: the request has arrived, and nobody hears of it
	half  float64 // one direction ends before the other
	delay float64 // everything is late
}

// proxy is a network between clients and a server, with a weather of its own.
type proxy struct {
	l      net.Listener
	target string
	all    sync.WaitGroup

	mu     sync.Mutex
	random *rand.Rand
	now    weather
	dark   bool
	open   map[net.Conn]bool
	fates  map[fate]int
}

type fate string

// What can happen to a connection.
const (
	fine    fate = "fine"
	cut     fate = "connections cut in the midst"
	lose    fate = "connections cut at an answer"
	half    fate = "connections half closed"
	delay   fate = "connections delayed"
	darkens fate = "connections cut or refused in blackouts"
)

func newProxy(target string, random *rand.Rand) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{l: l, target: target, random: random, open: map[net.Conn]bool{}, fates: map[fate]int{}}
	p.all.Go(p.accept)
	return p, nil
}

func (p *proxy) address() string { return p.l.Addr().String() }
func (p *proxy) url() string     { return "http://" + p.address() }

func (p *proxy) close() {
	p.l.Close()
	p.darken(true)
	p.all.Wait()
}

// set changes the weather for connections from here on.
func (p *proxy) set(w weather) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = w
}

// darken cuts everything off, or lets new connections through again.
func (p *proxy) darken(dark bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dark = dark; dark {
		p.fates[darkens] += len(p.open) / 2
		for c := range p.open {
			c.Close()
		}
	}
}

func (p *proxy) accept() {
	for {
		c, err := p.l.Accept()
		if err != nil {
			return
		}
		p.all.Go(func() { p.carry(c) })
	}
}

// lot draws what happens to a connection, and after how many pieces of data.
func (p *proxy) lot() (fate, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what, x := fine, p.random.Float64()
	for _, f := range []struct {
		fate
		share float64
	}{{cut, p.now.cut}, {lose, p.now.lose}, {half, p.now.half}, {delay, p.now.delay}} {
		if x -= f.share; x < 0 {
			what = f.fate
			break
		}
	}
	return what, 1 + p.random.IntN(20)
}

func (p *proxy) carry(client net.Conn) {
	defer client.Close()
	server, err := net.DialTimeout("tcp", p.target, 5*time.Second)
	if err != nil {
		return
	}
	defer server.Close()
	if !p.enter(client, server) {
		return
	}
	defer p.leave(client, server)
	what, after := p.lot()
	var both sync.WaitGroup
	both.Go(func() { p.pump(client, server, what, after, true) })
	both.Go(func() { p.pump(server, client, what, after, false) })
	both.Wait()
}

func (p *proxy) enter(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dark {
		p.fates[darkens]++
		return false
	}
	for _, c := range conns {
		p.open[c] = true
	}
	return true
}

func (p *proxy) leave(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		delete(p.open, c)
	}
}

// pump carries one direction until it ends or what is to happen happens after so many pieces.
func (p *proxy) pump(from, to net.Conn, what fate, after int, request bool) {
	piece := make([]byte, 16<<10)
	for n := 1; ; n++ {
		size, err := from.Read(piece)
		if err != nil {
			closeWrite(to)
			return
		}
		if n == after && p.happens(what, from, to, request) {
			return
		}
		if what == delay {
			time.Sleep(p.late())
		}
		if _, err := to.Write(piece[:size]); err != nil {
			from.Close()
			return
		}
	}
}

// happens lets the lot strike; it reports whether this direction ends with it.
func (p *proxy) happens(what fate, from, to net.Conn, request bool) bool {
	switch {
	case what == fine:
		return false
	case what == half && request: // the server hears no more, the client still does
		closeWrite(to)
	case what == cut, what == lose && !request:
		from.Close()
		to.Close()
	case what == delay && request:
	default:
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fates[what]++
	return what != delay
}

func (p *proxy) late() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Duration(p.random.IntN(300)) * time.Millisecond
}

func closeWrite(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		t.CloseWrite()
	}
}

// fates adds what the network did to its connections.
func (t *tally) fates(p *proxy) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for what, n := range p.fates {
		t.add(string(what), n)
	}
}
