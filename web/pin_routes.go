package web

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"layso/kiosk"
)

// Wrong PINs stand in the log, but nobody can fill it with them: from one address refusedBurst, and then one each refusedEvery.
const (
	refusedBurst = 20
	refusedEvery = 30 * time.Second
)

// checkPIN compares a PIN that is typed in this request, and notes a wrong one. The log names users of the hall alone:
// what somebody types in the wrong field may be his PIN.
func (c *call) checkPIN(user, pin string) error {
	if c.tooOpen() {
		return errOpenLine
	}
	known := c.Hall.View().Setup().User(user) != nil
	from := c.typist(user)
	err := c.pins.check(c.r.Context(), user, from, pin, known)
	if errors.Is(err, errWrongPIN) && c.refused.take(clientAddress(c.r), c.Steady()) == 0 {
		e := kiosk.Event{Type: kiosk.SessionRefused, By: c.who.name(), What: c.place().String(), Count: c.pins.guesses.count(user, from)}
		if known {
			e.User = user
		}
		c.note(e)
	}
	return err
}

// putPIN lets an admin set anybody's PIN, and everybody his own with the old one. A PIN that an admin has set need not be
// changed at the next sign-in: in an office of five the two stand beside one another when it is typed in, and who wants
// another one has the page /account.
func putPIN(c *call) error {
	var in struct {
		PIN    string `json:"pin"`
		OldPIN string `json:"old_pin"`
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	id, admin := c.r.PathValue("id"), c.who.may(admins) == nil
	switch {
	case !admin && id != c.who.user.ID:
		return errForbidden
	case c.Hall.View().Setup().User(id) == nil:
		return kiosk.ErrUnknownUser
	}
	if !admin || in.OldPIN != "" {
		if err := c.checkPIN(id, in.OldPIN); err != nil {
			return err
		}
	}
	if weak(in.PIN) {
		return fieldError{"pin", errWeakPIN}
	}
	if err := c.pins.set(in.PIN, id); err != nil {
		return err
	}
	c.Log.Info("PIN changed", "user", id, "by", c.who.name())
	c.note(kiosk.Event{Type: kiosk.PINChanged, By: c.who.name(), User: id})
	gone, err := c.sessions.endAll(id, cookie(c.r, sessionCookie), endedPIN)
	c.noteEnds(c.who.name(), gone)
	if err != nil {
		return err
	}
	c.Live.Recheck()
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

type userRow struct {
	userStatus
	HasPIN bool `json:"has_pin"`
}

func getUsers(c *call) error {
	rows := []userRow{}
	for _, u := range c.Hall.View().Setup().Users {
		has, err := c.pins.has(u.ID)
		if err != nil {
			return err
		}
		rows = append(rows, userRow{userStatus{u.ID, u.Name, u.Role}, has})
	}
	return c.json(200, slices.Clip(rows))
}
