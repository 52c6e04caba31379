package web_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

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
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for _, slip := range []web.ClosingSlip{{}, {Day: "2026-11-23"}, {Day: "2026-11-24", At: &at, Printer: "quầy 1", Print: kiosk.Processed}} {
		h.press.slip = slip
		a := h.do(h.manager, "GET", "/api/papers/closing", "")
		if got := into[web.ClosingSlip](h, a); a.status != 200 || !reflect.DeepEqual(got, slip) {
			t.Errorf("the slip: %d %s, want %+v", a.status, a.body, slip)
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

// A kiosk prints where it was told to, for as long as there is such a printer; everybody else at the first.
func TestEveryKioskHasItsPrinter(t *testing.T) {
	printers := []kiosk.PrinterStatus{{Name: "cửa chính", OK: true}, {Name: "quầy 1", OK: true}}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Printers = func() []kiosk.PrinterStatus { return printers } })
	other, id := h.server.Pair("kiosk")
	display, displayID := h.server.Pair("display")
	put := func(id, body string) answer { return h.do(h.admin, "PUT", "/api/devices/"+id, body) }
	asked := func(who string) string {
		t.Helper()
		return h.ticket(h.do(who, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201).Printer
	}
	if asked(other) != "" {
		t.Error("a new kiosk does not print at the first printer")
	}
	if a := put(id, `{"printer":"quầy 1"}`); a.status != 200 || into[struct{ Printer string }](h, a).Printer != "quầy 1" {
		t.Errorf("assigned: %d %s", a.status, a.body)
	}
	h.serve() // it is on the disk
	if got := asked(other); got != "quầy 1" {
		t.Errorf("the kiosk's ticket is printed at %q", got)
	}
	if asked(h.kiosk) != "" || asked(h.clerk) != "" {
		t.Error("another kiosk or a clerk prints at its printer")
	}
	if got := into[struct{ Device struct{ Printer string } }](h, h.do(other, "GET", "/api/session", "")).Device.Printer; got != "quầy 1" {
		t.Errorf("the kiosk is told %q", got)
	}
	for body, code := range map[string]string{`{"printer":"nobody"}`: "unknown_printer", `{}`: "invalid_field", `{"name":"x"}`: "invalid_field"} {
		if a := put(id, body); a.status != 404 && a.status != 422 || !strings.Contains(string(a.body), code) {
			t.Errorf("%s: %d %s, want %s", body, a.status, a.body, code)
		}
	}
	h.refused("no such device", put("kiosk-12345678", `{"printer":""}`), 404, "unknown_device")
	h.refused("a display", put(displayID, `{"printer":"quầy 1"}`), 422, "invalid_field")
	_ = display
	printers = printers[:1]
	if asked(other) != "" {
		t.Error("the kiosk's printer is no more, and it does not print at the first")
	}
	printers = append(printers, kiosk.PrinterStatus{Name: "quầy 1"})
	if a := put(id, `{"printer":""}`); a.status != 200 || asked(other) != "" {
		t.Errorf("taken back: %d %s", a.status, a.body)
	}
}

func TestPaperChanged(t *testing.T) {
	length := 0
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Printers = func() []kiosk.PrinterStatus {
			p := kiosk.PrinterStatus{Name: "cửa chính"}
			if length > 0 {
				p.Roll = &kiosk.RollStatus{LengthMM: length}
			}
			return []kiosk.PrinterStatus{p}
		}
	})
	const path = "/api/printers/c%E1%BB%ADa%20ch%C3%ADnh/paper"
	for _, x := range []struct {
		length int
		body   string
		want   int
	}{{0, "", 0}, {0, `{"mm":80000}`, 80000}, {50000, "", 50000}, {50000, `{"mm":80000}`, 80000}, {50000, `{"mm":0}`, 0}} {
		length = x.length
		a := h.do(h.clerk, "POST", path, x.body)
		roll, known := h.owner.View().Roll("cửa chính")
		if a.status != 200 || !known || roll.LengthMM != x.want || roll.UsedMM != 0 {
			t.Errorf("%s on a roll of %d mm: %d %s and a roll %+v, want %d mm", x.body, x.length, a.status, a.body, roll, x.want)
		}
	}
	h.all([]expect{
		{"no such printer", h.clerk, "POST", "/api/printers/nobody/paper", "", 404, "unknown_printer"},
		{"too short", h.clerk, "POST", path, `{"mm":999}`, 422, "invalid_field"},
		{"too long", h.clerk, "POST", path, `{"mm":200001}`, 422, "invalid_field"},
		{"backwards", h.clerk, "POST", path, `{"mm":-1}`, 422, "invalid_field"},
	})
}

func TestReprintNamesAPrinter(t *testing.T) {
	h := newHall(t, twoPrinters)
	token := h.take("dat-dai").Token
	path := "/api/tickets/" + token + "/reprint"
	if got := h.ticket(h.do(h.clerk, "POST", path, `{"printer":"quầy 1"}`), 200); got.Prints != 1 {
		t.Errorf("a paper that has not come out yet was asked for %d times", got.Prints)
	}
	h.report(token, kiosk.Sending)
	h.report(token, kiosk.Confirmed)
	if got := h.ticket(h.do(h.clerk, "POST", path, `{"printer":"quầy 1"}`), 200); got.Prints != 2 || got.Printer != "quầy 1" || got.Print != "queued" {
		t.Errorf("printed again: %+v", got)
	}
	h.refused("no such printer", h.do(h.clerk, "POST", path, `{"printer":"nobody"}`), 404, "unknown_printer")
}

// report tells the hall what the spooler would.
func (h *hall) report(token string, outcome kiosk.PrintState) {
	h.t.Helper()
	_, err := h.owner.Do(h.t.Context(), kiosk.ReportPrint{Token: token, Printer: "cửa chính", Outcome: outcome})
	h.must(err)
}
