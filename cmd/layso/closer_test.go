package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// slips is a hall whose business days are closed by hand, and the printers that its closing slips come
// out at. The time is the bubble's, moved to a working day.
type slips struct {
	*testing.T
	file    string
	setup   *kiosk.Setup
	journal *journal.Journal
	owner   *kiosk.Owner
	closer  *closer
	stop    func()

	mu    sync.Mutex       // guards what follows
	down  bool             // every printer is
	state kiosk.PrintState // what becomes of a slip
	err   error            // of printing
	at    []time.Time      // of the slips that were printed
}

func newSlips(t *testing.T, wanted bool) *slips {
	t.Helper()
	setup, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	setup.Paper.Closing = wanted
	s := &slips{T: t, file: filepath.Join(t.TempDir(), "hall.db"), setup: setup, state: kiosk.Confirmed}
	s.start()
	return s
}

func (s *slips) now() time.Time {
	return time.Now().Add(time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC).Sub(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)))
}

func (s *slips) start() {
	s.Helper()
	var err error
	if s.journal, err = journal.Open(s.file, journal.Options{}); err != nil {
		s.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	if s.owner, err = kiosk.Start(s.journal, kiosk.Options{Seed: s.setup, Now: s.now, Log: log}); err != nil {
		s.Fatal(err)
	}
	s.closer = &closer{
		hall: s.owner, days: s.journal, log: log, print: s.print,
		printers: s.printers,
	}
	ctx, cancel := context.WithCancel(s.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.closer.run(ctx) }()
	s.stop = func() {
		cancel()
		<-done
		s.owner.Close()
		s.journal.Close()
	}
}

func (s *slips) printers() []kiosk.PrinterStatus {
	s.mu.Lock()
	defer s.mu.Unlock()
	return []kiosk.PrinterStatus{{Name: "broken"}, {Name: "good", OK: !s.down}}
}

// from sets how it is from now on: the printers are down or not, and a slip that is printed comes to this.
func (s *slips) from(down bool, state kiosk.PrintState, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down, s.state, s.err = down, state, err
}

func (s *slips) print(ctx context.Context, printer, by string) (kiosk.PrintState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if printer != "good" || by != "system" {
		s.Errorf("printed at %s by %s", printer, by)
	}
	s.at = append(s.at, s.now())
	if s.err != nil {
		return "", s.err
	}
	_, err := s.owner.Do(ctx, kiosk.ReportPage{Printer: printer, Page: kiosk.ClosingPage, Outcome: s.state, By: by})
	return s.state, err
}

func (s *slips) do(cmd kiosk.Command) {
	s.Helper()
	if _, err := s.owner.Do(s.Context(), cmd); err != nil {
		s.Fatal(err)
	}
	synctest.Wait()
}

// pass lets time go by.
func (s *slips) pass(d time.Duration) {
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

func (s *slips) want(n int, when string) {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.at) != n {
		s.Errorf("%s: %d slips were printed, want %d", when, len(s.at), n)
	}
}

func TestClosingSlipComesByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlips(t, true)
		s.pass(time.Hour)
		s.want(0, "an open day")
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.want(1, "a day that has ended")
		s.pass(time.Hour)
		s.stop()
		s.start()
		s.pass(time.Hour)
		s.want(1, "after a restart")
		s.pass(24 * time.Hour)
		s.do(kiosk.Probe{}) // the next day opens
		s.pass(time.Hour)
		s.want(1, "on the next day")
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.want(2, "the second day")
		s.stop()
	})
}

func TestClosingSlipIsNotWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlips(t, false)
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.pass(time.Hour)
		s.want(0, "nobody wants it")
		s.stop()
	})
}

func TestClosingSlipWaitsForThePrinter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlips(t, true)
		s.from(true, kiosk.Confirmed, nil)
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.pass(9 * time.Minute)
		s.want(0, "no printer works")
		s.from(false, kiosk.Failed, nil)
		s.pass(slipRetry)
		s.want(1, "the printer works, and the paper jams")
		s.from(false, kiosk.PrintUncertain, nil)
		s.pass(slipRetry)
		s.want(2, "nobody knows whether it came")
		s.pass(time.Hour)
		s.want(2, "it may be there")
		s.stop()
	})
}

func TestClosingSlipIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlips(t, true)
		s.from(true, kiosk.Confirmed, nil)
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.pass(slipWithin + time.Minute)
		s.from(false, kiosk.Confirmed, nil)
		s.pass(time.Hour)
		s.want(0, "everybody has gone home")
		s.stop()

		s = newSlips(t, true)
		s.from(false, "", errors.New("no answer in time"))
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.pass(time.Hour)
		s.want(1, "it may still come out: never twice")
		s.stop()
	})
}

func TestClosingSlipOfTheManagerCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlips(t, true)
		s.from(true, kiosk.Confirmed, nil)
		s.do(kiosk.CloseDay{By: "user:manager"})
		s.do(kiosk.ReportPage{Printer: "good", Page: kiosk.ClosingPage, Outcome: kiosk.Sent, By: "user:manager"})
		s.from(false, kiosk.Confirmed, nil)
		s.pass(time.Hour)
		s.want(0, "the manager has one")
		s.stop()
	})
}
