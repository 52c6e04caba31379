package printer_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// memory is a log without a disk.
type memory struct {
	mu     sync.Mutex
	events []kiosk.Event
	fails  int  // the next commits that fail
	stored bool // and yet are on the disk
}

func (m *memory) Append(events []kiosk.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	failed := m.fails > 0
	if failed {
		m.fails--
	}
	if !failed || m.stored {
		m.events = append(m.events, events...)
	}
	if failed {
		return errDisk
	}
	return nil
}

var errDisk = errors.New("the disk failed")

// shake makes the next commits fail, stored or not.
func (m *memory) shake(fails int, stored bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fails, m.stored = fails, stored
}

func (m *memory) Reopen() error { return nil }

func (m *memory) Today(fold func(kiosk.Event) error) error {
	for _, e := range m.all() {
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

// lastSending gives the token of the ticket that was given to that printer last.
func (m *memory) lastSending(printer string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range slices.Backward(m.events) {
		if e.Type == kiosk.PrintSending && e.Printer == printer {
			return e.Ticket
		}
	}
	return ""
}

// of gives what the log says of a ticket's paper, in order.
func (m *memory) of(token string) (steps []string) {
	for _, e := range m.all() {
		switch {
		case e.Ticket != token:
		case e.Type == kiosk.PrintFailed || e.Type == kiosk.PrintDone:
			steps = append(steps, string(e.Outcome))
		case e.Type == kiosk.PrintSending || e.Type == kiosk.PrintQueued:
			steps = append(steps, string(e.Type))
		}
	}
	return steps
}

func setup() *kiosk.Setup {
	return &kiosk.Setup{
		Name:     kiosk.Text{VI: "Trung tâm Phục vụ hành chính công phường Tân An", EN: "Tân An Ward Public Administration Service Centre"},
		TimeZone: "Asia/Ho_Chi_Minh",
		Phone:    kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: "TanAn-Khach"},
		Hours:    kiosk.Hours{Always: true},
		Services: []kiosk.Service{
			{ID: "dat-dai", Name: kiosk.Text{VI: "Đất đai", EN: "Land"}, Prefix: "A", MeanS: 840, Slots: &kiosk.Slots{Capacity: 1}},
			{ID: "ho-tich", Name: kiosk.Text{VI: "Hộ tịch", EN: "Civil status"}, Prefix: "B", MeanS: 420},
			{ID: "dai", Name: kiosk.Text{VI: "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất"}, Prefix: "CD", MeanS: 840},
		},
		Counters:   []kiosk.Counter{{ID: "1", Name: kiosk.Text{VI: "Quầy 1"}, Services: []string{"dat-dai", "ho-tich", "dai"}}},
		Priorities: []kiosk.Priority{{ID: "elderly", Name: kiosk.Text{VI: "Người cao tuổi"}, CreditS: 1800}},
		Users:      []kiosk.User{{ID: "lan", Name: "Lan", Role: kiosk.Admin}},
	}
}

// desk is a hall with its log, for one test.
type desk struct {
	*kiosk.Owner
	t   *testing.T
	log *memory
}

func openHall(t *testing.T, log *memory, change ...func(*kiosk.Setup)) *desk {
	t.Helper()
	seed := setup()
	for _, f := range change {
		f(seed)
	}
	owner, err := kiosk.Start(log, kiosk.Options{Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(owner.Close)
	return &desk{owner, t, log}
}

func (d *desk) do(cmd kiosk.Command) kiosk.Result {
	d.t.Helper()
	r, err := d.Do(d.t.Context(), cmd)
	if err != nil {
		d.t.Fatalf("%T: %v", cmd, err)
	}
	return r
}

// take gives the token of a new ticket that wants paper.
func (d *desk) take() string {
	d.t.Helper()
	return d.do(kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), Device: "kiosk", By: "device:kiosk", Print: true}).Token
}

// settled waits until the ticket's paper has an outcome, and gives it.
func (d *desk) settled(token string) kiosk.Ticket {
	d.t.Helper()
	for {
		changed := d.Changed()
		if t := d.View().Ticket(token); t.Print != kiosk.Queued && t.Print != kiosk.Sending {
			return *t
		}
		<-changed
	}
}

// wants fails unless the ticket's paper ends so.
func (d *desk) wants(token string, outcome kiosk.PrintState, fault string) {
	d.t.Helper()
	if t := d.settled(token); t.Print != outcome || t.PrintFault != fault {
		d.t.Errorf("%s: paper %s, fault %q, want %s, %q", t.Number, t.Print, t.PrintFault, outcome, fault)
	}
}

// wantSteps waits until the ticket's paper is out, and fails unless the log says these steps.
func (d *desk) wantSteps(token string, want ...string) {
	d.t.Helper()
	d.printed(token)
	if got := d.log.of(token); !slices.Equal(got, want) {
		d.t.Errorf("the log says %v, want %v", got, want)
	}
}

// printed waits until the ticket's paper is known to be out, as far as its printer tells.
func (d *desk) printed(token string) kiosk.Ticket {
	d.t.Helper()
	for {
		changed := d.Changed()
		if t := d.View().Ticket(token); t.Print == kiosk.Sent || t.Print == kiosk.Processed || t.Print == kiosk.Confirmed {
			return *t
		}
		<-changed
	}
}

var generic = printer.Profile{Dots: 576, Status: true, Cut: printer.CutFeed, Not48: true}

// to opens wires to p.
func to(p *emulator.Printer) func(context.Context) (printer.Link, error) {
	return func(ctx context.Context) (printer.Link, error) { return p.Dial(ctx) }
}

// spool runs a spooler until stop is called or the test ends.
func spool(t *testing.T, hall printer.Hall, profile printer.Profile, open func(context.Context) (printer.Link, error)) (s *printer.Spooler, stop func()) {
	t.Helper()
	s = printer.New(hall, printer.Options{
		Printers: []printer.Printer{{Name: "kiosk-1", Profile: profile, Open: open}},
		BaseURL:  func() string { return "http://10.0.0.5:8080" }, Log: slog.New(slog.DiscardHandler),
		Now: hall.(interface{ Now() time.Time }).Now,
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { s.Run(ctx) })
	stop = func() { cancel(); running.Wait() }
	t.Cleanup(stop)
	return s, stop
}

// becomes waits until the printer has that fault.
func becomes(s *printer.Spooler, fault string) kiosk.PrinterStatus {
	for {
		changed := s.Changed()
		if status := s.Statuses()[0]; status.Fault == fault {
			return status
		}
		<-changed
	}
}
