package web_test

import (
	"strings"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// counterAnswer is what the routes of a counter answer.
type counterAnswer struct {
	ID, Name, State string
	User            *string
	Services        []string
	Reason          string
	Since           *string
	Ticket          *kiosk.TicketStatus
	MeanS           int `json:"mean_s"`
	Help            *struct{ Since, Reason string }
	Undo            *struct{ Number, State string }
	Assist          []string
	Hint            *kiosk.TicketStatus
	Next            *string
}

func (h *hall) counter(a answer) counterAnswer {
	h.t.Helper()
	if a.status != 200 {
		h.t.Fatalf("answered %d %s", a.status, a.body)
	}
	return into[counterAnswer](h, a)
}

func TestCounterOpensAndCloses(t *testing.T) {
	h := newHall(t)
	if c := h.counter(h.do(h.clerk, "GET", "/api/counters/1", "")); c.State != "closed" || c.User != nil || c.Since != nil || c.Ticket != nil || c.Undo != nil || len(c.Services) != 4 || c.Name != "Quầy 1" {
		t.Errorf("closed: %+v", c)
	}
	for range 2 { // again is fine
		if c := h.counter(h.at("1", "open", "")); c.State != "open" || c.User == nil || *c.User != "clerk1" || c.Since == nil {
			t.Errorf("open: %+v", c)
		}
	}
	other := h.server.Begin("clerk2")
	h.all([]expect{
		{"open a taken one", other, "POST", "/api/counters/1/open", "", 409, "counter_taken"},
		{"close a taken one", other, "POST", "/api/counters/1/close", "", 409, "counter_taken"},
		{"pause a taken one", other, "POST", "/api/counters/1/pause", "", 409, "counter_taken"},
		{"call at a taken one", other, "POST", "/api/counters/1/next", "", 409, "counter_taken"},
		{"call at a closed one", h.clerk, "POST", "/api/counters/2/next", "", 409, "counter_closed"},
		{"pause a closed one", h.clerk, "POST", "/api/counters/2/pause", "", 409, "counter_closed"},
		{"resume a closed one", h.clerk, "POST", "/api/counters/2/resume", "", 409, "counter_closed"},
		{"close a closed one", h.clerk, "POST", "/api/counters/2/close", "", 200, ""},
		{"nobody waits", h.clerk, "POST", "/api/counters/1/next", "", 204, ""},
	})
	for _, what := range []string{"open", "close", "pause", "resume", "next", "recall", "finish", "no-show", "undo", "hold"} {
		h.refused(what, h.at("9", what, ""), 404, "unknown_counter")
	}
	if c := h.counter(h.at("1", "pause", `{"reason":"ăn trưa"}`)); c.State != "paused" || c.Reason != "ăn trưa" {
		t.Errorf("paused: %+v", c)
	}
	h.refused("call in a break", h.at("1", "next", ""), 409, "counter_closed")
	if c := h.counter(h.do(h.manager, "POST", "/api/counters/1/resume", "")); c.State != "open" || c.Reason != "" || *c.User != "clerk1" {
		t.Errorf("resumed by the manager: %+v", c)
	}
	h.take("dat-dai")
	h.ticket(h.at("1", "next", ""), 200)
	h.refused("close with a ticket in hand", h.at("1", "close", ""), 409, "ticket_in_service")
	h.ticket(h.at("1", "finish", `{"dossiers":2}`), 200)
	if c := h.counter(h.at("1", "close", "")); c.State != "closed" || c.User != nil {
		t.Errorf("closed again: %+v", c)
	}
}

func TestNextFinishesAndCallsInOneStep(t *testing.T) {
	h := newHall(t)
	first, second := h.take("dat-dai"), h.take("ho-tich")
	h.at("1", "open", "")
	called := h.ticket(h.at("1", "next", ""), 200)
	if called.Token != first.Token || called.State != kiosk.Called || called.CalledAt == nil || called.Counter == nil || *called.Counter != "1" {
		t.Errorf("called %+v", called)
	}
	h.refused("next without finish", h.at("1", "next", ""), 409, "ticket_in_service")
	finish := `{"finish":"` + first.Token + `"}`
	for range 3 { // a bouncing key
		if got := h.ticket(h.at("1", "next", finish), 200); got.Token != second.Token {
			t.Fatalf("next with finish called %s", got.Number)
		}
	}
	if st := h.ticket(h.do("", "GET", "/api/tickets/"+first.Token, ""), 200); st.State != kiosk.Finished || st.EndedAt == nil {
		t.Errorf("the first is %+v", st)
	}
	h.refused("finish of another's", h.at("1", "next", `{"finish":"`+kiosk.NewToken()+`"}`), 409, "no_ticket_in_hand")
	last := `{"finish":"` + second.Token + `"}`
	for range 2 {
		if a := h.at("1", "next", last); a.status != 204 || len(a.body) != 0 {
			t.Errorf("finishing the last: %d %s", a.status, a.body)
		}
	}
	if a := h.at("1", "next", `{"finish":null}`); a.status != 204 {
		t.Errorf("finish null: %d %s", a.status, a.body)
	}
	hall := into[kiosk.HallStatus](h, h.do("", "GET", "/api/hall", ""))
	if len(hall.RecentCalls) != 2 || hall.RecentCalls[0].Number != second.Number || hall.Counters[0].Now != nil {
		t.Errorf("the hall shows %+v", hall.RecentCalls)
	}
}

func TestUndo(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	h.at("1", "open", "")
	h.refused("nothing yet", h.at("1", "undo", ""), 409, "nothing_to_undo")
	h.at("1", "next", "")
	for what, state := range map[string]string{"finish": "finished", "no-show": "no_show"} {
		h.refused("with one in hand", h.at("1", "undo", ""), 409, "ticket_in_service")
		if st := h.ticket(h.at("1", what, ""), 200); string(st.State) != state {
			t.Errorf("%s made it %s", what, st.State)
		}
		if c := h.counter(h.do(h.clerk, "GET", "/api/counters/1", "")); c.Undo == nil || c.Undo.Number != "A001" || c.Undo.State != state {
			t.Errorf("after %s: undo %+v", what, c.Undo)
		}
		if st := h.ticket(h.at("1", "undo", ""), 200); st.State != kiosk.Called || st.Token != token || st.EndedAt != nil {
			t.Errorf("undone: %+v", st)
		}
	}
}

func TestHoldTransferCall(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	other := h.take("ho-tich").Token
	h.at("1", "open", "")
	for _, what := range []string{"recall", "finish", "no-show", "hold"} {
		h.refused(what+" of nothing", h.at("1", what, ""), 409, "no_ticket_in_hand")
	}
	h.refused("transfer of nothing", h.at("1", "transfer", `{"service":"ho-tich"}`), 409, "no_ticket_in_hand")
	h.at("1", "next", "")
	if st := h.ticket(h.at("1", "recall", ""), 200); st.Calls != 2 || st.State != kiosk.Called {
		t.Errorf("recalled: %+v", st)
	}
	h.refused("call beside", h.at("1", "call", `{"token":"`+other+`"}`), 409, "ticket_in_service")
	h.ticket(h.at("1", "call", `{"token":"`+token+`"}`), 200) // the one in hand, again
	if st := h.ticket(h.at("1", "hold", `{"reason":"đi photo"}`), 200); st.State != kiosk.Held || st.Reason != "đi photo" || st.Counter != nil {
		t.Errorf("held: %+v", st)
	}
	waiting := into[[]kiosk.TicketStatus](h, h.do(h.clerk, "GET", "/api/waiting", ""))
	if len(waiting) != 2 || waiting[0].Token != other || waiting[1].Token != token || waiting[1].State != kiosk.Held {
		t.Errorf("waiting: %+v", waiting)
	}
	if st := h.ticket(h.at("1", "call", `{"token":"`+token+`","reason":"đã quay lại"}`), 200); st.State != kiosk.Called {
		t.Errorf("taken back: %+v", st)
	}
	h.all([]expect{
		{"to nowhere", h.clerk, "POST", "/api/counters/1/transfer", `{}`, 422, "invalid_field"},
		{"to no service", h.clerk, "POST", "/api/counters/1/transfer", `{"service":"x"}`, 404, "unknown_service"},
		{"to no counter", h.clerk, "POST", "/api/counters/1/transfer", `{"counter":"9"}`, 404, "unknown_counter"},
		{"to a closed counter", h.clerk, "POST", "/api/counters/1/transfer", `{"counter":"2"}`, 409, "counter_closed"},
	})
	if st := h.ticket(h.at("1", "transfer", `{"service":"tra-ket-qua"}`), 200); st.State != kiosk.Waiting || st.Service != "tra-ket-qua" || st.Number != "A001" {
		t.Errorf("transferred: %+v", st)
	}
	h.do("", "POST", "/api/tickets/"+other+"/cancel", "")
	h.refused("call a cancelled one", h.at("1", "call", `{"token":"`+other+`"}`), 409, "ticket_not_waiting")
	h.refused("call an unknown one", h.at("1", "call", `{"token":"`+kiosk.NewToken()+`"}`), 404, "unknown_ticket")
	h.at("1", "next", "")
	h.at("1", "no-show", "")
	if all := into[[]kiosk.TicketStatus](h, h.do(h.clerk, "GET", "/api/waiting?no_show=1", "")); len(all) != 1 || all[0].State != kiosk.NoShow {
		t.Errorf("with the no-shows: %+v", all)
	}
	if st := h.ticket(h.at("1", "call", `{"token":"`+token+`"}`), 200); st.State != kiosk.Called {
		t.Errorf("who came late after all: %+v", st)
	}
}

func TestPrinterAndEmulator(t *testing.T) {
	h := newHall(t)
	if got := into[[]kiosk.PrinterStatus](h, h.do(h.kiosk, "GET", "/api/printers", "")); len(got) != 1 || !got[0].OK {
		t.Errorf("printers: %+v", got)
	}
	if a := h.do(h.kiosk, "PUT", "/api/emulator", `{"fault":"paper_out"}`); a.status != 200 || !strings.Contains(string(a.body), `"fault":"paper_out"`) {
		t.Errorf("fault: %d %s", a.status, a.body)
	}
	if a := h.do(h.kiosk, "PUT", "/api/emulator", `{"fault":"cutter","rows":300}`); a.status != 200 || !strings.Contains(string(a.body), `"coming":"cutter"`) {
		t.Errorf("coming fault: %d %s", a.status, a.body)
	}
	h.refused("too late", h.do(h.kiosk, "PUT", "/api/emulator", `{"fault":"cutter","rows":8001}`), 422, "invalid_field")
	h.refused("no such fault", h.do(h.kiosk, "PUT", "/api/emulator", `{"fault":"on_fire"}`), 422, "invalid_field")
	if a := h.do("", "GET", "/printer/paper.png", ""); a.status != 200 || a.header.Get("Content-Type") != "image/png" {
		t.Errorf("paper: %d %v", a.status, a.header)
	}
	if a := h.do("", "GET", "/printer/paper.png?n=1", ""); a.status != 200 {
		t.Errorf("paper 1: %d", a.status)
	}
	h.refused("no number", h.do("", "GET", "/printer/paper.png?n=x", ""), 422, "invalid_field")
	h.refused("gone", h.do("", "GET", "/printer/paper.png?n=2", ""), 404, "not_found")
	h.paper.none = true
	h.refused("no paper yet", h.do("", "GET", "/printer/paper.bin", ""), 404, "not_found")

	bare := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Paper, o.Printers = nil, func() []kiosk.PrinterStatus { return nil }
	})
	bare.refused("no emulator", bare.do("", "GET", "/api/emulator", ""), 404, "not_found")
	bare.refused("no printer page", bare.do("", "GET", "/printer", ""), 404, "not_found")
	if st := bare.take("dat-dai"); st.Print != kiosk.PrintOff {
		t.Errorf("without a printer the paper is %s", st.Print)
	}
}
