package web

import "net/http"

// The cookies. Over TLS their names carry a prefix that browsers believe only of a secure page: the hall's plain
// pages can then neither read nor replace them, and a browser that knows both has two sessions.
const (
	sessionCookie = "layso_session"
	deviceCookie  = "layso_device"
)

// cookieName gives the name that a cookie has on this connection.
func cookieName(r *http.Request, name string) string {
	if r.TLS != nil {
		return "__Host-" + name
	}
	return name
}

// cookie gives the value of the request's cookie; empty where it has none.
func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(cookieName(r, name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie sets a cookie that no script and no other site gets to see; a negative age takes it away.
func (c *call) setCookie(name, value string, age int) {
	http.SetCookie(c.w, &http.Cookie{
		Name: cookieName(c.r, name), Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: c.r.TLS != nil,
	})
}
