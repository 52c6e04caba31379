package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server measures a demo hall in a process of its own, as its users meet it.
func (b *benchmark) server(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.CommandContext(ctx, self, "demo", "--listen", "127.0.0.1:0", "--data", filepath.Join(b.dir, "demo"))
	child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
	child.WaitDelay = 10 * time.Second
	stdout, err := child.StdoutPipe()
	if err != nil {
		return err
	}
	began := time.Now()
	if err := child.Start(); err != nil {
		return err
	}
	base, err := findURL(stdout)
	if err != nil {
		return err
	}
	b.add("start of the demo hall", time.Since(began).Seconds()*1000, "ms")
	c := newBenchClient(base)
	// The calls come first: what the tickets leave waiting would weigh on everything after.
	for _, step := range []func() error{
		func() error { return b.signIn(ctx, c) },
		func() error { return b.screens(ctx, c, child.Process.Pid) },
		func() error { return b.scriptBytes(c) },
		func() error { return b.httpTickets(ctx, c) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if info, err := os.Stat(self); err == nil {
		b.add("size of the binary", float64(info.Size())/1e6, "MB")
	}
	stop()
	child.Wait() // it ends by the signal that stop sends
	return nil
}

// scriptBytes measures what a TV has to read of JavaScript.
func (b *benchmark) scriptBytes(c *benchClient) error {
	page, err := c.get("/display")
	if err != nil {
		return err
	}
	total := 0
	for _, m := range regexp.MustCompile(`src="(/static/[^"]+\.js)"`).FindAllSubmatch(page, -1) {
		script, err := c.get(string(m[1]))
		if err != nil {
			return err
		}
		total += len(script)
	}
	b.add("script of the display page", float64(total), "B")
	return nil
}

// findURL reads the demo's greeting up to its first URL and goes on reading, so that it never blocks.
func findURL(r io.Reader) (string, error) {
	url := regexp.MustCompile(`http://[^\s/]+`)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if found := url.FindString(lines.Text()); found != "" {
			go io.Copy(io.Discard, r)
			return found, nil
		}
	}
	return "", fmt.Errorf("the demo hall did not start")
}

type benchClient struct {
	base string
	http *http.Client
}

func newBenchClient(base string) *benchClient {
	jar, _ := cookiejar.New(nil) // fails only for a bad public suffix list, and there is none
	return &benchClient{base, &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
}

func (c *benchClient) get(path string) ([]byte, error) {
	answer, err := c.http.Get(c.base + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// post sends a JSON body and fails on any answer that is no success.
func (c *benchClient) post(ctx context.Context, path, body string) error {
	return c.send(ctx, path, body, nil)
}

const takeBody = `{"service":"dat-dai","print":false}`

// httpTickets measures durable tickets through HTTP, and a request that needs no disk as the floor
// of the socket.
func (b *benchmark) httpTickets(ctx context.Context, c *benchClient) error {
	rate, err := b.rate(ctx, 1, func(context.Context) error {
		_, err := c.get("/healthz")
		return err
	})
	if err != nil {
		return err
	}
	b.add("HTTP round trips without the disk, 1 caller", rate, "1/s")
	for _, callers := range []int{1, 8, 64} {
		rate, err := b.rate(ctx, callers, func(ctx context.Context) error { return c.post(ctx, "/api/tickets", takeBody) })
		if err != nil {
			return err
		}
		of := floorName
		if callers > 1 {
			of = httpTicketsName(1)
		}
		b.against(httpTicketsName(callers), rate, "1/s", of)
	}
	return nil
}

func httpTicketsName(callers int) string {
	return fmt.Sprintf("durable tickets, HTTP, %d callers", callers)
}

// signIn opens counter 1.
func (b *benchmark) signIn(ctx context.Context, c *benchClient) error {
	if err := c.post(ctx, "/api/session", `{"user":"clerk1","pin":"`+demoPIN+`"}`); err != nil {
		return err
	}
	return c.post(ctx, "/api/counters/1/open", "")
}

// residentMB reads the process's resident memory where Linux tells it, else 0.
func residentMB(pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}
