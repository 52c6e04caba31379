package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// operation is one line of the API, with its path filled in.
type attacked struct{ method, pattern, url string }

// operations gives every operation of the OpenAPI document; none of them names anything that is there.
func (h *hall) operations() (all []attacked) {
	h.t.Helper()
	_, d := served(h.t.(*testing.T), h)
	fill := strings.NewReplacer("{token}", kiosk.NewToken(), "{id}", "nobody-9", "{name}", "nobody", "{seq}", "999999", "{build}", "x", "{file}", "icon.svg")
	for path, operations := range d.Paths {
		for method := range operations {
			all = append(all, attacked{strings.ToUpper(method), path, fill.Replace(path)})
		}
	}
	return all
}

// TestOtherPeoplesTokens: what opens one thing opens nothing else, and nobody is told what is not his.
func TestOtherPeoplesTokens(t *testing.T) {
	h := newHall(t)
	mine, other := h.take("dat-dai"), h.take("dat-dai")
	display, deviceID := h.server.Pair("display")
	sessions := h.sessions(h.admin)
	stored, err := h.journal.Secrets().All("session")
	h.must(err)
	ways := []string{"layso_session=" + sessions[0].ID, "layso_session=" + mine.Token, "layso_device=" + deviceID, "layso_session=admin", strings.Replace(display, "device", "session", 1)}
	for hash := range stored {
		ways = append(ways, "layso_session="+hash) // who has read the disk
	}
	for _, cookie := range ways {
		h.refused(cookie, h.do(cookie, "GET", "/api/waiting", ""), 401, "unauthenticated")
		h.refused(cookie, h.do(cookie, "POST", "/api/tickets", `{"service":"dat-dai"}`), 401, "unauthenticated")
	}
	near := []byte(other.Token)
	near[0] ^= 1
	for _, token := range []string{string(near), strings.ToUpper(other.Token), other.Token[:21], other.Token + "A", " " + other.Token, other.Number, fmt.Sprint(other.Seq), "*", "null"} {
		path := "/api/tickets/" + strings.ReplaceAll(token, " ", "%20")
		h.refused("the ticket "+token, h.do("", "GET", path, ""), 404, "unknown_ticket")
		h.refused("the ticket "+token, h.do("", "POST", path+"/cancel", ""), 404, "unknown_ticket")
		h.refused("the appointment "+token, h.do("", "GET", "/api/appointments/"+strings.ReplaceAll(token, " ", "%20"), ""), 404, "unknown_appointment")
	}
	h.refused("a ticket as an appointment", h.do("", "GET", "/api/appointments/"+mine.Token, ""), 404, "unknown_appointment")
	h.refused("a ticket as an appointment", h.do("", "POST", "/api/appointments/"+mine.Token+"/cancel", ""), 404, "unknown_appointment")
	h.at("1", "open", "")
	h.at("1", "next", "")
	for who, cookie := range map[string]string{"a stranger": "", "a display": display, "the kiosk": h.kiosk} {
		for _, x := range h.operations() {
			if x.method != "GET" || strings.Contains(x.pattern, "{") || strings.HasPrefix(x.pattern, "/printer") || x.pattern == "/ws" {
				continue
			}
			if body := string(h.do(cookie, "GET", x.url, "").body); strings.Contains(body, mine.Token) || strings.Contains(body, other.Token) {
				t.Errorf("%s is told tickets by %s", who, x.url)
			}
		}
	}
	h.clock.move(24 * time.Hour)
	h.signIn()
	h.take("ho-tich")
	h.refused("a ticket of yesterday", h.do("", "POST", "/api/tickets/"+mine.Token+"/cancel", ""), 410, "ticket_expired")
}

