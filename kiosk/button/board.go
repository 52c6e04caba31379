package button

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"periph.io/x/conn/v3/gpio"

	"layso/kiosk"
)

// Hall is what buttons need of the hall; [kiosk.Owner] is one.
type Hall interface {
	View() *kiosk.View
	Forecast() *kiosk.Forecast
	Now() time.Time
	Changed() <-chan struct{} // closed at the next change of the view
	Do(ctx context.Context, cmd kiosk.Command) (kiosk.Result, error)
}

// Button is one push button, between its pin and ground.
type Button struct {
	Pin      gpio.PinIn
	Lamp     gpio.PinOut // nil: none
	Service  string
	Priority string // reason id, or empty
	Printer  string // where the paper comes out; empty: the hall's first printer
}

// device is what the log calls the button.
func (b Button) device() string { return "button-" + b.Pin.Name() }

// Options are a [Board]'s settings. Hall and Ready are needed.
type Options struct {
	Hall    Hall
	Buttons []Button
	Ready   func(printer string) bool // whether it, or its stand-in, would print now
	Lit     gpio.PinOut               // the hall's lamp: lit while some button gives numbers; nil: none
	Fault   gpio.PinOut               // blinks while the buttons, or what Needs is about, need the staff; nil: none
	Needs   func() bool               // whether something else needs the staff, e.g. a printer; nil: nothing else
	Log     *slog.Logger              // nil: slog.Default()
}

// Board is the hall's push buttons and their lamps. It may have no button: the fault lamp works all the same.
type Board struct {
	opts       Options
	keys       []*key
	lit, fault lamp
	needs      bool           // what Needs said last; the goroutine's own
	work       sync.WaitGroup // presses that are being dealt with
}

// The states of a button, besides the reasons why it gives no numbers: codes of [kiosk.Error] and [NoPaper].
const (
	Ready   = "ready"
	Working = "working" // a number was given; its paper is on the way
	Stuck   = "stuck"   // pressed for longer than anybody presses
	Broken  = "broken"  // its pin can't be read
)

// Status is what a button does.
type Status struct {
	Name     string    `json:"name"`    // its device in the log, e.g. button-GPIO17
	Service  string    `json:"service"` //
	Priority string    `json:"priority,omitempty"`
	Printer  string    `json:"printer,omitempty"` // empty: the hall's first
	State    string    `json:"state"`             // ready, working, stuck, broken, no_paper, or why the service is closed
	Since    time.Time `json:"since"`             // of the state
	Taken    int       `json:"taken"`             // numbers given since layso started
	Refused  int       `json:"refused"`           // presses without a number since then
}

// NeedsStaff reports whether somebody has to come: it gives no numbers although its service does.
func (s Status) NeedsStaff() bool { return wantsStaff(s.State) }

// New gives a board; [Board.Run] starts it.
func New(opts Options) *Board {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	b := &Board{opts: opts, lit: lamp{pin: opts.Lit, log: opts.Log}, fault: lamp{pin: opts.Fault, log: opts.Log}}
	for _, x := range opts.Buttons {
		log := opts.Log.With("button", x.device(), "service", x.Service)
		k := &key{Button: x, log: log, lamp: lamp{pin: x.Lamp, log: log}}
		k.set(Ready)
		b.keys = append(b.keys, k)
	}
	return b
}

// Statuses gives what each button does, in the order of the options.
func (b *Board) Statuses() []Status {
	out := make([]Status, len(b.keys))
	for i, k := range b.keys {
		out[i] = k.report()
	}
	return out
}

// Run takes presses and works the lamps until ctx ends; the lamps are dark then. A pin that can't be
// read is told to the log and in the status, and the others work.
func (b *Board) Run(ctx context.Context) {
	var contacts sync.WaitGroup
	for _, k := range b.keys {
		k.block(b.shut(k))
		c := contact{pin: k.Pin, log: k.log}
		contacts.Go(func() { c.keep(ctx, func(closed, found bool) { b.moved(ctx, k, closed, found) }, k.breaks) })
	}
	b.tend(ctx)
	contacts.Wait()
	b.work.Wait()
	b.dark()
}

// survey is how often the reasons why a button gives no numbers are looked up.
const survey = 10 * tick

// tend works the lamps and looks after what no press tells.
func (b *Board) tend(ctx context.Context) {
	every := time.NewTicker(tick)
	defer every.Stop()
	var looked time.Time
	for {
		now := time.Now()
		if now.Sub(looked) >= survey {
			looked = now
			for _, k := range b.keys {
				k.look(b.shut(k), now)
			}
			b.needs = b.opts.Needs != nil && b.opts.Needs()
		}
		b.shine(now)
		select {
		case <-every.C:
		case <-ctx.Done():
			return
		}
	}
}

// shine shows the state of the buttons on the lamps.
func (b *Board) shine(now time.Time) {
	gives := slices.ContainsFunc(b.keys, (*key).gives)
	needs := b.needs || slices.ContainsFunc(b.keys, (*key).needsStaff)
	for _, k := range b.keys {
		k.shine(now)
	}
	b.lit.show(gives, now)
	b.fault.show(needs && blinking(time.Duration(now.UnixNano())/2), now)
}

func (b *Board) dark() {
	for _, l := range b.lamps() {
		if l.pin != nil {
			l.pin.Out(gpio.Low) // the last thing that is done with it: there is nobody left to tell
		}
	}
}

func (b *Board) lamps() []*lamp {
	all := []*lamp{&b.lit, &b.fault}
	for _, k := range b.keys {
		all = append(all, &k.lamp)
	}
	return all
}
