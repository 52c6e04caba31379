package web

import (
	"sync"
	"time"
)

// What keeps PINs from being guessed: delays, never a ban, for a ban would let anybody keep a clerk from his work.
//
//   - After freeTries wrong PINs for an account at one seat the next try there must wait, twice as long each time, up
//     to maxDelay.
//   - Strange seats, at which the account has never signed in, have a budget together: strangeBurst for an account, then
//     one each strangeEvery, from however many addresses; and placeBurst from one address or device over all
//     accounts, then one each placeEvery.
//
// A browser in which somebody has signed in before, and a paired counter, have no part in the budget of the account: who
// drains that, from many addresses or from the one that the whole hall shares, does not keep the clerk out at his own PC.
const (
	freeTries    = 5
	maxDelay     = time.Minute
	strangeBurst = 30
	strangeEvery = 20 * time.Second
	placeBurst   = 40
	placeEvery   = 6 * time.Second
)

// seat is where a PIN is typed, as far as guessing goes.
type seat struct {
	id     string
	paired bool // a paired device
	known  bool // a browser in which this user has signed in before
}

// guesses counts the wrong PINs.
type guesses struct {
	now      func() time.Time
	mu       sync.Mutex
	wrong    map[string]*wrongTries // by account and seat
	accounts *limiter
	places   *limiter
}

type wrongTries struct {
	n     int
	until time.Time
}

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, wrong: map[string]*wrongTries{}, accounts: newLimiter(strangeBurst, strangeEvery), places: newLimiter(placeBurst, placeEvery)}
}

func tryKey(user string, from seat) string { return user + "\x00" + from.id }

// wait says how long the next try has to wait; 0: it need not.
func (g *guesses) wait(user string, from seat) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.wrong[tryKey(user, from)]; t != nil {
		return t.until.Sub(g.now())
	}
	return 0
}

// count says how many wrong PINs there were in a row.
func (g *guesses) count(user string, from seat) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.wrong[tryKey(user, from)]; t != nil {
		return t.n
	}
	return 0
}

// maxWrong bounds the memory that made-up user names can take; the oldest delays go first.
const maxWrong = 10000

// begin counts a try as wrong before it is known to be so, else many at once would all pass; a right
// one is forgotten again. It says how long to wait where no try is left.
func (g *guesses) begin(user string, from seat) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.tidy()
	key := tryKey(user, from)
	t := g.wrong[key]
	if t == nil {
		t = &wrongTries{}
	}
	if wait := t.until.Sub(g.now()); wait > 0 {
		return wait
	}
	if wait := g.spend(user, from); wait > 0 {
		return wait
	}
	g.wrong[key] = t
	t.n++
	if over := t.n - freeTries; over >= 0 {
		t.until = g.now().Add(min(maxDelay, time.Second<<min(over, 10)))
	}
	return 0
}

// tidy forgets those who need not wait once there are many.
func (g *guesses) tidy() {
	if len(g.wrong) < maxWrong {
		return
	}
	for k, t := range g.wrong {
		if g.now().After(t.until) {
			delete(g.wrong, k)
		}
	}
}

// spend takes a try out of the budgets that it counts for, out of all or none.
func (g *guesses) spend(user string, from seat) time.Duration {
	if from.known {
		return 0
	}
	if wait := g.places.take(from.id, g.now()); wait > 0 {
		return wait
	}
	if from.paired {
		return 0
	}
	wait := g.accounts.take(user, g.now())
	if wait > 0 {
		g.places.giveBack(from.id)
	}
	return wait
}

func (g *guesses) refund(user string, from seat) {
	if from.known {
		return
	}
	g.places.giveBack(from.id)
	if !from.paired {
		g.accounts.giveBack(user)
	}
}

// right forgets the wrong tries of a user at a seat: he knows the PIN.
func (g *guesses) right(user string, from seat) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.wrong, tryKey(user, from))
	g.refund(user, from)
}

// takeBack is for a try whose PIN could not be looked at: it was not wrong.
func (g *guesses) takeBack(user string, from seat) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.wrong[tryKey(user, from)]; t != nil {
		t.n, t.until = t.n-1, time.Time{}
	}
	g.refund(user, from)
}
