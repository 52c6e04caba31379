package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"layso/kiosk/journal"
)

// keyed sends the request for a ticket under a key of its own and gives the status, the code of a refusal, and the number.
func keyed(t *testing.T, base, key string) (status int, code, number string) {
	t.Helper()
	r, err := newUser(t, base).keyed(t.Context(), base, key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var out struct{ Code, Number string }
	if err := json.NewDecoder(r.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, out.Code, out.Number
}

// TestDiskFault: while the disk is full, read-only or broken, nothing is promised and everything can be looked at; when it
// is mended, layso goes on by itself, and the request that is repeated gets one number.
func TestDiskFault(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]syscall.Errno{"full": syscall.ENOSPC, "read-only": syscall.EROFS, "broken": syscall.EIO} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			disk, data := mountCutDisk(t, 5)
			ctx := within(t, time.Minute)
			p := startServe(t, ctx, data)
			if status, _, number := keyed(t, p.base, "first"); status != 201 || number != "A001" {
				t.Fatalf("%d %s", status, number)
			}
			disk.fail(fault)
			for range 3 {
				if status, code, _ := keyed(t, p.base, "second"); status != 503 || code != "storage_unavailable" {
					t.Fatalf("on a disk that is %s: %d %s", name, status, code)
				}
			}
			newUser(t, p.base).must(t, "GET", "/api/hall", nil, 200)
			newUser(t, p.base).must(t, "GET", "/readyz", nil, 503)
			disk.fail(0)
			status, code, number := keyed(t, p.base, "second")
			for ; status == 503 && ctx.Err() == nil; status, code, number = keyed(t, p.base, "second") {
			}
			if number != "A002" {
				t.Fatalf("after it was mended: %d %s %s", status, code, number)
			}
			if _, _, again := keyed(t, p.base, "second"); again != number {
				t.Errorf("the same request gets %s, and then %s", number, again)
			}
			newUser(t, p.base).must(t, "GET", "/readyz", nil, 200)
			p.end(t)
			layso(t, exitFine, "verify", "--data", disk.copied(t))
		})
	}
}

// TestAFailedSyncIsNotForgotten: a sync fails once, and the next one says yes to what never reached the disk. What is
// acknowledged afterwards is there when the power goes, also where it was written before.
func TestAFailedSyncIsNotForgotten(t *testing.T) {
	for _, failing := range []int{1, 2} { // of the two of a commit: the events, and what makes them count
		disk, data := mountCutDisk(t, uint64(20+failing))
		p := startServe(t, within(t, time.Minute), data)
		takeNumber(t, p)
		disk.mu.Lock()
		disk.failAt = failing
		disk.mu.Unlock()
		status, _, _ := keyed(t, p.base, "second")
		again, _, number := keyed(t, p.base, "second")
		if status != 503 || again != 201 && again != 200 || number != "A002" {
			t.Errorf("sync %d fails: %d, then %d %s", failing, status, again, number)
		}
		p.Process.Kill()
		p.Wait()
		disk.cut(t, data)
		r, err := journal.Verify(filepath.Join(disk.copied(t), dataFile))
		if err != nil || r.Tickets != 2 {
			t.Errorf("sync %d failed, then the power: %d tickets of 2: %v", failing, r.Tickets, err)
		}
	}
}

// TestSlowDisk: while a sync takes its time, the hall can be looked at, and whoever comes meanwhile waits for the next one
// together with all the others.
func TestSlowDisk(t *testing.T) {
	t.Parallel()
	disk, data := mountCutDisk(t, 6)
	p := startServe(t, within(t, time.Minute), data)
	slow := make(chan struct{})
	disk.mu.Lock()
	disk.slow, disk.syncs = slow, 0
	disk.mu.Unlock()
	const kiosks = 20
	numbers := make(chan string, kiosks)
	var all sync.WaitGroup
	for i := range kiosks {
		all.Go(func() {
			_, _, number := keyed(t, p.base, fmt.Sprint("kiosk ", i))
			numbers <- number
		})
	}
	slow <- struct{}{}                                                 // the first sync waits, and then the next
	newUser(t, p.base).must(t, "GET", "/api/hall", nil, http.StatusOK) // no read waits for the disk
	close(slow)
	all.Wait()
	close(numbers)
	seen := map[string]bool{}
	for n := range numbers {
		seen[n] = true
	}
	if len(seen) != kiosks || seen[""] {
		t.Errorf("%d kiosks got the numbers %v", kiosks, seen)
	}
	disk.mu.Lock()
	defer disk.mu.Unlock()
	t.Logf("%d tickets cost %d syncs", kiosks, disk.syncs)
	if disk.syncs > kiosks {
		t.Errorf("%d tickets cost %d syncs: they do not share them", kiosks, disk.syncs)
	}
}

// TestStartOnAFullDisk: a hall whose disk is full opens for who looks, and gives numbers as soon as there is room.
func TestStartOnAFullDisk(t *testing.T) {
	t.Parallel()
	disk, data := mountCutDisk(t, 8)
	ctx := within(t, time.Minute)
	p := startServe(t, ctx, data)
	takeNumber(t, p)
	p.end(t)
	disk.fail(syscall.ENOSPC)
	p = startServe(t, ctx, data)
	newUser(t, p.base).must(t, "GET", "/api/hall", nil, 200)
	if status, code, _ := keyed(t, p.base, "full"); status != 503 {
		t.Errorf("a number on a full disk: %d %s", status, code)
	}
	disk.fail(0)
	status, code, number := keyed(t, p.base, "full")
	for ; status == 503 && ctx.Err() == nil; status, code, number = keyed(t, p.base, "full") {
	}
	if number != "A002" {
		t.Errorf("once there is room: %d %s %s", status, code, number)
	}
	p.end(t)
	if !strings.Contains(p.stderr.String(), "noting that layso runs") {
		t.Errorf("the full disk is not named: %s", p.stderr)
	}
	layso(t, exitFine, "verify", "--data", disk.copied(t))
}
