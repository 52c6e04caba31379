package web

import (
	"net/http"

	"layso/kiosk"
)

func getSession(c *call) error { return c.json(200, c.sessionStatus()) }

// maxUserID bounds what is remembered of a wrong try in bytes; ids of users are at most 32.
const maxUserID = 64

func signIn(c *call) error {
	id, err := c.pinned()
	if err != nil {
		return err
	}
	return c.admit(c.Hall.View(), id)
}

// admit welcomes the user whose PIN was right, unless he was taken out of the hall while it was looked at.
func (c *call) admit(v *kiosk.View, id string) error {
	user := v.Setup().User(id)
	if user == nil {
		return errWrongPIN
	}
	return c.welcome(user)
}

// pinned reads who types his PIN, and checks that.
func (c *call) pinned() (user string, err error) {
	var in struct{ User, PIN string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return "", err
	}
	switch {
	case in.User == "" || len(in.User) > maxUserID:
		return "", invalid("user")
	case in.PIN == "":
		return "", invalid("pin")
	}
	return in.User, c.checkPIN(in.User, in.PIN)
}

// welcome starts the user's session on this browser and ends the one that it had: a key that somebody had put
// into the browser before is worth nothing.
func (c *call) welcome(user *kiosk.User) error {
	if err := c.endSession(); err != nil {
		return err
	}
	at := c.place()
	key, gone, err := c.sessions.begin(user.ID, at)
	c.noteEnds("system", gone)
	if err != nil {
		return err
	}
	c.setCookie(sessionCookie, key, int(wholeTime.Seconds()))
	c.know(user.ID)
	c.Log.Info("signed in", "user", user.ID)
	c.who.user = user
	c.note(kiosk.Event{Type: kiosk.SessionBegun, By: c.who.name(), User: user.ID, What: at.String()})
	return c.json(200, c.sessionStatus())
}

func (c *call) endSession() error {
	gone, err := c.sessions.end(cookie(c.r, sessionCookie))
	for _, x := range gone {
		c.noteEnds("user:"+x.User, []ended{x})
	}
	return err
}

func signOut(c *call) error {
	if err := c.endSession(); err != nil {
		return err
	}
	c.Live.Recheck()
	c.setCookie(sessionCookie, "", -1)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
