package display_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

func TestAPhoneHearsOfItsTicketOnly(t *testing.T) {
	h := newHall(t, nil)
	h.do(kiosk.OpenCounter{Operator: at("1")})
	first, second := h.take("k1"), h.take("k1")
	phone := h.dial("ticket=" + second.Token)
	if f := phone.until("hello"); f.View != "ticket" {
		t.Errorf("hello: %s", f.raw)
	}
	next := func() frame {
		f, err := phone.read()
		if err != nil || f.Type != "ticket.status" || f.Ticket.Token != second.Token {
			t.Fatalf("got %s %v", f.raw, err)
		}
		return f
	}
	if f := next(); f.Ticket.Ahead != 1 || f.Ticket.State != kiosk.Waiting || f.Ticket.StatusURL != "http://x/t/"+second.Token {
		t.Errorf("at once: %s", f.raw)
	}
	h.take("k1") // behind it: no news
	forecast := func(s int) {
		r := kiosk.Range{P50S: s, P80S: s}
		h.owner.SetForecast(&kiosk.Forecast{Tickets: map[string]kiosk.Range{second.Token: r}})
	}
	forecast(119) // too little to tell
	h.do(kiosk.Next{Operator: at("1")})
	if f := next(); f.Ticket.Ahead != 0 || f.Ticket.Wait.P50S != 119 {
		t.Errorf("after %s was called: %s", first.Number, f.raw)
	}
	forecast(239)
	if f := next(); f.Ticket.Wait.P80S != 239 {
		t.Errorf("after the wait moved: %s", f.raw)
	}
	h.do(kiosk.Next{Operator: at("1"), Finish: first.Token})
	if f := next(); f.Ticket.State != kiosk.Called || *f.Ticket.Counter != "1" {
		t.Errorf("called: %s", f.raw)
	}
	h.do(kiosk.Recall{Operator: at("1")})
	if f := next(); f.Ticket.Calls != 2 {
		t.Errorf("recalled: %s", f.raw)
	}
}

func TestAnUnknownTicketHasNoStream(t *testing.T) {
	h := newHall(t, nil)
	_, res, err := websocket.DefaultDialer.Dial(h.url+"/ws?ticket="+kiosk.NewToken(), nil)
	if err == nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("got %v, %v", res, err)
	}
}

// hushed is a hall that changes and wakes nobody until the test says so.
type hushed struct {
	*kiosk.Owner
	mu      sync.Mutex
	changed chan struct{}
}

func (h *hushed) Changed() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.changed
}

func (h *hushed) wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.changed)
	h.changed = make(chan struct{})
}

// A phone that comes between a call and its news is told of it at once; the one that has been there
// before must hear of it all the same.
func TestASecondPhoneSwallowsNoNews(t *testing.T) {
	var quiet *hushed
	h := newHall(t, func(o *display.Options) {
		quiet = &hushed{Owner: o.Hall.(*kiosk.Owner), changed: make(chan struct{})}
		o.Hall = quiet
	})
	token := h.take("k1").Token
	first := h.dial("ticket=" + token)
	if f := first.until("ticket.status"); f.Ticket.State != kiosk.Waiting {
		t.Fatalf("at first: %s", f.raw)
	}
	h.do(kiosk.OpenCounter{Operator: at("1")})
	h.do(kiosk.Next{Operator: at("1")})
	if f := h.dial("ticket=" + token).until("ticket.status"); f.Ticket.State != kiosk.Called {
		t.Fatalf("the second phone: %s", f.raw)
	}
	quiet.wake()
	// Without news the next frame is a heartbeat.
	if f, err := first.read(); err != nil || f.Ticket.State != kiosk.Called {
		t.Errorf("the first phone: %s %v", f.raw, err)
	}
}
