package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

func TestOtherSitesAreRefused(t *testing.T) {
	h := newHall(t)
	before := h.owner.View().Seq()
	own := h.http.URL
	post := func(headers ...string) answer {
		return h.do(h.kiosk, "POST", "/api/tickets", `{"service":"dat-dai"}`, headers...)
	}
	for _, headers := range [][]string{
		{"Origin", "http://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
		{"Origin", own, "Sec-Fetch-Site", "cross-site"}, {"Origin", "http://127.0.0.1:1"},
	} {
		h.refused(fmt.Sprint(headers), post(headers...), 403, "forbidden")
	}
	h.refused("an empty POST", h.do(h.clerk, "POST", "/api/counters/1/open", "", "Origin", "http://evil.example"), 403, "forbidden")
	h.refused("a DELETE", h.do(h.clerk, "DELETE", "/api/session", "", "Sec-Fetch-Site", "cross-site"), 403, "forbidden")
	if after := h.owner.View().Seq(); after != before {
		t.Fatalf("%d events were written", after-before)
	}
	h.ticket(post("Origin", own, "Sec-Fetch-Site", "same-origin"), 201)
	h.ticket(post("Origin", own), 201)
}

func TestHostNames(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Hosts = []string{"layso.xabinhan.gov.vn"} })
	machine, _ := os.Hostname()
	for _, host := range []string{"localhost", "LOCALHOST:8080", "127.0.0.1:80", "[::1]:8080", "192.168.1.7", "layso.xabinhan.gov.vn:80", machine, machine + ".local"} {
		if a := h.do("", "GET", "/api/hall", "", "Host", host); a.status != 200 {
			t.Errorf("%s: %d", host, a.status)
		}
	}
	for _, host := range []string{"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "layso.xabinhan.gov.vn.evil.example", "localhost:80;script-src", "127.0.0.1:x"} {
		h.refused(host, h.do("", "GET", "/api/hall", "", "Host", host), 403, "forbidden")
	}
}

// What stands on the ticket must open, whatever else the configuration names.
func TestTheTicketsOwnHostName(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.BaseURL = "https://Motcua.example:8443" })
	if a := h.do("", "GET", "/t/"+h.take("dat-dai").Token, "", "Host", "motcua.example:8443"); a.status != 200 {
		t.Errorf("the page of a ticket: %d %s", a.status, a.body)
	}
}

func TestSecurityHeaders(t *testing.T) {
	h := newHall(t)
	for _, path := range []string{"/", "/kiosk", "/t/" + kiosk.NewToken(), "/api/hall", "/api/nothing", "/static/" + web.BuildID() + "/css/base.css"} {
		a := h.do("", "GET", path, "")
		if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, a.header)
		}
		csp := a.header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: policy %q has no %s", path, csp, part)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s lets other sites read", path)
		}
	}
}

func TestStaticFiles(t *testing.T) {
	h := newHall(t)
	for _, file := range []string{"css/base.css", "js/lib/api.js", "icon.svg", "fonts/be-vietnam-pro-vietnamese-400-normal.woff2"} {
		a := h.do("", "GET", "/static/"+web.BuildID()+"/"+file, "")
		if a.status != 200 || a.header.Get("Cache-Control") != "public, max-age=31536000, immutable" || a.header.Get("Content-Type") == "" {
			t.Errorf("%s: %d %v", file, a.status, a.header)
		}
		if old := h.do("", "GET", "/static/0123456789ab/"+file, ""); old.status != 200 || old.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s of another build: %d %v", file, old.status, old.header)
		}
	}
	if a := h.do("", "GET", "/favicon.ico", ""); a.status != 302 || a.header.Get("Location") != "/static/"+web.BuildID()+"/icon.svg" {
		t.Errorf("favicon: %d %v", a.status, a.header)
	}
}

var (
	inline    = regexp.MustCompile(`(?is)<script(?:\s[^>]*)?>[^<]*\S[^<]*</script>|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:`)
	styled    = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	named     = regexp.MustCompile(`\sid="[^"]*"`)
	reference = regexp.MustCompile(`(?:src|href)="(/[^"#?]*)`)
)

// repeated gives what a list holds more than once, or nothing.
func repeated(list []string) string {
	seen := map[string]bool{}
	for _, x := range list {
		if seen[x] {
			return x
		}
		seen[x] = true
	}
	return ""
}

