package load

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

// office is a demo on a log that was made for it, with a manager signed in.
type office struct {
	*server
	Filled
	dir string
}

// settle gives the server the time to give back what its start and sign-ins took: 19 MiB for a PIN.
func (b *bench) settle() { time.Sleep(min(b.Span, 3*time.Second)) }

// office makes a log of so many tickets and starts a demo on it, with all counters open.
func (b *bench) office(ctx context.Context, tickets int) (*office, error) {
	dir, err := b.folder()
	if err != nil {
		return nil, err
	}
	filled, err := Fill(ctx, filepath.Join(dir, "layso.db"), tickets, time.Now())
	if err != nil {
		return nil, fmt.Errorf("making a log of %d tickets: %w", tickets, err)
	}
	o := &office{Filled: filled, dir: dir}
	return o, b.staff(ctx, o)
}

// staff starts the demo of an office and signs the manager in.
func (b *bench) staff(ctx context.Context, o *office) (err error) {
	if o.server, err = b.start(ctx, "demo", "--listen", "127.0.0.1:0", "--data", o.dir); err != nil {
		return err
	}
	if err := o.signIn(ctx, "manager", b.PIN); err != nil {
		o.stop()
		return err
	}
	return nil
}
