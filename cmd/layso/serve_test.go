package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// layso runs a command of layso in this process and wants this exit code.
func layso(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := run(t.Context(), args, &out, &out); got != code {
		t.Fatalf("layso %s: exit %d, want %d: %s", strings.Join(args, " "), got, code, &out)
	}
	return out.String()
}

// takeNumber takes a ticket as the kiosk on the server's own computer does.
func takeNumber(t *testing.T, p *process) string {
	t.Helper()
	var ticket struct{ Number string }
	if err := newUser(t, p.base).send(within(t, stuck), p.base, "POST", "/api/tickets", map[string]string{"service": "dat-dai"}, &ticket); err != nil {
		p.Process.Signal(syscall.SIGQUIT) // it says what it does
		p.Wait()
		t.Fatalf("%v\n%s", err, p.stderr)
	}
	return ticket.Number
}

// stuck is when a process that does not come back is asked what it does; a busy computer is slow, but not so slow.
const stuck = 90 * time.Second

// end asks the process to stop, as systemd does, and wants a clean exit.
func (p *process) end(t *testing.T) {
	t.Helper()
	quit := time.AfterFunc(stuck, func() { p.Process.Signal(syscall.SIGQUIT) })
	defer quit.Stop()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Fatalf("after SIGTERM: %v\n%s", err, p.stderr)
	}
}

func TestServeGoesOnAfterACleanEnd(t *testing.T) {
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	if p.code == "" {
		t.Error("the first start printed no set-up link")
	}
	if got := takeNumber(t, p); got != "A001" {
		t.Fatalf("first ticket %s", got)
	}
	p.end(t)
	layso(t, exitFine, "verify", "--data", data)
	p = startServe(t, ctx, data)
	if got := takeNumber(t, p); got != "A002" {
		t.Errorf("after a restart on the same day the next ticket is %s, want A002", got)
	}
	p.end(t)
}

func TestBackupWhileServing(t *testing.T) {
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	takeNumber(t, p)
	copied := filepath.Join(t.TempDir(), "copy.db")
	layso(t, exitFine, "backup", "--data", data, "--to", copied)
	layso(t, exitFail, "backup", "--data", data, "--to", copied) // never overwrites
	layso(t, exitFail, "verify", "--data", data)                 // in use by the server
	takeNumber(t, p)
	p.end(t)

	again := filepath.Join(t.TempDir(), "again.db")
	layso(t, exitFine, "backup", "--data", data, "--to", again) // without a server, too
	restored := t.TempDir()
	layso(t, exitFine, "restore", "--from", copied, "--data", restored)
	layso(t, exitFail, "restore", "--from", copied, "--data", restored) // a hall is there
	if got := layso(t, exitFine, "verify", "--data", restored); !strings.Contains(got, "1 tickets") {
		t.Errorf("the copy does not hold the one ticket of its time: %s", got)
	}
	p = startServe(t, ctx, restored)
	if got := takeNumber(t, p); got != "A002" {
		t.Errorf("the restored hall gives %s, want A002", got)
	}
	p.end(t)
}

func TestRestoreRefusesADamagedBackup(t *testing.T) {
	ctx, data := within(t, time.Minute), t.TempDir()
	p := startServe(t, ctx, data)
	takeNumber(t, p)
	p.end(t)
	file := filepath.Join(data, dataFile)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Replace(raw, []byte(`"number":"A001"`), []byte(`"number":"A007"`), 1)
	if bytes.Equal(raw, damaged) {
		t.Fatal("the file does not hold the ticket in plain JSON any more; damage something else")
	}
	writeFile(t, file, string(damaged))
	layso(t, exitFail, "verify", "--data", data)
	empty := t.TempDir()
	layso(t, exitFail, "restore", "--from", file, "--data", empty)
	if _, err := os.Stat(filepath.Join(empty, dataFile)); err == nil {
		t.Error("a damaged backup was restored")
	}
}
