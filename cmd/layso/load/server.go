package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a layso in a process of its own, and somebody who asks it.
type server struct {
	base  string
	http  *http.Client
	child *exec.Cmd
	ended bool
}

// demo starts a demo hall with its data in a new folder.
func (b *bench) demo(ctx context.Context) (*server, error) {
	dir, err := b.folder()
	if err != nil {
		return nil, err
	}
	return b.start(ctx, "demo", "--listen", "127.0.0.1:0", "--data", dir)
}

// start runs layso with these arguments until it says where it listens.
func (b *bench) start(ctx context.Context, args ...string) (*server, error) {
	child := exec.CommandContext(ctx, b.Program, args...)
	child.Cancel = func() error { return child.Process.Signal(syscall.SIGTERM) }
	child.WaitDelay = 10 * time.Second
	child.Stderr = faults{b.Log}
	out, err := child.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := child.Start(); err != nil {
		return nil, err
	}
	jar, _ := cookiejar.New(nil) // fails only for a bad public suffix list, and there is none
	s := &server{child: child, http: &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 1024}}}
	if s.base, err = findURL(out); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// faults passes on what a server logs of faults.
type faults struct{ io.Writer }

func (f faults) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("level=INFO")) {
		return len(line), nil
	}
	return f.Writer.Write(line)
}

// findURL reads the server's greeting up to its first URL and goes on reading, so that the server never blocks.
func findURL(r io.Reader) (string, error) {
	url := regexp.MustCompile(`http://[^\s/]+`)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if found := url.FindString(lines.Text()); found != "" {
			go io.Copy(io.Discard, r)
			return found, nil
		}
	}
	return "", fmt.Errorf("the server did not start")
}

// stop ends the server cleanly; ending it twice is fine.
func (s *server) stop() error {
	if s.ended {
		return nil
	}
	s.ended = true
	s.http.CloseIdleConnections()
	if err := s.child.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.child.Wait()
}

// signIn signs a user of the demo in.
func (s *server) signIn(ctx context.Context, user, pin string) error {
	return s.post(ctx, "/api/session", fmt.Sprintf(`{"user":%q,"pin":%q}`, user, pin), nil)
}

func (s *server) get(ctx context.Context, path string) ([]byte, error) {
	return s.ask(ctx, http.MethodGet, path, "")
}

// post sends a JSON body, reads the answer, if there is one, and fails on any that is no success.
func (s *server) post(ctx context.Context, path, body string, answer any) error {
	text, err := s.ask(ctx, http.MethodPost, path, body)
	if err != nil || answer == nil || len(text) == 0 {
		return err
	}
	return json.Unmarshal(text, answer)
}

func (s *server) ask(ctx context.Context, method, path, body string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s: %s", path, answer.Status, text)
	}
	return text, err
}

const takeBody = `{"service":"dat-dai","print":false}`

// take takes a ticket and gives its token.
func (s *server) take(ctx context.Context) (string, error) {
	var ticket struct{ Token string }
	err := s.post(ctx, "/api/tickets", takeBody, &ticket)
	return ticket.Token, err
}

// queue takes n tickets, and gives their tokens in no order.
func (s *server) queue(ctx context.Context, n int) ([]string, error) {
	tokens := make(chan string, n+64)
	_, err := closed(ctx, min(n, 64), time.Hour, int64(n), func(ctx context.Context, _ int) error {
		token, err := s.take(ctx)
		tokens <- token
		return err
	})
	close(tokens)
	var all []string
	for t := range tokens {
		all = append(all, t)
	}
	return all, err
}

// memory is what a process has in memory, in MB, where Linux tells it: what is its own, and pages of files, which the system
// takes back when it needs them.
type memory struct{ own, files float64 }

func (s *server) memory() (m memory) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.child.Process.Pid))
	if err != nil {
		return m
	}
	for line := range strings.Lines(string(status)) {
		name, rest, _ := strings.Cut(line, ":")
		if name != "RssAnon" && name != "RssFile" {
			continue
		}
		kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
		if name == "RssAnon" {
			m.own = kb / 1024
		} else {
			m.files = kb / 1024
		}
	}
	return m
}

// cpu gives the processor time that the server has used, where Linux tells it. On a busy computer it says more than the clock.
func (s *server) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.child.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), ") ") // the name of the program may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11]) // of proc_pid_stat(5), field 14
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * (time.Second / clockTicks)
}

// clockTicks is how many of them Linux counts a second, on all that it runs on today (sysconf(3), _SC_CLK_TCK).
const clockTicks = 100

// each keeps the processor time that the server has used since, for each of n.
func (b *bench) each(what string, s *server, since time.Duration, n int64) {
	b.plain("processor time of the server for "+what, float64((s.cpu()-since).Microseconds())/float64(max(n, 1)), "µs")
}