// TestPages reads every page as the browser gets it: the build id is filled in, nothing is inline,
// and everything that it names is there.
func TestPages(t *testing.T) {
	h := newHall(t)
	seen := 0
	for _, r := range h.server.Routes() {
		path := strings.NewReplacer("{$}", "", "{token}", kiosk.NewToken()).Replace(r.Pattern)
		a := h.do("", "GET", path, "")
		if a.status == 302 || a.header.Get("Content-Type") != "text/html; charset=utf-8" {
			continue
		}
		seen++
		page := string(a.body)
		if a.status != 200 || a.header.Get("Cache-Control") != "no-cache" || strings.Contains(page, "{{") || !strings.Contains(page, web.BuildID()) {
			t.Errorf("%s: %d %v, build id filled in: %v", path, a.status, a.header, strings.Contains(page, web.BuildID()))
		}
		if m := styled.FindStringSubmatch(page); m != nil { // Whose hash is in the policy is ours.
			sum := sha256.Sum256([]byte(m[1]))
			if policy := a.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"';") {
				t.Errorf("%s has a style sheet that its policy does not know: %s", path, policy)
			}
			page = strings.Replace(page, m[0], "", 1)
		}
		if !strings.HasPrefix(page, "<!doctype html>\n<html lang=") || strings.Count(page, "</head>\n<body") != 1 || !strings.HasSuffix(page, "</body>\n</html>\n") {
			t.Errorf("%s is not put together as a page: %.80q", path, page)
		}
		if twice := repeated(named.FindAllString(page, -1)); twice != "" {
			t.Errorf("%s has %s twice", path, twice)
		}
		if found := inline.FindString(page); found != "" {
			t.Errorf("%s has inline code: %.80s", path, found)
		}
		if !strings.Contains(page, `lang="vi"`) || !strings.Contains(page, "<title>") {
			t.Errorf("%s has no language or no title", path)
		}
		for _, m := range reference.FindAllStringSubmatch(page, -1) {
			if got := h.do("", "GET", m[1], ""); got.status != 200 {
				t.Errorf("%s names %s: %d", path, m[1], got.status)
			}
		}
	}
	files, err := fs.Glob(os.DirFS("."), "pages/*.html")
	h.must(err)
	if seen == 0 || seen != len(files)-1 { // That for what does not exist has no route of its own.
		t.Errorf("%d pages are served and %d are there", seen, len(files))
	}
}

// TestNoSuchPage: a person who mistypes an address gets a page that leads on, a program the problem.
func TestNoSuchPage(t *testing.T) {
	h := newHall(t)
	a := h.do("", "GET", "/quay", "", "Accept", "text/html,*/*;q=0.8")
	page := string(a.body)
	if a.status != 404 || a.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(page, `href="/"`) || strings.Contains(page, "{{") || inline.MatchString(page) {
		t.Errorf("a person gets %d %v: %s", a.status, a.header, page)
	}
	for _, m := range reference.FindAllStringSubmatch(page, -1) {
		if got := h.do("", "GET", m[1], ""); got.status != 200 {
			t.Errorf("the page names %s: %d", m[1], got.status)
		}
	}
	h.refused("a program", h.do("", "GET", "/quay", ""), 404, "not_found")
	h.refused("an API path", h.do("", "GET", "/api/quay", "", "Accept", "text/html"), 404, "not_found")
	h.refused("a POST", h.do("", "POST", "/quay", "", "Accept", "text/html"), 404, "not_found")
}

func TestWebSocketViews(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.LoopbackIs = "kiosk" })
	token := h.take("dat-dai").Token
	display, displayID := h.server.Pair("display")
	paired := into[struct{ Device struct{ ID string } }](h, h.do(h.kiosk, "GET", "/api/session", "")).Device.ID
	follow := func(who, query string) answer {
		return h.do(who, "GET", "/ws"+query, "", "Upgrade", "websocket", "Connection", "Upgrade")
	}
	for _, x := range []struct {
		who, query string
		want       web.Viewer
	}{
		{"", "", web.Viewer{View: "public"}}, {"", "?view=kiosk", web.Viewer{View: "kiosk", Device: "loopback"}},
		{h.kiosk, "", web.Viewer{View: "kiosk", Device: paired}}, {h.kiosk, "?view=public", web.Viewer{View: "public"}},
		{display, "", web.Viewer{View: "public", Device: displayID}}, {h.clerk, "", web.Viewer{View: "clerk"}}, {h.admin, "?view=public", web.Viewer{View: "public"}},
		{h.clerk, "?view=kiosk", web.Viewer{View: "kiosk", Device: "loopback"}},
	} {
		var got web.Viewer
		h.must(json.Unmarshal(follow(x.who, x.query).body, &got))
		if got.View != x.want.View || got.Device != x.want.Device {
			t.Errorf("%.20q %s gets %+v, want %+v", x.who, x.query, got, x.want)
		}
	}
	if a := follow("", "?ticket="+token); strings.TrimSpace(string(a.body)) != `"`+token+`"` {
		t.Errorf("a ticket: %s", a.body)
	}
	h.refused("clerk's view for nobody", follow("", "?view=clerk"), 401, "unauthenticated")
	h.refused("clerk's view for a kiosk", follow(h.kiosk, "?view=clerk"), 401, "unauthenticated")
	h.refused("kiosk's view for a display", follow(display, "?view=kiosk"), 401, "unauthenticated")
	h.refused("no such view", follow(h.admin, "?view=root"), 422, "invalid_field")
	h.refused("no such ticket", follow("", "?ticket="), 404, "unknown_ticket")
	h.refused("no upgrade", h.do("", "GET", "/ws", ""), 400, "bad_request")
}

