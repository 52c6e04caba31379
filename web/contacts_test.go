package web_test

import (
	"strings"
	"testing"

	"layso/kiosk"
)

const yes = `{"phone":"+84 912.345.678","consent":true}`

// A phone number is kept with consent alone, seen by staff alone, noted without the number, and gone when the ticket ends.
func TestContact(t *testing.T) {
	h := newHall(t)
	waiting := h.take("dat-dai")
	path := "/api/tickets/" + waiting.Token + "/contact"
	h.all([]expect{
		{"no consent", h.clerk, "PUT", path, `{"phone":"0912345678"}`, 422, "invalid_field"},
		{"a no", h.clerk, "PUT", path, `{"phone":"0912345678","consent":false}`, 422, "invalid_field"},
		{"consent in other words", h.clerk, "PUT", path, `{"phone":"0912345678","consent":"yes"}`, 422, "invalid_field"},
		{"no number", h.clerk, "PUT", path, `{"consent":true}`, 422, "invalid_field"},
		{"a short number", h.clerk, "PUT", path, `{"phone":"0912345","consent":true}`, 422, "invalid_field"},
		{"a foreign number", h.clerk, "PUT", path, `{"phone":"+49 30 123456","consent":true}`, 422, "invalid_field"},
		{"an unknown ticket", h.clerk, "PUT", "/api/tickets/" + kiosk.NewToken() + "/contact", yes, 404, "unknown_ticket"},
		{"none yet", h.clerk, "GET", path, "", 404, "no_contact"},
		{"the kiosk", h.kiosk, "PUT", path, yes, 401, "unauthenticated"},
		{"the citizen", "", "GET", path, "", 401, "unauthenticated"},
	})
	since := h.owner.View().Seq()
	put := h.do(h.clerk, "PUT", path, yes)
	got := into[struct{ Phone, By string }](h, h.do(h.manager, "GET", path, ""))
	if put.status != 200 || got.Phone != "0912345678" || got.By != "user:clerk1" {
		t.Fatalf("%d %s; %+v", put.status, put.body, got)
	}
	if a := h.do(h.clerk, "DELETE", path, ""); a.status != 204 {
		t.Errorf("erasing: %d", a.status)
	}
	h.refused("erased", h.do(h.clerk, "GET", path, ""), 404, "no_contact")
	if a := h.do(h.clerk, "DELETE", path, ""); a.status != 204 {
		t.Errorf("erasing nothing: %d", a.status)
	}
	h.wrote(since, "contact.kept by=user:clerk1 what=A001", "contact.read by=user:manager what=A001", "contact.erased by=user:clerk1 what=A001")

	h.do(h.clerk, "PUT", path, yes)
	since = h.owner.View().Seq()
	sweep := func() int {
		t.Helper()
		h.must(h.server.SweepContacts(t.Context()))
		return len(h.opts.Contacts.Tokens())
	}
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "hold", "")
	if sweep() != 1 {
		t.Error("erased while the ticket is on hold")
	}
	h.at("1", "call", `{"token":"`+waiting.Token+`"}`)
	h.at("1", "no-show", "")
	if sweep() != 1 {
		t.Error("erased although whoever missed his call may still be called back")
	}
	h.at("1", "undo", "")
	h.at("1", "finish", "")
	if sweep() != 0 {
		t.Error("not erased when the ticket has ended")
	}
	h.wrote(since, "contact.erased by=system what=A001 reason=ended")
	h.refused("of a ticket that has ended", h.do(h.clerk, "PUT", path, yes), 409, "ticket_not_waiting")
	h.nowhere("912345678")
}

// nowhere wants no event to say this.
func (h *hall) nowhere(text string) {
	h.t.Helper()
	a := h.do(h.manager, "GET", "/api/events", "")
	if a.status != 200 || strings.Contains(string(a.body), text) {
		h.t.Errorf("the log has it: %d", a.status)
	}
}

// With the business day all of them go, whatever state their tickets are in.
func TestContactsGoWithTheDay(t *testing.T) {
	h := newHall(t)
	for range 3 {
		h.do(h.clerk, "PUT", "/api/tickets/"+h.take("dat-dai").Token+"/contact", yes)
	}
	h.at("1", "open", "")
	h.at("1", "next", "")
	h.at("1", "no-show", "")
	if len(h.opts.Contacts.Tokens()) != 3 {
		t.Fatal(h.opts.Contacts.Tokens())
	}
	if a := h.do(h.manager, "POST", "/api/day/close", `{"reason":"hết giờ"}`); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.must(h.server.SweepContacts(t.Context()))
	if left := h.opts.Contacts.Tokens(); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	h.nowhere("912345678")
}
