package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"layso/cmd/layso/chaos"
	"layso/configs"
)

// chaosCommand gives what "layso bench" does with these arguments where that is about chaos, else nil.
func chaosCommand(args []string) command {
	if len(args) == 0 {
		return nil
	}
	return map[string]command{"--chaos": benchChaos, "-chaos": benchChaos, chaosHall: serveChaos}[args[0]]
}

// chaosHall runs the hall of a chaos run. It is no hall for people: its PC's clock is what the standard input says.
const chaosHall = "--chaos-hall"

// benchChaos lets everything happen at once to a layso of its own (package chaos).
func benchChaos(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	number, commit := buildVersion()
	o := chaos.Options{Layso: laysoAgain, PIN: demoPIN, Version: number + ", " + commit, Log: stderr, Hall: func(config, listen string) []string {
		return []string{"bench", chaosHall, "--config", config, "--listen", listen}
	}}
	var keep bool
	err := flags("bench --chaos", args[1:], stderr, func(f *flag.FlagSet) {
		f.DurationVar(&o.Span, "time", 10*time.Minute, "how long all steps take together")
		f.Uint64Var(&o.Seed, "seed", 0, "of what is left to chance (default: another one each time)")
		f.BoolVar(&o.JSON, "json", false, "write JSON")
		f.StringVar(&o.Dir, "dir", "", "folder on the disk to use (default: the user's cache folder)")
		f.BoolVar(&keep, "keep", false, "leave the hall's data there afterwards")
	})
	if err != nil {
		return err
	}
	if o.Span < time.Second {
		return usageError{errors.New("it takes a second at least")}
	}
	if o.Seed == 0 {
		o.Seed = rand.Uint64N(1e6) + 1
	}
	if err := chaos.TakeNetwork(); err != nil {
		why, ran, err := inOwnNetwork(ctx, args, o.Seed, stdout, stderr)
		if ran {
			return err
		}
		o.Network = why
	}
	if o.Dir, err = chaosFolder(o.Dir); err != nil {
		return err
	}
	if keep {
		fmt.Fprintf(stderr, "the hall's data: %s\n", o.Dir)
	} else {
		defer os.RemoveAll(o.Dir)
	}
	return chaos.Run(ctx, o, stdout)
}

// chaosFolder makes a folder for a run in the one that was named, or in the user's cache.
func chaosFolder(named string) (string, error) {
	in := cmp.Or(named, filepath.Dir(demoFolder()))
	if err := os.MkdirAll(in, 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(in, "chaos-")
}

// laysoAgain is a command of this program. It gets a SIGTERM when ctx ends, and no Ctrl+C of its own before that, which would
// make the SIGTERM the second signal that kills.
func laysoAgain(ctx context.Context, args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	c := exec.CommandContext(ctx, self, args...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 30 * time.Second
	return c
}

// inOwnNetwork runs the whole command once more, in a network of its own that can be cut. Where that can't be had, why says
// so and nothing has run.
func inOwnNetwork(ctx context.Context, args []string, seed uint64, stdout, stderr io.Writer) (why string, ran bool, err error) {
	try := laysoAgain(ctx, "version")
	chaos.OwnNetwork(try)
	if err := try.Run(); err != nil {
		return fmt.Sprintf("this user may have no network of its own (%v)", err), false, nil
	}
	c := laysoAgain(ctx, append([]string{"bench", "--chaos", "--seed", strconv.FormatUint(seed, 10)}, args[1:]...)...)
	chaos.OwnNetwork(c)
	c.Stdout, c.Stderr = stdout, stderr
	return "", true, c.Run()
}

// serveChaos runs the demo's hall with a real installation's configuration, on a PC whose clock is as wrong as the lines of the
// standard input say, in seconds. It ends with the input, so that none stays behind.
func serveChaos(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var config, listen string
	err := flags("bench "+chaosHall, args[1:], stderr, func(f *flag.FlagSet) {
		f.StringVar(&config, "config", "", "the installation's YAML file")
		f.StringVar(&listen, "listen", "", "address to listen on")
	})
	if err != nil {
		return err
	}
	c, _, err := loadConfig(config)
	if err != nil {
		return err
	}
	c.Listen = listen
	seed, err := configs.Demo()
	if err != nil {
		return err
	}
	s, err := settingsOf(c, seed, stderr)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if s.now, err = wrongClock(os.Stdin, stop); err != nil {
		return err
	}
	return keepOpen(ctx, s, func(h *hall, _ bool) error {
		if h.web.FirstCode() != "" { // nobody has a PIN yet
			if _, err := setPINs(h.web, seed, false); err != nil {
				return err
			}
		}
		_, err := fmt.Fprintln(stdout, h.baseURL)
		return err
	})
}

// wrongClock gives a clock that is wrong by what the newest line says. The first one is waited for; ended is called at the end.
func wrongClock(lines io.Reader, ended func()) (func() time.Time, error) {
	if d := 3 * time.Hour; wallStep(time.Now(), d).Round(0).Sub(time.Now().Round(0)) < d/2 {
		return nil, errors.New("this version of Go keeps times in another way; its clock can't be set wrong")
	}
	var wrong atomic.Int64 // nanoseconds
	in := bufio.NewScanner(lines)
	next := func() bool {
		if !in.Scan() {
			return false
		}
		seconds, err := strconv.ParseFloat(strings.TrimSpace(in.Text()), 64)
		wrong.Store(int64(seconds * 1e9))
		return err == nil
	}
	if !next() {
		return nil, errors.New("the standard input says nothing of the clock; this is for layso bench --chaos")
	}
	go func() {
		for next() {
		}
		ended()
	}()
	return func() time.Time { return wallStep(time.Now(), time.Duration(wrong.Load())) }, nil
}

// wallStep gives a reading of a wall clock that was set by d, while the monotonic clock saw nothing of it. Package time has
// no way to make one: the monotonic part is its second word.
func wallStep(at time.Time, d time.Duration) time.Time {
	out := at.Add(d)
	(*[2]int64)(unsafe.Pointer(&out))[1] -= int64(d)
	return out
}
