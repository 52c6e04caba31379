package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"layso/kiosk"
)

// probeReader is the name under which the watchdog's probe writes into the journal.
const probeReader = "probe"

// tellSystemd says how layso stands (sd_notify(3)): READY=1, WATCHDOG=1, STOPPING=1. It says nothing where systemd has
// not started it, or does not ask.
func tellSystemd(state string) error {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", path) // one that begins with @ is abstract, for net as for systemd
	if err != nil {
		return fmt.Errorf("telling systemd: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("telling systemd: %w", err)
	}
	return nil
}

// watchdogEvery gives how often systemd wants to hear that layso is well: half of what it allows (sd_watchdog_enabled(3)); 0
// where it does not ask.
func watchdogEvery() time.Duration {
	if pid := os.Getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0
	}
	us, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || us <= 0 {
		return 0
	}
	return time.Duration(us) * time.Microsecond / 2
}

// watchdog feeds systemd's as long as the probe comes back. Where it gets stuck, systemd starts layso anew.
func watchdog(ctx context.Context, every time.Duration, probe func(context.Context), feed func()) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for ctx.Err() == nil {
		probe(ctx)
		feed()
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// say tells systemd; what it does not hear is in the log.
func (h *hall) say(state string) {
	if err := tellSystemd(state); err != nil {
		h.log.Warn("systemd does not hear "+state, "err", err)
	}
}

// probe asks the queue for an answer and the store for a durable write. A store that says what is wrong, as on a full
// disk, is not stuck: layso opens it again by itself, and to start anew would mend nothing. One that never answers is.
func (h *hall) probe(ctx context.Context) {
	if _, err := h.owner.Do(ctx, kiosk.Probe{}); err != nil {
		h.log.Warn("the queue does not work", "err", err)
	}
	if err := h.journal.SaveState(probeReader, 0, time.Now().UTC().AppendFormat(nil, time.RFC3339)); err != nil {
		h.log.Warn("the store does not work", "err", err)
	}
}

// extend is for how long systemd is asked to wait for what takes long at a start, again and again.
const extend = time.Minute

// slowly does what may take longer than a start, and than the watchdog allows, and has systemd wait for it.
func (h *hall) slowly(do func()) {
	done := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() {
		tick := time.NewTicker(extend / 4)
		defer tick.Stop()
		for {
			h.say(fmt.Sprintf("WATCHDOG=1\nEXTEND_TIMEOUT_USEC=%d", extend.Microseconds()))
			select {
			case <-tick.C:
			case <-done:
				return
			}
		}
	})
	do()
	close(done)
	telling.Wait()
}
