package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
	"time"

	"layso/cmd/layso/chaos"
)

// TestChaos lets everything happen to a hall, for some seconds only: whether each part of it happens at all. The long run is
// "make soak".
func TestChaos(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(within(t, 3*time.Minute), self, "bench", "--chaos", "--time", "3s", "--seed", "3", "--json", "--dir", t.TempDir())
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, &said, out)
	}
	var report chaos.Report
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	if report.Network != "" {
		t.Logf("no network interface was cut: %s", report.Network)
		report.Counts["cuts of the network interface"] = 1
	}
	for _, what := range []string{
		"tickets acknowledged", "calls acknowledged", "calls shown on displays", "displays that came back", "requests repeated under their key", "blackouts",
		"cuts of the network interface", "printer faults", "clock steps", "kills", "changes of the setup", "backups made, restored and verified", "checks of all promises against the log",
	} {
		if report.Counts[what] == 0 {
			t.Errorf("never happened: %s", what)
		}
	}
	t.Logf("%v", report.Counts)
}

// TestChaosHallEndsWithItsInput: no hall of a chaos run stays behind, and none runs by accident.
func TestChaosHallEndsWithItsInput(t *testing.T) {
	layso(t, exitUsage, "bench", "--chaos", "--time", "1ms")
	if _, err := wrongClock(&bytes.Buffer{}, nil); err == nil {
		t.Error("a hall runs with a clock of which nobody has said anything")
	}
	ctx, ended := context.WithCancel(t.Context())
	now, err := wrongClock(bytes.NewBufferString("0\n3600\n"), ended)
	if err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	at := now()
	if wall := at.Round(0).Sub(time.Now().Round(0)); wall < 59*time.Minute || wall > 61*time.Minute {
		t.Errorf("the wall clock is off by %v, want an hour", wall)
	}
	if passed := time.Since(at); passed.Abs() > time.Minute {
		t.Errorf("the monotonic clock saw %v of it", passed)
	}
}
