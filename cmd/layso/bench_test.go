package main

import (
	"context"
	"log/slog"
	"testing"

	"layso/configs"
	"layso/printer"
)

// BenchmarkTake is a ticket through the whole hall: HTTP, decision, disk, with all readers at work.
func BenchmarkTake(b *testing.B) {
	setup, err := configs.Demo()
	if err != nil {
		b.Fatal(err)
	}
	h, err := open(settings{
		data: b.TempDir(), listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk",
		printers: []*printing{softwarePrinter("bench", printer.Profiles()[printer.DefaultProfile])}, log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.serve(ctx) }()
	c := newBenchClient(h.baseURL)
	for b.Loop() {
		if err := c.post(ctx, "/api/tickets", takeBody); err != nil {
			b.Fatal(err)
		}
	}
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}
