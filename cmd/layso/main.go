// Command layso runs the queue of a reception hall: the kiosk, the paper, the counters and the TVs
// of a Vietnamese one-stop office (Bộ phận Một cửa). "Lấy số" means "take a number".
//
//	layso demo                      a whole hall at once, on this computer
//	layso serve --config FILE       the real thing; without a file: this PC as it is
//
// The other commands are listed by "layso help". This package wires the rooms together and does
// nothing else.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
)

// Exit codes (API.md).
const (
	exitFine  = 0
	exitFail  = 1
	exitUsage = 2
)

func main() { os.Exit(runUntilSignal(os.Args[1:], os.Stdout, os.Stderr)) }

// runUntilSignal ends the command's context at the first SIGINT or SIGTERM; a second one kills.
func runUntilSignal(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, args, stdout, stderr)
}

const usage = `layso runs the queue of a reception hall.

  layso demo [--listen 127.0.0.1:8080] [--data DIR] [--lan]
                                   a whole hall at once, on this computer
  layso serve --config FILE [--data DIR] [--listen ADDR]
                                   the real thing; without a file: this PC as it is
  layso init [--to layso.yaml] [--data DIR]
                                   write that file, with comments, to be edited
  layso check --config FILE        look for faults in a configuration
  layso hardware [--config FILE] [--json] [--wait 30s]
                                   list pins, buses and printers, and try out what a
                                   configuration names
  layso verify --data DIR [--slip NUMBER:CODE]
                                   check a hall's data, while layso does not run, and
                                   whether it still is what a closing slip says
  layso backup --data DIR --to FILE
  layso restore --from FILE --data DIR
  layso recover --config FILE [--data DIR] [--backup FILE]
                                   make damaged data whole, of the newest good backup
                                   and of what can still be read
  layso bench [--only WHAT] [--json] [--svg FILE]
                                   measure this computer
  layso simulate WHAT              play whole halls: theory, policies, a log, the forecast
  layso version
`

// usageError is a mistake of the caller: it ends with exit code 2.
type usageError struct{ error }

type command func(ctx context.Context, args []string, stdout, stderr io.Writer) error

// run carries out one command and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	commands := map[string]command{
		"demo": demo, "serve": serve, "init": writeConfig, "check": check, "verify": verify, "backup": backup,
		"restore": restore, "recover": recoverData, "bench": bench, "simulate": simulateHalls, "version": version, "hardware": tryHardware,
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(stdout, usage)
		if len(args) == 0 {
			return exitUsage
		}
		return exitFine
	}
	cmd, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(stderr, "layso: there is no command %q\n\n%s", args[0], usage)
		return exitUsage
	}
	err := cmd(ctx, args[1:], stdout, stderr)
	var wrong usageError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitFine
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "layso %s: %v\n", args[0], err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "layso %s: %v\n", args[0], err)
	return exitFail
}

// flags parses the command's flags; positional arguments are a mistake.
func flags(name string, args []string, stderr io.Writer, define func(*flag.FlagSet)) error {
	set := flag.NewFlagSet("layso "+name, flag.ContinueOnError)
	set.SetOutput(stderr)
	define(set)
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError{err}
	}
	if set.NArg() > 0 {
		return usageError{fmt.Errorf("unexpected argument %q", set.Arg(0))}
	}
	return nil
}

// required complains about the first flag that is empty; names and values alternate.
func required(pairs ...string) error {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return usageError{fmt.Errorf("--%s is missing", pairs[i])}
		}
	}
	return nil
}

func version(_ context.Context, args []string, stdout, stderr io.Writer) error {
	if err := flags("version", args, stderr, func(*flag.FlagSet) {}); err != nil {
		return err
	}
	number, commit := buildVersion()
	_, err := fmt.Fprintf(stdout, "layso %s, %s, %s %s/%s\n", number, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// release is the version of this layso; CHANGELOG.md says what is in it.
const release = "0.1.0"

// buildVersion gives the release and, in words, the commit that this layso was built from.
func buildVersion() (number, commit string) {
	return release, commitOf(buildSetting)
}

// commitOf says what the Go toolchain has noted of the commit. "go run" notes nothing, nor does a build outside a repository or
// with -buildvcs=false.
func commitOf(noted func(key string) string) string {
	switch revision := noted("vcs.revision"); {
	case revision == "":
		return "its commit was not noted at the build"
	case noted("vcs.modified") == "true":
		return "commit " + revision + " and changes"
	default:
		return "commit " + revision
	}
}

// buildTime gives the time of the commit that this layso was built from, before which no clock can
// be right; zero when it is unknown.
func buildTime() time.Time {
	at, err := time.Parse(time.RFC3339, buildSetting("vcs.time"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// buildSetting gives what the Go toolchain noted about the build under this key, or "".
func buildSetting(key string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == key {
				return s.Value
			}
		}
	}
	return ""
}
