package panel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"periph.io/x/conn/v3/physic"
	"periph.io/x/conn/v3/spi"

	"layso/kiosk"
)

// Hall is what panels need of the hall; [kiosk.Owner] is one.
type Hall interface {
	View() *kiosk.View
}

// Options are the settings of the panels on one bus. Hall, Open and Counters are needed.
type Options struct {
	Hall       Hall
	Open       func() (spi.PortCloser, error) // opens the bus; called again after a fault
	Counters   []string                       // ids, in the order of the chain from this computer on
	Digits     int                            // of each panel, 1-8; 0: 4
	Brightness int                            // 0-15
	Log        *slog.Logger                   // nil: slog.Default()
}

const (
	// tick is how often panels are looked after, and the shortest time between two changes of one: two
	// flashes a second at most, whatever happens, under the three that may hurt people with epilepsy.
	tick = 250 * time.Millisecond
	// renew is how often everything is written anew: a panel that lost its power comes back by itself.
	renew = 5 * time.Second
	// firstRetry and lastRetry bound the pause before a bus that failed is opened again.
	firstRetry, lastRetry = time.Second, 30 * time.Second
	// speed is slow for the chip (10 MHz) and good for metres of flat cable between the desks.
	speed = 250 * physic.KiloHertz
)

// Panels are the panels on one bus.
type Panels struct {
	opts  Options
	desks []*desk

	port    spi.PortCloser // nil: closed; the goroutine's own, as is what follows
	chips   *Chips
	shown   []Digits  // as it was last written
	renewed time.Time // when everything was
	retry   time.Duration
	again   time.Time // when a bus that failed is opened again

	mu     sync.Mutex
	status Status
}

// Status is how the bus does. Whether a panel is at its end nobody can tell.
type Status struct {
	Counters []string  `json:"counters"`
	OK       bool      `json:"ok"`
	Fault    string    `json:"fault,omitempty"` // English, for the log
	Since    time.Time `json:"since"`
}

// New gives panels; [Panels.Run] starts them.
func New(opts Options) *Panels {
	if opts.Digits == 0 {
		opts.Digits = 4
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	p := &Panels{opts: opts, status: Status{Counters: opts.Counters, Fault: "not opened yet", Since: time.Now()}}
	for _, id := range opts.Counters {
		p.desks = append(p.desks, &desk{counter: id, digits: opts.Digits})
	}
	return p
}

// Status gives how the bus does.
func (p *Panels) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Run shows the hall until ctx ends; the panels are dark then, so that no old number stays.
func (p *Panels) Run(ctx context.Context) {
	every := time.NewTicker(tick)
	defer every.Stop()
	for {
		p.show(time.Now())
		select {
		case <-every.C:
		case <-ctx.Done():
			p.end()
			return
		}
	}
}

// show writes what has changed, or everything when that is due.
func (p *Panels) show(now time.Time) {
	frame := make([]Digits, len(p.desks))
	for i, d := range p.desks {
		frame[i] = d.draw(p.opts.Hall.View())
	}
	if now.Before(p.again) {
		return
	}
	due := p.chips == nil || now.Sub(p.renewed) >= renew
	if !due && slices.EqualFunc(frame, p.shown, slices.Equal[Digits]) {
		return
	}
	if err := p.write(frame, due); err != nil {
		p.fail(now, err)
		return
	}
	if p.shown = frame; due {
		p.renewed = now
	}
	p.retry = 0
	p.note(nil)
}

func (p *Panels) write(frame []Digits, all bool) error {
	if p.chips == nil {
		if err := p.open(); err != nil {
			return err
		}
	}
	if all {
		if err := p.chips.Init(p.opts.Digits, p.opts.Brightness); err != nil {
			return err
		}
	}
	if err := p.chips.Show(frame); err != nil || !all {
		return err
	}
	return p.chips.On()
}

func (p *Panels) open() error {
	port, err := p.opts.Open()
	if err != nil {
		return fmt.Errorf("opening the panels' bus: %w", err)
	}
	c, err := port.Connect(speed, spi.Mode0, 8)
	if err != nil {
		return errors.Join(fmt.Errorf("setting up the panels' bus: %w", err), port.Close())
	}
	p.port, p.chips = port, NewChips(c, len(p.desks))
	return nil
}

// fail closes the bus and leaves it alone for a while, longer each time.
func (p *Panels) fail(now time.Time, err error) {
	p.note(err)
	if p.port != nil {
		p.port.Close() // it has failed already
	}
	p.port, p.chips = nil, nil
	p.retry = min(max(2*p.retry, firstRetry), lastRetry)
	p.again = now.Add(p.retry)
}

// note keeps the state, and tells the log of a change.
func (p *Panels) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fault := ""
	if err != nil {
		fault = err.Error()
	}
	if p.status.OK == (err == nil) && p.status.Fault == fault {
		return
	}
	p.status.OK, p.status.Fault, p.status.Since = err == nil, fault, time.Now()
	if err != nil {
		p.opts.Log.Warn("the counters' panels can't be written; they are tried again", "counters", p.opts.Counters, "err", err)
		return
	}
	p.opts.Log.Info("the counters' panels work", "counters", p.opts.Counters)
}

func (p *Panels) end() {
	if p.chips == nil {
		return
	}
	if err := errors.Join(p.chips.Halt(), p.port.Close()); err != nil {
		p.opts.Log.Warn("the counters' panels may go on showing old numbers", "err", err)
	}
}
