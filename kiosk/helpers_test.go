package kiosk_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
	"unsafe"

	"layso/kiosk"
)

// memory is a Log without a disk. With fail set, the next Append fails: stored says whether the
// events got through all the same, as a real disk may have it.
type memory struct {
	mu     sync.Mutex
	events []kiosk.Event
	fail   error
	stored bool
	broken bool
}

func (m *memory) Append(events []kiosk.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken {
		return errors.New("not reopened")
	}
	if err := m.fail; err != nil {
		m.fail, m.broken = nil, true
		if m.stored {
			m.events = append(m.events, events...)
		}
		return err
	}
	m.events = append(m.events, events...)
	return nil
}

func (m *memory) Reopen() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = false
	return nil
}

func (m *memory) Today(fold func(kiosk.Event) error) error {
	m.mu.Lock()
	events := slices.Clone(m.events)
	m.mu.Unlock()
	first := 0
	for i, e := range events {
		if e.Type == kiosk.DayOpened {
			first = i
		}
	}
	for _, e := range events[first:] {
		if err := fold(e); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) all() []kiosk.Event {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.events)
}

// testSetup is a hall of two services and three counters; the third serves only results.
func testSetup() *kiosk.Setup {
	return &kiosk.Setup{
		Name: kiosk.Text{VI: "Bộ phận Một cửa"}, TimeZone: "Asia/Ho_Chi_Minh",
		Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: kiosk.Hours{Always: true},
		Services: []kiosk.Service{
			{ID: "land", Name: kiosk.Text{VI: "Đất đai"}, Prefix: "A", MeanS: 840},
			{ID: "result", Name: kiosk.Text{VI: "Trả kết quả"}, Prefix: "B", MeanS: 180},
		},
		Counters: []kiosk.Counter{
			{ID: "1", Name: kiosk.Text{VI: "Quầy 1"}, Services: []string{"land", "result"}},
			{ID: "2", Name: kiosk.Text{VI: "Quầy 2"}, Services: []string{"land"}},
			{ID: "3", Name: kiosk.Text{VI: "Quầy 3"}, Services: []string{"result"}},
		},
		Priorities: []kiosk.Priority{{ID: "elderly", Name: kiosk.Text{VI: "Người cao tuổi"}, CreditS: 1800}},
		Users:      []kiosk.User{{ID: "an", Name: "An", Role: kiosk.Clerk}, {ID: "binh", Name: "Bình", Role: kiosk.Manager}},
	}
}

// stepClock is the PC's clock, which tests move: move lets time pass, step sets the wall clock alone.
type stepClock struct {
	mu   sync.Mutex
	t    time.Time
	mono int64 // milliseconds that have passed
}

func newClock() *stepClock {
	now := time.Now().Truncate(time.Millisecond) // strips the monotonic reading
	base := time.Now()
	base = stepped(base, now.Sub(base.Round(0)))
	return &stepClock{t: stepped(base, time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC).Sub(now))}
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
	c.mono += d.Milliseconds()
}

func (c *stepClock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = stepped(c.t, d)
}

// stepped gives a reading of a wall clock that was set forward by d, while the monotonic clock saw
// nothing of it. Package time has no way to make one; the check below notices when its layout changes.
func stepped(at time.Time, d time.Duration) time.Time {
	out := at.Add(d)
	(*[2]int64)(unsafe.Pointer(&out))[1] -= int64(d)
	if out.Sub(at) != 0 || out.Round(0).Sub(at.Round(0)) != d {
		panic("the test's reading of a stepped clock is wrong")
	}
	return out
}

// to lets time pass until then.
func (c *stepClock) to(at time.Time) { c.move(at.Sub(c.now().Round(0))) }

// clockAt is a PC's clock that shows this local time of the hall.
func clockAt(t testing.TB, local string) *stepClock {
	c := newClock()
	c.step(when(t, local).Sub(c.now().Round(0)))
	return c
}

func start(t testing.TB, log kiosk.Log, clock *stepClock) *kiosk.Owner {
	t.Helper()
	return startWith(t, log, clock, testSetup())
}

func startWith(t testing.TB, log kiosk.Log, clock *stepClock, setup *kiosk.Setup) *kiosk.Owner {
	t.Helper()
	o, err := kiosk.Start(log, kiosk.Options{Seed: setup, Now: clock.now, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o
}

func do(t testing.TB, o *kiosk.Owner, cmd kiosk.Command) *kiosk.Ticket {
	t.Helper()
	res, err := o.Do(t.Context(), cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return res.Ticket()
}

func refused(t *testing.T, o *kiosk.Owner, cmd kiosk.Command, want error) {
	t.Helper()
	before := o.View().Seq()
	if _, err := o.Do(t.Context(), cmd); !errors.Is(err, want) {
		t.Fatalf("%T: got %v, want %v", cmd, err, want)
	}
	if o.View().Seq() != before {
		t.Fatalf("%T was refused and changed the hall", cmd)
	}
}

func take(service string) kiosk.Take {
	return kiosk.Take{Service: service, Token: kiosk.NewToken(), Device: "k1", By: "device:k1", Lang: kiosk.Vietnamese}
}

func at(counter string) kiosk.Operator { return kiosk.Operator{Counter: counter, User: "an"} }

// checkLog is what every test may ask at its end: the log is legal.
func checkLog(t *testing.T, log *memory) {
	t.Helper()
	var a kiosk.Auditor
	for _, e := range log.all() {
		if err := a.Check(e); err != nil {
			t.Fatal(err)
		}
	}
}

// failNext lets the next Append fail; stored says whether it gets through all the same.
func (m *memory) failNext(stored bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail, m.stored = errors.New("I/O error"), stored
}

// unfail tells whether the failure has come, and takes it back where it has not.
func (m *memory) unfail() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	came := m.fail == nil
	m.fail = nil
	return came
}
