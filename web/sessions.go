package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"layso/kiosk"
)

// A session ends after idleTime without a request, and after wholeTime in any case: a working day.
const (
	sessionCookie = "layso_session"
	deviceCookie  = "layso_device"
	idleTime      = 4 * time.Hour
	wholeTime     = 14 * time.Hour
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

// sessions are kept on the server; the cookie is a random key and the store holds only its hash.
type sessions struct {
	mu      sync.Mutex
	secrets Secrets
	now     func() time.Time
	live    map[string]*session // by hash of the key
}

type session struct {
	User    string    `json:"user"`
	Created time.Time `json:"created"`
	seen    time.Time
}

func newSessions(secrets Secrets, now func() time.Time) (*sessions, error) {
	s := &sessions{secrets: secrets, now: now, live: map[string]*session{}}
	stored, err := secrets.All("session")
	if err != nil {
		return nil, fmt.Errorf("reading the sessions: %w", err)
	}
	for id, value := range stored {
		x := &session{seen: now()}
		if json.Unmarshal(value, x) == nil {
			s.live[id] = x
		}
	}
	return s, s.sweep()
}

// sweep forgets the sessions that are over.
func (s *sessions) sweep() error {
	for id, x := range s.live {
		if s.over(x) {
			delete(s.live, id)
			if err := s.secrets.Delete("session", id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sessions) over(x *session) bool {
	now := s.now()
	return now.Sub(x.seen) > idleTime || now.Sub(x.Created) > wholeTime
}

// newKey gives 256 random bits as text, and the hash that is stored in their place.
func newKey() (key, hash string) {
	var b [32]byte
	rand.Read(b[:])
	key = hex.EncodeToString(b[:])
	return key, hashKey(key)
}

func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// begin opens a session for the user and gives its key.
func (s *sessions) begin(user string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.sweep(); err != nil {
		return "", err
	}
	key, hash := newKey()
	x := &session{User: user, Created: s.now(), seen: s.now()}
	value, err := json.Marshal(x)
	if err != nil {
		return "", err
	}
	if err := s.secrets.Put("session", hash, value); err != nil {
		return "", fmt.Errorf("storing the session: %w", err)
	}
	s.live[hash] = x
	return key, nil
}

func (s *sessions) user(key string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.live[hashKey(key)]
	if x == nil || s.over(x) {
		return "", false
	}
	x.seen = s.now()
	return x.User, true
}

// end closes one session.
func (s *sessions) end(key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	hash := hashKey(key)
	if s.live[hash] == nil {
		return nil // an unknown key must not cost a write
	}
	delete(s.live, hash)
	return s.secrets.Delete("session", hash)
}

// endAll closes the user's sessions but the one with this key.
func (s *sessions) endAll(user, but string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	keep := hashKey(but)
	for id, x := range s.live {
		if x.User == user && id != keep {
			delete(s.live, id)
			if err := s.secrets.Delete("session", id); err != nil {
				return err
			}
		}
	}
	return nil
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

func getSession(c *call) error { return c.json(200, c.who.status()) }

// maxUserID bounds what is remembered of a wrong try in bytes; ids of users are at most 32.
const maxUserID = 64

func signIn(c *call) error {
	var in struct{ User, PIN string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	switch {
	case in.User == "" || len(in.User) > maxUserID:
		return invalid("user")
	case in.PIN == "":
		return invalid("pin")
	}
	user := c.Hall.View().Setup().User(in.User)
	if err := c.pins.check(c.r.Context(), in.User, remoteHost(c.r), in.PIN, user != nil); err != nil {
		return err
	}
	return c.welcome(user)
}

// welcome starts the user's session on this browser and ends the one that it had.
func (c *call) welcome(user *kiosk.User) error {
	if err := c.endSession(); err != nil {
		return err
	}
	key, err := c.sessions.begin(user.ID)
	if err != nil {
		return err
	}
	c.setCookie(sessionCookie, key, int(wholeTime.Seconds()))
	c.Log.Info("signed in", "user", user.ID)
	c.who.user = user
	return c.json(200, c.who.status())
}

func (c *call) setCookie(name, value string, age int) {
	http.SetCookie(c.w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true,
		SameSite: http.SameSiteStrictMode, Secure: c.r.TLS != nil,
	})
}

func (c *call) endSession() error {
	if k, err := c.r.Cookie(sessionCookie); err == nil {
		return c.sessions.end(k.Value)
	}
	return nil
}

func signOut(c *call) error {
	if err := c.endSession(); err != nil {
		return err
	}
	c.setCookie(sessionCookie, "", -1)
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
