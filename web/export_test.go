package web

import (
	"net/http"
	"slices"

	"layso/kiosk"
)

// RouteRow is one line of the server's route table.
type RouteRow struct{ Method, Pattern, Access string }

// Routes gives the route table, pages and what they load included.
func (s *Server) Routes() []RouteRow {
	names := map[access]string{anyone: "anyone", kioskOrClerk: "kiosk, clerk", counterDevice: "counter", signedIn: "clerk", managers: "manager", admins: "admin"}
	var rows []RouteRow
	for _, r := range slices.Concat(s.routes(), s.pageRoutes()) {
		rows = append(rows, RouteRow{r.method, r.pattern, names[r.who]})
	}
	return rows
}

// Codes gives every code that a problem document can carry, with its statuses, and the refusals
// behind them.
func Codes() (public map[string][]int, inner []kiosk.Error) {
	public = map[string][]int{"too_many_requests": {429}, "internal": {500}}
	inner = []kiosk.Error{"too_many_requests", "internal"}
	for code, status := range statuses {
		inner = append(inner, code)
		if wide, ok := aliases[code]; ok {
			code = wide
		}
		public[string(code)] = append(public[string(code)], status)
	}
	return public, inner
}

// Sentence gives the two texts of a refusal.
func Sentence(code kiosk.Error) kiosk.Text { return sentences[code] }

// Sentences gives the codes that have a text.
func Sentences() map[kiosk.Error]kiosk.Text { return sentences }

// Begin opens a session without a PIN, whose hashing costs 50 ms, and gives its cookie.
func (s *Server) Begin(user string) string {
	key, _, err := s.sessions.begin(user, place{Host: "127.0.0.1", Browser: "Chrome, Windows"})
	if err != nil {
		panic(err)
	}
	return sessionCookie + "=" + key
}

// Pair pairs a device past the limiter and gives its cookie and its id.
func (s *Server) Pair(kind string) (cookie, id string) {
	code, _ := s.devices.newCode(kind, "test", "user:admin")
	x, key, err := s.devices.pair(code, code)
	if err != nil {
		panic(err)
	}
	return deviceCookie + "=" + key, x.ID
}

// DecodeTicket runs a request's body through decode into what POST /api/tickets takes.
func DecodeTicket(r *http.Request) (service string, err error) {
	in := struct {
		Service  string
		Priority *string
		Lang     string
		Print    *bool
	}{}
	err = decode(r, &in, maxBody)
	return in.Service, err
}

// StatusOf gives the HTTP status that an error is answered with.
func StatusOf(err error) int {
	w := &statusWriter{header: http.Header{}}
	r, _ := http.NewRequest("POST", "/", nil)
	(&Server{}).fail(w, r, err)
	return w.status
}

type statusWriter struct {
	header http.Header
	status int
}

func (w *statusWriter) Header() http.Header         { return w.header }
func (w *statusWriter) Write(b []byte) (int, error) { return len(b), nil }
func (w *statusWriter) WriteHeader(status int)      { w.status = status }

// SetAuditWork bounds what one answer of the audit log looks at.
func (s *Server) SetAuditWork(n int) { s.auditWork = n }

// StorePIN puts the hash of a PIN among the secrets.
func StorePIN(secrets Secrets, user, pin string) {
	if err := newPins(secrets, nil).set(pin, user); err != nil {
		panic(err)
	}
}

// CheapPINs hashes PINs at no cost from here on, and tells of each.
func (s *Server) CheapPINs(hashed func()) {
	s.pins.hash = func(pin string, salt []byte) []byte {
		hashed()
		return cheap(pin, salt)
	}
}

func cheap(pin string, salt []byte) []byte { return append(slices.Clone(salt), pin...) }

// StoreCheapPIN is StorePIN for a server with cheap PINs.
func StoreCheapPIN(secrets Secrets, user, pin string) {
	p := newPins(secrets, nil)
	p.hash = cheap
	if err := p.set(pin, user); err != nil {
		panic(err)
	}
}

// KnownBrowser gives what the cookie of a known browser becomes when a user signs in, and who is known by a cookie.
func KnownBrowser(secrets Secrets) (add func(cookie, user string) string, knows func(cookie, user string) bool) {
	b, err := newBrowsers(secrets)
	if err != nil {
		panic(err)
	}
	return b.add, func(cookie, user string) bool {
		_, ok := b.knows(cookie, user)
		return ok
	}
}

// BrowserOf gives what a person would call a browser.
func BrowserOf(agent string) string { return browserOf(agent) }
