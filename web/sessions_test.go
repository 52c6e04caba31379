package web_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// notes gives the notes in the log since a seq, as "type by user device what reason count".
func (h *hall) notes(since uint64) (out []string) {
	h.t.Helper()
	events, err := h.journal.Since(since, 10000)
	h.must(err)
	for _, e := range events {
		if e.Type.IsNote() {
			line := fmt.Sprintf("%s by=%s", e.Type, e.By)
			for _, x := range [][2]string{{"user", e.User}, {"device", e.Device}, {"what", e.What}, {"reason", e.Reason}} {
				if x[1] != "" {
					line += " " + x[0] + "=" + x[1]
				}
			}
			if e.Count != 0 {
				line += fmt.Sprintf(" count=%d", e.Count)
			}
			out = append(out, line)
		}
	}
	return out
}

func (h *hall) wrote(since uint64, want ...string) {
	h.t.Helper()
	if got := h.notes(since); !slices.Equal(got, want) {
		h.t.Errorf("the log has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

type sessionRow struct {
	ID, User, Where, Browser string
	UserName                 string `json:"user_name"`
	Since, Seen              time.Time
	Current                  bool
}

func (h *hall) sessions(who string) []sessionRow {
	h.t.Helper()
	return into[[]sessionRow](h, h.do(who, "GET", "/api/sessions", ""))
}

const edgeOnWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0"

func (h *hall) signsIn(who, user string) (cookie string) {
	h.t.Helper()
	c := cookieOf(h.t.(*testing.T), h.do(who, "POST", "/api/session", `{"user":"`+user+`","pin":"000000"}`, "User-Agent", edgeOnWindows), "layso_session")
	return c.Name + "=" + c.Value
}

// Sessions are seen by whom they belong to, and all of them by admins; each can be ended from elsewhere.
func TestSessionsAreListedAndEnded(t *testing.T) {
	h := newHall(t)
	h.clock.move(time.Minute)
	counter, device := h.server.Pair("counter")
	at := h.signsIn(counter, "clerk1")
	h.clock.move(time.Minute)
	rows := h.sessions(at)
	if len(rows) != 2 || !rows[0].Current || rows[0].User != "clerk1" || rows[0].UserName != "Cán bộ 1" || rows[0].Where != "test" || rows[0].Browser != "Edge, Windows" ||
		!rows[0].Since.Equal(h.clock.now().Add(-time.Minute)) || !rows[0].Seen.Equal(h.clock.now()) || rows[1].Current || rows[1].Where != "127.0.0.1" {
		t.Fatalf("own sessions: %+v", rows)
	}
	for _, r := range rows {
		if strings.Contains(at+h.clerk, r.ID) {
			t.Error("an id is part of a key")
		}
	}
	if all := h.sessions(h.admin); len(all) != 4 {
		t.Errorf("an admin sees %+v", all)
	}
	managers := h.sessions(h.manager)
	before := h.owner.View().Seq()
	h.refused("another's", h.do(at, "DELETE", "/api/sessions/"+managers[0].ID, ""), 404, "unknown_session")
	h.refused("nobody's", h.do(h.admin, "DELETE", "/api/sessions/0123456789abcdef", ""), 404, "unknown_session")
	h.refused("a reason too long", h.do(h.admin, "DELETE", "/api/sessions/"+rows[0].ID+"?reason="+strings.Repeat("x", 201), ""), 422, "invalid_field")
	h.refused("a reason that hides", h.do(h.admin, "DELETE", "/api/sessions/"+rows[0].ID+"?reason=%E2%80%AE", ""), 422, "invalid_field")
	if a := h.do(at, "DELETE", "/api/sessions/"+rows[1].ID, ""); a.status != 204 {
		t.Errorf("own, elsewhere: %d %s", a.status, a.body)
	}
	h.refused("is over", h.do(h.clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
	if a := h.do(h.admin, "DELETE", "/api/sessions/"+rows[0].ID+"?reason="+url.QueryEscape("quên đăng xuất"), ""); a.status != 204 {
		t.Errorf("by the admin: %d %s", a.status, a.body)
	}
	h.refused("is over", h.do(at, "GET", "/api/waiting", ""), 401, "unauthenticated")
	h.refused("again", h.do(h.admin, "DELETE", "/api/sessions/"+rows[0].ID, ""), 404, "unknown_session")
	h.serve()
	h.refused("after a restart", h.do(at, "GET", "/api/waiting", ""), 401, "unauthenticated")
	h.wrote(before, "session.ended by=user:clerk1 user=clerk1 what=127.0.0.1", "session.ended by=user:admin user=clerk1 what="+device+" reason=quên đăng xuất")
}

// What people do at the doors stands in the log, with who and why, and without what they typed.
func TestDoorsAreNoted(t *testing.T) {
	h := newHall(t)
	since := h.owner.View().Seq()
	at := h.signsIn("", "clerk2")
	at2 := h.signsIn(at, "clerk2")
	h.do("", "POST", "/api/session", `{"user":"clerk2","pin":"111111"}`)
	h.do("", "POST", "/api/session", `{"user":"clerk2","pin":"111112"}`)
	h.do("", "POST", "/api/session", `{"user":"493817","pin":"clerk2"}`) // in the wrong field
	h.do(at2, "DELETE", "/api/session", "")
	h.wrote(since, "session.begun by=user:clerk2 user=clerk2 what=127.0.0.1",
		"session.ended by=user:clerk2 user=clerk2 what=127.0.0.1", "session.begun by=user:clerk2 user=clerk2 what=127.0.0.1",
		"session.refused by=citizen user=clerk2 what=127.0.0.1 count=1", "session.refused by=citizen user=clerk2 what=127.0.0.1 count=2",
		"session.refused by=citizen what=127.0.0.1 count=1", "session.ended by=user:clerk2 user=clerk2 what=127.0.0.1")

	since = h.owner.View().Seq()
	if a := h.do(h.admin, "PUT", "/api/users/clerk1/pin", `{"pin":"493817"}`); a.status != 204 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.wrote(since, "user.pin_changed by=user:admin user=clerk1", "session.ended by=user:admin user=clerk1 what=127.0.0.1 reason=pin_changed")

	since = h.owner.View().Seq()
	code := into[map[string]string](h, h.do(h.admin, "POST", "/api/devices/codes", `{"kind":"kiosk","name":"Cửa sau"}`))["code"]
	id := into[struct{ Device struct{ ID string } }](h, h.do("", "POST", "/api/devices/pair", `{"code":"`+code+`"}`)).Device.ID
	h.refused("a reason that hides", h.do(h.admin, "DELETE", "/api/devices/"+id+"?reason=%00", ""), 422, "invalid_field")
	h.do(h.admin, "DELETE", "/api/devices/"+id+"?reason="+url.QueryEscape("mất máy"), "")
	h.wrote(since, "device.paired by=user:admin device="+id+" what=Cửa sau", "device.revoked by=user:admin device="+id+" what=Cửa sau reason=mất máy")

	since = h.owner.View().Seq()
	h.clock.move(5 * time.Hour)
	h.signsIn("", "clerk3")
	ends := h.notes(since)
	if len(ends) != 3 || !slices.Contains(ends, "session.ended by=system user=admin what=127.0.0.1 reason=idle") || !strings.HasPrefix(ends[2], "session.begun") {
		t.Errorf("sessions that nobody used: %q", ends)
	}
}

// meanwhile is a store of secrets in which something happens while a PIN is read.
type meanwhile struct {
	web.Secrets
	do func(id string)
}

func (m *meanwhile) Get(kind, id string) ([]byte, bool, error) {
	value, ok, err := m.Secrets.Get(kind, id)
	if kind == "pin" && m.do != nil {
		m.do(id)
	}
	return value, ok, err
}

// Who is taken out of the hall while his right PIN is being read is refused like a stranger, at the door and at a counter.
func TestWhoIsTakenOutWhileHisPINIsRead(t *testing.T) {
	secrets := &meanwhile{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		secrets.Secrets, o.Secrets = o.Secrets, secrets
	})
	h.at("1", "open", "")
	secrets.do = func(id string) {
		v := h.owner.View()
		s := *v.Setup()
		s.Users = slices.DeleteFunc(slices.Clone(s.Users), func(u kiosk.User) bool { return u.ID == id })
		_, err := h.owner.Do(t.Context(), kiosk.ChangeSetup{Setup: &s, Seq: v.SetupSeq(), By: "user:admin"})
		h.must(err)
	}
	h.refused("at the door", h.do("", "POST", "/api/session", `{"user":"clerk3","pin":"000000"}`), 401, "wrong_pin")
	h.refused("at the counter", h.at("1", "handover", `{"user":"clerk2","pin":"000000"}`), 404, "unknown_user")
	secrets.do = nil
	if c := h.counter(h.do(h.clerk, "GET", "/api/counters/1", "")); *c.User != "clerk1" {
		t.Errorf("the counter is %s's", *c.User)
	}
	for _, s := range h.sessions(h.admin) {
		if s.User == "clerk2" || s.User == "clerk3" {
			t.Errorf("%s is signed in", s.User)
		}
	}
}

// A user who is taken out of the hall loses his sessions at once, and the log says why.
func TestWhoLeavesIsOut(t *testing.T) {
	h := newHall(t)
	s := *h.owner.View().Setup()
	s.Users = slices.DeleteFunc(slices.Clone(s.Users), func(u kiosk.User) bool { return u.ID == "clerk1" })
	since := h.owner.View().Seq()
	if a := h.putSetup(&s); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.refused("the old session", h.do(h.clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
	h.wrote(since, "session.ended by=user:admin user=clerk1 what=127.0.0.1 reason=user_removed")
	if a := h.do(h.admin, "GET", "/api/sessions", ""); strings.Contains(string(a.body), "clerk1") {
		t.Errorf("%s", a.body)
	}
}
