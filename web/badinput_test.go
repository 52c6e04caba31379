package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// withBody are the routes that read a body, the caller whom each lets in, and a body that it would
// take. {ticket} stands for a waiting ticket, {free} for the id of a user.
var withBody = []struct{ who, method, path, good string }{
	{"kiosk", "POST", "/api/tickets", `{"service":"dat-dai"}`},
	{"", "POST", "/api/tickets/{ticket}/cancel", `{}`},
	{"", "POST", "/api/tickets/{ticket}/rate", `{"stars":5}`},
	{"clerk", "POST", "/api/tickets/{ticket}/priority", `{"priority":null,"reason":"x"}`},
	{"clerk", "POST", "/api/tickets/{ticket}/reprint", `{}`},
	{"", "POST", "/api/session", `{"user":"clerk1","pin":"000000"}`},
	{"", "POST", "/api/devices/pair", `{"code":"AAA-AAA"}`},
	{"", "POST", "/api/first", `{"code":"x"}`},
	{"admin", "POST", "/api/devices/codes", `{"kind":"kiosk","name":"x"}`},
	{"admin", "PUT", "/api/users/clerk1/pin", `{"pin":"493817"}`},
	{"admin", "PUT", "/api/setup", `{"seq":1}`},
	{"clerk", "POST", "/api/counters/1/open", `{}`},
	{"clerk", "POST", "/api/counters/1/close", `{}`},
	{"clerk", "POST", "/api/counters/1/pause", `{}`},
	{"clerk", "POST", "/api/counters/1/resume", `{}`},
	{"clerk", "POST", "/api/counters/1/next", `{}`},
	{"clerk", "POST", "/api/counters/1/recall", `{}`},
	{"clerk", "POST", "/api/counters/1/finish", `{}`},
	{"clerk", "POST", "/api/counters/1/no-show", `{}`},
	{"clerk", "POST", "/api/counters/1/undo", `{}`},
	{"clerk", "POST", "/api/counters/1/hold", `{}`},
	{"clerk", "POST", "/api/counters/1/transfer", `{"service":"dat-dai"}`},
	{"clerk", "POST", "/api/counters/1/call", `{"token":"x"}`},
	{"kiosk", "PUT", "/api/emulator", `{"fault":"paper_out"}`},
}

// badBodies are refused by every one of those routes alike.
var badBodies = []struct {
	name, body, kind string
	status           int
	code             string
}{
	{"garbage", `}{`, "application/json", 400, "bad_request"},
	{"half an object", `{"service":"dat-dai"`, "application/json", 400, "bad_request"},
	{"two objects", `{} {}`, "application/json", 400, "bad_request"},
	{"blanks", " \r\n\t ", "application/json", 400, "bad_request"},
	{"a byte order mark", "\ufeff{}", "application/json", 400, "bad_request"},
	{"an array", `[{"service":"dat-dai"}]`, "application/json", 400, "bad_request"},
	{"a string", `"dat-dai"`, "application/json", 400, "bad_request"},
	{"a number", `17`, "application/json", 400, "bad_request"},
	{"null", `null`, "application/json", 400, "bad_request"},
	{"no UTF-8", "{\"service\":\"\xff\xfe\"}", "application/json", 400, "bad_request"},
	{"UTF-16", "{\x00\"\x00}\x00", "application/json", 400, "bad_request"},
	{"a raw NUL", "{\"service\":\"dat\x00dai\"}", "application/json", 400, "bad_request"},
	{"deep nesting", `{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`, "application/json", 400, "bad_request"},
	{"deep objects", strings.Repeat(`{"a":`, 1000) + "1" + strings.Repeat("}", 1000), "application/json", 400, "bad_request"},
	{"a megabyte", `{"service":"` + strings.Repeat("x", 1<<20) + `"}`, "application/json", 413, "bad_request"},
	{"a form", `service=dat-dai`, "application/x-www-form-urlencoded", 415, "bad_request"},
	{"as text", `{"service":"dat-dai"}`, "text/plain", 415, "bad_request"},
	{"of no type", `{"service":"dat-dai"}`, "", 415, "bad_request"},
	{"of a mangled type", `{"service":"dat-dai"}`, "application/json/x", 415, "bad_request"},
	{"multipart", `--x`, "multipart/form-data; boundary=x", 415, "bad_request"},
	{"an escaped NUL", `{"service":"a\u0000b","user":"a\u0000b"}`, "application/json", 422, "invalid_field"},
	{"a right-to-left mark", `{"reason":"A\u202e100"}`, "application/json", 422, "invalid_field"},
	{"a mark as it is", "{\"reason\":\"A\u200f100\"}", "application/json", 422, "invalid_field"},
	{"a line break", `{"reason":"a\nb"}`, "application/json", 422, "invalid_field"},
	{"a mark in a name", `{"a\u202e":1}`, "application/json", 422, "invalid_field"},
	{"an unknown field", `{"nonsense":1}`, "application/json", 422, "invalid_field"},
	{"a field twice", `{"nonsense":1,"nonsense":2}`, "application/json", 422, "invalid_field"},
}

