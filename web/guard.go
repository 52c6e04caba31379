package web

import (
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

// guarded puts the checks that every request passes around the routes: the host name, the origin
// of a state change, and the headers of every answer.
func (s *Server) guarded(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errCrossOrigin) }))
	next = origin.Handler(next)
	names := s.names()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store") // unless the answer says otherwise
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		if net.ParseIP(host) == nil && !slices.Contains(names, host) {
			s.fail(w, r, errHost)
			return
		}
		// Old TVs do not count WebSockets to the page's own host as 'self'.
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self' ws://"+
			r.Host+" wss://"+r.Host+"; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}

// names are the host names that layso answers to: this computer's, those of the configuration, and the
// one that stands on every ticket.
func (s *Server) names() []string {
	return HostNames(s.BaseURL, s.Hosts)
}

// HostNames gives the names of this computer, those of the configuration, and the one in the base URL, where it has one.
func HostNames(baseURL string, configured []string) []string {
	names := append([]string{"localhost"}, configured...)
	if machine, err := os.Hostname(); err == nil && machine != "" {
		machine = strings.ToLower(machine)
		names = append(names, machine, machine+".local")
	}
	if base, err := url.Parse(baseURL); err == nil && base.Host != "" {
		if host := hostOf(base.Host); net.ParseIP(host) == nil {
			names = append(names, host)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// hostOf gives the host name without port and brackets, in lower case, and nothing where the port is
// no number: what stands in the Host header is copied into the content security policy. A name that is no address
// and not on the list could be another site's that was made to point here (DNS rebinding).
func hostOf(hostport string) string {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		host, port = hostport, "0"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return ""
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// loopback reports whether the request comes from this computer itself, and not through a proxy on it
// that speaks for somebody else.
func loopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	proxied := r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != ""
	return err == nil && ip != nil && ip.IsLoopback() && !proxied
}

// remoteHost is the address that a request comes from, without the port.
func remoteHost(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
