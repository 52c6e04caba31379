package link_test

import (
	"context"
	"net"
	"sync"
	"testing"

	"layso/printer/emulator"
	"layso/printer/link"
)

// wires are the ways to a printer that answers. Each readies one and gives what opens it; it may be
// opened again after it was closed or broke.
var wires = map[string]func(*testing.T, *emulator.Printer) func() (*link.Link, error){
	"in-process": func(t *testing.T, p *emulator.Printer) func() (*link.Link, error) {
		return func() (*link.Link, error) {
			c, err := p.Dial(t.Context())
			if err != nil {
				return nil, err
			}
			return link.New("emulator", c), nil
		}
	},
	"tcp": func(t *testing.T, p *emulator.Printer) func() (*link.Link, error) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		var served sync.WaitGroup
		served.Go(func() { p.Serve(ctx, l) })
		t.Cleanup(func() { cancel(); served.Wait() })
		return func() (*link.Link, error) { return link.Open(t.Context(), "tcp://"+l.Addr().String()) }
	},
	"file":             onPTY("file://", ""),
	"serial":           onPTY("serial://", "?baud=921600&flow=none"),
	"serial, xon/xoff": onPTY("serial://", "?baud=921600&flow=xon"),
}

// onPTY gives a wire that is a pseudo-terminal, a new one each time: as a cable that was pulled and
// put in again.
func onPTY(scheme, query string) func(*testing.T, *emulator.Printer) func() (*link.Link, error) {
	return func(t *testing.T, p *emulator.Printer) func() (*link.Link, error) {
		var served sync.WaitGroup
		t.Cleanup(served.Wait)
		return func() (*link.Link, error) {
			master, path := openPTY(t)
			l, err := link.Open(t.Context(), scheme+path+query)
			if err != nil {
				master.Close()
				return nil, err
			}
			served.Go(func() { p.Handle(master) })
			t.Cleanup(func() { master.Close() })
			return l, nil
		}
	}
}
