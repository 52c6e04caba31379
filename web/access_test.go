package web_test

import (
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// TestAccess goes through every route as everybody: 401 for a stranger, 403 for somebody known
// without the right, neither for who may.
func TestAccess(t *testing.T) {
	h := newHall(t)
	display, _ := h.server.Pair("display")
	counter, _ := h.server.Pair("counter")
	revoked, id := h.server.Pair("kiosk")
	if a := h.do(h.admin, "DELETE", "/api/devices/"+id, ""); a.status != 204 {
		t.Fatalf("revoking: %d %s", a.status, a.body)
	}
	expired := h.server.Begin("admin")
	h.clock.move(4*time.Hour + time.Second)
	h.signIn()
	people := map[string]string{
		"nobody": "", "kiosk": h.kiosk, "display": display, "counter device": counter, "revoked kiosk": revoked, "expired admin": expired,
		"forged session": "layso_session=" + strings.Repeat("0", 64), "empty session": "layso_session=", "session as device": strings.Replace(h.admin, "session", "device", 1),
		"clerk": h.clerk, "manager": h.manager, "admin": h.admin,
	}
	// What each kind of access answers: 0 lets in, all others not named get 401.
	rights := map[string]map[string]int{
		"kiosk, clerk": {"kiosk": 0, "clerk": 0, "manager": 0, "admin": 0},
		"counter":      {"counter device": 0, "clerk": 403, "manager": 403, "admin": 403},
		"clerk":        {"clerk": 0, "manager": 0, "admin": 0},
		"manager":      {"clerk": 403, "manager": 0, "admin": 0},
		"admin":        {"clerk": 403, "manager": 403, "admin": 0},
	}
	for _, route := range h.server.Routes() {
		path := strings.NewReplacer("{token}", kiosk.NewToken(), "{id}", "nobody-9", "{name}", "nobody", "{$}", "", "{build}", "x", "{file...}", "icon.svg").Replace(route.Pattern)
		for name, cookie := range people {
			want, known := rights[route.Access][name]
			if !known && route.Access != "anyone" {
				want = 401
			}
			if name == "admin" && route.Method == "DELETE" || strings.HasSuffix(path, "/session") {
				continue // signs out
			}
			before := h.owner.View().Seq()
			a := h.do(cookie, route.Method, path, "", "Upgrade", "websocket", "Connection", "Upgrade")
			what := name + " " + route.Method + " " + route.Pattern
			switch {
			case want == 401:
				h.refused(what, a, 401, "unauthenticated")
			case want == 403:
				h.refused(what, a, 403, "forbidden")
			case a.status == 401 || a.status == 403 && !strings.HasSuffix(path, "/pin") && path != "/api/first" && !strings.HasSuffix(path, "/pair"):
				t.Errorf("%s: %d %s", what, a.status, a.body)
			}
			if want != 0 && h.owner.View().Seq() != before {
				t.Errorf("%s: was refused and wrote events", what)
			}
		}
	}
}
