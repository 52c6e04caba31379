package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"layso/kiosk"
	"layso/web"
)

// stepClock is a wall clock that tests move. It starts on a Tuesday at 8 in the morning in Hanoi.
type stepClock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *stepClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *stepClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// fakeLive answers with the view that it was given.
type fakeLive struct{}

func (fakeLive) Serve(w http.ResponseWriter, _ *http.Request, v web.Viewer) {
	json.NewEncoder(w).Encode(v)
}

func (fakeLive) Recheck() {}

func (fakeLive) ServeTicket(w http.ResponseWriter, _ *http.Request, token string) {
	json.NewEncoder(w).Encode(token)
}

// fakePress notes what it was asked for and answers what it was told.
type fakePress struct {
	mu    sync.Mutex
	asked []string
	state kiosk.PrintState
	slip  web.ClosingSlip
	err   error
}

func (p *fakePress) print(what, printer, by string) (kiosk.PrintState, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, what+" "+printer+" "+by)
	return p.state, p.err
}

func (p *fakePress) Test(_ context.Context, printer, by string) (kiosk.PrintState, error) {
	return p.print("test", printer, by)
}

func (p *fakePress) Closing(_ context.Context, printer, by string) (kiosk.PrintState, error) {
	return p.print("closing", printer, by)
}

func (p *fakePress) Slip() (web.ClosingSlip, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.slip, p.err
}

type fakePaper struct {
	mu    sync.Mutex
	state web.Emulator
	none  bool
}

func (p *fakePaper) Paper(seq int) (png, raw []byte) {
	if p.none || seq > 1 {
		return nil, nil
	}
	return []byte("\x89PNG"), []byte("\x1b@")
}

func (p *fakePaper) State() web.Emulator {
	p.mu.Lock()
	defer p.mu.Unlock()
	state := p.state
	state.Papers, state.Recent = 1, []web.EmulatorPaper{{Seq: 1, MM: 83}}
	return state
}

func (p *fakePaper) SetFault(code string, rows int) error {
	if code == "on_fire" {
		return errors.New("no such fault")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if rows > 0 {
		p.state.Coming = code
		return nil
	}
	p.state.Fault = code
	return nil
}

// pinHash is the stored hash of the PIN 000000, made once for all tests.
var pinHash = sync.OnceValue(func() []byte {
	m := &memory{}
	web.StorePIN(m, "x", "000000")
	return m.values["pin"]["x"]
})

// memory keeps secrets without a disk; with fail set it refuses.
type memory struct {
	mu     sync.Mutex
	values map[string]map[string][]byte
	fail   error
}

func (m *memory) Get(kind, id string) ([]byte, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.values[kind][id]
	return value, ok, m.fail
}

func (m *memory) Put(kind, id string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string]map[string][]byte{}
	}
	if m.values[kind] == nil {
		m.values[kind] = map[string][]byte{}
	}
	m.values[kind][id] = value
	return m.fail
}

func (m *memory) Delete(kind, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values[kind], id)
	return m.fail
}

func (m *memory) All(kind string) (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[kind], m.fail
}
