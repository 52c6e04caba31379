package web

import (
	"net"
	"net/http"
	"slices"
	"strings"
)

// staffPages are the pages that PINs are typed into.
var staffPages = []string{"counter", "admin", "check", "forecast", "account", "manager", "reports", "setup"}

// tooOpen reports whether a PIN would travel over an open line here although the installation wants none to.
func (c *call) tooOpen() bool { return c.StaffTLS != "" && c.r.TLS == nil && !loopback(c.r) }

// toTLS sends the browser to the same page over TLS, where that is wanted. The address of a page keeps what stands behind its #.
func (c *call) toTLS(page string) bool {
	if !c.tooOpen() || !slices.Contains(staffPages, page) {
		return false
	}
	host := strings.TrimSuffix(net.JoinHostPort(hostOf(c.r.Host), c.StaffTLS), ":443")
	http.Redirect(c.w, c.r, "https://"+host+c.r.URL.RequestURI(), http.StatusTemporaryRedirect)
	return true
}

// getCA gives the hall's CA to whoever wants to trust its pages.
func getCA(c *call) error {
	if c.CA == nil {
		return errNotFound
	}
	file := c.CA()
	if file == nil {
		return errNotFound
	}
	h := c.w.Header()
	h.Set("Content-Type", "application/x-x509-ca-cert")
	h.Set("Content-Disposition", `attachment; filename="layso-ca.crt"`)
	h.Set("Cache-Control", "no-store")
	c.w.Write(file)
	return nil
}
