package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"layso/configs"
	"layso/display"
	"layso/kiosk"
	"layso/kiosk/forecast"
	"layso/kiosk/journal"
	"layso/printer"
	"layso/printer/paper"
	"layso/web"
)

// settings are what a hall is started with, by demo and by serve.
type settings struct {
	config      string // path of the installation's file; empty: none
	data        string // folder
	listen      string
	listenAtTLS string       // where tls is given
	tls         *configs.TLS // nil: none
	seed        *kiosk.Setup
	baseURL     string // empty: made from the address that is listened on
	hosts       []string
	loopbackIs  string
	metricsOpen bool
	demo        bool
	printers    []*printing // the first one takes what is asked of no particular one
	sound       []configs.Sound
	expire      time.Duration      // how old a print job may be; 0: the spooler's usual time
	hardware    hardware           // on the PC's pins and buses
	backupsIn   string             // folder of the backups; empty: in the data folder
	keep        configs.Keep       // how many of them stay; zero: the usual
	restoreStep func(string) error // called before each step of a restoration; tests cut the power
	log         *slog.Logger
	now         func() time.Time // the PC's clock; nil: time.Now
}

// hall is a running layso: every room, wired.
type hall struct {
	settings
	journal  *journal.Journal
	owner    *kiosk.Owner
	spooler  *printer.Spooler
	web      *web.Server
	listener *door
	secure   net.Listener // for TLS; nil: none
	ca       *hallCA      // nil: none
	contacts *web.ContactBook
	control  net.Listener
	running  bool               // the mark of a layso that runs is on the disk
	stop     context.CancelFunc // ends the readers
	readers  sync.WaitGroup

	backups      *backups
	restored     *restoration  // with which this start began, until the log is told
	restoreFault string        // why a restoration failed at this start
	again        chan struct{} // gets one when the server shall end and start anew
	restarting   bool          // because of that
}

// dataFile is the journal's name in the data folder.
const dataFile = "layso.db"

// openingGrowth is by how many per cent the heap may grow before its garbage is collected, while the hall opens.
const openingGrowth = 400

// open starts everything but the answering of requests. first is the one-time code of the first
// set-up, made only when nobody can sign in as admin yet.
func open(s settings) (*hall, error) {
	// To fold a day leaves much garbage, and nothing of it is in anybody's way before the doors open.
	defer debug.SetGCPercent(debug.SetGCPercent(openingGrowth))
	if err := makeFolder(s.data); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	h := &hall{settings: s, again: make(chan struct{}, 1)}
	err := h.restoreBegun() // before the data are looked at that it replaces
	if err == nil {
		err = examine(s.data, s.log)
	}
	if err == nil {
		err = h.openRooms()
	}
	if err != nil {
		h.close()
		return nil, advised(err, s)
	}
	return h, nil
}

func (h *hall) openRooms() (err error) {
	if h.journal, err = journal.Open(h.dataPath(), journal.Options{}); err != nil {
		return err
	}
	h.begun()
	if err = h.openContacts(); err != nil {
		return err
	}
	if h.owner, err = kiosk.Start(h.journal, kiosk.Options{Seed: h.seed, Now: h.now, Built: h.built(), Log: h.log}); err != nil {
		return err
	}
	if h.restored != nil {
		if err := h.restored.finish(h.journal, h.owner); err != nil {
			h.log.Error("the restored log", "err", err)
		}
	}
	if h.listener, err = listenTCP(h.listen, h.log); err != nil {
		return fmt.Errorf("%w (another program may use the address: choose one with --listen)", err)
	}
	if h.baseURL == "" {
		if h.baseURL, err = urlOf(h.listener.Addr()); err != nil {
			return err
		}
	}
	if err = h.listenTLS(); err != nil {
		return err
	}
	if h.control, err = listenControl(h.data); errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EROFS) {
		h.log.Error("layso backup can't reach this layso until it is started again: the disk takes nothing", "err", err)
	} else if err != nil {
		return err
	}
	return h.startReaders()
}

