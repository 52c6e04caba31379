package display_test

import (
	"net/http"
	"testing"

	"github.com/gorilla/websocket"

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
