package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// step is a part of the run in which certain things happen.
type step struct {
	name   string
	share  float64 // of the run's time
	things []thing
	flat   bool // it is measured what the server uses
}

// thing is something that happens again and again, about each so often.
type thing struct {
	every time.Duration
	do    func(*run, context.Context, *rand.Rand) error
}

// The weather of a bad network.
var storm = weather{cut: 0.15, lose: 0.15, half: 0.05, delay: 0.15}

var (
	losing   = thing{0, func(r *run, _ context.Context, _ *rand.Rand) error { r.lan.set(weather{lose: 0.5}); return nil }}
	storming = thing{0, func(r *run, _ context.Context, _ *rand.Rand) error { r.lan.set(storm); r.wire.set(storm); return nil }}
	blackout = thing{5 * time.Second, (*run).blackout}
	unplug   = thing{9 * time.Second, (*run).unplug}
	trouble  = thing{3 * time.Second, (*run).trouble}
	wrong    = thing{4 * time.Second, (*run).wrongClock}
	killing  = thing{4 * time.Second, (*run).killHall}
	setups   = thing{2 * time.Second, (*run).changeSetup}
	copies   = thing{8 * time.Second, (*run).backup}
)

// steps are all that happens, in order. The last ones have no kills, so that what the server uses can be compared.
var steps = []step{
	{"people alone", 0.04, nil, false},
	{"answers get lost", 0.08, []thing{losing}, false},
	{"the network is cut", 0.10, []thing{storming, blackout, unplug}, false},
	{"the printer has faults", 0.08, []thing{trouble}, false},
	{"the clock is wrong", 0.08, []thing{wrong}, false},
	{"backups and changes of the setup", 0.06, []thing{setups, copies}, false},
	{"layso is killed", 0.12, []thing{killing}, false},
	{"everything at once", 0.16, []thing{storming, blackout, unplug, trouble, wrong, killing, setups, copies}, false},
	{"people alone, measured", 0.06, nil, true},
	{"everything but kills", 0.16, []thing{storming, blackout, unplug, trouble, wrong, setups, copies}, false},
	{"people alone, measured again", 0.06, nil, true},
}

// step lets a step's things happen and makes good again what they have spoiled.
func (r *run) step(ctx context.Context, s step) error {
	span := time.Duration(float64(r.Span) * s.share)
	now, over := context.WithTimeout(ctx, span)
	defer over()
	before := r.tally.snapshot()
	fmt.Fprintf(r.Log, "%s (%v)\n", s.name, span.Round(100*time.Millisecond))
	var all sync.WaitGroup
	for i, t := range s.things {
		all.Go(func() { r.happen(now, ctx, t, r.random(uint64(1000*len(r.report.Steps)+i))) })
	}
	if s.flat {
		r.compare(now, span)
	}
	<-now.Done()
	all.Wait()
	r.mend()
	r.report.Steps = append(r.report.Steps, r.tally.since(s.name, before, span))
	return context.Cause(ctx)
}

// happen does a thing at once and again and again until now has ended. What it has begun it ends under ctx.
func (r *run) happen(now, ctx context.Context, t thing, random *rand.Rand) {
	every := min(t.every, r.Span/60) // a short run has everything, too
	for wait := every / 4; pause(now, wait); wait = every/2 + about(random, every/2) {
		if err := t.do(r, ctx, random); err != nil && ctx.Err() == nil {
			if !errors.Is(err, ErrBroken) {
				err = fmt.Errorf("%w: %w", ErrBroken, err)
			}
			r.broken(err)
			return
		}
		if t.every == 0 {
			return
		}
	}
}

// mend ends all that is wrong beside what layso itself may have got wrong.
func (r *run) mend() {
	for _, p := range []*proxy{r.lan, r.wire} {
		p.set(weather{})
		p.darken(false)
	}
	r.paper.SetFault("")
}

// brief gives how long something lasts.
func (r *run) brief(random *rand.Rand, d time.Duration) time.Duration {
	return min(d, r.Span/60)/2 + time.Duration(random.Int64N(int64(min(d, r.Span/60))))
}

func (r *run) blackout(ctx context.Context, random *rand.Rand) error {
	p := []*proxy{r.lan, r.lan, r.wire}[random.IntN(3)]
	p.darken(true)
	pause(ctx, r.brief(random, 2*time.Second))
	p.darken(false)
	r.tally.add("blackouts", 1)
	return nil
}

