package main

import (
	"context"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk/journal"
)

// listenAsSystemd is the socket at which systemd hears its services.
func listenAsSystemd(t *testing.T) (path string, hear func() string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return path, func() string {
		t.Helper()
		said := make([]byte, 100)
		if err := socket.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		n, err := socket.Read(said)
		if err != nil {
			t.Fatal(err)
		}
		return string(said[:n])
	}
}

// TestSystemd starts layso as systemd does: it says when it is ready, feeds the watchdog, and says when it ends.
func TestSystemd(t *testing.T) {
	path, hear := listenAsSystemd(t)
	t.Setenv("NOTIFY_SOCKET", path)
	t.Setenv("WATCHDOG_USEC", "200000")
	data := t.TempDir()
	p := startServe(t, within(t, time.Minute), data)
	for _, want := range []string{"READY=1", "WATCHDOG=1", "WATCHDOG=1"} {
		if got := hear(); got != want {
			t.Fatalf("systemd hears %q, want %q", got, want)
		}
	}
	p.end(t)
	for got := hear(); got != "STOPPING=1"; got = hear() {
		if got != "WATCHDOG=1" {
			t.Fatalf("systemd hears %q", got)
		}
	}
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if _, wrote, err := j.State(probeReader); err != nil || len(wrote) == 0 {
		t.Errorf("the watchdog was fed, and the probe wrote %q: %v", wrote, err)
	}
}

// TestWatchdog: a probe that is stuck starves the watchdog, and feeds it again when it comes back.
func TestWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var fed, late atomic.Int32
		go watchdog(ctx, time.Second, func(context.Context) {}, func() { fed.Add(1) })
		time.Sleep(9500 * time.Millisecond) // of the bubble's time
		synctest.Wait()
		if fed := fed.Load(); fed != 10 {
			t.Errorf("fed %d times in 9.5 s", fed)
		}
		hold := make(chan struct{})
		go watchdog(ctx, time.Second, func(context.Context) { <-hold }, func() { late.Add(1) })
		time.Sleep(time.Hour)
		if late.Load() > 0 {
			t.Error("a probe that never came back has fed it")
		}
		close(hold)
		synctest.Wait()
		if late.Load() == 0 {
			t.Error("it is not fed again")
		}
		stop()
	})
}
