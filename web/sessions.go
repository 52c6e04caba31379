package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// A session ends after idleTime without a request, and after wholeTime in any case: a working day. They are
// the same for every role and no setting: an open counter asks all the time, and a longer day than this has nobody.
const (
	idleTime  = 4 * time.Hour
	wholeTime = 14 * time.Hour
)

// Why a session ended that nobody signed out of, as the log has it where no person gave a reason.
const (
	endedIdle    = "idle"
	endedLong    = "too_long"
	endedPIN     = "pin_changed"
	endedRemoved = "user_removed"
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
	place
	seen time.Time // not stored: after a restart, since then
}

// sessionID is what a session is called where people see it. It is no way into it: the key is not in it.
func sessionID(hash string) string { return hash[:16] }

// ended is a session that is over, and why.
type ended struct {
	session
	reason string
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
	_, err = s.drop(s.isOver)
	return s, err
}

// drop ends the sessions that which picks, at once for those who use them, and then takes them out of
// the store; which says why, or "" to let one live on. What the store refuses is tried again with the next change,
// else a session that somebody ended would be back after a restart. The caller holds write, or owns s alone.
func (s *sessions) drop(which func(hash string, x *session) (why string, end bool)) (gone []ended, err error) {
	s.mu.Lock()
	for hash, x := range s.live {
		if why, end := which(hash, x); end {
			delete(s.live, hash)
			s.ended[hash] = true
			gone = append(gone, ended{*x, why})
		}
	}
	stored := slices.Collect(maps.Keys(s.ended))
	s.mu.Unlock()
	for _, hash := range stored {
		if err := s.secrets.Delete("session", hash); err != nil {
			return gone, err
		}
		s.mu.Lock()
		delete(s.ended, hash)
		s.mu.Unlock()
	}
	return gone, nil
}

func (s *sessions) isOver(_ string, x *session) (why string, end bool) {
	switch now := s.now(); {
	case now.Sub(x.Created) > wholeTime:
		return endedLong, true
	case now.Sub(x.seen) > idleTime:
		return endedIdle, true
	}
	return "", false
}

func (s *sessions) over(x *session) bool {
	_, end := s.isOver("", x)
	return end
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

// begin opens a session for the user who sits there, and gives its key and the sessions that had run out.
func (s *sessions) begin(user string, at place) (key string, gone []ended, err error) {
	s.write.Lock()
	defer s.write.Unlock()
	if gone, err = s.drop(s.isOver); err != nil {
		return "", gone, err
	}
	key, hash := newKey()
	x := &session{User: user, Created: s.now(), place: at, seen: s.now()}
	value, err := json.Marshal(x)
	if err != nil {
		return "", gone, err
	}
	if err := s.secrets.Put("session", hash, value); err != nil {
		return "", gone, fmt.Errorf("storing the session: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[hash] = x
	return key, gone, nil
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

// end closes the session with this key. An unknown key costs no write.
func (s *sessions) end(key string) ([]ended, error) {
	s.write.Lock()
	defer s.write.Unlock()
	end := hashKey(key)
	s.mu.Lock()
	known := s.live[end] != nil || s.ended[end]
	s.mu.Unlock()
	if !known {
		return nil, nil
	}
	return s.drop(func(hash string, _ *session) (string, bool) { return "", hash == end })
}

// endOne closes the session that is called id, where may allows it.
func (s *sessions) endOne(id, why string, may func(user string) bool) ([]ended, error) {
	s.write.Lock()
	defer s.write.Unlock()
	gone, err := s.drop(func(hash string, x *session) (string, bool) {
		return why, sessionID(hash) == id && !s.over(x) && may(x.User)
	})
	if err == nil && len(gone) == 0 {
		return nil, errUnknownSession
	}
	return gone, err
}

// endAll closes the user's sessions but the one with this key.
func (s *sessions) endAll(user, but, why string) ([]ended, error) {
	s.write.Lock()
	defer s.write.Unlock()
	keep := hashKey(but)
	return s.drop(func(hash string, x *session) (string, bool) { return why, x.User == user && hash != keep })
}

// list gives the sessions that are alive by what they are called.
func (s *sessions) list() map[string]session {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]session{}
	for hash, x := range s.live {
		if !s.over(x) {
			out[sessionID(hash)] = *x
		}
	}
	return out
}
