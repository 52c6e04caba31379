package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"layso/kiosk"
)

// sessionRoutes are about who is signed in where.
func sessionRoutes() []route {
	return []route{
		{"GET", "/api/sessions", signedIn, getSessions},
		{"DELETE", "/api/sessions/{id}", signedIn, endSession},
	}
}

type sessionRow struct {
	ID       string    `json:"id"`
	User     string    `json:"user"`
	UserName string    `json:"user_name"`
	Where    string    `json:"where"`
	Browser  string    `json:"browser"`
	Since    time.Time `json:"since"`
	Seen     time.Time `json:"seen"`
	Current  bool      `json:"current"`
}

// getSessions lists the sessions: everybody's for admins, one's own for the others. Newest first.
func getSessions(c *call) error {
	rows := []sessionRow{}
	setup, zone := c.Hall.View().Setup(), c.Hall.View().Location()
	current := sessionID(hashKey(cookie(c.r, sessionCookie)))
	for id, x := range c.sessions.list() {
		u := setup.User(x.User)
		if u == nil || !c.ends(x.User) {
			continue
		}
		rows = append(rows, sessionRow{
			ID: id, User: x.User, UserName: u.Name, Where: c.whereIs(x.place), Browser: x.Browser,
			Since: x.Created.In(zone).Truncate(time.Second), Seen: x.seen.In(zone).Truncate(time.Second), Current: id == current,
		})
	}
	slices.SortFunc(rows, func(a, b sessionRow) int {
		return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(a.ID, b.ID))
	})
	return c.json(200, rows)
}

// ends reports whether the caller may see and end this user's sessions.
func (c *call) ends(user string) bool { return c.who.user.ID == user || c.who.may(admins) == nil }

// whereIs gives a place as people call it: the name of the paired device, or an address.
func (c *call) whereIs(p place) string {
	for _, d := range c.devices.all() {
		if d.ID == p.Device {
			return d.Name
		}
	}
	return p.String()
}

// endSession ends one session: somebody has gone home without signing out, or a device is lost. Who looks on over a
// WebSocket loses that, too.
func endSession(c *call) error {
	why := c.r.URL.Query().Get("reason")
	if err := checkText("reason", why); err != nil || !kiosk.CleanText(why) {
		return invalid("reason")
	}
	gone, err := c.sessions.endOne(c.r.PathValue("id"), why, c.ends)
	c.noteEnds(c.who.name(), gone)
	if err != nil {
		return err
	}
	c.Live.Recheck()
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
