package web

import (
	"slices"
	"sync"

	"layso/kiosk"
)

// firstSetup holds the one-time code of the first set-up.
type firstSetup struct {
	mu   sync.Mutex
	code string
}

func getFirst(c *call) error {
	return c.json(200, map[string]bool{"needed": c.FirstCode() != ""})
}

// firstSetUp makes the first admin of a new hall, once, for the one who has the link.
func firstSetUp(c *call) error {
	var in struct {
		Code, Hall, User, PIN string
		UserName              string `json:"user_name"`
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if wait := c.devices.tries.take(clientAddress(c.r), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	c.first.mu.Lock()
	defer c.first.mu.Unlock()
	if c.first.code == "" || !sameText(in.Code, c.first.code) {
		return errWrongCode
	}
	if weak(in.PIN) {
		return fieldError{"pin", errWeakPIN}
	}
	v := c.Hall.View()
	setup := *v.Setup()
	setup.Name.VI = in.Hall
	setup.Users = slices.DeleteFunc(slices.Clone(setup.Users), func(u kiosk.User) bool { return u.ID == in.User })
	setup.Users = append(setup.Users, kiosk.User{ID: in.User, Name: in.UserName, Role: kiosk.Admin})
	if _, err := c.Hall.Do(c.r.Context(), kiosk.ChangeSetup{Setup: &setup, Seq: v.SetupSeq(), By: bySetupLink}); err != nil {
		return err
	}
	if err := c.pins.set(in.User, in.PIN); err != nil {
		return err
	}
	c.first.code = ""
	c.note(kiosk.Event{Type: kiosk.PINChanged, By: bySetupLink, User: in.User})
	return c.welcome(setup.User(in.User))
}

const bySetupLink = "setup-link"