// TestCookiesThatAreOver: a cookie that was good opens nothing once what it stood for is over, nor after a restart.
func TestCookiesThatAreOver(t *testing.T) {
	h := newHall(t)
	begin := h.server.Begin
	counter, counterID := h.server.Pair("counter")
	cookies := map[string]string{"signed out": begin("clerk1"), "another PIN": begin("clerk2"), "ended by an admin": begin("clerk3"), "replaced": begin("clerk4"), "revoked": counter}
	h.do(cookies["signed out"], "DELETE", "/api/session", "")
	h.do(h.admin, "PUT", "/api/users/clerk2/pin", `{"pin":"493817"}`)
	for _, s := range h.sessions(h.admin) {
		if s.User == "clerk3" {
			h.do(h.admin, "DELETE", "/api/sessions/"+s.ID, "")
		}
	}
	h.signsIn(cookies["replaced"], "clerk4")
	h.do(h.admin, "DELETE", "/api/devices/"+counterID, "")
	for range 2 {
		for what, cookie := range cookies {
			h.refused(what, h.do(cookie, "GET", "/api/waiting", ""), 401, "unauthenticated")
			h.refused(what, h.do(cookie, "POST", "/api/counters/1/next", ""), 401, "unauthenticated")
			if a := h.do(cookie, "GET", "/api/session", ""); strings.TrimSpace(string(a.body)) != `{"user":null,"device":null}` {
				t.Errorf("%s: is %s", what, a.body)
			}
		}
		h.serve()
	}
}

// TestSessionIsNotFixed: a key that somebody has put into a browser before is worth nothing after the sign-in there.
func TestSessionIsNotFixed(t *testing.T) {
	h := newHall(t)
	for what, planted := range map[string]string{"made up": "layso_session=" + strings.Repeat("a", 64), "the attacker's own": h.server.Begin("clerk4")} {
		own := h.signsIn(planted, "clerk1")
		if own == planted {
			t.Errorf("%s: the key is kept", what)
		}
		h.refused(what, h.do(planted, "GET", "/api/waiting", ""), 401, "unauthenticated")
	}
	// Two cookies of one name, as a page of the same host at another port could add.
	if a := h.do("layso_session="+strings.Repeat("a", 64)+"; "+h.clerk, "GET", "/api/waiting", ""); a.status != 401 && a.status != 200 {
		t.Errorf("two cookies: %d", a.status)
	}
}