func (h *hall) cookie(who string) string {
	return map[string]string{"kiosk": h.kiosk, "clerk": h.clerk, "manager": h.manager, "admin": h.admin}[who]
}

func TestBadBodies(t *testing.T) {
	h := newHall(t)
	token := h.take("dat-dai").Token
	before := h.owner.View().Seq()
	for _, route := range withBody {
		path := strings.ReplaceAll(route.path, "{ticket}", token)
		for _, bad := range badBodies {
			name := route.method + " " + route.path + ", " + bad.name
			vi := h.refused(name, h.do(h.cookie(route.who), route.method, path, bad.body, "Content-Type", bad.kind), bad.status, bad.code)
			en := h.refused(name, h.do(h.cookie(route.who), route.method, path, bad.body, "Content-Type", bad.kind, "Accept-Language", "en-GB,vi;q=0.5"), bad.status, bad.code)
			if vi.Detail == en.Detail {
				t.Errorf("%s: in both languages %q", name, vi.Detail)
			}
		}
		// A wrong type for each field that the route knows.
		for field := range into[map[string]any](h, answer{body: []byte(route.good)}) {
			for _, value := range []string{`{"x":1}`, `[1]`, `true`} {
				if field == "print" && value == "true" {
					continue
				}
				body := `{"` + field + `":` + value + `}`
				h.refused(route.path+" "+body, h.do(h.cookie(route.who), route.method, path, body), 422, "invalid_field")
			}
		}
	}
	if after := h.owner.View().Seq(); after != before {
		t.Errorf("the refusals wrote %d events", after-before)
	}
}

