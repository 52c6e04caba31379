package printer_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// power counts the steps of a life of layso, and cuts it off at the one of that number: no command
// reaches the hall any more, and no byte the printer.
type power struct {
	steps atomic.Int64
	last  int64 // 0: never
	off   chan struct{}
	once  sync.Once
}

func newPower(last int64) *power { return &power{last: last, off: make(chan struct{})} }

var errPower = errors.New("the power is gone")

func (p *power) step() error {
	if n := p.steps.Add(1); p.last > 0 && n >= p.last {
		p.once.Do(func() { close(p.off) })
		return errPower
	}
	return nil
}

// poweredHall is a hall that the power cut takes away.
type poweredHall struct {
	*desk
	*power
}

func (h poweredHall) Do(ctx context.Context, cmd kiosk.Command) (kiosk.Result, error) {
	if err := h.step(); err != nil {
		return kiosk.Result{}, err
	}
	r, err := h.desk.Do(ctx, cmd)
	if h.step() != nil {
		return kiosk.Result{}, errPower // on the disk, and nobody heard
	}
	return r, err
}

// poweredWire loses, at the power cut, a part of what is being written.
type poweredWire struct {
	printer.Link
	*power
	half bool
}

func (w poweredWire) Write(b []byte) (int, error) {
	if w.step() == nil {
		return w.Link.Write(b)
	}
	if w.half {
		w.Link.Write(b[:len(b)/2])
	}
	w.Link.Close()
	return 0, io.ErrClosedPipe
}

// live runs a spooler over the log until all is printed, or until the power goes; then it is cut off in
// the middle of what it does. It gives the number of steps.
func (x *lives) live(p *power) int64 {
	hall := openHall(x.t, x.log)
	x.hall = hall
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	profile := kinds[x.kind].profile
	dial := x.open("kiosk-1", x.p)
	s := printer.New(poweredHall{hall, p}, printer.Options{
		Printers: []printer.Printer{{Name: "kiosk-1", Profile: profile, Open: func(ctx context.Context) (printer.Link, error) {
			l, err := dial(ctx)
			if err != nil {
				return nil, err
			}
			return poweredWire{l, p, x.half}, nil
		}}},
		BaseURL: func() string { return "http://10.0.0.5:8080" }, Now: hall.Now, Log: slog.New(slog.DiscardHandler),
	})
	running.Go(func() { s.Run(ctx) })
	for len(x.tokens) < 3 {
		x.tokens = append(x.tokens, hall.take())
	}
	for over := false; !over; {
		changed := hall.Changed()
		if hall.settledAll() {
			break
		}
		select {
		case <-changed:
		case <-p.off:
			over = true
		}
	}
	cancel()
	running.Wait()
	hall.Close()
	return p.steps.Load()
}

// lives is a hall whose layso ends and starts again, and its printer, which does not notice.
type lives struct {
	*rig
	t      *testing.T
	log    *memory
	kind   string
	half   bool
	p      *emulator.Printer
	tokens []string
}

func newLives(t *testing.T, kind string, half bool) *lives {
	x := &lives{rig: newRig(nil), t: t, log: &memory{}, kind: kind, half: half}
	o := kinds[kind].options
	o.Dots = kinds[kind].profile.Dots
	x.p = x.printer(o)
	t.Cleanup(x.p.Close)
	return x
}

// TestThePowerGoesAtEveryStep cuts layso off before and after each command to the hall and each write to
// the printer, and at another one of the life after that. The next start puts it right.
func TestThePowerGoesAtEveryStep(t *testing.T) {
	stride := int64(1)
	if underRace {
		stride = 5
	}
	for kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var steps int64
			synctest.Test(t, func(t *testing.T) { steps = newLives(t, kind, false).live(newPower(0)) })
			for last := int64(1); last <= steps; last += stride {
				synctest.Test(t, func(t *testing.T) {
					rng := rand.New(rand.NewPCG(uint64(last), 3))
					x := newLives(t, kind, rng.IntN(2) == 0)
					x.live(newPower(last))
					if rng.IntN(2) == 0 {
						x.live(newPower(1 + rng.Int64N(last)))
					}
					x.live(newPower(0))
					x.check(last)
				})
			}
		})
	}
}

func (x *lives) check(last int64) {
	for _, token := range x.tokens {
		ticket := x.hall.View().Ticket(token)
		plain, marked := x.of(token)
		if plain > 1 || plain+marked == 0 && x.kind != "receiver" {
			x.t.Errorf("cut off at step %d: %s has %d papers and %d with a mark, and counts as %s: %v", last, ticket.Number, plain, marked, ticket.Print, x.log.of(token))
		}
	}
	if x.alien > 0 {
		x.t.Errorf("cut off at step %d: %d papers that nobody sent", last, x.alien)
	}
}

// TestADiskThatFailsNeitherLosesNorDoublesAPaper fails commits at random, before or after they are on
// the disk, and breaks the printer meanwhile.
func TestADiskThatFailsNeitherLosesNorDoublesAPaper(t *testing.T) {
	for seed := range uint64(6) {
		if underRace && seed > 1 {
			return
		}
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 11))
			log := &memory{}
			x := newPair(t, openHall(t, log))
			var tokens []string
			for i := range 100 {
				log.shake(0, false)
				tokens = append(tokens, x.on(rng.IntN(2)))
				log.shake(rng.IntN(4), rng.IntN(2) == 0)
				if i%20 == 10 {
					x.p[0].SetFault(emulator.CoverOpen)
				}
				time.Sleep(time.Duration(3000+rng.IntN(5000)) * time.Millisecond)
				x.p[0].SetFault(emulator.None)
			}
			log.shake(0, false)
			x.hall.idle(t)
			x.all(tokens)
		})
	}
}
