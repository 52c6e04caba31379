package web

import (
	"fmt"
	"slices"
	"sync"

	"layso/kiosk"
)

// firstSetup holds the one-time code of the first set-up.
type firstSetup struct {
	mu   sync.Mutex
	code string
}

func firstRoutes() []route {
	return []route{
		{"GET", "/api/first", anyone, getFirst},
		{"POST", "/api/first", anyone, firstSetUp},
		{"POST", "/api/first/begin", anyone, beginFirst},
		{"GET", "/api/pages/{name}/qr.svg", signedIn, pageQR},
	}
}

// firstStatus says whether the hall waits for its first set-up, and where its pages are.
type firstStatus struct {
	Needed   bool   `json:"needed"`
	Address  string `json:"address"`
	Software bool   `json:"software"` // there is a printer in software, at /printer
}

func getFirst(c *call) error {
	return c.json(200, firstStatus{c.FirstCode() != "", c.BaseURL, c.Paper != nil})
}

// firstBegun is what whoever has the link begins with.
type firstBegun struct {
	Blank bool         `json:"blank"` // nobody has described the hall yet
	Setup *kiosk.Setup `json:"setup"`
}

// beginFirst tells who has the link what the hall knows already.
func beginFirst(c *call) error {
	var in struct{ Code string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	c.first.mu.Lock()
	defer c.first.mu.Unlock()
	if err := c.rightCode(in.Code); err != nil {
		return err
	}
	setup := c.Hall.View().Setup()
	return c.json(200, firstBegun{setup.Blank(), setup})
}

// rightCode refuses a wrong code of the first set-up, and who tries too many. The caller holds the lock.
func (c *call) rightCode(code string) error {
	if wait := c.devices.tries.take(clientAddress(c.r), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	if c.first.code == "" || !sameText(code, c.first.code) {
		return errWrongCode
	}
	return nil
}

// firstBody is the first set-up: the admin, and the whole hall where it is described with it.
type firstBody struct {
	Code, Hall, User, PIN string
	UserName              string            `json:"user_name"`
	Setup                 *kiosk.Setup      `json:"setup"` // nil: the hall is as it was seeded
	PINs                  map[string]string `json:"pins"`  // by id of the other users
}

// firstSetUp makes the first admin of a new hall, once, for the one who has the link. All of it is one change of
// the hall.
func firstSetUp(c *call) error {
	if c.tooOpen() {
		return errOpenLine
	}
	var in firstBody
	if err := decode(c.r, &in, maxSetupBody); err != nil {
		return setupFault(err)
	}
	c.first.mu.Lock()
	defer c.first.mu.Unlock()
	if err := c.rightCode(in.Code); err != nil {
		return err
	}
	v := c.Hall.View()
	setup := in.described(v.Setup())
	if err := in.checkPINs(setup); err != nil {
		return err
	}
	if _, err := c.Hall.Do(c.r.Context(), kiosk.ChangeSetup{Setup: setup, Seq: v.SetupSeq(), By: bySetupLink}); err != nil {
		return err
	}
	for id, pin := range in.PINs {
		if err := c.setFirstPIN(id, pin); err != nil {
			return err
		}
	}
	// The admin's comes last: what failed before it can be sent again with the code.
	if err := c.setFirstPIN(in.User, in.PIN); err != nil {
		return err
	}
	c.first.code = ""
	return c.welcome(setup.User(in.User))
}

// described gives the hall with its admin, and with its name.
func (in firstBody) described(seed *kiosk.Setup) *kiosk.Setup {
	setup := *seed
	if in.Setup != nil {
		setup = *in.Setup
	}
	setup.Name.VI = in.Hall
	setup.Users = slices.DeleteFunc(slices.Clone(setup.Users), func(u kiosk.User) bool { return u.ID == in.User })
	setup.Users = append(setup.Users, kiosk.User{ID: in.User, Name: in.UserName, Role: kiosk.Admin})
	return &setup
}

func (in firstBody) checkPINs(setup *kiosk.Setup) error {
	if weak(in.PIN) {
		return fieldError{"pin", errWeakPIN}
	}
	for id, pin := range in.PINs {
		switch field := fmt.Sprintf("pins.%s", id); {
		case id == in.User || setup.User(id) == nil:
			return invalid(field)
		case weak(pin):
			return fieldError{field, errWeakPIN}
		}
	}
	return nil
}

func (c *call) setFirstPIN(user, pin string) error {
	if err := c.pins.set(pin, user); err != nil {
		return err
	}
	c.note(kiosk.Event{Type: kiosk.PINChanged, By: bySetupLink, User: user})
	return nil
}

const bySetupLink = "setup-link"

// shownPages are the pages whose addresses go to other devices.
var shownPages = []string{"pair", "display", "counter", "check"}

// pageQR draws the address of a page, for who stands with a tablet before the screen.
func pageQR(c *call) error {
	name := c.r.PathValue("name")
	if !slices.Contains(shownPages, name) {
		return errNotFound
	}
	return c.qr(c.BaseURL + "/" + name)
}