func TestBadTickets(t *testing.T) {
	h := newHall(t)
	for body, field := range map[string]string{
		`{}`: "service", `{"service":null}`: "service", `{"service":""}`: "service", `{"service":7}`: "service",
		`{"service":"dat-dai","lang":"fr"}`: "lang", `{"service":"dat-dai","print":"yes"}`: "print",
		`{"service":"dat-dai","priority":{"id":"elderly"}}`: "priority", `{"service":"dat-dai","priority":["elderly"]}`: "priority",
		`{"service":"dat-dai","count":99999999999999999999}`: "count", `{"service":"\u202edat"}`: "service",
		`{"service":"dat-dai","service":"ho-tich"}`: "service", `{"service":1e999}`: "service",
		`{"service":"dat-dai","x":{"y":["a","\u0007"]}}`: "x.y[1]",
	} {
		if p := h.refused(body, h.do(h.kiosk, "POST", "/api/tickets", body), 422, "invalid_field"); p.Field != field {
			t.Errorf("%s: field %q, want %q", body, p.Field, field)
		}
	}
	for name, body := range map[string]string{"an empty body": "", "a service of 16,000 letters": `{"service":"` + strings.Repeat("x", 16000) + `"}`} {
		if a := h.do(h.kiosk, "POST", "/api/tickets", body); a.status != 422 && a.status != 404 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	h.refused("huge dossiers", h.at("1", "finish", `{"dossiers":1e30}`), 422, "invalid_field")
	h.refused("many dossiers", h.at("1", "finish", `{"dossiers":1001}`), 422, "invalid_field")
	h.refused("a negative number", h.at("1", "finish", `{"dossiers":-1}`), 422, "invalid_field")
	h.refused("a long reason", h.at("1", "hold", `{"reason":"`+strings.Repeat("ạ", 201)+`"}`), 422, "invalid_field")
	h.refused("finish of no token", h.at("1", "next", `{"finish":""}`), 422, "invalid_field")
	h.refused("finish of a bad token", h.at("1", "next", `{"finish":"../../etc/passwd"}`), 422, "invalid_field")
	h.refused("call of nothing", h.at("1", "call", `{}`), 422, "invalid_field")
	if n := h.owner.View().Count(); n != 0 {
		t.Errorf("%d tickets were given", n)
	}
}

func TestBadKeys(t *testing.T) {
	h := newHall(t)
	for name, keys := range map[string][]string{
		"two": {"a", "b"}, "the same twice": {"a", "a"}, "an empty one": {""}, "65 characters": {strings.Repeat("k", 65)},
		"not ASCII": {"khóa"}, "a tab": {"a\tb"},
	} {
		r, err := http.NewRequest("POST", h.http.URL+"/api/tickets", strings.NewReader(`{"service":"dat-dai"}`))
		h.must(err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Cookie", h.kiosk)
		r.Header["Idempotency-Key"] = keys
		if p := h.refused(name, h.send(r), 422, "invalid_field"); p.Field != "Idempotency-Key" {
			t.Errorf("%s: field %q", name, p.Field)
		}
	}
	if n := h.owner.View().Count(); n != 0 {
		t.Errorf("%d tickets were given", n)
	}
}

func TestOtherMethods(t *testing.T) {
	h := newHall(t)
	allowed := map[string][]string{}
	for _, r := range h.server.Routes() {
		allowed[r.Pattern] = append(allowed[r.Pattern], r.Method)
	}
	before := h.owner.View().Seq()
	for pattern, methods := range allowed {
		path := strings.NewReplacer("{token}", kiosk.NewToken(), "{id}", "1", "{name}", "paper", "{$}", "", "{build}", "x", "{file...}", "x.js").Replace(pattern)
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "XYZZY"} {
			served := false
			for _, m := range methods {
				served = served || m == method || m == "GET" && method == "HEAD"
			}
			if served {
				continue
			}
			a := h.do(h.admin, method, path, "")
			if method == "HEAD" { // without a body
				if a.status != 405 {
					t.Errorf("HEAD %s: %d", path, a.status)
				}
				continue
			}
			h.refused(method+" "+path, a, 405, "method_not_allowed")
			for _, m := range methods {
				if !strings.Contains(a.header.Get("Allow"), m) {
					t.Errorf("%s %s: Allow is %q", method, path, a.header.Get("Allow"))
				}
			}
		}
	}
	if a := h.do("", "HEAD", "/api/hall", ""); a.status != 200 || len(a.body) != 0 {
		t.Errorf("HEAD /api/hall: %d %s", a.status, a.body)
	}
	if after := h.owner.View().Seq(); after != before {
		t.Errorf("%d events were written", after-before)
	}
}

func TestPathTricks(t *testing.T) {
	h := newHall(t)
	h.take("dat-dai")
	before := h.owner.View().Seq()
	for _, path := range []string{
		"/api", "/api/", "/api/nothing", "/api/tickets/", "//api/hall", "/api//hall", "/api/./hall", "/x/../api/hall", "//", "/.", "/..",
		"/api/tickets/..%2f..%2fapi%2fhall", "/static/x/..%2f..%2fopenapi.yaml", "/static/../openapi.yaml", "/static/x/%2e%2e/%2e%2e/web.go",
		"/static/x/css", "/static/x/js/lib", "/static/x/", "/static/x/nothing.js", "/static/x/css/base.css%00.js", "/pages/kiosk.html", "/kiosk.html",
		"/openapi.yaml", "/.git/config", "/kiosk/", "/t/", "/api/hall%00", "/API/HALL",
	} {
		h.refused(path, h.do(h.admin, "GET", path, ""), 404, "not_found")
	}
	for path, code := range map[string]string{
		"/api/tickets/x": "unknown_ticket", "/api/tickets/%00": "unknown_ticket", "/api/tickets/" + strings.Repeat("A", 4000): "unknown_ticket",
		"/api/tickets/A001": "unknown_ticket", "/api/tickets/%E2%80%AE": "unknown_ticket", "/api/tickets/..%5c..": "unknown_ticket",
		"/api/counters/99": "unknown_counter", "/api/counters/%00": "unknown_counter", "/api/counters/1%2f2": "unknown_counter",
		"/api/counters/%F0%9F%98%80": "unknown_counter", "/t/x/qr.svg": "unknown_ticket",
	} {
		h.refused(path, h.do(h.clerk, "GET", path, ""), 404, code)
	}
	h.refused("a device", h.do(h.admin, "DELETE", "/api/devices/%00", ""), 404, "unknown_device")
	h.refused("a user", h.do(h.admin, "PUT", "/api/users/%00/pin", `{"pin":"493817"}`), 404, "unknown_user")
	if after := h.owner.View().Seq(); after != before {
		t.Errorf("%d events were written", after-before)
	}
}

// TestBrokenRequest cuts a body off in the middle: nothing may happen, and the server goes on.
func TestBrokenRequest(t *testing.T) {
	h := newHall(t)
	conn := dial(t, h)
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	_, err := conn.Write([]byte("POST /api/tickets HTTP/1.1\r\nHost: localhost\r\nCookie: " + h.kiosk + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"service\":\"dat-dai\"}"))
	h.must(err)
	h.must(conn.CloseWrite())
	answer := make([]byte, 2048)
	n, _ := conn.Read(answer)
	if !strings.HasPrefix(string(answer[:n]), "HTTP/1.1 400") {
		t.Errorf("answered %q", answer[:n])
	}
	if n := h.owner.View().Count(); n != 0 {
		t.Errorf("%d tickets were given", n)
	}
}
