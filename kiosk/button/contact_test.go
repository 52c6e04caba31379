package button

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpiotest"
	"pgregory.net/rapid"
)

// wire is a pin whose level the test moves, as a contact between it and ground would.
type wire struct{ *gpiotest.Pin }

func newWire(name string) wire {
	return wire{&gpiotest.Pin{N: name, EdgesChan: make(chan gpio.Level, 256)}}
}

func (w wire) set(closed bool) { w.EdgesChan <- gpio.Level(!closed) }

// followed gives what a contact tells of its pin until stop is called.
func followed(t *testing.T, pin gpio.PinIn) (told func() []bool, stop func()) {
	t.Helper()
	c := contact{pin: pin, log: slog.New(slog.DiscardHandler)}
	if err := c.prepare(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var mu sync.Mutex
	var list []bool
	var running sync.WaitGroup
	running.Go(func() {
		c.follow(ctx, func(closed, _ bool) {
			mu.Lock()
			defer mu.Unlock()
			list = append(list, closed)
		})
	})
	synctest.Wait()
	told = func() []bool {
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(list)
	}
	return told, func() { cancel(); running.Wait() }
}

// step is a level of the contact and how long it stays.
type step struct {
	closed bool
	lasts  time.Duration
}

// bounce moves the contact to and fro at random, never longer in one place than a glitch may last, and
// leaves it where it is wanted for so many milliseconds.
func bounce(r *rapid.T, end bool, ms int) (train []step) {
	lengths := []time.Duration{0, 50 * time.Microsecond, time.Millisecond, 9 * time.Millisecond, 20 * time.Millisecond}
	for range rapid.IntRange(0, 7).Draw(r, "bounces") {
		train = append(train, step{rapid.Bool().Draw(r, "level"), rapid.SampledFrom(lengths).Draw(r, "for")})
	}
	return append(train, step{end, time.Duration(ms) * time.Millisecond})
}

// train draws presses that bounce and glitches too short to be one, and gives what has to be told of them.
func train(r *rapid.T) (steps []step, want []bool) {
	steps, want = []step{{false, 2 * Settle}}, []bool{false}
	for range rapid.IntRange(1, 6).Draw(r, "acts") {
		rest := rapid.IntRange(45, 400).Draw(r, "rest")
		if rapid.Bool().Draw(r, "glitch") {
			lasts := time.Duration(rapid.IntRange(0, 29).Draw(r, "ms")) * time.Millisecond
			steps = append(steps, step{true, lasts}, step{false, time.Duration(rest) * time.Millisecond})
			continue
		}
		steps = append(steps, bounce(r, true, rapid.IntRange(45, 400).Draw(r, "held"))...)
		steps = append(steps, bounce(r, false, rest)...)
		want = append(want, true, false)
	}
	return steps, want
}

// TestEveryPressCountsOnce plays trains of presses that bounce and of glitches too short to be one.
func TestEveryPressCountsOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		steps, want := train(r)
		var got []bool
		synctest.Test(t, func(t *testing.T) {
			w := newWire("GPIO17")
			told, stop := followed(t, w)
			for _, s := range steps {
				w.set(s.closed)
				time.Sleep(s.lasts) // of the bubble's time
			}
			got = told()
			stop()
		})
		if !slices.Equal(got, want) {
			r.Fatalf("told %v, want %v", got, want)
		}
	})
}

// TestAnEdgeBetweenTwoSamples: the level looks the same, but the contact has moved.
func TestAnEdgeBetweenTwoSamples(t *testing.T) {
	at, d := time.Now(), debounce{known: true}
	for ms, moved := range []bool{0: false, 20: true, 40: false, 49: false, 50: false} {
		got := d.sample(true, moved, at.Add(time.Duration(ms)*time.Millisecond))
		if got != (ms == 50) {
			t.Fatalf("after %d ms: %v", ms, got)
		}
	}
}

// plain is a pin whose driver knows no pull-ups, or no edges, or loses them.
type plain struct {
	*gpiotest.Pin
	noPull, noEdge, deaf bool
	gone                 bool // pulled out
	waits                int
}

