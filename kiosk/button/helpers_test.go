package button_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpiotest"

	"layso/kiosk"
	"layso/kiosk/button"
)

// memory is a log without a disk, which can be told to fail after it has stored something.
type memory struct {
	mu     sync.Mutex
	events []kiosk.Event
	fail   int // commits that are stored and whose outcome nobody hears of
}

func (m *memory) Append(events []kiosk.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.events = append(m.events, events...)
	if m.fail > 0 {
		m.fail--
		return kiosk.ErrStorage
	}
	return nil
}

func (m *memory) Reopen() error { return nil }

func (m *memory) Today(fold func(kiosk.Event) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.events {
		if err := fold(e); err != nil {
			return err
		}
	}
	return nil
}

func setup() *kiosk.Setup {
	text := func(s string) kiosk.Text { return kiosk.Text{VI: s} }
	return &kiosk.Setup{
		Name: text("Phường Tân An"), TimeZone: "Asia/Ho_Chi_Minh", Hours: kiosk.Hours{Always: true},
		Services: []kiosk.Service{
			{ID: "land", Name: text("Đất đai"), Prefix: "A", MeanS: 840},
			{ID: "civil", Name: text("Hộ tịch"), Prefix: "B", MeanS: 420, Quota: 1},
			{ID: "shut", Name: text("Chứng thực"), Prefix: "C", MeanS: 420, Closed: true},
		},
		Counters:   []kiosk.Counter{{ID: "1", Name: text("Quầy 1"), Services: []string{"land", "civil", "shut"}}},
		Priorities: []kiosk.Priority{{ID: "elderly", Name: text("Người cao tuổi"), CreditS: 1800}},
		Users:      []kiosk.User{{ID: "lan", Name: "Lan", Role: kiosk.Admin}},
	}
}

// output is a pin that remembers when it changed.
type output struct {
	*gpiotest.Pin
	mu      sync.Mutex
	on      bool
	changes []time.Time
}

func newOutput(name string) *output { return &output{Pin: &gpiotest.Pin{N: name}} }

func (o *output) Out(l gpio.Level) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if bool(l) != o.on {
		o.on = bool(l)
		o.changes = append(o.changes, time.Now())
	}
	return nil
}

func (o *output) lit() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.on
}

// count gives how often the output went on in that time from now.
func (o *output) count(d time.Duration) (flashes int) {
	before := o.times()
	time.Sleep(d)
	on := o.lit()
	for range o.times()[len(before):] {
		if on { // walk back from the state at the end
			flashes++
		}
		on = !on
	}
	return flashes
}

func (o *output) times() []time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.changes)
}

// room is a hall with a board of buttons, one for each given, and what hangs on it.
type room struct {
	*kiosk.Owner
	t          *testing.T
	log        *memory
	board      *button.Board
	pins       []*gpiotest.Pin
	lamps      []*output
	lit, fault *output
	mu         sync.Mutex
	ready      bool
	needs      bool
	stop       func()
}

// open starts a hall with these buttons; it has to be called within a bubble.
func open(t *testing.T, log *memory, buttons ...button.Button) *room {
	t.Helper()
	owner, err := kiosk.Start(log, kiosk.Options{Seed: setup(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	r := &room{Owner: owner, t: t, log: log, ready: true, lit: newOutput("lit"), fault: newOutput("fault")}
	for i := range buttons {
		pin, lamp := &gpiotest.Pin{N: "GPIO" + string(rune('1'+i)), EdgesChan: make(chan gpio.Level, 256)}, newOutput("lamp")
		r.pins, r.lamps = append(r.pins, pin), append(r.lamps, lamp)
		if buttons[i].Pin == nil {
			buttons[i].Pin = pin
		}
		buttons[i].Lamp = lamp
	}
	r.board = button.New(button.Options{Hall: owner, Buttons: buttons, Ready: r.isReady, Needs: r.doesNeed, Lit: r.lit, Fault: r.fault, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { r.board.Run(ctx) })
	r.stop = sync.OnceFunc(func() { cancel(); running.Wait(); owner.Close() })
	t.Cleanup(r.stop)
	time.Sleep(time.Second)
	return r
}

func (r *room) isReady(string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ready
}

func (r *room) setReady(ready bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ready = ready
}

func (r *room) doesNeed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.needs
}

func (r *room) setNeeds(needs bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.needs = needs
}

// press pushes the button for so long, and waits a little.
func (r *room) press(i int, d time.Duration) {
	r.pins[i].EdgesChan <- gpio.Low
	time.Sleep(d)
	r.pins[i].EdgesChan <- gpio.High
	time.Sleep(100 * time.Millisecond)
}

// short is how long people press.
const short = 150 * time.Millisecond

// wants fails unless so many numbers have been given.
func (r *room) wants(n int, when string) {
	r.t.Helper()
	synctest.Wait()
	if got := r.View().Count(); got != n {
		r.t.Fatalf("%s: %d numbers, want %d", when, got, n)
	}
}

// state fails unless the button is in that state.
func (r *room) state(i int, want string) {
	r.t.Helper()
	time.Sleep(600 * time.Millisecond)
	if got := r.board.Statuses()[i]; got.State != want {
		r.t.Fatalf("%+v, want %s", got, want)
	}
}

// printed says that the newest ticket's paper is out.
func (r *room) printed() {
	r.t.Helper()
	for _, outcome := range []kiosk.PrintState{kiosk.Sending, kiosk.Confirmed} {
		for _, t := range r.View().PrintJobs() {
			if _, err := r.Do(r.t.Context(), kiosk.ReportPrint{Token: t.Token, Printer: "p", Outcome: outcome}); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}
