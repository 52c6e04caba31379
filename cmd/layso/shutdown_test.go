package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/configs"
	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// stuckPrinter takes the beginning of a ticket and no more. It is believed, so nobody asks it why.
func stuckPrinter() *printing {
	p := emulator.New(emulator.Options{Buffer: 100})
	p.SetFault(emulator.Offline)
	return &printing{Printer: printer.Printer{
		Name: "stuck", Profile: printer.Profile{Dots: 576},
		Open: func(context.Context) (printer.Link, error) { return p.Connect(), nil },
	}}
}

// TestEndsInTime: whatever hangs when the end comes, layso is gone within 5 s and says that all is fine.
func TestEndsInTime(t *testing.T) {
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(settings{
		data: t.TempDir(), listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk",
		printers: []*printing{stuckPrinter()}, log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	for range 50 {
		conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(h.baseURL, "http")+"/ws", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	answer, err := http.Post(h.baseURL+"/api/tickets", "application/json", strings.NewReader(`{"service":"dat-dai"}`))
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatalf("%v, %v", answer, err)
	}
	answer.Body.Close()
	for changed := h.owner.Changed(); h.owner.View().PrintJobs()[0].Print != kiosk.Sending; changed = h.owner.Changed() {
		<-changed
	}
	slow, err := net.Dial("tcp", strings.TrimPrefix(h.baseURL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	fmt.Fprintf(slow, "POST /api/tickets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n")
	if _, err := slow.Read(make([]byte, 1)); err != nil { // its handler waits for the body now
		t.Fatal(err)
	}
	begun := time.Now()
	stop()
	err = <-ended
	if took := time.Since(begun); err != nil || took > 5*time.Second {
		t.Errorf("ended after %v with %v, want at most 5 s and no error", took.Round(time.Millisecond), err)
	}
	if _, err := h.owner.Do(t.Context(), kiosk.Probe{}); err == nil {
		t.Error("the hall still takes commands")
	}
}
