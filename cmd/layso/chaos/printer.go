package chaos

import (
	"context"
	"net"
	"sync"
	"sync/atomic"

	"layso/printer/emulator"
)

// paper is the hall's printer, in software behind a socket of its own: it lives on when the server is killed.
type paper struct {
	*emulator.Printer
	address string
	whole   atomic.Int64 // papers that came out whole
	stop    context.CancelFunc
	all     sync.WaitGroup
}

func newPaper() (*paper, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &paper{address: l.Addr().String()}
	p.Printer = emulator.New(emulator.Options{Keep: 1, OnPaper: func(one *emulator.Paper) {
		if one.Whole() {
			p.whole.Add(1)
		}
	}})
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.all.Go(func() { p.Serve(ctx, l) }) // ends with ctx
	return p, nil
}

func (p *paper) close() {
	p.stop()
	p.Printer.Close()
	p.all.Wait()
}

// troubles are the faults that come and go. [emulator.Drop] is none of them: a printer that says that all is well when it has
// lost bytes can't be found out.
var troubles = []emulator.Fault{
	emulator.PaperLow, emulator.PaperOut, emulator.CoverOpen, emulator.Cutter, emulator.Hot, emulator.Fatal, emulator.Offline,
	emulator.Silent, emulator.Swallow, emulator.Garbage, emulator.Unreachable, emulator.HangUp, emulator.Restart,
}