// startReaders starts what follows the log, and the HTTP side, which hands connections to them.
func (h *hall) startReaders() error {
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	expected := forecast.New(h.owner, forecast.Options{Journal: h.journal, Now: h.owner.Now, Log: h.log})
	h.read(ctx, expected.Run)
	h.spooler = h.newSpooler()
	h.read(ctx, h.spooler.Run)
	h.startHardware(ctx)
	hub := display.New(display.Options{
		Hall: h.owner, History: h.journal, Epoch: h.journal.Epoch(), Build: web.BuildID(), Demo: h.demo, Log: h.log, Now: h.owner.Now,
		Printers: h.spooler.Statuses, PrintersChanged: h.spooler.Changed, StatusURL: func() string { return h.baseURL },
	})
	h.read(ctx, hub.Run)
	printed := &press{h.spooler, h.journal, h.owner.View, h.owner.Now, h.printers}
	h.read(ctx, h.newCloser(printed).run)
	spoken := h.startSpeech(ctx)
	h.backups = h.newBackups()
	h.read(ctx, h.backups.run)
	number, _ := buildVersion()
	server, err := web.New(web.Options{
		Hall: h.owner, History: h.journal, Changes: h.journal, SetupFile: setupFile{}, Backups: h.backups, Epoch: h.journal.Epoch(), Secrets: h.journal.Secrets(), Live: live{hub}, Printers: h.spooler.Statuses, Press: printed,
		QR: paper.QR, Paper: h.softwarePaper(), Metrics: metrics(h.owner, hub, expected, h.spooler, h.parts, func() []web.Display { return h.web.Displays() }, h.upkeep), BaseURL: h.baseURL, Scores: expected.Scores, Reports: h.startReports(ctx),
		Screens: screensOf(hub), Upkeep: h.upkeep, Parts: func() []web.Part { return append(h.parts(), spoken.parts()...) }, Proofs: newProofs(h.baseURL, h.owner.Now).draw, Speech: spoken,
		Hosts: h.hosts, LoopbackIs: h.loopbackIs, MetricsOpen: h.metricsOpen, Demo: h.demo, Version: number, Log: h.log, Now: h.owner.Now, Steady: h.steady(), CA: h.caFile, Contacts: h.contacts, StaffTLS: h.staffTLS(),
	})
	h.web = server
	if err == nil {
		h.read(ctx, h.sweepContacts)
	}
	return err
}

// built gives the time before which the PC's clock is wrong. A demo has to run wherever it is tried.
func (h *hall) built() time.Time {
	if h.demo {
		return time.Time{}
	}
	return buildTime()
}

// steady gives the time as the hall has it now, from here on by the PC's monotonic clock alone: the one
// tap that sets a wrong clock must not sign everybody out.
func (h *hall) steady() func() time.Time {
	now := h.now
	if now == nil {
		now = time.Now
	}
	hall, begun := h.owner.Now(), now()
	return func() time.Time { return hall.Add(now().Sub(begun)) }
}

func (h *hall) read(ctx context.Context, run func(context.Context)) {
	h.readers.Go(func() { run(ctx) })
}

// drainTime is how long requests that are under way get at the end. The rooms take 2 s more at most, a
// ticket in the printer being the slowest (API.md: 5 s in all).
const drainTime = 1500 * time.Millisecond

// serve answers requests until ctx ends, then closes everything in reverse order.
func (h *hall) serve(ctx context.Context) error {
	server := h.httpServer(h.web)
	control := &http.Server{Handler: h.controlHandler(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 3)
	go func() { failed <- server.Serve(h.listener) }()
	if h.secure != nil {
		go func() { failed <- server.Serve(h.secure) }()
	}
	if h.control != nil {
		go func() { failed <- control.Serve(h.control) }()
	}
	h.say("READY=1")
	serving, end := context.WithCancel(ctx) // ends also where another hall follows this one
	defer end()
	if every := watchdogEvery(); every > 0 {
		h.read(serving, func(ctx context.Context) { watchdog(ctx, every, h.probe, func() { h.say("WATCHDOG=1") }) })
	}
	var err error
	select {
	case <-ctx.Done():
	case <-h.again:
		h.restarting = true
	case err = <-failed:
	}
	end()
	if !h.restarting {
		h.say("STOPPING=1")
	}
	deadline, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	return errors.Join(err, drain(deadline, server), drain(deadline, control), h.close())
}

// close ends the rooms in reverse order of their start, as far as they were started.
func (h *hall) close() error {
	if h.stop != nil {
		h.stop()
	}
	h.readers.Wait()
	if h.control != nil {
		h.control.Close()
	}
	if h.secure != nil {
		h.secure.Close()
	}
	if h.listener != nil {
		h.listener.Close()
	}
	if h.owner != nil {
		h.owner.Close()
	}
	if h.contacts != nil {
		h.contacts.Close()
	}
	if h.journal == nil {
		return nil
	}
	if err := h.journal.Close(); err != nil {
		return err
	}
	return h.ended()
}
