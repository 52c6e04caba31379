package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
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

// sessions are kept on the server; the cookie is a random key and the store holds only its hash.
type sessions struct {
	secrets Secrets
	now     func() time.Time
	write   sync.Mutex          // orders the changes; held while the store writes
	mu      sync.Mutex          // guards what follows; never held while the store writes, for every request asks
	live    map[string]*session // by hash of the key
	ended   map[string]bool     // hashes that are over but may still be in the store
}

type session struct {
	User    string    `json:"user"`
	Created time.Time `json:"created"`
	seen    time.Time
}

func newSessions(secrets Secrets, now func() time.Time) (*sessions, error) {
	s := &sessions{secrets: secrets, now: now, live: map[string]*session{}, ended: map[string]bool{}}
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
	return s, s.drop(func(_ string, x *session) bool { return s.over(x) })
}

// drop ends the sessions that which picks, at once for those who use them, and then takes them out of
// the store. What the store refuses is tried again with the next change, else a session that somebody
// ended would be back after a restart. The caller holds write, or owns s alone.
func (s *sessions) drop(which func(hash string, x *session) bool) error {
	s.mu.Lock()
	for hash, x := range s.live {
		if which(hash, x) {
			delete(s.live, hash)
			s.ended[hash] = true
		}
	}
	ended := slices.Collect(maps.Keys(s.ended))
	s.mu.Unlock()
	for _, hash := range ended {
		if err := s.secrets.Delete("session", hash); err != nil {
			return err
		}
		s.mu.Lock()
		delete(s.ended, hash)
		s.mu.Unlock()
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
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.drop(func(_ string, x *session) bool { return s.over(x) }); err != nil {
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
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[hash] = x
	return key, nil
}

// user gives whose session it is, and keeps it awake.
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

// peek is user for who only looks on: a page that is left open alone does not keep a session awake.
func (s *sessions) peek(key string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.live[hashKey(key)]
	if x == nil || s.over(x) {
		return "", false
	}
	return x.User, true
}

// end closes one session. An unknown key costs no write.
func (s *sessions) end(key string) error {
	s.write.Lock()
	defer s.write.Unlock()
	end := hashKey(key)
	s.mu.Lock()
	known := s.live[end] != nil || s.ended[end]
	s.mu.Unlock()
	if !known {
		return nil
	}
	return s.drop(func(hash string, _ *session) bool { return hash == end })
}

// endAll closes the user's sessions but the one with this key.
func (s *sessions) endAll(user, but string) error {
	s.write.Lock()
	defer s.write.Unlock()
	keep := hashKey(but)
	return s.drop(func(hash string, x *session) bool { return x.User == user && hash != keep })
}

func getSession(c *call) error { return c.json(200, c.sessionStatus()) }

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
