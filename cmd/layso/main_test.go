package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// asCommand makes the test binary behave as layso itself, so that tests can start and kill a real
// process without building another binary. All processes that the tests start have it.
const asCommand = "LAYSO_TEST_AS_COMMAND"

// atOneTime is how many parallel tests run at a time: those of processes and of pages wait for disks and timers more than they
// work, so more than there are processors.
const atOneTime = 3

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	os.Setenv(asCommand, "1")
	flag.Set("test.parallel", strconv.Itoa(atOneTime))
	testscript.Main(m, map[string]func(){"layso": main})
}

// TestCommands runs the scripts of testdata/script: each command line as a person types it.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

// process is a layso that runs by itself.
type process struct {
	*exec.Cmd
	base   string // URL
	code   string // of the first set-up, or empty
	stderr *bytes.Buffer
}

var (
	servedAt  = regexp.MustCompile(`at (http://\S+)`)
	setupLink = regexp.MustCompile(`/setup#(\S+)`)
)

// startServe runs "layso serve" with a small hall of demo-like ids and waits until it answers.
func startServe(t *testing.T, ctx context.Context, data string) *process {
	t.Helper()
	p, err := tryServe(t, ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tryServe is startServe for a start that may fail, and with more lines in the configuration.
func tryServe(t *testing.T, ctx context.Context, data string, more ...string) (*process, error) {
	t.Helper()
	folder := t.TempDir()
	config := filepath.Join(folder, "layso.yaml")
	writeFile(t, config, fmt.Sprintf("data: %s\nhall: hall.yaml\ntrust_loopback: kiosk\n%s\n", data, strings.Join(more, "\n")))
	hall, err := os.ReadFile("../../configs/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(folder, "hall.yaml"), string(hall))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.CommandContext(ctx, self, "serve", "--config", config, "--listen", "127.0.0.1:0"), stderr: &bytes.Buffer{}}
	p.Stderr = p.stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	return p, p.listen(out)
}

// listen reads what the process says up to the line that names its address.
func (p *process) listen(out io.Reader) error {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := setupLink.FindStringSubmatch(lines.Text()); m != nil {
			p.code = m[1]
		}
		if m := servedAt.FindStringSubmatch(lines.Text()); m != nil {
			p.base = strings.TrimSpace(m[1])
			go io.Copy(io.Discard, out)
			return nil
		}
	}
	p.Wait()
	return fmt.Errorf("layso serve did not start:\n%s", p.stderr)
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// within bounds a test that waits for other processes.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}
