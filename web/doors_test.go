package web_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
)

// cookieOf gives the cookie that an answer sets, checked for what every cookie of ours must be.
func cookieOf(t *testing.T, a answer, name string) *http.Cookie {
	t.Helper()
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.Name == name {
			if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Secure {
				t.Errorf("cookie %q", a.header.Get("Set-Cookie"))
			}
			return c
		}
	}
	t.Fatalf("%d %s sets no cookie %s", a.status, a.body, name)
	return nil
}

func TestSessionBeginsAndEnds(t *testing.T) {
	h := newHall(t)
	in := h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`)
	c := cookieOf(t, in, "layso_session")
	if in.status != 200 || c.MaxAge != 14*3600 || len(c.Value) != 64 {
		t.Errorf("signed in: %d %s %v", in.status, in.body, c)
	}
	who := c.Name + "=" + c.Value
	var st struct{ User *kiosk.User }
	h.must(json.Unmarshal(h.do(who, "GET", "/api/session", "").body, &st))
	if st.User == nil || st.User.ID != "clerk1" || st.User.Role != kiosk.Clerk || strings.Contains(string(in.body), "pin") {
		t.Errorf("session %+v, answer %s", st.User, in.body)
	}
	again := cookieOf(t, h.do(who, "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`), "layso_session")
	h.refused("the session before", h.do(who, "GET", "/api/waiting", ""), 401, "unauthenticated")
	who = again.Name + "=" + again.Value
	out := h.do(who, "DELETE", "/api/session", "")
	if c := cookieOf(t, out, "layso_session"); out.status != 204 || c.MaxAge >= 0 || c.Value != "" {
		t.Errorf("signed out: %d %v", out.status, c)
	}
	h.refused("after signing out", h.do(who, "GET", "/api/waiting", ""), 401, "unauthenticated")
	if a := h.do("", "DELETE", "/api/session", ""); a.status != 204 {
		t.Errorf("signing out as nobody: %d", a.status)
	}
	if a := h.do("", "GET", "/api/session", ""); strings.TrimSpace(string(a.body)) != `{"user":null,"device":null}` {
		t.Errorf("nobody is %s", a.body)
	}
}

func TestSessionExpires(t *testing.T) {
	h := newHall(t)
	works := func() bool { return h.do(h.clerk, "GET", "/api/waiting", "").status == 200 }
	for range 4 {
		h.clock.move(3 * time.Hour)
		if !works() {
			t.Fatal("a session in use has ended")
		}
	}
	h.clock.move(2*time.Hour + time.Second) // 14 hours in all
	if works() {
		t.Error("a session lives for more than a working day")
	}
	h.signIn()
	h.clock.move(4*time.Hour + time.Second)
	if works() {
		t.Error("a session lives though nobody used it for four hours")
	}
	h.signIn()
	clerk := h.clerk
	h.serve() // the server starts again
	if a := h.do(clerk, "GET", "/api/waiting", ""); a.status != 200 {
		t.Errorf("after a restart: %d", a.status)
	}
	h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
	for kind, secret := range map[string]string{"session": clerk, "device": h.kiosk} {
		stored, err := h.journal.Secrets().All(kind)
		h.must(err)
		for id, value := range stored {
			if key := secret[strings.IndexByte(secret, '=')+1:]; strings.Contains(id+string(value), key) {
				t.Errorf("the key of a %s is stored as it is", kind)
			}
		}
	}
}

