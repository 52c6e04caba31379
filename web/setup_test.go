package web_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

func TestFirstSetup(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Users = slices.DeleteFunc(s.Users, func(u kiosk.User) bool { return u.Role == kiosk.Admin })
	})
	needed := func() bool { return into[map[string]any](h, h.do("", "GET", "/api/first", ""))["needed"].(bool) }
	code := h.server.FirstCode()
	if !needed() || code == "" {
		t.Fatal("a hall without an admin needs no first set-up")
	}
	first := func(code, pin string) answer {
		return h.do("", "POST", "/api/first", `{"code":"`+code+`","hall":"Một cửa Bình An","user":"hoa","user_name":"Trần Thị Hoa","pin":"`+pin+`"}`)
	}
	h.refused("a wrong code", first("x", "493817"), 403, "wrong_code")
	h.refused("no code", first("", "493817"), 403, "wrong_code")
	h.refused("a weak PIN", first(code, "123456"), 422, "invalid_field")
	done := first(code, "493817")
	who := cookieOf(t, done, "layso_session")
	if a := h.do(who.Name+"="+who.Value, "GET", "/api/setup", ""); done.status != 200 || a.status != 200 || !strings.Contains(string(a.body), "Một cửa Bình An") {
		t.Errorf("set up: %d %s, then %d", done.status, done.body, a.status)
	}
	h.refused("a second time", first(code, "493817"), 403, "wrong_code")
	if needed() {
		t.Error("still needed")
	}
	if h.serve(); needed() || h.server.FirstCode() != "" {
		t.Error("needed again after a restart")
	}
	if done := newHall(t); done.server.FirstCode() != "" {
		t.Error("a hall with an admin has a set-up link")
	}
}

func TestSetup(t *testing.T) {
	h := newHall(t)
	type document struct {
		Seq   uint64      `json:"seq"`
		Setup kiosk.Setup `json:"setup"`
	}
	now := into[document](h, h.do(h.admin, "GET", "/api/setup", ""))
	put := func(seq uint64, change func(*kiosk.Setup)) answer {
		s := *h.owner.View().Setup()
		s.Users, s.Services, s.Counters = slices.Clone(s.Users), slices.Clone(s.Services), slices.Clone(s.Counters)
		change(&s)
		body, err := json.Marshal(document{seq, s})
		h.must(err)
		return h.do(h.admin, "PUT", "/api/setup", string(body))
	}
	changed := put(now.Seq, func(s *kiosk.Setup) {
		s.Name.VI = "Một cửa"
		s.Users = slices.DeleteFunc(s.Users, func(u kiosk.User) bool { return u.ID == "clerk1" })
	})
	if got := into[document](h, changed); changed.status != 200 || got.Seq <= now.Seq || got.Setup.Name.VI != "Một cửa" {
		t.Fatalf("changed: %d %s", changed.status, changed.body)
	}
	h.refused("who was taken out", h.do(h.clerk, "GET", "/api/waiting", ""), 401, "unauthenticated")
	if _, ok, err := h.journal.Secrets().Get("pin", "clerk1"); ok || err != nil {
		t.Errorf("his PIN stayed: %v %v", ok, err)
	}
	h.refused("an old version", put(now.Seq, func(*kiosk.Setup) {}), 409, "setup_changed")
	seq := h.owner.View().SetupSeq()
	fault := func(what, field, problem string, a answer) {
		p := h.refused(what, a, 422, "invalid_field")
		if !slices.ContainsFunc(p.Faults, func(f kiosk.Fault) bool { return f.Field == field && f.Problem == problem && f.Detail != "" }) {
			t.Errorf("%s: faults %+v, want %s %s", what, p.Faults, field, problem)
		}
	}
	fault("a prefix twice", "services[1].prefix", "duplicate", put(seq, func(s *kiosk.Setup) { s.Services[1].Prefix = "A" }))
	fault("the last admin", "users", "last_admin", put(seq, func(s *kiosk.Setup) { s.Users = s.Users[:3] }))
	fault("an admin without PIN", "users", "last_admin", put(seq, func(s *kiosk.Setup) {
		s.Users = []kiosk.User{{ID: "new", Name: "Mới", Role: kiosk.Admin}}
	}))
	fault("a mark", "services[0].name.vi", "characters", put(seq, func(s *kiosk.Setup) { s.Services[0].Name.VI = "Đất\u202eđai" }))
	fault("bad hours", "hours", "format", h.do(h.admin, "PUT", "/api/setup", `{"seq":1,"setup":{"hours":{"mon":["7-11"]}}}`))
	fault("a wrong type", "name", "format", h.do(h.admin, "PUT", "/api/setup", `{"seq":1,"setup":{"name":"x"}}`))
	fault("an unknown field", "nonsense", "format", h.do(h.admin, "PUT", "/api/setup", `{"seq":1,"setup":{"nonsense":1}}`))
	h.refused("no setup", h.do(h.admin, "PUT", "/api/setup", `{"seq":1}`), 422, "invalid_field")
	h.takeAtKiosk("dat-dai")
	h.refused("a service at work", put(seq, func(s *kiosk.Setup) {
		s.Services = s.Services[1:]
		for i := range s.Counters {
			s.Counters[i].Services = []string{"ho-tich"}
		}
	}), 409, "service_in_use")
	h.do(h.manager, "POST", "/api/counters/1/open", "")
	h.refused("a counter at work", put(seq, func(s *kiosk.Setup) { s.Counters = s.Counters[1:] }), 409, "counter_in_use")
}

