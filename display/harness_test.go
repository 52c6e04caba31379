package display_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

// memory is a kiosk.Log and a display.History without a disk.
type memory struct {
	mu     sync.Mutex
	events []kiosk.Event
}

func (m *memory) Append(events []kiosk.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.events = append(m.events, events...)
	return nil
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

func (m *memory) Since(since uint64, limit int) ([]kiosk.Event, error) {
	events := m.all()
	from := min(int(since), len(events))
	return events[from:min(from+limit, len(events))], nil
}

// forgetful is a hall whose memory reaches back only few events, so that the rest must come from
// the history.
type forgetful struct {
	*kiosk.Owner
	keep uint64
}

func (f forgetful) Since(since uint64, limit int) ([]kiosk.Event, bool) {
	if since+f.keep < f.View().Seq() {
		return nil, false
	}
	return f.Owner.Since(since, limit)
}

func testSetup() *kiosk.Setup {
	s := &kiosk.Setup{
		Name: kiosk.Text{VI: "Bộ phận Một cửa", EN: "One-stop office"}, TimeZone: "Asia/Ho_Chi_Minh",
		Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: kiosk.Hours{Always: true},
		Services:   []kiosk.Service{{ID: "land", Name: kiosk.Text{VI: "Đất đai"}, Prefix: "A", MeanS: 840}},
		Priorities: []kiosk.Priority{{ID: "elderly", Name: kiosk.Text{VI: "Người cao tuổi"}, CreditS: 1800}},
		Users:      []kiosk.User{{ID: "an", Name: "An", Role: kiosk.Manager}},
	}
	for i := range 4 {
		id := fmt.Sprint(i + 1)
		s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: []string{"land"}})
	}
	return s
}

// hall is a real owner on a log in memory, a hub, and a server of its two sockets. The query's
// view and device stand for what the web room would have settled.
type hall struct {
	t     testing.TB
	log   *memory
	owner *kiosk.Owner
	opts  display.Options
	hub   *display.Hub
	stop  func()
	url   string
	still func() bool // of everybody who connects
}

func newHall(t testing.TB, change func(*display.Options)) *hall {
	t.Helper()
	h := &hall{t: t, log: &memory{}}
	owner, err := kiosk.Start(h.log, kiosk.Options{Seed: testSetup()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(owner.Close)
	h.owner = owner
	h.opts = display.Options{Hall: owner, History: h.log, Epoch: "e1", Build: "b1", StatusURL: func() string { return "http://x" }}
	if change != nil {
		change(&h.opts)
	}
	h.start()
	t.Cleanup(func() { h.stop() })
	return h
}

// start runs a new hub behind a new server; stop ends both and waits for the hub's goroutines.
func (h *hall) start() {
	ctx, cancel := context.WithCancel(context.Background())
	hub, done := display.New(h.opts), make(chan struct{})
	go func() { hub.Run(ctx); close(done) }()
	srv := httptest.NewServer(h.sockets(hub))
	h.hub, h.url = hub, "ws"+strings.TrimPrefix(srv.URL, "http")
	h.stop = sync.OnceFunc(func() { cancel(); <-done; srv.Close() })
}

func (h *hall) sockets(hub *display.Hub) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if token := q.Get("ticket"); token != "" {
			hub.ServeTicket(w, r, token)
			return
		}
		view := display.View(q.Get("view"))
		if view == "" {
			view = display.Public
		}
		zone := strings.FieldsFunc(q.Get("zone"), func(r rune) bool { return r == ',' })
		hub.Serve(w, r, display.Viewer{View: view, Device: q.Get("device"), Zone: zone, Still: h.still})
	})
}

func (h *hall) do(cmd kiosk.Command) kiosk.Result {
	h.t.Helper()
	res, err := h.owner.Do(context.Background(), cmd)
	if err != nil {
		h.t.Fatalf("%T: %v", cmd, err)
	}
	return res
}

func (h *hall) take(device string) *kiosk.Ticket {
	h.t.Helper()
	return h.do(kiosk.Take{Service: "land", Token: kiosk.NewToken(), Print: true, Device: device, By: "device:" + device, Lang: kiosk.Vietnamese}).Ticket()
}

func at(counter string) kiosk.Operator {
	return kiosk.Operator{Counter: counter, User: "an", Any: true}
}

// frame is any frame, with the fields that tests look at.
type frame struct {
	Type, Epoch, Build, View, Number, Counter, Token, Reason, Outcome, Lang string
	Seq, Prev                                                               uint64
	Now, At                                                                 string
	Hall                                                                    kiosk.HallStatus
	Ticket                                                                  kiosk.TicketStatus
	Printers                                                                []kiosk.PrinterStatus
	Services                                                                []kiosk.ServiceStatus
	raw                                                                     string
}

func (f frame) isEvent() bool {
	for _, p := range []string{"ticket.", "counter.", "print.", "day.", "clock."} {
		if strings.HasPrefix(f.Type, p) && f.Type != "ticket.status" {
			return true
		}
	}
	return f.Type == "hall.changed"
}

type screen struct {
	t    testing.TB
	conn *websocket.Conn
}

func (h *hall) dial(query string) *screen {
	h.t.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(h.url+"/ws?"+query, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	return &screen{h.t, conn}
}

func (s *screen) read() (frame, error) {
	var f frame
	s.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	_, data, err := s.conn.ReadMessage()
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	f.raw = string(data)
	return f, err
}

// until reads to the first frame of a type.
func (s *screen) until(kind string) frame {
	s.t.Helper()
	for {
		f, err := s.read()
		if err != nil {
			s.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if f.Type == kind {
			return f
		}
	}
}