// lastViewer keeps who followed last.
type lastViewer struct {
	fakeLive
	viewer *web.Viewer
}

func (l lastViewer) Serve(_ http.ResponseWriter, _ *http.Request, v web.Viewer) { *l.viewer = v }

// A WebSocket outlives the request that opened it, but not the rights that it was opened with.
func TestWebSocketRightsEnd(t *testing.T) {
	var viewer web.Viewer
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Live = lastViewer{viewer: &viewer} })
	follow := func(who string) func() bool {
		h.do(who, "GET", "/ws", "", "Upgrade", "websocket", "Connection", "Upgrade")
		return viewer.Still
	}
	if follow("") != nil {
		t.Error("the public view can be lost")
	}
	paired := into[struct{ Device struct{ ID string } }](h, h.do(h.kiosk, "GET", "/api/session", ""))
	for name, x := range map[string]struct {
		who string
		end func()
	}{
		"signed out": {h.clerk, func() { h.do(h.clerk, "DELETE", "/api/session", "") }},
		"revoked":    {h.kiosk, func() { h.do(h.admin, "DELETE", "/api/devices/"+paired.Device.ID, "") }},
	} {
		still := follow(x.who)
		if still == nil || !still() {
			t.Fatalf("%s: has no right from the start", name)
		}
		if x.end(); still() {
			t.Errorf("%s: still has the right", name)
		}
	}
	still := follow(h.manager)
	for range 5 { // looking on is no sign that anybody sits there
		h.clock.move(time.Hour)
		still()
	}
	if still() {
		t.Error("an open page has kept its session awake")
	}
}

func TestLoopbackIsTheKioskOnlyWhereConfigured(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.LoopbackIs, o.MetricsOpen = "kiosk", true })
	h.ticket(h.do("", "POST", "/api/tickets", `{"service":"dat-dai"}`), 201)
	if a := h.do("", "GET", "/metrics", ""); a.status != 200 {
		t.Errorf("open metrics: %d", a.status)
	}
	for _, header := range []string{"Forwarded", "X-Forwarded-For"} {
		h.refused("through a proxy on this computer", h.do("", "POST", "/api/tickets", `{"service":"dat-dai"}`, header, "203.0.113.9"), 401, "unauthenticated")
	}
	for _, host := range []string{"127.0.0.1", "127.0.0.1:80", "localhost", "[::1]:80"} {
		r := httptest.NewRequest("POST", "http://"+host+"/api/tickets", strings.NewReader(`{"service":"dat-dai"}`))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = "192.168.1.7:4711"
		w := httptest.NewRecorder()
		if h.server.ServeHTTP(w, r); w.Code != 401 {
			t.Errorf("somebody on the network who asks for %s: %d", host, w.Code)
		}
	}
	strict := newHall(t)
	strict.refused("a stranger on loopback", strict.do("", "POST", "/api/tickets", `{"service":"dat-dai"}`), 401, "unauthenticated")
	strict.refused("metrics", strict.do(strict.manager, "GET", "/metrics", ""), 403, "forbidden")
}

func TestLanguages(t *testing.T) {
	h := newHall(t)
	for accept, lang := range map[string]kiosk.Lang{"": "vi", "en": "en", "en-US,en;q=0.9,vi;q=0.8": "en", "vi-VN": "vi", "fr, EN;q=0.5": "en", "fr": "vi", ";;,,": "vi"} {
		p := h.refused(accept, h.do("", "GET", "/api/nothing", "", "Accept-Language", accept), 404, "not_found")
		if want := web.Sentence("not_found").In(lang); p.Detail != want {
			t.Errorf("%q: %q", accept, p.Detail)
		}
	}
}
