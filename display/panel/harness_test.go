package panel_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"periph.io/x/conn/v3"
	"periph.io/x/conn/v3/physic"
	"periph.io/x/conn/v3/spi"

	"layso/display/panel"
	"layso/kiosk"
)

// chip is a MAX7219 as its data sheet describes it.
type chip struct{ registers [16]byte }

// shows gives what people see, or nothing while it is shut down.
func (c *chip) shows(digits int) string {
	out := make(panel.Digits, digits)
	for i := range out {
		switch {
		case c.registers[0x0F] == 1:
			out[i] = 0xFF
		case c.registers[0x0C] == 0 || c.registers[0x09] != 0 || int(c.registers[0x0B]) < digits-1-i:
		default:
			out[i] = c.registers[digits-i]
		}
	}
	return string(out)
}

// bus is a chain of chips on an SPI port. It notes when what people see of a chip changes.
type bus struct {
	mu      sync.Mutex
	chips   []chip
	digits  int
	changes [][]time.Time // of each chip
	broken  bool          // nothing can be opened or written
	opened  []time.Time
	writes  int
	isOpen  bool
}

func newBus(n, digits int) *bus {
	return &bus{chips: make([]chip, n), digits: digits, changes: make([][]time.Time, n)}
}

var errBus = errors.New("the cable is cut")

func (b *bus) open() (spi.PortCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.opened = append(b.opened, time.Now())
	if b.broken {
		return nil, errBus
	}
	b.isOpen = true
	return b, nil
}

func (b *bus) String() string                    { return "SPI0.0" }
func (b *bus) Duplex() conn.Duplex               { return conn.Half }
func (b *bus) LimitSpeed(physic.Frequency) error { return nil }
func (b *bus) TxPackets([]spi.Packet) error      { return errBus }
func (b *bus) Connect(f physic.Frequency, m spi.Mode, bits int) (spi.Conn, error) {
	if f > 10*physic.MegaHertz || m != spi.Mode0 || bits != 8 {
		return nil, errBus
	}
	return b, nil
}

func (b *bus) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.isOpen = false
	return nil
}

func (b *bus) Tx(w, r []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.writes++; b.broken || !b.isOpen || len(r) > 0 || len(w) != 2*len(b.chips) {
		return errBus
	}
	for i := range b.chips {
		word := w[len(w)-2*i-2:]
		before := b.chips[i].shows(b.digits)
		b.chips[i].registers[word[0]&0x0F] = word[1]
		if b.chips[i].shows(b.digits) != before {
			b.changes[i] = append(b.changes[i], time.Now())
		}
	}
	return nil
}

// with lets a test change the bus.
func (b *bus) with(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// moments gives when the chip's picture changed: digits that changed together count once.
func (b *bus) moments(i int) (all []time.Time) {
	b.with(func() {
		for _, at := range b.changes[i] {
			if n := len(all); n == 0 || !all[n-1].Equal(at) {
				all = append(all, at)
			}
		}
	})
	return all
}

// memory is a log without a disk.
type memory struct{ events []kiosk.Event }

func (m *memory) Append(events []kiosk.Event) error {
	m.events = append(m.events, events...)
	return nil
}
func (m *memory) Reopen() error { return nil }
func (m *memory) Today(fold func(kiosk.Event) error) error {
	for _, e := range m.events {
		if err := fold(e); err != nil {
			return err
		}
	}
	return nil
}

// hall is an open hall with two counters and their panels.
type hall struct {
	*kiosk.Owner
	t      testing.TB
	bus    *bus
	panels *panel.Panels
	stop   func()
}

func openHall(t *testing.T, before ...kiosk.Command) *hall {
	t.Helper()
	text := func(s string) kiosk.Text { return kiosk.Text{VI: s} }
	owner, err := kiosk.Start(&memory{}, kiosk.Options{Log: slog.New(slog.DiscardHandler), Seed: &kiosk.Setup{
		Name: text("Phường Tân An"), TimeZone: "Asia/Ho_Chi_Minh", Hours: kiosk.Hours{Always: true},
		Services: []kiosk.Service{{ID: "land", Name: text("Đất đai"), Prefix: "A", MeanS: 840}},
		Counters: []kiosk.Counter{{ID: "1", Name: text("Quầy 1"), Services: []string{"land"}}, {ID: "2", Name: text("Quầy 2"), Services: []string{"land"}}},
		Users:    []kiosk.User{{ID: "lan", Name: "Lan", Role: kiosk.Admin}, {ID: "minh", Name: "Minh", Role: kiosk.Clerk}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{Owner: owner, t: t, bus: newBus(2, 4)}
	for _, cmd := range before {
		h.do(cmd)
	}
	h.panels = panel.New(panel.Options{Hall: owner, Open: h.bus.open, Counters: []string{"1", "2"}, Brightness: 9, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { h.panels.Run(ctx) })
	h.stop = sync.OnceFunc(func() { cancel(); running.Wait(); owner.Close() })
	t.Cleanup(h.stop)
	synctest.Wait()
	return h
}

// do carries a command out; what the hall refuses is none of these tests' business.
func (h *hall) do(cmd kiosk.Command) {
	h.t.Helper()
	if _, err := h.Do(h.t.Context(), cmd); err != nil {
		h.t.Fatalf("%T: %v", cmd, err)
	}
}

func take() kiosk.Command { return kiosk.Take{Service: "land", Token: kiosk.NewToken()} }

func at(counter string) kiosk.Operator {
	return kiosk.Operator{Counter: counter, User: map[string]string{"1": "lan", "2": "minh"}[counter]}
}

// wants fails unless the panel shows this after so long.
func (h *hall) wants(i int, after time.Duration, want panel.Digits) {
	h.t.Helper()
	time.Sleep(after) // of the bubble's time
	synctest.Wait()
	got := ""
	h.bus.with(func() { got = h.bus.chips[i].shows(4) })
	if got != string(want) {
		h.t.Errorf("panel %d shows\n%swant\n%s", i, art(panel.Digits(got)), art(want))
	}
}
