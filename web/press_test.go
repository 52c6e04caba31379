package web_test

import (
	"slices"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// printed is the answer about a paper that is no ticket.
type printed struct{ Printer, Print, Fault string }

func twoPrinters(_ *kiosk.Setup, o *web.Options) {
	o.Printers = func() []kiosk.PrinterStatus {
		return []kiosk.PrinterStatus{{Name: "cửa chính", OK: true}, {Name: "quầy 1", Fault: "paper_out"}}
	}
}

func TestPapersThatAreNoTickets(t *testing.T) {
	h := newHall(t, twoPrinters)
	for _, x := range []struct {
		who, path, body string
		state           kiosk.PrintState
		want            printed
		asked           string
	}{
		{h.clerk, "/api/printers/c%E1%BB%ADa%20ch%C3%ADnh/test", "", kiosk.Confirmed, printed{"cửa chính", "confirmed", ""}, "test cửa chính user:clerk1"},
		{h.clerk, "/api/printers/qu%E1%BA%A7y%201/test", "{}", kiosk.Failed, printed{"quầy 1", "failed", "paper_out"}, "test quầy 1 user:clerk1"},
		{h.manager, "/api/papers/closing", "", kiosk.Sent, printed{"cửa chính", "sent", ""}, "closing cửa chính user:manager"},
		{h.manager, "/api/papers/closing", `{"printer":"quầy 1"}`, kiosk.PrintUncertain, printed{"quầy 1", "uncertain", "paper_out"}, "closing quầy 1 user:manager"},
	} {
		h.press.state, h.press.asked = x.state, nil
		a := h.do(x.who, "POST", x.path, x.body)
		if got := into[printed](h, a); a.status != 200 || got != x.want {
			t.Errorf("%s %s: %d %s, want %+v", x.path, x.body, a.status, a.body, x.want)
		}
		if !slices.Equal(h.press.asked, []string{x.asked}) {
			t.Errorf("%s %s: the press was asked for %q, want %q", x.path, x.body, h.press.asked, x.asked)
		}
	}
	h.press.asked = nil
	h.all([]expect{
		{"no such printer", h.clerk, "POST", "/api/printers/nobody/test", "", 404, "unknown_printer"},
		{"no such printer for the slip", h.manager, "POST", "/api/papers/closing", `{"printer":"nobody"}`, 404, "unknown_printer"},
		{"unknown field", h.clerk, "POST", "/api/printers/qu%E1%BA%A7y%201/test", `{"x":1}`, 422, "invalid_field"},
	})
	for _, err := range []error{web.ErrPrinterBusy, web.ErrNoClosedDay} {
		h.press.err = err
		h.refused("busy", h.do(h.manager, "POST", "/api/papers/closing", ""), 409, err.Error())
	}
	if len(h.press.asked) != 2 {
		t.Errorf("refused requests reached the press: %q", h.press.asked)
	}
}
