package load

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// The floors: what there is to compare with.
const (
	diskFloor   = "write + fdatasync of 300 B"
	socketFloor = "socket round trip of 300 B, p99"
	lateFloor   = "the load tool's own lateness, 1,000/s, p99"
)

// floors measures what the computer can do at best.
func (b *bench) floors(ctx context.Context) error {
	for _, measure := range []func(context.Context) error{b.disk, b.socket, b.late} {
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

// disk measures one write and one fdatasync after another. bbolt syncs twice a commit, so half of it is the most that
// durable tickets of one caller can reach.
func (b *bench) disk(ctx context.Context) error {
	f, err := os.Create(filepath.Join(b.Dir, "floor"))
	if err != nil {
		return err
	}
	defer f.Close()
	line := make([]byte, 300)
	o, err := closed(ctx, 1, b.Span, 0, func(context.Context, int) error {
		if _, err := f.Write(line); err != nil {
			return err
		}
		return syscall.Fdatasync(int(f.Fd()))
	})
	if err == nil {
		b.add(Figure{Name: diskFloor, Value: o.rate(), Unit: "1/s", Latency: o.latency()}, "")
	}
	return err
}

// socket measures the floor of everything that is pushed: an echo over a loopback socket, through goroutines on both
// sides.
func (b *bench) socket(ctx context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	go func() {
		if c, err := l.Accept(); err == nil {
			io.Copy(c, c)
			c.Close()
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		return err
	}
	defer c.Close()
	message := make([]byte, 300)
	o, err := closed(ctx, 1, b.Span, 0, func(context.Context, int) error {
		if _, err := c.Write(message); err != nil {
			return err
		}
		_, err := io.ReadFull(c, message)
		return err
	})
	if err == nil {
		b.add(Figure{Name: socketFloor, Value: ms(o.At(0.99)), Unit: "ms", Latency: o.latency()}, "")
	}
	return err
}

// late measures how late the load tool itself is with requests that cost nothing: what an open loop finds is no better.
func (b *bench) late(ctx context.Context) error {
	o, err := open(ctx, 64, 1000, b.Span, func(context.Context, int) error { return nil })
	if err == nil {
		b.add(Figure{Name: lateFloor, Value: ms(o.At(0.99)), Unit: "ms", Latency: o.latency()}, "")
	}
	return err
}
