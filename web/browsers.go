package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// knownCookie says who has signed in with this browser before. It opens nothing: it only has wrong PINs that are typed
// elsewhere not count here (see [guesses]).
const (
	knownCookie = "layso_known"
	knownAge    = 180 * 24 * 3600 // seconds
	maxKnown    = 8               // people at one PC; who was here longest ago goes first
)

// browsers makes and reads that cookie: an id, and a mark for each user that only this server can make.
type browsers struct{ key []byte }

func newBrowsers(secrets Secrets) (browsers, error) {
	key, ok, err := secrets.Get("browsers", "key")
	if err == nil && !ok {
		key = make([]byte, 32)
		rand.Read(key)
		err = secrets.Put("browsers", "key", key)
	}
	if err != nil {
		return browsers{}, fmt.Errorf("reading the key of the browsers: %w", err)
	}
	return browsers{key}, nil
}

func (b browsers) mark(id, user string) string {
	mac := hmac.New(sha256.New, b.key)
	mac.Write([]byte(id + "\x00" + user))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// knows reports whether the user has signed in with the browser that has this cookie, and gives what to call it.
func (b browsers) knows(value, user string) (id string, ok bool) {
	id, marks, _ := strings.Cut(value, ".")
	want := b.mark(id, user)
	for i, mark := range strings.SplitN(marks, ".", maxKnown+1) {
		if i < maxKnown && sameText(mark, want) {
			return id, true
		}
	}
	return "", false
}

// add gives the cookie with the user in it. What an honest server did not make of it is replaced.
func (b browsers) add(value, user string) string {
	id, marks, _ := strings.Cut(value, ".")
	list := strings.Split(marks, ".")
	if !tokenForm.MatchString(id) || len(list) > maxKnown || slices.ContainsFunc(list, func(mark string) bool { return !tokenForm.MatchString(mark) }) {
		var random [16]byte
		rand.Read(random[:])
		id, list = base64.RawURLEncoding.EncodeToString(random[:]), nil
	}
	list = append(list, b.mark(id, user))
	return id + "." + strings.Join(list[max(0, len(list)-maxKnown):], ".")
}

// typist gives where a PIN for the user is typed.
func (c *call) typist(user string) seat {
	if id, ok := c.browsers.knows(cookie(c.r, knownCookie), user); ok {
		return seat{id: "browser:" + id, known: true}
	}
	if d := c.who.device; d != nil && d.PairedAt != nil {
		return seat{id: d.ID, paired: true}
	}
	return seat{id: clientAddress(c.r)}
}

// know has this browser remember that the user signed in with it.
func (c *call) know(user string) {
	old := cookie(c.r, knownCookie)
	if _, ok := c.browsers.knows(old, user); !ok {
		c.setCookie(knownCookie, c.browsers.add(old, user), knownAge)
	}
}
