package chaos

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// hall is a layso in a process of its own, which is killed and started again on the same data.
type hall struct {
	opts         Options
	address      string
	config, data string
	mu           sync.Mutex
	child        *exec.Cmd
	clock        io.WriteCloser
	ended        chan struct{} // closed when the child has ended
	offset       time.Duration
	longest      time.Duration // start
}

func newHall(o Options, data, printer string) (*hall, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // a port that is free now and stays ours in all likelihood
	if err != nil {
		return nil, err
	}
	h := &hall{opts: o, address: l.Addr().String(), config: filepath.Join(o.Dir, "layso.yaml"), data: data}
	if err := l.Close(); err != nil {
		return nil, err
	}
	text := fmt.Sprintf("data: %s\ntrust_loopback: kiosk\nmetrics: open\nlog_level: warn\nprinters: [{name: p, link: \"tcp://%s\", profile: epson-80}]\n", data, printer)
	return h, os.WriteFile(h.config, []byte(text), 0o600)
}

// startTime is how long a start may take on a computer that has more to do.
const startTime = time.Minute

func (h *hall) start(ctx context.Context) error {
	began := time.Now()
	ready, err := h.launch(ctx)
	if err != nil {
		return err
	}
	if err := h.step(h.offset); err != nil {
		return err
	}
	select {
	case <-ready:
	case <-h.ended:
		return fmt.Errorf("%w: it does not start: %s", ErrBroken, h.lastWords())
	case <-time.After(startTime):
		return fmt.Errorf("%w: it does not start within %v", ErrBroken, startTime)
	}
	h.longest = max(h.longest, time.Since(began))
	return nil
}

// launch starts the process; ready is closed when it says where it listens.
func (h *hall) launch(ctx context.Context) (ready chan struct{}, err error) {
	child := h.opts.Layso(context.WithoutCancel(ctx), h.opts.Hall(h.config, h.address)...)
	said, err := os.OpenFile(filepath.Join(h.opts.Dir, "layso.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer said.Close()
	child.Stderr = said
	out, err := child.StdoutPipe()
	if err != nil {
		return nil, err
	}
	clock, err := child.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := child.Start(); err != nil {
		return nil, err
	}
	ready, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "http://") {
				close(ready)
				break
			}
		}
		io.Copy(io.Discard, out)
		child.Wait() // its state says the rest
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.child, h.clock, h.ended = child, clock, ended
	return ready, nil
}

// lastWords gives the end of what the hall has logged.
func (h *hall) lastWords() string {
	text, _ := os.ReadFile(filepath.Join(h.opts.Dir, "layso.log"))
	return string(text[max(0, len(text)-2000):])
}

// step makes the PC's clock wrong by so much.
func (h *hall) step(offset time.Duration) error {
	h.offset = offset
	_, err := fmt.Fprintf(h.clock, "%f\n", offset.Seconds())
	return err
}

// kill ends it as a power cut ends a process.
func (h *hall) kill() {
	h.child.Process.Kill()
	<-h.ended
}

// stopTime is what layso may take to stop (API.md), and some for a computer that has more to do.
const stopTime = 5*time.Second + 10*time.Second

// stop ends it as systemd does, and wants a clean end.
func (h *hall) stop() error {
	h.child.Process.Signal(syscall.SIGTERM)
	select {
	case <-h.ended:
	case <-time.After(stopTime):
		h.kill()
		return fmt.Errorf("it did not stop within %v", stopTime)
	}
	if !h.child.ProcessState.Success() {
		return fmt.Errorf("after SIGTERM: %v", h.child.ProcessState)
	}
	return nil
}

// end makes sure that no process stays behind.
func (h *hall) end() {
	if h.child == nil {
		return
	}
	h.clock.Close()
	select {
	case <-h.ended:
	case <-time.After(stopTime):
		h.kill()
	}
}

func (h *hall) pid() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.child.Process.Pid
}

// ask runs a command of layso and wants it to succeed.
func (h *hall) ask(ctx context.Context, args ...string) error {
	out, err := h.opts.Layso(ctx, args...).CombinedOutput()
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("layso %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return ctx.Err()
}