func TestWrongPINsWait(t *testing.T) {
	h := newHall(t)
	try := func(user, pin string) answer {
		return h.do("", "POST", "/api/session", `{"user":"`+user+`","pin":"`+pin+`"}`)
	}
	unknown := h.refused("nobody", try("nobody", "000000"), 401, "wrong_pin")
	if known := h.refused("a wrong PIN", try("clerk1", "111111"), 401, "wrong_pin"); known.Detail != unknown.Detail {
		t.Error("the answer tells who exists")
	}
	// Many at once: only as many as are free may be tried, whoever is first.
	var tried sync.WaitGroup
	var mu sync.Mutex
	count := map[int]int{}
	for range 12 {
		tried.Go(func() {
			a := try("clerk1", "111112")
			mu.Lock()
			defer mu.Unlock()
			count[a.status]++
		})
	}
	tried.Wait()
	if count[401] != 4 || count[429] != 8 {
		t.Errorf("after one wrong PIN, twelve more at once: %v; four are left", count)
	}
	busy := try("clerk1", "000000")
	h.refused("the right PIN too early", busy, 429, "too_many_requests")
	wait, err := strconv.Atoi(busy.header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 5 {
		t.Errorf("Retry-After %q", busy.header.Get("Retry-After"))
	}
	if a := try("clerk2", "000000"); a.status != 200 {
		t.Errorf("another account must wait as well: %d", a.status)
	}
	h.clock.move(time.Duration(wait) * time.Second)
	if a := try("clerk1", "000000"); a.status != 200 {
		t.Errorf("after the wait: %d %s", a.status, a.body)
	}
	h.refused("and the count starts anew", try("clerk1", "111111"), 401, "wrong_pin")
	for body, field := range map[string]string{`{}`: "user", `{"user":"clerk1"}`: "pin", `{"user":"` + strings.Repeat("x", 65) + `","pin":"000000"}`: "user"} {
		if p := h.refused(body, h.do("", "POST", "/api/session", body), 422, "invalid_field"); p.Field != field {
			t.Errorf("%s: field %q", body, p.Field)
		}
	}
}

func TestPINs(t *testing.T) {
	h := newHall(t)
	put := func(who, user, body string) answer {
		return h.do(who, "PUT", "/api/users/"+user+"/pin", body)
	}
	for _, weak := range []string{"123456", "654321", "111111", "012345", "567890", "12345", "1234567", "12345a", "", "１２３４５６"} {
		if p := h.refused("weak "+weak, put(h.admin, "clerk1", `{"pin":"`+weak+`"}`), 422, "invalid_field"); p.Field != "pin" {
			t.Errorf("%q: field %q", weak, p.Field)
		}
	}
	h.refused("another's", put(h.clerk, "clerk2", `{"pin":"493817","old_pin":"000000"}`), 403, "forbidden")
	h.refused("nobody's", put(h.clerk, "nobody", `{"pin":"493817"}`), 403, "forbidden")
	h.refused("nobody's, as admin", put(h.admin, "nobody", `{"pin":"493817"}`), 404, "unknown_user")
	h.refused("own without the old", put(h.clerk, "clerk1", `{"pin":"493817"}`), 401, "wrong_pin")
	elsewhere := h.server.Begin("clerk1")
	if a := put(h.clerk, "clerk1", `{"pin":"493817","old_pin":"000000"}`); a.status != 204 {
		t.Errorf("own: %d %s", a.status, a.body)
	}
	h.refused("a session elsewhere", h.do(elsewhere, "GET", "/api/waiting", ""), 401, "unauthenticated")
	if a := h.do(h.clerk, "GET", "/api/waiting", ""); a.status != 200 {
		t.Errorf("the own session: %d", a.status)
	}
	if a := h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"493817"}`); a.status != 200 {
		t.Errorf("with the new PIN: %d", a.status)
	}
	rows := into[[]struct {
		ID     string
		HasPIN bool `json:"has_pin"`
	}](h, h.do(h.admin, "GET", "/api/users", ""))
	if len(rows) != 6 || !rows[0].HasPIN {
		t.Errorf("users %+v", rows)
	}
}

func TestPairing(t *testing.T) {
	h := newHall(t)
	made := func(kind string) (code string) {
		a := h.do(h.admin, "POST", "/api/devices/codes", `{"kind":"`+kind+`","name":" Cửa chính "}`)
		got := into[map[string]string](h, a)
		if a.status != 201 || len(got["code"]) != 7 || got["expires_at"] != "2026-11-24T08:10:00+07:00" {
			t.Fatalf("a code: %d %s", a.status, a.body)
		}
		return got["code"]
	}
	pair := func(code string) answer { return h.do("", "POST", "/api/devices/pair", `{"code":"`+code+`"}`) }
	code, late := made("kiosk"), made("display")
	paired := pair(strings.ToLower(strings.Replace(code, "-", " ", 1)))
	c := cookieOf(t, paired, "layso_device")
	device := into[struct {
		Device struct{ ID, Kind, Name string }
	}](h, paired).Device
	if paired.status != 201 || device.Kind != "kiosk" || device.Name != "Cửa chính" || c.MaxAge < 365*24*3600 {
		t.Errorf("paired: %d %s", paired.status, paired.body)
	}
	who := c.Name + "=" + c.Value
	h.ticket(h.do(who, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
	h.refused("the code again", pair(code), 403, "wrong_code")
	h.clock.move(10*time.Minute + time.Second)
	h.refused("a code too late", pair(late), 403, "wrong_code")
	for _, body := range []string{`{"kind":"toaster","name":"x"}`, `{"kind":"kiosk","name":"  "}`, `{"kind":"kiosk","name":"` + strings.Repeat("x", 61) + `"}`} {
		h.refused(body, h.do(h.admin, "POST", "/api/devices/codes", body), 422, "invalid_field")
	}
	if a := h.do(h.admin, "DELETE", "/api/devices/"+device.ID, ""); a.status != 204 {
		t.Errorf("revoked: %d", a.status)
	}
	h.refused("a revoked kiosk", h.do(who, "POST", "/api/tickets", `{"service":"dat-dai"}`), 401, "unauthenticated")
	h.refused("revoked again", h.do(h.admin, "DELETE", "/api/devices/"+device.ID, ""), 404, "unknown_device")
	if rest := into[[]struct{ ID string }](h, h.do(h.admin, "GET", "/api/devices", "")); len(rest) != 1 {
		t.Errorf("devices left: %+v", rest)
	}
	for range 12 { // guessing codes
		if a := pair("AAAAAA"); a.status == 429 {
			if a.header.Get("Retry-After") == "" {
				t.Error("429 without Retry-After")
			}
			return
		}
	}
	t.Error("codes may be guessed without end")
}

func TestKioskMayNotFloodTheHall(t *testing.T) {
	h := newHall(t)
	for range 30 {
		h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
	}
	h.refused("the 31st at once", h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 429, "too_many_requests")
	h.clock.move(time.Second)
	h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
	h.clock.move(-time.Hour) // the wall clock is set back
	h.refused("an hour back", h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 429, "too_many_requests")
	h.clock.move(time.Second)
	h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
}
