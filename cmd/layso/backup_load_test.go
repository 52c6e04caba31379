package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestBackupWhile64KiosksWork: a copy that is made in the midst of it is whole, restores, and holds every ticket that was
// acknowledged before it was asked for. The kiosks go on meanwhile.
func TestBackupWhile64KiosksWork(t *testing.T) {
	t.Parallel()
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	working, stop := context.WithCancel(ctx)
	var mu sync.Mutex
	given := map[string]string{}   // token -> number
	more := make(chan struct{}, 1) // tickets were given
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			touch := newUser(t, p.base)
			for working.Err() == nil {
				var ticket struct{ Token, Number string }
				if touch.send(working, p.base, "POST", "/api/tickets", map[string]any{"service": "dat-dai", "print": false}, &ticket) == nil {
					mu.Lock()
					given[ticket.Token] = ticket.Number
					mu.Unlock()
					select {
					case more <- struct{}{}:
					default:
					}
				}
			}
		})
	}
	sofar := func() map[string]string {
		mu.Lock()
		defer mu.Unlock()
		return maps.Clone(given)
	}
	for i := range 3 {
		before := sofar()
		for ; len(before) < 100*(i+1) && ctx.Err() == nil; before = sofar() {
			<-more
		}
		file, restored := filepath.Join(t.TempDir(), "copy.db"), t.TempDir()
		layso(t, exitFine, "backup", "--data", data, "--to", file)
		meanwhile := len(sofar()) - len(before)
		layso(t, exitFine, "restore", "--from", file, "--data", restored)
		layso(t, exitFine, "verify", "--data", restored)
		if err := hasTickets(t, restored, before); err != nil {
			t.Errorf("backup %d: %v", i+1, err)
		}
		t.Logf("backup %d: %d tickets before it, %d more were given while it was made", i+1, len(before), meanwhile)
	}
	stop()
	all.Wait()
	p.end(t)
}

// hasTickets wants the tickets in the data.
func hasTickets(t *testing.T, data string, want map[string]string) error {
	t.Helper()
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		return err
	}
	defer j.Close()
	has := map[string]string{}
	if err := j.Today(func(e kiosk.Event) error {
		if e.Type == kiosk.TicketTaken {
			has[e.Ticket] = e.Number
		}
		return nil
	}); err != nil {
		return err
	}
	for token, number := range want {
		if has[token] != number {
			return fmt.Errorf("ticket %s was acknowledged before it and is missing", number)
		}
	}
	return nil
}
