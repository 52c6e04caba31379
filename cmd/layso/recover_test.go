package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRecover: the power goes and takes a part of the file with it. The next start says what is wrong and what helps, and
// changes nothing; that makes the hall of the backup and of what can be read, which goes on with the next number.
func TestRecover(t *testing.T) {
	t.Parallel()
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	takeNumber(t, p)
	if err := os.Mkdir(filepath.Join(data, "backups"), 0o700); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(data, "backups", "monday.db")
	layso(t, exitFine, "backup", "--data", data, "--to", backup)
	for range 9 {
		takeNumber(t, p)
	}
	p.Process.Kill()
	p.Wait()
	file := filepath.Join(data, dataFile)
	spoil(t, file)

	elsewhere := filepath.Join(t.TempDir(), "usb")
	config := filepath.Join(t.TempDir(), "layso.yaml")
	writeFile(t, config, "data: "+data+"\nbackups: {folder: "+elsewhere+"}\n")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tryServe(t, ctx, data); err == nil || !strings.Contains(err.Error(), "layso recover --data "+data) || !strings.Contains(err.Error(), "damaged") {
		t.Fatalf("a start with damaged data: %v", err)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Fatalf("the damaged file was changed, or is gone: %v", err)
	}
	writeFile(t, filepath.Join(data, "backups", "tuesday.db"), "no backup") // the newest one, and no good
	if err := os.Rename(filepath.Join(data, "backups"), elsewhere); err != nil {
		t.Fatal(err)
	}
	backup = filepath.Join(elsewhere, "monday.db")
	layso(t, exitUsage, "recover")
	said := layso(t, exitFine, "recover", "--config", config)
	for _, want := range []string{"Passed over: ", "From the backup " + backup, "nothing wrong", file + ".damaged-"} {
		if !strings.Contains(said, want) {
			t.Errorf("layso recover does not say %q:\n%s", want, said)
		}
	}
	layso(t, exitFine, "verify", "--data", data)
	p = startServe(t, ctx, data)
	if got := takeNumber(t, p); got != "A011" {
		t.Errorf("the number after the tenth is %s:\n%s", got, said)
	}
	layso(t, exitFail, "recover", "--data", data) // it runs
	p.end(t)
}

// spoil damages the page that bbolt begins with after a kill, but none with records.
func spoil(t *testing.T, file string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw[:2*os.Getpagesize()]) // both meta pages
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestExamineSeesAnUncleanEnd: after a kill, and only then, the data is looked at before it is opened.
func TestExamineSeesAnUncleanEnd(t *testing.T) {
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	p.end(t)
	p = startServe(t, ctx, data)
	p.Process.Kill()
	p.Wait()
	if strings.Contains(p.stderr.String(), "did not end well") {
		t.Errorf("after a clean end: %s", p.stderr)
	}
	p = startServe(t, ctx, data)
	p.end(t)
	if !strings.Contains(p.stderr.String(), "did not end well") {
		t.Errorf("after a kill: %s", p.stderr)
	}
}
