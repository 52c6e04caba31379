package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"layso/kiosk"
)

// argon2id at 19 MiB and two passes, the least that OWASP's password storage sheet asks for: about
// 50 ms on an office PC. Two at once at most, so that guessing can't eat the memory.
const (
	argonTime    = 2
	argonMemory  = 19 << 10 // KiB
	argonThreads = 1
	argonAtOnce  = 2
)

// After freeTries wrong PINs the next try must wait, twice as long each time, up to maxDelay: a
// delay for this account and this computer, never a ban, for the whole hall may share an address.
const (
	freeTries = 5
	maxDelay  = time.Minute
)

var pinForm = regexp.MustCompile(`^[0-9]{6}$`)

type pinHash struct {
	Salt []byte `json:"salt"`
	Hash []byte `json:"hash"`
}

type pins struct {
	secrets Secrets
	now     func() time.Time
	slots   chan struct{}
	mu      sync.Mutex
	wrong   map[string]*wrongTries // by account and host
	tidy    *time.Timer
}

type wrongTries struct {
	n     int
	until time.Time
}

func newPins(secrets Secrets, now func() time.Time) *pins {
	return &pins{
		secrets: secrets, now: now, slots: make(chan struct{}, argonAtOnce), wrong: map[string]*wrongTries{},
		tidy: time.AfterFunc(tidyAfter, debug.FreeOSMemory),
	}
}

// tidyAfter is how long after the last PIN the memory that it took goes back to the system.
const tidyAfter = 2 * time.Second

// derive computes the hash. Its 19 MiB are garbage at once, and the collector of a small server
// would let them lie for minutes.
func (p *pins) derive(pin string, salt []byte) []byte {
	defer p.tidy.Reset(tidyAfter)
	return argon2.IDKey([]byte(pin), salt, argonTime, argonMemory, argonThreads, 32)
}

// set stores a new PIN.
func (p *pins) set(user, pin string) error {
	if !pinForm.MatchString(pin) {
		return fieldError{"pin", errWeakPIN}
	}
	h := pinHash{Salt: make([]byte, 16)}
	rand.Read(h.Salt)
	h.Hash = p.derive(pin, h.Salt)
	value, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return p.secrets.Put("pin", user, value)
}

func (p *pins) has(user string) (bool, error) {
	_, ok, err := p.secrets.Get("pin", user)
	return ok, err
}

// weak reports whether a PIN is among the first that anybody would try: one digit six times, or a run.
func weak(pin string) bool {
	return !pinForm.MatchString(pin) || strings.Count(pin, pin[:1]) == 6 ||
		strings.Contains("01234567890", pin) || strings.Contains("09876543210", pin)
}

// check compares the PIN. Somebody who does not exist takes as long and gets the same answer.
func (p *pins) check(ctx context.Context, user, host, pin string, exists bool) error {
	if wait := p.delay(user, host); wait > 0 {
		return tooMany{wait}
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if wait := p.begin(user, host); wait > 0 {
		return tooMany{wait}
	}
	stored := pinHash{Salt: make([]byte, 16)}
	value, ok, err := p.secrets.Get("pin", user)
	if err != nil {
		p.takeBack(user, host)
		return err
	}
	if ok {
		if err := json.Unmarshal(value, &stored); err != nil {
			return err
		}
	}
	right := subtle.ConstantTimeCompare(p.derive(pin, stored.Salt), stored.Hash) == 1
	if right && ok && exists {
		p.forget(user, host)
		return nil
	}
	return errWrongPIN
}

func (p *pins) delay(user, host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.wrong[user+"\x00"+host]; t != nil {
		return t.until.Sub(p.now())
	}
	return 0
}

func (p *pins) forget(user, host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.wrong, user+"\x00"+host)
}

// maxWrong bounds the memory that made-up user names can take; the oldest delays go first.
const maxWrong = 10000

// begin counts a try as wrong before it is known to be so, else many at once would all pass; a right
// one is forgotten again. It says how long to wait where no try is left.
func (p *pins) begin(user, host string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.wrong) >= maxWrong {
		for k, t := range p.wrong {
			if p.now().After(t.until) {
				delete(p.wrong, k)
			}
		}
	}
	key := user + "\x00" + host
	t := p.wrong[key]
	if t == nil {
		t = &wrongTries{}
		p.wrong[key] = t
	}
	if wait := t.until.Sub(p.now()); wait > 0 {
		return wait
	}
	t.n++
	if over := t.n - freeTries; over >= 0 {
		t.until = p.now().Add(min(maxDelay, time.Second<<min(over, 10)))
	}
	return 0
}

// takeBack is for a try whose PIN could not be looked at: it was not wrong.
func (p *pins) takeBack(user, host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.wrong[user+"\x00"+host]; t != nil {
		t.n, t.until = t.n-1, time.Time{}
	}
}

// remoteHost is the address that a request comes from, without the port.
func remoteHost(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// putPIN lets an admin set anybody's PIN, and everybody his own with the old one.
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
	if !admin {
		if err := c.pins.check(c.r.Context(), id, remoteHost(c.r), in.OldPIN, true); err != nil {
			return err
		}
	}
	if weak(in.PIN) {
		return fieldError{"pin", errWeakPIN}
	}
	if err := c.pins.set(id, in.PIN); err != nil {
		return err
	}
	var own string
	if k, err := c.r.Cookie(sessionCookie); err == nil {
		own = k.Value
	}
	if err := c.sessions.endAll(id, own); err != nil {
		return err
	}
	c.Log.Info("PIN changed", "user", id, "by", c.who.name())
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
