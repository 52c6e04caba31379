package web_test

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

type auditAnswer struct {
	Events []struct {
		kiosk.Event
		ByName     string `json:"by_name"`
		UserName   string `json:"user_name"`
		DeviceName string `json:"device_name"`
	}
	Next    *uint64
	Reached *time.Time
}

// audit asks once; parts are parameters and values in turn.
func (h *hall) audit(parts ...string) auditAnswer {
	h.t.Helper()
	a := h.do(h.manager, "GET", "/api/audit?"+query(parts), "")
	if a.status != 200 {
		h.t.Fatalf("%v: %d %s", parts, a.status, a.body)
	}
	return into[auditAnswer](h, a)
}

func query(parts []string) string {
	q := url.Values{}
	for i := 0; i < len(parts); i += 2 {
		q.Set(parts[i], parts[i+1])
	}
	return q.Encode()
}

// found says what an answer holds, as type and number, newest first.
func (a auditAnswer) found() string {
	var out []string
	for _, e := range a.Events {
		out = append(out, strings.TrimSpace(string(e.Type)+" "+e.Number))
	}
	return strings.Join(out, ", ")
}

// newAuditHall has a day with a call in order, one out of it, a break, a priority and a transfer.
func newAuditHall(t *testing.T) *hall {
	h := newHall(t)
	h.at("1", "open", "")
	h.take("dat-dai")
	h.take("dat-dai")
	late := h.take("ho-tich")
	h.clock.move(time.Minute)
	h.at("1", "next", "")
	h.at("1", "finish", "")
	h.at("1", "call", `{"token":"`+late.Token+`","reason":"Người già yếu, đi lại khó"}`)
	h.at("1", "finish", "")
	h.at("1", "pause", `{"reason":"Nghỉ trưa"}`)
	h.do(h.manager, "POST", "/api/counters/1/resume", "")
	h.note(kiosk.Event{Type: kiosk.ContactRead, By: "user:clerk1", What: "C001"})
	return h
}

// note writes a note into the log.
func (h *hall) note(e kiosk.Event) {
	h.t.Helper()
	_, err := h.owner.Do(context.Background(), kiosk.Note{Event: e})
	h.must(err)
}

func TestAuditFinds(t *testing.T) {
	h := newAuditHall(t)
	out := "ticket.called B001"
	for _, x := range []struct {
		want  string
		parts []string
	}{
		{"contact.read, counter.resumed, counter.paused, ticket.finished B001, " + out, []string{"limit", "5"}},
		{"contact.read", []string{"q", "C001"}},
		{"ticket.finished A001, ticket.called A001, ticket.taken A001", []string{"q", "a001"}},
		{out, []string{"only", "out_of_order"}},
		{out, []string{"q", "gia YEU"}},
		{out, []string{"q", "người già"}},
		{"", []string{"q", "người trẻ"}},
		{"counter.paused", []string{"q", "nghi trua"}},
		{"counter.resumed", []string{"by", "user:manager"}},
		{"counter.resumed", []string{"q", "truong bo phan"}},
		{"counter.resumed, counter.paused, counter.opened", []string{"by", "user:clerk1", "types", "counter.opened,counter.paused,counter.resumed"}},
		{"ticket.finished B001, " + out + ", ticket.taken B001", []string{"q", "civil"}},
		{"", []string{"types", "ticket.recalled"}},
		{"contact.read, counter.resumed, ticket.finished B001, " + out + ", ticket.finished A001", []string{"limit", "5", "types",
			"ticket.taken,ticket.called,ticket.recalled,ticket.finished,ticket.held,ticket.rated,counter.opened,counter.resumed,contact.read,hall.changed"}},
		{"contact.read", []string{"from", "2026-11-24", "to", "2026-11-24", "limit", "1"}},
		{"", []string{"from", "2026-11-25"}},
		{"", []string{"to", "2026-11-23"}},
		{"", []string{"from", "2026-11-25", "to", "2026-11-23"}},
		{"", []string{"before", "0"}},
		{"day.opened", []string{"before", "2"}},
	} {
		if got := h.audit(x.parts...).found(); got != x.want {
			t.Errorf("%v: found %q, want %q", x.parts, got, x.want)
		}
	}
	e := h.audit("only", "out_of_order").Events[0]
	if e.ByName != "Cán bộ 1" || e.Reason != "Người già yếu, đi lại khó" || e.At.Format(time.RFC3339) != "2026-11-24T08:01:00+07:00" {
		t.Errorf("the call is told as %+v", e)
	}
	of := h.audit("of", fmt.Sprint(e.Seq))
	if of.found() != "ticket.finished B001, "+out+", ticket.taken B001" || of.Next != nil {
		t.Errorf("all of that ticket: %q", of.found())
	}
	for parts, field := range map[string]string{
		"from=24.11.2026": "from", "to=x": "to", "types=A": "types", "by=lan": "by", "by=user:%22": "by", "only=x": "only", "of=0": "of", "of=1": "of", "of=999": "of",
		"before=x": "before", "limit=0": "limit", "limit=201": "limit", "q=" + strings.Repeat("x", 101): "q",
	} {
		if p := h.refused(parts, h.do(h.manager, "GET", "/api/audit?"+parts, ""), 422, "invalid_field"); p.Field != field {
			t.Errorf("%s: the field is %q, want %q", parts, p.Field, field)
		}
	}
}

