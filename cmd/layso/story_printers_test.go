package main

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"

	"layso/configs"
	"layso/printer"
)

// equipped is a demo hall with printers of the test's choice.
type equipped struct {
	*running
	hall *hall
}

// startWith starts a demo hall with these printers.
func startWith(t *testing.T, printers ...*printing) *equipped {
	t.Helper()
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	h, err := open(settings{
		data: data, listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk", metricsOpen: true, printers: printers,
		log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := setPINs(h.web, setup, false); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	stop := sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the hall ended with %v", err)
		}
	})
	t.Cleanup(stop)
	return &equipped{&running{t: t, base: h.baseURL, data: data, stop: stop}, h}
}

// software gives a printer in software with a stand-in.
func software(name, standIn string) *printing {
	p := softwarePrinter(name, printer.Profiles()[printer.DefaultProfile])
	p.StandIn = standIn
	return p
}
