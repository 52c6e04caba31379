package main

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var (
	cutRounds = flag.Int("cut-rounds", 5, "rounds of TestPowerCut")
	tornEvery = flag.Int("torn-every", 7, "TestTornStart cuts the power at every so many steps of a first start")
)

// TestPowerCut takes the power away in the middle of the load of kiosks, counters and a printer, again and again.
// What was acknowledged must be there each time, the chain unbroken, no number given twice.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	disk, data := mountCutDisk(t, 1)
	kept, err := powerCuts(t, disk, data, *cutRounds)
	if err != nil {
		t.Fatal(err)
	}
	kept.meant(t, *cutRounds)
	if len(kept.paper) < *cutRounds/2 {
		t.Error("hardly a paper was acknowledged: the test means nothing")
	}
}

// TestPowerCutFindsALyingDisk runs the same on a disk that does not sync what it says it has: then something must be lost,
// or the test above can't fail.
func TestPowerCutFindsALyingDisk(t *testing.T) {
	t.Parallel()
	disk, data := mountCutDisk(t, 2)
	if _, err := powerCuts(t, disk, data, 1); err != nil {
		t.Fatal(err) // the disk is honest so far
	}
	disk.lies = true
	for range 10 {
		if _, err := powerCuts(t, disk, data, 1); err != nil {
			t.Logf("found out: %v", err)
			return
		}
	}
	t.Error("nothing was lost on a disk that syncs nothing")
}

// powerCuts loads the server on the disk and cuts the power, so many times.
func powerCuts(t *testing.T, disk *cutDisk, data string, rounds int) (*promised, error) {
	t.Helper()
	ctx, random, kept := within(t, time.Hour), rand.New(rand.NewPCG(3, 4)), promises()
	var clerks []*user
	for range rounds {
		p, err := tryServe(t, ctx, data, "printers: [{name: p, link: software}]")
		if err != nil {
			return kept, err
		}
		if clerks == nil {
			if p.code == "" {
				clerks = clerksAgain(t, p)
			} else {
				clerks = twoClerks(t, p)
			}
		}
		kept.round(ctx, p, clerks, 100+random.IntN(300))
		disk.cut(t, data)
		left := disk.copied(t)
		err = checkPromises(t, left, kept)
		os.RemoveAll(left)
		if err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// clerksAgain signs in who was set up before.
func clerksAgain(t *testing.T, p *process) []*user {
	t.Helper()
	clerks := []*user{newUser(t, p.base), newUser(t, p.base)}
	for i, name := range []string{"clerk1", "clerk2"} {
		clerks[i].must(t, "POST", "/api/session", map[string]string{"user": name, "pin": "314159"}, 200)
	}
	return clerks
}

// copied gives a folder with what is on the disk. It is not looked at through the mount by this process: a page of a
// mapped file that this process itself has to serve would stop it for ever.
func (d *cutDisk) copied(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range d.files() {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// files gives the contents of all files, by their paths.
func (d *cutDisk) files() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[string][]byte{}
	d.root.files("", out)
	return out
}

func (f *folder) files(in string, out map[string][]byte) {
	for name, x := range f.live {
		switch x := x.(type) {
		case *folder:
			x.files(filepath.Join(in, name), out)
		case *file:
			out[filepath.Join(in, name)] = append([]byte(nil), x.live...)
		}
	}
}

// TestTornStart cuts the power at every step of a first start. The next start must find a hall or nothing, and work.
func TestTornStart(t *testing.T) {
	t.Parallel()
	ctx := within(t, time.Hour)
	steps := 1 << 30
	for at := 1; at <= steps; at += *tornEvery {
		disk, data := mountCutDisk(t, uint64(at))
		disk.dieIn(at)
		p, err := tryServe(t, ctx, data)
		if err == nil {
			steps = at // it started before the power went
			p.Process.Kill()
			p.Wait()
		}
		disk.cut(t, data)
		startsAgain(t, ctx, disk, data, at)
	}
	t.Logf("a first start has %d steps at most", steps)
}

func startsAgain(t *testing.T, ctx context.Context, disk *cutDisk, data string, at int) {
	t.Helper()
	p, err := tryServe(t, ctx, data)
	if err != nil {
		t.Fatalf("after a cut at step %d: %v", at, err)
	}
	if got := takeNumber(t, p); got != "A001" {
		t.Errorf("after a cut at step %d the first number is %s", at, got)
	}
	p.end(t)
	disk.server.Unmount()
}
