package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"layso/kiosk/journal"
)

// TestKillWhileRestoring kills layso with SIGKILL at any moment of a restoration; the next start has the old hall
// or the new one, and the other one is a backup.
func TestKillWhileRestoring(t *testing.T) {
	t.Parallel()
	ctx := within(t, 2*time.Minute)
	data := t.TempDir()
	p := startServe(t, ctx, data)
	admin := firstAdmin(t, p)
	made := backedUp(t, p, admin)
	random, old, restored := rand.New(rand.NewPCG(3, 4)), 0, 0
	for round := range 6 {
		takeHere(t, ctx, p.base)
		go func(base string) {
			admin.request(ctx, base, "POST", "/api/backups/"+made+"/restore", map[string]string{"reason": fmt.Sprint(round)})
		}(p.base)
		select {
		case <-time.After(time.Duration(random.IntN(50)) * time.Millisecond): // until the kill, at any moment
		case <-ctx.Done():
		}
		p.Process.Kill()
		p.Wait()
		if r, err := journal.Verify(filepath.Join(data, dataFile)); err != nil || r.Tickets > round+1 {
			t.Fatalf("round %d: %+v %v", round, r, err)
		}
		p = startServe(t, ctx, data)
		if hallOf(t, ctx, p.base).waiting() == 0 {
			restored++
		} else {
			old++
		}
	}
	p.Process.Kill()
	p.Wait()
	entries, _ := filepath.Glob(filepath.Join(data, backupFolder, "before-restore-*.db"))
	for _, path := range entries {
		if r, err := journal.Verify(path); err != nil || r.Tickets == 0 {
			t.Errorf("%s: %+v %v", path, r, err)
		}
	}
	t.Logf("%d kills: %d times the old hall, %d times the backup; %d kept aside", old+restored, old, restored, len(entries))
}

func takeHere(t *testing.T, ctx context.Context, base string) {
	t.Helper()
	if err := (&user{http: &http.Client{}}).send(ctx, base, "POST", "/api/tickets", land, &struct{}{}); err != nil {
		t.Fatal(err)
	}
}

func hallOf(t *testing.T, ctx context.Context, base string) (h hallNow) {
	t.Helper()
	if err := (&user{http: &http.Client{}}).send(ctx, base, "GET", "/api/hall", nil, &h); err != nil {
		t.Fatal(err)
	}
	return h
}