// TestAuditIsComplete: page by page the log comes out once, whatever the size of the pages and whatever is
// looked for, also when an answer has used up its work before it has found anything.
func TestAuditIsComplete(t *testing.T) {
	h := newAuditHall(t)
	h.server.SetAuditWork(10)
	for i := range 40 {
		h.at("2", []string{"open", "close"}[i%2], "")
	}
	all, err := h.journal.Since(0, 1000)
	h.must(err)
	for _, x := range []struct {
		parts []string
		want  func(kiosk.Event) bool
	}{
		{nil, func(kiosk.Event) bool { return true }},
		{[]string{"limit", "200"}, func(kiosk.Event) bool { return true }},
		{[]string{"types", "ticket.taken"}, func(e kiosk.Event) bool { return e.Type == kiosk.TicketTaken }},
		{[]string{"q", "nghi trua"}, func(e kiosk.Event) bool { return e.Reason == "Nghỉ trưa" }},
	} {
		var want, got []uint64
		for _, e := range slices.Backward(all) {
			if x.want(e) {
				want = append(want, e.Seq)
			}
		}
		pages := 0
		for before := uint64(1 << 62); ; pages++ {
			a := h.audit(append([]string{"limit", "7", "before", fmt.Sprint(before)}, x.parts...)...)
			for _, e := range a.Events {
				got = append(got, e.Seq)
			}
			if a.Next == nil {
				break
			}
			if *a.Next >= before || a.Reached == nil || !a.Reached.Equal(all[*a.Next-1].At) {
				t.Fatalf("%v: after %d goes on at %d, reached %v", x.parts, before, *a.Next, a.Reached)
			}
			before = *a.Next
		}
		if !slices.Equal(got, want) || pages < 2 {
			t.Errorf("%v: %d pages gave events %v, want %v", x.parts, pages, got, want)
		}
	}
}

// TestAuditKeepsSecrets: whoever adds a field to the events says here whether a manager may read it.
func TestAuditKeepsSecrets(t *testing.T) {
	secret := strings.Fields("ticket appointment code key fingerprint after setup appointments rolls")
	shown := strings.Fields("seq at type by number service from_service counter to_counter from user route base slot undated priority credit_s reason reasons stars count " +
		"lang device ahead wait print printer page mm outcome written what of step_s offset_s day")
	for f := range reflect.TypeFor[kiosk.Event]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !slices.Contains(secret, name) && !slices.Contains(shown, name) {
			t.Errorf("may a manager read %s of an event?", name)
		}
	}
	h := newAuditHall(t)
	key := "key-that-nobody-sees"
	a := h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`, "Idempotency-Key", key), 201)
	body := string(h.do(h.manager, "GET", "/api/audit?limit=200", "").body)
	for _, s := range []string{a.Token, key, "fingerprint", `"setup"`, `"after"`} {
		if strings.Contains(body, s) {
			t.Errorf("the audit log shows %s", s)
		}
	}
	if !strings.Contains(body, a.Number) {
		t.Errorf("the audit log does not show %s", a.Number)
	}
}

// BenchmarkAudit is one answer of a search that finds nothing among 200,000 events: by what has to be read, and
// by what can be passed over.
func BenchmarkAudit(b *testing.B) {
	h := newHall(b)
	h.must(longLog(h, 200000))
	for name, q := range map[string]string{"read": "q=khong+co+ai", "passed over": "types=ticket.rated"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if a := h.do(h.manager, "GET", "/api/audit?"+q, ""); a.status != 200 {
					b.Fatalf("%d %s", a.status, a.body)
				}
			}
		})
	}
}

// longLog appends n events of the open day past the hall.
func longLog(h *hall, n int) error {
	if _, err := h.owner.Do(context.Background(), kiosk.Probe{}); err != nil {
		return err
	}
	events, last := make([]kiosk.Event, 0, 10000), h.journal.Last()
	for i := range n {
		events = append(events, kiosk.Event{
			Seq: last + uint64(i) + 1, At: h.clock.now(), Type: kiosk.TicketCalled, By: "user:clerk1", Ticket: "t1LhXHkR3oGm9QbYv2WcSg",
			Number: fmt.Sprintf("A%03d", i%999+1), Service: "dat-dai", Counter: "1", From: kiosk.Waiting, Reason: "Người già yếu", After: "t1LhXHkR3oGm9QbYv2WcSx", Lang: kiosk.Vietnamese,
		})
		if len(events) == cap(events) || i == n-1 {
			if err := h.journal.Append(events); err != nil {
				return err
			}
			events = events[:0]
		}
	}
	return nil
}

// TestAuditRemembersWhoHasLeft: somebody who is no user any more is still called by his name.
func TestAuditRemembersWhoHasLeft(t *testing.T) {
	h := newAuditHall(t)
	v := h.owner.View()
	setup := *v.Setup()
	h.at("1", "close", "")
	setup.Users = slices.DeleteFunc(slices.Clone(setup.Users), func(u kiosk.User) bool { return u.ID == "clerk1" })
	_, err := h.owner.Do(context.Background(), kiosk.ChangeSetup{Setup: &setup, Seq: v.SetupSeq(), By: "user:admin"})
	h.must(err)
	e := h.audit("types", "counter.closed").Events[0]
	if e.ByName != "Cán bộ 1" || e.UserName != "Cán bộ 1" {
		t.Errorf("who has left is called %q and %q", e.ByName, e.UserName)
	}
}
