package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// argon2id at 19 MiB and two passes, the least that OWASP's password storage sheet asks for: about
// 50 ms on an office PC. Two at once at most, so that guessing can't eat the memory.
const (
	argonTime    = 2
	argonMemory  = 19 << 10 // KiB
	argonThreads = 1
	argonAtOnce  = 2
)

var pinForm = regexp.MustCompile(`^[0-9]{6}$`)

type pinHash struct {
	Salt []byte `json:"salt"`
	Hash []byte `json:"hash"`
}

type pins struct {
	secrets Secrets
	slots   chan struct{}
	guesses *guesses
	hash    func(pin string, salt []byte) []byte
	tidy    *time.Timer
}

func newPins(secrets Secrets, now func() time.Time) *pins {
	return &pins{
		secrets: secrets, slots: make(chan struct{}, argonAtOnce), guesses: newGuesses(now), hash: argon,
		tidy: time.AfterFunc(tidyAfter, debug.FreeOSMemory),
	}
}

func argon(pin string, salt []byte) []byte {
	return argon2.IDKey([]byte(pin), salt, argonTime, argonMemory, argonThreads, 32)
}

// tidyAfter is how long after the last PIN the memory that it took goes back to the system.
const tidyAfter = 2 * time.Second

// derive computes the hash. Its 19 MiB are garbage at once, and the collector of a small server
// would let them lie for minutes.
func (p *pins) derive(pin string, salt []byte) []byte {
	defer p.tidy.Reset(tidyAfter)
	return p.hash(pin, salt)
}

// set stores a new PIN. Users who share one share its salt: that costs one hash, and tells who reads the file that they do.
func (p *pins) set(pin string, users ...string) error {
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
	for _, user := range users {
		if err := p.secrets.Put("pin", user, value); err != nil {
			return err
		}
	}
	return nil
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
func (p *pins) check(ctx context.Context, user string, from seat, pin string, exists bool) error {
	if wait := p.guesses.wait(user, from); wait > 0 {
		return tooMany{wait}
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if wait := p.guesses.begin(user, from); wait > 0 {
		return tooMany{wait}
	}
	stored := pinHash{Salt: make([]byte, 16)}
	value, ok, err := p.secrets.Get("pin", user)
	if err != nil {
		p.guesses.takeBack(user, from)
		return err
	}
	if ok {
		if err := json.Unmarshal(value, &stored); err != nil {
			return err
		}
	}
	right := subtle.ConstantTimeCompare(p.derive(pin, stored.Salt), stored.Hash) == 1
	if right && ok && exists {
		p.guesses.right(user, from)
		return nil
	}
	return errWrongPIN
}
