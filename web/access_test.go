package web_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// grants is the table of who may use what: testdata/access.txt, by "METHOD PATH".
func grants(t *testing.T) map[string][]string {
	t.Helper()
	f, err := os.Open("testdata/access.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, last := map[string][]string{}, ""
	known := []string{"any", "kiosk", "display", "counter", "clerk", "manager", "admin"}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if len(words) < 3 {
			t.Fatalf("a line that says nothing: %q", lines.Text())
		}
		route := words[0] + " " + words[1]
		if table[route] != nil {
			t.Errorf("%s stands twice", route)
		}
		if at := words[1] + " " + words[0]; at < last {
			t.Errorf("%s stands at the wrong place: the lines are sorted by path and method", route)
		} else {
			last = at
		}
		for _, who := range words[2:] {
			if !slices.Contains(known, strings.TrimSuffix(who, "*")) {
				t.Errorf("%s: nobody is called %q", route, who)
			}
		}
		table[route] = words[2:]
	}
	return table
}

// may reports whether somebody is in the list, and whether he may be told forbidden all the same.
func may(list []string, who string) (yes, starred bool) {
	yes = slices.Contains(list, who) || slices.Contains(list, "any")
	starred = slices.Contains(list, who+"*")
	return yes || starred, starred
}

// everybody are those who come to the doors, by what they are called in the table; a colon and what is wrong with him makes somebody
// as good as nobody.
func (h *hall) everybody() map[string]string {
	h.t.Helper()
	display, _ := h.server.Pair("display")
	counter, _ := h.server.Pair("counter")
	revoked, id := h.server.Pair("kiosk")
	if a := h.do(h.admin, "DELETE", "/api/devices/"+id, ""); a.status != 204 {
		h.t.Fatalf("revoking: %d %s", a.status, a.body)
	}
	expired := h.server.Begin("admin")
	h.clock.move(4*time.Hour + time.Second)
	left := h.server.Begin("admin")
	h.do(left, "DELETE", "/api/session", "")
	h.signIn()
	return map[string]string{
		"nobody": "", "nobody: revoked kiosk": revoked, "nobody: expired admin": expired, "nobody: signed out admin": left,
		"nobody: forged session": "layso_session=" + strings.Repeat("0", 64), "nobody: empty session": "layso_session=",
		"nobody: session as device": strings.Replace(h.admin, "session", "device", 1), "nobody: device as session": strings.Replace(h.kiosk, "device", "session", 1),
		"nobody: session over TLS": strings.Replace(h.admin, "layso_session", "__Host-layso_session", 1),
		"kiosk":                    h.kiosk, "display": display, "counter": counter, "clerk": h.clerk, "manager": h.manager, "admin": h.admin,
	}
}

// TestAccess goes through every operation of the OpenAPI document, pages included, as everybody, and compares with the table: 401 for a
// stranger, 403 for somebody known without the right, neither for who may; and who is refused writes nothing.
func TestAccess(t *testing.T) {
	h := newHall(t)
	_, d := served(t, h)
	table, people := grants(t), h.everybody()
	fill := strings.NewReplacer("{token}", kiosk.NewToken(), "{id}", "nobody-9", "{name}", "nobody", "{seq}", "999999", "{build}", "x", "{file}", "icon.svg")
	for path, operations := range d.Paths {
		for method := range operations {
			route := strings.ToUpper(method) + " " + path
			list, listed := table[route]
			if !listed {
				t.Errorf("%s has no line in testdata/access.txt: say who may", route)
				continue
			}
			delete(table, route)
			url := fill.Replace(path)
			if strings.HasPrefix(path, "/api/users/") {
				url = "/api/users/clerk4/pin"
			}
			for name, cookie := range people {
				if route == "DELETE /api/session" { // ends it
					if user, _, _ := strings.Cut(name, ":"); user == "clerk" || user == "manager" || user == "admin" {
						cookie = h.server.Begin(map[string]string{"clerk": "clerk1"}[user] + map[string]string{"manager": "manager", "admin": "admin"}[user])
					}
				}
				h.knocks(route, strings.ToUpper(method), url, name, cookie, list)
			}
		}
	}
	events, err := h.journal.Since(0, 100000)
	h.must(err)
	for _, e := range events {
		if e.By == "" {
			t.Errorf("nobody did %+v", e)
		}
	}
	for route := range table {
		t.Errorf("%s has a line in testdata/access.txt, and there is no such route", route)
	}
}

func (h *hall) knocks(route, method, url, name, cookie string, list []string) {
	h.t.Helper()
	before := h.owner.View().Seq()
	a := h.do(cookie, method, url, "", "Upgrade", "websocket", "Connection", "Upgrade")
	who, _, _ := strings.Cut(name, ":")
	what := name + ": " + route
	yes, starred := may(list, who)
	switch {
	case !yes && slices.Contains([]string{"clerk", "manager", "admin"}, who):
		h.refused(what, a, 403, "forbidden")
	case !yes:
		h.refused(what, a, 401, "unauthenticated")
	case a.status == 401 && strings.Contains(string(a.body), `"unauthenticated"`), a.status == 403 && strings.Contains(string(a.body), `"forbidden"`) && !starred:
		h.t.Errorf("%s: %d %s, and may", what, a.status, a.body)
	case a.status >= 500 && a.status != 503:
		h.t.Errorf("%s: %d %s", what, a.status, a.body)
	}
	if !yes && h.owner.View().Seq() != before {
		h.t.Errorf("%s: was refused and wrote events", what)
	}
}
