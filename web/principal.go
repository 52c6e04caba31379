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

// principal finds out who makes the request. A user who was taken out of the hall's setup is nobody.
func (s *Server) principal(r *http.Request) principal {
	var p principal
	if c, err := r.Cookie(sessionCookie); err == nil {
		if user, ok := s.sessions.user(c.Value); ok {
			p.user = s.Hall.View().Setup().User(user)
		}
	}
	if c, err := r.Cookie(deviceCookie); err == nil {
		p.device = s.devices.find(c.Value)
	}
	if p.device == nil && s.LoopbackIs == deviceKiosk && loopback(r) {
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
}

func (p principal) status() sessionStatus {
	st := sessionStatus{Device: p.device}
	if u := p.user; u != nil {
		st.User = &userStatus{u.ID, u.Name, u.Role}
	}
	return st
}