func (p *plain) isGone() bool {
	p.Lock()
	defer p.Unlock()
	return p.gone
}

func (p *plain) In(pull gpio.Pull, edge gpio.Edge) error {
	if p.isGone() || p.noPull && pull == gpio.PullUp || p.noEdge && edge != gpio.NoEdge {
		return errors.New("not supported")
	}
	p.Lock()
	level := p.L
	p.Unlock()
	defer p.Out(level) // the double takes a pull-up for a level
	return p.Pin.In(pull, edge)
}

func (p *plain) WaitForEdge(d time.Duration) bool {
	p.waits++
	return !p.deaf && !p.isGone() && p.Pin.WaitForEdge(d)
}

func TestDriversThatKnowLittle(t *testing.T) {
	for name, p := range map[string]*plain{
		"no pull-up": {noPull: true}, "no edges": {noEdge: true}, "neither": {noPull: true, noEdge: true}, "deaf": {deaf: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p.Pin = newWire("1").Pin
				p.L = gpio.High
				told, stop := followed(t, p)
				defer stop()
				for range 3 {
					for _, level := range []gpio.Level{gpio.High, gpio.Low} {
						time.Sleep(100 * time.Millisecond)
						p.Lock()
						p.L = level
						p.Unlock()
						if !p.noEdge && !p.deaf {
							p.EdgesChan <- level
						}
					}
				}
				time.Sleep(100 * time.Millisecond)
				if got, want := told(), []bool{false, true, false, true, false, true}; !slices.Equal(got, want) {
					t.Errorf("told %v, want %v", got, want)
				}
				if p.deaf && p.waits > 1 {
					t.Errorf("a driver that fails at once was asked %d times", p.waits)
				}
			})
		})
	}
}

// TestPinThatIsPulledOut: from then on it reads as closed. That is no press; and when it is back, what it is
// found at is none either.
func TestPinThatIsPulledOut(t *testing.T) {
	for _, edges := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			p := &plain{Pin: newWire("1").Pin, noEdge: !edges}
			p.L = gpio.High
			ctx, cancel := context.WithCancel(t.Context())
			var told []string
			c := contact{pin: p, log: slog.New(slog.DiscardHandler)}
			var running sync.WaitGroup
			running.Go(func() {
				c.keep(ctx, func(closed, found bool) { told = append(told, fmt.Sprint(closed, found)) }, func(error) { told = append(told, "broke") })
			})
			time.Sleep(time.Second)
			for _, gone := range []bool{true, false} {
				p.Lock()
				p.gone, p.L = gone, gpio.Low // somebody leans on the button when it comes back
				p.Unlock()
				time.Sleep(time.Minute)
			}
			cancel()
			running.Wait()
			if want := []string{"false true", "broke", "true true"}; !slices.Equal(told, want) {
				t.Errorf("edges %v: told %q, want %q", edges, told, want)
			}
		})
	}
	if _, err := IsClosed(gpio.INVALID); err == nil {
		t.Error("a pin that can't be read is open or closed")
	}
	if err := WaitForPress(t.Context(), gpio.INVALID); err == nil || t.Context().Err() != nil {
		t.Error("a pin that can't be read was pressed")
	}
}

// TestPaperSwitch tells the paper's state as it is found, and then its changes, for both kinds of switches.
func TestPaperSwitch(t *testing.T) {
	for _, closed := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			w := newWire("GPIO5")
			var told []bool
			s := PaperSwitch{Pin: w, Closed: closed, Tell: func(on bool) { told = append(told, on) }}
			var running sync.WaitGroup
			running.Go(func() { s.Run(ctx) })
			synctest.Wait()
			time.Sleep(time.Second)
			w.set(true)
			time.Sleep(time.Second)
			w.set(false)
			time.Sleep(time.Second)
			cancel()
			running.Wait()
			if want := []bool{!closed, closed, !closed}; !slices.Equal(told, want) {
				t.Errorf("told %v, want %v", told, want)
			}
		})
	}
}
