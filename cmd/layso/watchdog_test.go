package main

import (
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// stuckLog is a hall's log that stops at a commit until it is let go.
type stuckLog struct {
	letGo chan struct{}
	begun bool // the day is open
}

func (l *stuckLog) Append([]kiosk.Event) error {
	if l.begun {
		<-l.letGo
	}
	l.begun = true
	return nil
}

func (*stuckLog) Reopen() error                       { return nil }
func (*stuckLog) Today(func(kiosk.Event) error) error { return nil }

// TestProbeWaitsForTheQueue: a store that works is not enough: a queue that is stuck keeps the probe from coming back.
func TestProbeWaitsForTheQueue(t *testing.T) {
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		quiet, log := slog.New(slog.DiscardHandler), &stuckLog{letGo: make(chan struct{})}
		j, err := journal.Open(filepath.Join(t.TempDir(), dataFile), journal.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		owner, err := kiosk.Start(log, kiosk.Options{Seed: seed, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		h, back := &hall{settings: settings{log: quiet}, owner: owner, journal: j}, false
		go owner.Do(t.Context(), kiosk.Take{Service: seed.Services[0].ID, Token: kiosk.NewToken()})
		synctest.Wait()
		go func() { h.probe(t.Context()); back = true }()
		synctest.Wait()
		if back {
			t.Error("the probe came back although the queue is stuck")
		}
		close(log.letGo)
		synctest.Wait()
		if !back {
			t.Error("the queue goes on, and the probe does not come back")
		}
		owner.Close()
	})
}

// TestAStuckDiskStarvesTheWatchdog: a disk that does not come back from a sync keeps a whole layso from feeding systemd's
// watchdog; when it does come back, it is fed again.
func TestAStuckDiskStarvesTheWatchdog(t *testing.T) {
	disk, data := mountCutDisk(t, 7)
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(t.TempDir(), "notify"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	t.Setenv("NOTIFY_SOCKET", socket.LocalAddr().String())
	t.Setenv("WATCHDOG_USEC", "100000") // fed every 50 ms
	p := startServe(t, within(t, time.Minute), data)
	fed := func(within time.Duration) bool {
		socket.SetReadDeadline(time.Now().Add(within))
		_, err := socket.Read(make([]byte, 100))
		return err == nil
	}
	stuck, n := make(chan struct{}), 0
	disk.mu.Lock()
	disk.slow = stuck
	disk.mu.Unlock()
	for ; n < 40 && fed(500*time.Millisecond); n++ {
	}
	if n == 40 {
		t.Error("the disk is stuck, and the watchdog is fed all the same")
	}
	close(stuck)
	if !fed(time.Minute) {
		t.Error("the disk goes on, and the watchdog is not fed")
	}
	p.end(t)
}