// unplug takes the network itself away, where it is our own.
func (r *run) unplug(ctx context.Context, random *rand.Rand) error {
	if r.Network != "" {
		return nil
	}
	if err := setLoopback(false); err != nil {
		return fmt.Errorf("taking the network down: %w", err)
	}
	pause(ctx, r.brief(random, 3*time.Second))
	r.tally.add("cuts of the network interface", 1)
	return setLoopback(true)
}

func (r *run) trouble(ctx context.Context, random *rand.Rand) error {
	f := troubles[random.IntN(len(troubles))]
	if random.IntN(2) == 0 {
		r.paper.FailAfter(f, 1+random.IntN(600))
	} else {
		r.paper.SetFault(f)
	}
	pause(ctx, r.brief(random, 2*time.Second))
	r.paper.SetFault("")
	r.tally.add("printer faults", 1)
	return nil
}

// offsets are how wrong a PC's clock is: a dead battery, a summer time, a wrong year, a nudge.
var offsets = []time.Duration{-50 * 365 * 24 * time.Hour, -time.Hour, -10 * time.Minute, -5 * time.Second, 5 * time.Second, time.Hour, 400 * 24 * time.Hour}

// wrongClock makes the PC's clock wrong, and staff say what time it is; then the same the way back. Nobody kills the hall
// before it has noticed: a start believes a clock that is a day ahead, as after a holiday.
func (r *run) wrongClock(ctx context.Context, random *rand.Rand) error {
	r.calm.Lock()
	defer r.calm.Unlock()
	for _, offset := range []time.Duration{offsets[random.IntN(len(offsets))], 0} {
		if err := r.hall.step(offset); err != nil {
			return err
		}
		r.tally.add("clock steps", 1)
		if err := r.sayTime(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sayTime waits until the hall doubts its clock, and says what time it is.
func (r *run) sayTime(ctx context.Context) error {
	for range 100 {
		var hall struct{ Clock string }
		if r.admin.ask(ctx, "GET", "/api/hall", nil, &hall) == nil && hall.Clock == "suspect" {
			err := r.admin.ask(ctx, "POST", "/api/clock", map[string]any{"now": time.Now(), "sure": true}, nil)
			if code := refused(err); code != "" {
				return fmt.Errorf("staff may not say what time it is: %s", code)
			}
			if err == nil {
				return nil
			}
		}
		if !pause(ctx, again) {
			return nil
		}
	}
	return nil // the network was away all the time; the next step finds the clock in doubt
}

// killHall kills the hall, or stops it cleanly, looks at what is left, and starts it again.
func (r *run) killHall(ctx context.Context, random *rand.Rand) error {
	r.calm.Lock()
	defer r.calm.Unlock()
	if random.IntN(4) == 0 {
		if err := r.hall.stop(); err != nil {
			return err
		}
		r.tally.add("clean stops", 1)
	} else {
		r.hall.kill()
		r.tally.add("kills", 1)
	}
	if err := r.hall.ask(ctx, "verify", "--data", r.hall.data); err != nil {
		return err
	}
	return r.hall.start(ctx)
}

// changeSetup gives the hall another English name.
func (r *run) changeSetup(ctx context.Context, random *rand.Rand) error {
	var doc map[string]any
	if err := r.admin.ask(ctx, "GET", "/api/setup", nil, &doc); err != nil {
		return nil // the network is away
	}
	setup, _ := doc["setup"].(map[string]any)
	name, _ := setup["name"].(map[string]any)
	if name == nil {
		return errors.New("the setup has no name")
	}
	name["en"] = fmt.Sprintf("Hall %d", random.IntN(1e6))
	err := r.admin.ask(ctx, "PUT", "/api/setup", map[string]any{"seq": doc["seq"], "setup": setup}, nil)
	if code := refused(err); code != "" && code != "setup_changed" {
		return fmt.Errorf("changing the setup: %w", err)
	}
	if err == nil {
		r.tally.add("changes of the setup", 1)
	}
	return nil
}

// backup copies the data while all goes on, restores the copy into a folder of its own and checks it there.
func (r *run) backup(ctx context.Context, _ *rand.Rand) error {
	r.calm.Lock() // a kill in its midst is no fault of the backup's
	defer r.calm.Unlock()
	folder, err := os.MkdirTemp(r.Dir, "backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file, restored := filepath.Join(folder, "copy.db"), filepath.Join(folder, "restored")
	for _, command := range [][]string{
		{"backup", "--data", r.hall.data, "--to", file}, {"restore", "--from", file, "--data", restored}, {"verify", "--data", restored},
	} {
		if err := r.hall.ask(ctx, command...); err != nil {
			return err
		}
	}
	r.tally.add("backups made, restored and verified", 1)
	return nil
}
