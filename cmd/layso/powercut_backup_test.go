package main

import (
	"flag"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/kiosk/journal"
)

var restoreCuts = flag.Int("restore-cuts", 5, "rounds of TestPowerCutAtAnyStepOfARestoration")

// TestPowerCutAfterABackup: what layso says that it has backed up and read back is there after a power cut, all of it, and is
// known for what it is.
func TestPowerCutAfterABackup(t *testing.T) {
	for seed := range uint64(4) { // one cut may spare by chance what was not synced
		disk, data := mountCutDisk(t, seed)
		p := startServe(t, within(t, time.Minute), data)
		admin := firstAdmin(t, p)
		takeNumber(t, p)
		name := backedUp(t, p, admin)
		p.Process.Kill()
		p.Wait()
		disk.cut(t, data)
		path := filepath.Join(disk.copied(t), backupFolder, name)
		if r, err := journal.Verify(path); err != nil || r.Tickets != 1 || !readLabel(path).Verified {
			t.Errorf("the backup after the cut: %+v %v, %+v", r, err, readLabel(path))
		}
	}
}

// backedUp makes a backup as an admin does and gives its name.
func backedUp(t *testing.T, p *process, admin *user) string {
	t.Helper()
	var made struct{ Name string }
	if err := admin.send(t.Context(), p.base, "POST", "/api/backups", nil, &made); err != nil {
		t.Fatal(err)
	}
	return made.Name
}

// TestPowerCutAtAnyStepOfARestoration cuts the power at any step of the disk, from the click on. The hall is the old one or
// that of the backup, whole, and the other one is not lost.
func TestPowerCutAtAnyStepOfARestoration(t *testing.T) {
	disk, data := mountCutDisk(t, 10)
	ctx := within(t, time.Hour)
	p := startServe(t, ctx, data)
	admin := firstAdmin(t, p)
	name, old, restored := backedUp(t, p, admin), 0, 0
	random := rand.New(rand.NewPCG(5, 6))
	for round := range *restoreCuts {
		takeNumber(t, p)
		before := health(p.base)
		disk.dieIn(1 + random.IntN(restoreSteps))
		if answer, err := admin.request(ctx, p.base, "POST", "/api/backups/"+name+"/restore", map[string]string{"reason": "thử"}); err == nil {
			answer.Body.Close()
			if answer.StatusCode >= 300 && !disk.isDead() {
				t.Fatalf("round %d: the restoration: %s", round, answer.Status)
			}
		}
		soon(t, "the power goes, or another log", func() bool {
			now := health(p.base)
			return disk.isDead() || strings.Contains(now, `"ok"`) && now != before
		})
		steps := disk.sofar()
		p.Process.Kill()
		p.Wait()
		disk.cut(t, data)
		left := disk.copied(t)
		r, err := journal.Verify(filepath.Join(left, dataFile))
		if err != nil {
			t.Fatalf("round %d, %d steps: %v", round, steps, err)
		}
		if old++; r.Tickets == 0 {
			old, restored = old-1, restored+1
			asideIsWhole(t, left, data)
		}
		os.RemoveAll(left)
		p = startServe(t, ctx, data)
	}
	p.Process.Kill()
	p.Wait()
	t.Logf("%d cuts: %d times the old hall, %d times the backup", old+restored, old, restored)
}

// restoreSteps is how many steps of the disk a restoration takes, and the start after it.
const restoreSteps = 110

// asideIsWhole wants the old hall in what is left, as a backup, and takes it away from the disk.
func asideIsWhole(t *testing.T, left, disk string) {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(left, backupFolder, "before-restore-*.db"))
	if len(found) == 0 {
		t.Error("the old hall is gone")
	}
	for _, path := range found {
		if r, err := journal.Verify(path); err != nil || r.Tickets == 0 {
			t.Errorf("%s: %+v %v", path, r, err)
		}
		if err := os.Remove(filepath.Join(disk, backupFolder, filepath.Base(path))); err != nil {
			t.Error(err)
		}
	}
}

// health gives what the server says of itself and its log; nothing where it does not answer.
func health(base string) string {
	answer, err := http.Get(base + "/healthz")
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return string(text)
}