// TestOtherSitesChangeNothing sends every operation that could change something as an admin's browser would for another site.
func TestOtherSitesChangeNothing(t *testing.T) {
	h := newHall(t)
	before := h.owner.View().Seq()
	for _, x := range h.operations() {
		if x.method == "GET" {
			continue
		}
		for _, headers := range [][]string{{"Origin", "http://evil.example"}, {"Origin", "null", "Content-Type", "text/plain"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site", "Origin", "http://127.0.0.1:1"}} {
			h.refused(x.method+" "+x.pattern, h.do(h.admin+"; "+h.kiosk, x.method, x.url, "{}", headers...), 403, "forbidden")
		}
	}
	// An old browser says nothing of where a form comes from; it cannot send JSON either.
	for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""} {
		h.refused(kind, h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`, "Content-Type", kind), 415, "bad_request")
	}
	if after := h.owner.View().Seq(); after != before {
		t.Errorf("%d events were written", after-before)
	}
}

// TestPathsThatMeanSomethingElse asks for what is not to be had by paths that mean something else to somebody.
func TestPathsThatMeanSomethingElse(t *testing.T) {
	h := newHall(t)
	for _, path := range []string{
		"/static/x/../../../../etc/passwd", "/static/x/%2e%2e/%2e%2e/pages/admin.html", "/static/x/..%2f..%2fpages%2fadmin.html", "/static/x/..%5c..%5cpages%5cadmin.html",
		"/static/x//etc/passwd", "/static/x/css/../../pages/admin.html", "/static/x/css/./base.css", "/static/x/css/base.css%00.png", "/static/x/css/base.css/", "/static/x/", "/static/x/css",
		"//api/setup", "/api//setup", "/./api/setup", "/api/./setup", "/api/x/../setup", "/api/setup/", "/api/setup%00", "/api%2fsetup", "/API/setup", "/api/setup;a=b", "/api/setup%20", "/api/setup/..%2fusers",
		"/api/backups/..%2flayso.db", "/api/backups/%2e%2e%2fhall.db", "/api/backups/..", "/api/backups/%2fetc%2fpasswd", "/api/backups/..%5chall.db", "/api/backups/x%00.db",
		"/voice/../api/setup", "/voice/..%2f..%2fhall.db.wav", "/voice/help/..%2fchime.wav", "/api/notices/pictures/..%2f..%2fsetup", "/t/..%2fapi%2fsetup", "/%2e%2e/%2e%2e/etc/passwd", "/..;/admin", "*", "http://evil.example/api/setup",
	} {
		a := h.raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + h.admin + "\r\nConnection: close\r\n\r\n")
		if a.status < 400 || a.status >= 500 {
			// The phone's page shows that it knows no such ticket.
			if strings.HasPrefix(path, "/t/") && a.status == 200 && !strings.Contains(string(a.body), "services") {
				continue
			}
			t.Errorf("%q: %d %s %.80s", path, a.status, a.header.Get("Location"), a.body)
		}
	}
	before := h.owner.View().Seq()
	for _, path := range []string{"/api/users/..%2fclerk1/pin", "/api/users/%2e%2e/pin", "//api/users/clerk1/pin", "/api/users/clerk1/pin/", "/api/users/clerk1%2fpin"} {
		a := h.raw("PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + h.admin + "\r\nContent-Type: application/json\r\nContent-Length: 16\r\nConnection: close\r\n\r\n" + `{"pin":"493817"}`)
		if a.status != 404 && a.status != 405 {
			t.Errorf("PUT %q: %d %s", path, a.status, a.body)
		}
	}
	if h.owner.View().Seq() != before {
		t.Error("a PIN was changed")
	}
}

// raw sends bytes as they are and reads the answer.
func (h *hall) raw(request string) answer {
	h.t.Helper()
	conn := dial(h.t.(*testing.T), h)
	defer conn.Close()
	_, err := io.WriteString(conn, request)
	h.must(err)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	h.must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	h.must(err)
	return answer{res.StatusCode, res.Header, body}
}

// TestHostTricks says in several ways that the request is for somebody else, or for us by a name that is not ours.
func TestHostTricks(t *testing.T) {
	h := newHall(t)
	for what, head := range map[string]string{
		"two hosts":                "GET /api/hall HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example",
		"no host":                  "GET /api/hall HTTP/1.1",
		"a whole address":          "GET http://evil.example/api/hall HTTP/1.1\r\nHost: 127.0.0.1",
		"a user":                   "GET /api/hall HTTP/1.1\r\nHost: evil.example@127.0.0.1",
		"a line break in the host": "GET /api/hall HTTP/1.1\r\nHost: 127.0.0.1\r\n evil.example",
		"a path in the host":       "GET /api/hall HTTP/1.1\r\nHost: 127.0.0.1/evil.example",
		"rebound":                  "GET /api/hall HTTP/1.1\r\nHost: 127.0.0.1.evil.example",
		"a longer name":            "GET /api/hall HTTP/1.1\r\nHost: localhost.evil.example",
		"a name below ours":        "GET /api/hall HTTP/1.1\r\nHost: evil.localhost",
		"a policy in the host":     "GET /api/hall HTTP/1.1\r\nHost: 127.0.0.1:80;script-src *",
		"a proxy's word":           "GET /api/hall HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1",
	} {
		if a := h.raw(head + "\r\nConnection: close\r\n\r\n"); a.status != 400 && a.status != 403 {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	a := h.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n")
	if a.status != 200 || strings.Contains(string(a.body)+a.header.Get("Content-Security-Policy"), "evil") {
		t.Errorf("a proxy's word is repeated: %d", a.status)
	}
}

// TestOversizedBodies sends each operation more than it takes, also without saying how much it will be.
func TestOversizedBodies(t *testing.T) {
	h := newHall(t)
	big := `{"x":"` + strings.Repeat("x", 2<<20) + `"}`
	files := []string{"/api/backups", "/api/voice/offered", "/api/backups/check", "/api/setup.yaml", "/api/setup", "/api/papers/preview", "/api/first"} // limits of their own, or no body
	for _, x := range h.operations() {
		if x.method == "GET" || slices.Contains(files, x.pattern) {
			continue
		}
		for _, chunked := range []bool{false, true} {
			r := httptest.NewRequest(x.method, "http://127.0.0.1"+x.url, strings.NewReader(big))
			if chunked {
				r.ContentLength = -1
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Cookie", h.admin+"; "+h.kiosk)
			w := httptest.NewRecorder()
			h.server.ServeHTTP(w, r)
			if w.Code >= 500 || w.Code == 201 {
				t.Errorf("%s %s: %d %.100s", x.method, x.pattern, w.Code, w.Body)
			}
		}
		if strings.HasSuffix(x.pattern, "/session") {
			h.signIn()
		}
	}
	for _, path := range []string{"/api/tickets", "/api/session", "/api/counters/1/next", "/api/devices/pair"} {
		h.refused(path, h.do(h.server.Begin("admin"), "POST", path, big), 413, "bad_request")
	}
	for _, path := range []string{"/api/setup", "/api/papers/preview"} {
		method := map[string]string{"/api/setup": "PUT"}[path] + map[string]string{"/api/papers/preview": "POST"}[path]
		h.refused(path, h.do(h.server.Begin("admin"), method, path, big), 413, "bad_request")
	}
}

// TestHeadersOfEveryAnswer looks at the answers of all operations, good and bad, as a stranger and as an admin.
func TestHeadersOfEveryAnswer(t *testing.T) {
	h := newHall(t)
	for _, x := range h.operations() {
		for _, cookie := range []string{"", h.server.Begin("admin")} {
			h.safe(x.method+" "+x.pattern, h.do(cookie, x.method, x.url, ""))
		}
		h.safe("PATCH "+x.pattern, h.do("", "PATCH", x.url, ""))
	}
	h.safe("nothing", h.do("", "GET", "/nothing", ""))
	h.safe("a strange host", h.do("", "GET", "/", "", "Host", "evil.example"))
	h.safe("a strange origin", h.do("", "POST", "/api/session", "{}", "Origin", "http://evil.example"))
}

func (h *hall) safe(what string, a answer) {
	h.t.Helper()
	head := func(name string) string { return a.header.Get(name) }
	if head("X-Content-Type-Options") != "nosniff" || head("Referrer-Policy") != "no-referrer" {
		h.t.Errorf("%s (%d): %v", what, a.status, a.header)
	}
	csp := head("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || !strings.Contains(csp, "frame-ancestors 'none'") {
		h.t.Errorf("%s (%d): policy %q", what, a.status, csp)
	}
	for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server", "X-Powered-By"} {
		if head(name) != "" {
			h.t.Errorf("%s (%d): %s %s", what, a.status, name, head(name))
		}
	}
	if head("Cache-Control") == "" && a.status != 204 && a.status != 302 {
		h.t.Errorf("%s (%d): nothing says whether it may be kept", what, a.status)
	}
	for _, cookie := range (&http.Response{Header: a.header}).Cookies() {
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode {
			h.t.Errorf("%s (%d): cookie %v", what, a.status, cookie)
		}
	}
}

// TestSoundsAreLimited: screens behind one address play all at once, and a script cannot keep the PC busy with sounds.
func TestSoundsAreLimited(t *testing.T) {
	h := newHall(t)
	count := map[int]int{}
	for range 1100 {
		count[h.do("", "GET", "/voice/chime.wav", "").status]++
	}
	if count[200] != 1000 || count[429] != 100 {
		t.Errorf("%v", count)
	}
	h.clock.move(2 * time.Second)
	if a := h.do("", "GET", "/voice/chime.wav", ""); a.status != 200 {
		t.Errorf("two seconds later: %d", a.status)
	}
}
