package web

import (
	"net/http"

	"layso/kiosk"
)

// principal is who makes a request: a signed-in user, a paired device, both or nobody.
type principal struct {
	user   *kiosk.User
	device *device
}

// name is how the log calls the principal.
func (p principal) name() string {
	switch {
	case p.user != nil:
		return "user:" + p.user.ID
	case p.device != nil:
		return "device:" + p.device.ID
	}
	return "citizen"
}

// station is where the principal acts: its device, or the user's browser.
func (p principal) station() string {
	if p.device != nil {
		return p.device.ID
	}
	return p.name()
}

// display is the id of the display that the principal is, or empty.
func (p principal) display() string {
	if p.device == nil || p.device.Kind != deviceDisplay {
		return ""
	}
	return p.device.ID
}

// screen is the id of the display or of the counter's screen that the principal is, or empty.
func (p principal) screen() string {
	if p.device == nil || p.device.Kind == deviceKiosk {
		return ""
	}
	return p.device.ID
}

// credentials are what a request brings to show who makes it.
type credentials struct {
	session, device string // keys from the cookies
	loopback        bool
}

func credentialsOf(r *http.Request) credentials {
	return credentials{session: cookie(r, sessionCookie), device: cookie(r, deviceCookie), loopback: loopback(r)}
}

// principal finds out who makes the request, which keeps the session awake.
func (s *Server) principal(r *http.Request) principal {
	return s.identify(credentialsOf(r), s.sessions.user)
}

// identify finds out who has these credentials. A user who was taken out of the hall's setup is nobody.
func (s *Server) identify(k credentials, userOf func(key string) (string, bool)) principal {
	var p principal
	if user, ok := userOf(k.session); ok {
		p.user = s.Hall.View().Setup().User(user)
	}
	p.device = s.devices.find(k.device)
	if p.device == nil && s.LoopbackIs == deviceKiosk && k.loopback {
		p.device = &device{ID: "loopback", Kind: deviceKiosk, Name: "loopback"}
	}
	return p
}

type userStatus struct {
	ID   string     `json:"id"`
	Name string     `json:"name"`
	Role kiosk.Role `json:"role"`
}

type sessionStatus struct {
	User   *userStatus `json:"user"`
	Device *device     `json:"device"`
	Kiosks []string    `json:"kiosks,omitempty"` // of a locked kiosk: names of the others, where one gets a number
}

func (p principal) status() sessionStatus {
	st := sessionStatus{Device: p.device}
	if u := p.user; u != nil {
		st.User = &userStatus{u.ID, u.Name, u.Role}
	}
	return st
}