// takeAtKiosk takes a ticket at the kiosk.
func (h *hall) takeAtKiosk(service string) kiosk.TicketStatus {
	h.t.Helper()
	return h.ticket(h.do(h.kiosk, "POST", "/api/tickets", `{"service":"`+service+`"}`), 201)
}

func TestBrokenStore(t *testing.T) {
	m := &memory{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Secrets = m })
	m.mu.Lock()
	m.fail = errors.New("no space left on the disk")
	m.mu.Unlock()
	a := h.do("", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`)
	h.refused("sign in", a, 503, "storage_unavailable")
	if a.header.Get("Retry-After") == "" || strings.Contains(string(a.body), "disk") {
		t.Errorf("%v %s", a.header, a.body)
	}
	h.journal.Close()
	h.refused("the log", h.do(h.manager, "GET", "/api/events", ""), 503, "storage_unavailable")
	h.refused("a ticket", h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`), 503, "storage_unavailable")
	h.refused("readiness", h.do("", "GET", "/readyz", ""), 503, "storage_unavailable")
	if a := h.do("", "GET", "/healthz", ""); a.status != 200 {
		t.Errorf("healthz: %d", a.status)
	}
}

// A blank hall is described whole with the link, in one change, with everybody's PIN; what is wrong changes nothing
// and leaves the link good.
func TestFirstSetupOfABlankHall(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) { s.Services, s.Counters, s.Users = nil, nil, nil })
	code, rest := h.server.FirstCode(), h.owner.View().Setup()
	if code == "" || !rest.Blank() {
		t.Fatalf("a blank hall has the code %q and the setup %+v", code, rest)
	}
	begin := func(code string) answer { return h.do("", "POST", "/api/first/begin", `{"code":"`+code+`"}`) }
	h.refused("a look without the link", begin("x"), 403, "wrong_code")
	var known struct {
		Blank bool
		Setup map[string]any
	}
	if known = into[struct {
		Blank bool
		Setup map[string]any
	}](h, begin(code)); !known.Blank || len(known.Setup["priorities"].([]any)) != 5 {
		t.Errorf("the hall begins with %+v", known)
	}
	setup := func(change func(map[string]any)) map[string]any {
		s := into[map[string]any](h, answer{body: h.json(known.Setup)})
		s["hours"] = map[string]any{"mon": []string{"07:00-11:00"}}
		s["services"] = []any{map[string]any{"id": "dat-dai", "name": map[string]any{"vi": "Đất đai"}, "prefix": "A", "mean_s": 600}}
		s["counters"] = []any{map[string]any{"id": "1", "name": map[string]any{"vi": "Quầy 1"}, "services": []string{"dat-dai"}}}
		s["users"] = []any{map[string]any{"id": "an", "name": "An", "role": "clerk"}}
		change(s)
		return s
	}
	first := func(pins map[string]string, change func(map[string]any)) answer {
		return h.do("", "POST", "/api/first", string(h.json(map[string]any{
			"code": code, "hall": "Một cửa", "user": "hoa", "user_name": "Hoa", "pin": "493817", "setup": setup(change), "pins": pins,
		})))
	}
	right, same := map[string]string{"an": "271828"}, func(map[string]any) {}
	before := h.owner.View().Seq()
	h.refused("a blank hall again", first(nil, func(s map[string]any) { s["services"], s["counters"] = []any{}, []any{} }), 422, "invalid_field")
	h.refused("a weak PIN of a clerk", first(map[string]string{"an": "111111"}, same), 422, "invalid_field")
	h.refused("a PIN of nobody", first(map[string]string{"binh": "271828"}, same), 422, "invalid_field")
	h.clock.move(time.Minute)
	h.refused("a second PIN of the admin", first(map[string]string{"hoa": "271828"}, same), 422, "invalid_field")
	h.refused("a letter too long", first(right, func(s map[string]any) { s["services"].([]any)[0].(map[string]any)["prefix"] = "ABC" }), 422, "invalid_field")
	h.refused("an unknown field", first(right, func(s map[string]any) { s["nonsense"] = 1 }), 422, "invalid_field")
	if h.owner.View().Seq() != before {
		t.Error("a refusal changed the hall")
	}
	done := first(right, same)
	if done.status != 200 {
		t.Fatalf("set up: %d %s", done.status, done.body)
	}
	if v := h.owner.View(); v.Setup().Name.VI != "Một cửa" || len(v.Setup().Users) != 2 || v.SetupSeq() != before+1 {
		t.Errorf("the hall is %+v after event %d, of %d", v.Setup(), v.SetupSeq(), before)
	}
	if a := h.do("", "POST", "/api/session", `{"user":"an","pin":"271828"}`); a.status != 200 {
		t.Errorf("the clerk can't sign in: %d %s", a.status, a.body)
	}
	h.refused("a look afterwards", begin(code), 403, "wrong_code")
	who := cookieOf(t, done, "layso_session")
	if a := h.do(who.Name+"="+who.Value, "GET", "/api/pages/display/qr.svg", ""); a.status != 200 || a.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the TV's address: %d %s", a.status, a.body)
	}
	h.refused("no page of ours", h.do(who.Name+"="+who.Value, "GET", "/api/pages/nothing/qr.svg", ""), 404, "not_found")
}

func (h *hall) json(v any) []byte {
	h.t.Helper()
	b, err := json.Marshal(v)
	h.must(err)
	return b
}
