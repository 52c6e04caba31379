package main

import (
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"
)

// How many connections there may be at once: all together, and from one address. A hall's TVs and a Wi-Fi's phones may all come through
// one address, so that one may have most of them; the rest is for everybody else. An idle phone costs 7 KB. A connection
// that says nothing is cut off by the timeouts of the server long before.
const (
	doorAll  = 12000
	doorFrom = 8000
)

// door is a listener that lets no more connections in than the PC can bear; WebSockets count as long as they are open. This PC's own address
// has no limit of its own: a reverse proxy on it speaks for everybody.
type door struct {
	*net.TCPListener
	log       *slog.Logger
	all, from int

	mu   sync.Mutex
	open int
	of   map[netip.Addr]int
	told time.Time
}

func newDoor(l *net.TCPListener, log *slog.Logger) *door {
	return &door{TCPListener: l, log: log, all: doorAll, from: doorFrom, of: map[netip.Addr]int{}}
}

// Accept gives the next connection that may come in; the others are closed at once.
func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.AcceptTCP()
		if err != nil {
			return nil, err
		}
		from := addressOf(conn)
		if d.enter(from) {
			return &guest{TCPConn: conn, leave: sync.OnceFunc(func() { d.leave(from) })}, nil
		}
		conn.Close()
	}
}

func addressOf(conn net.Conn) netip.Addr {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

func (d *door) enter(from netip.Addr) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open >= d.all || d.of[from] >= d.from && !from.IsLoopback() {
		if time.Since(d.told) > time.Minute {
			d.told = time.Now()
			d.log.Warn("too many connections", "open", d.open, "from", from, "of those", d.of[from])
		}
		return false
	}
	d.open++
	d.of[from]++
	return true
}

func (d *door) leave(from netip.Addr) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open--
	if d.of[from]--; d.of[from] == 0 {
		delete(d.of, from)
	}
}

// listenTCP opens a door at the address.
func listenTCP(address string, log *slog.Logger) (*door, error) {
	at, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	l, err := net.ListenTCP("tcp", at)
	if err != nil {
		return nil, err
	}
	return newDoor(l, log), nil
}

// guest is a connection that the door counts. It is a TCPConn in all else: the hub writes many frames at once to one.
type guest struct {
	*net.TCPConn
	leave func()
}

// Close ends the connection and makes room for another.
func (g *guest) Close() error {
	defer g.leave()
	return g.TCPConn.Close()
}
